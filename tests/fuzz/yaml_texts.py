"""YAML texts drawn from a grammar, read by us and by the library that the reference reads with."""

import warnings
from typing import Any

import yaml
from hypothesis import strategies as st

from awsshadow.arguments import yaml12
from awsshadow.errors import AwsShadowError
from tests.fuzz.target import Target, main

try:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
except ImportError:  # then only the property that every target has is checked
    YAML = None  # type: ignore[assignment,misc] # what is looked for below

#: What stands in for the value of a text that is no YAML.
MALFORMED = "no YAML"

SAMPLES = """a|b|x y|yes|no|on|off|y|n|true|True|tRUE|false|null|~|0|-1|+5|017|08|0o17|0x1F|0X1f|0b11|0b2|1_000|1__0|_1
1.5|1.|-1.|.5|-.5|1e3|1e+3|1E5|1.e3|1.5e-3|.5e+3|.5e3|+.inf|.inf|-.INF|.nan|1:30|190:20:30|08:15|1:30.5|-1:30
2024-01-02|2024-13-01|2024-1-2|2024-01-02 03:04:05|2024-01-02T03:04:05Z|2024-01-02t03:04:05.123456789+05:30
2024-01-02 03:04:05 -8|2024-01-02 25:04:05|=|<<|-|--|?|?x|:x|-x|x:|x:y|http://a.b/c?d|a#b|a #b|@x|`x|%x|!|!x|&|*
é|日本|\U0001f600|\xa0|\x07|\x7f|0.|00|0_|+|+1_|._|0x|0o|0b|0b_|1e|0o8|99999999999999999999|1e999|'|"|a'b|a"b"""
WORDS = st.sampled_from([word for line in SAMPLES.split("\n") for word in line.split("|")])
NUMBERS = st.floats().map(str) | st.integers().map(str)
SINGLE = WORDS.map(lambda text: "'" + text.replace("'", "''") + "'")
DOUBLE = st.sampled_from(['"\\x41\\u263a\\/\\e\\_\\N"', '"a\\\n  b"', '"\\q"', '"\\ud83d"', '"a\n\n  b"'])
ALIASES = st.sampled_from(["*a", "*b", "*a ", "*a.b", "*nowhere"])
TAGS = """!!str |!!int |!!float |!!bool |!!null |!!seq |!!map |!!set |!!omap |!!pairs |!!binary |!!timestamp |!!value
!foo |! |!<tag:yaml.org,2002:str> |!e!int """.replace("\n", "|").split("|")
USUALLY_NONE = [""] * 12
PROPERTIES = st.tuples(
    st.sampled_from([*USUALLY_NONE, "&a ", "&b ", "&a.b ", "&é ", "&a\t", "&a"]),
    st.sampled_from([*USUALLY_NONE, *TAGS]),
).map("".join)
SCALARS = st.tuples(PROPERTIES, st.one_of(WORDS, WORDS, WORDS, NUMBERS, SINGLE, DOUBLE, ALIASES)).map("".join)
KEYS = st.sampled_from(
    ["a", "b", "c", "d", "e", "1", "~", "true", "<<", "=", "'a'", "? a", "[a, b]", "{a: b}"]
    + ["&a k", "*a ", "!!str a", "2024-01-02", "?b", ""]
)
COLONS = st.sampled_from([": "] * 6 + [":", " : ", ":\t", ""])
COMMAS = st.sampled_from([", ", ",", ", \n   ", ",\t", " , ", ",,"])
MERGES = st.sampled_from(["*a", "[*a, *b]", "{a: 1}", "[{x1: 1, y1: 2}, {x1: 3, z1: 4}]", "x", "[]", "&m {q: 1}"])


def _flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(KEYS | SCALARS | inner, COLONS, inner | st.just("")).map("".join)
    return st.builds(
        lambda before, brackets, comma, parts: before + brackets[0] + comma.join(parts) + brackets[1],
        PROPERTIES,
        st.sampled_from(["[]", "[]", "{}", "{}", ("[\t", ",]"), ("{ ", "\t}"), ("[", ""), ("{", "]")]),
        COMMAS,
        st.lists(pair | inner, max_size=3),
    )


FLOW = st.recursive(SCALARS, _flow, max_leaves=6)
LINES = st.sampled_from(["x", "y # z", "- a", "k: v", " more", "", "\tx", "# c", "..."])
HEADS = st.sampled_from(["|", ">", "|-", ">+", "|2", ">1-", "|9", "| # c", ">#c"])
ENDS = st.sampled_from([*USUALLY_NONE, " # c", "\n  more", "\n\n    more: x"])
LITERAL = st.builds(
    lambda head, indent, lines: head + "".join(f"\n{' ' * indent}{line}" for line in lines),
    HEADS, st.integers(0, 4), st.lists(LINES, max_size=4),
)  # fmt: skip
LEAVES = st.one_of(st.tuples(FLOW, ENDS).map("".join), st.tuples(PROPERTIES, LITERAL).map("".join))


def _block(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Values that begin on the line of their key; what is in them is indented by one to four blanks more."""
    merge = MERGES.map(lambda text: f"<<: {text}")
    entry = st.one_of(
        st.tuples(KEYS, COLONS, inner).map("".join),
        inner.map(lambda text: f"- {text}"),
        inner.map(lambda text: f"? {text}"),
        merge,
    )
    items = st.tuples(st.sampled_from(["  ", "  ", " ", "    "]), st.lists(entry, min_size=1, max_size=3))
    return items.map(lambda found: "".join("\n" + text.replace("\n", "\n" + found[0]) for text in found[1])).map(
        lambda text: text.replace("\n", "\n  ")
    )


BLOCK = st.recursive(LEAVES, _block, max_leaves=5)
HEADERS = st.sampled_from(
    [*USUALLY_NONE, "%YAML 1.1\n---\n", "%YAML 1.2 # c\n---\n", "%TAG !e! tag:yaml.org,2002:\n---\n", "---\n", "\ufeff",
     "%FOO bar\n---\n", "%YAML 2.0\n---\n", "%YAML 1.3\n---\n", "%YAML 1.1\n%YAML 1.2\n---\n", "# c\n\n"]
)  # fmt: skip
FOOTERS = st.sampled_from([*USUALLY_NONE, "\n", "\n...\n", "\n---\n", "\n---\na: 1", "\n# c", "\n\t", "\x00"])
ANCHORS = "a: &a {x1: 5, y1: 6}\nb: &b {x1: 7, z1: 8}\n"
DOCUMENTS = st.builds(
    lambda header, first, names, values, footer, breaks: (
        header
        + (first + "\n".join(f"{n}: {v}" for n, v in zip(names, values, strict=False)) + footer).replace("\n", breaks)
    ),
    HEADERS,
    st.sampled_from(["", ANCHORS]),
    st.lists(st.sampled_from(["k1", "k2", "k3", "k4", "k1 "]), min_size=1, max_size=3),
    st.lists(BLOCK, min_size=1, max_size=3),
    FOOTERS,
    st.sampled_from(["\n", "\n", "\n", "\r\n"]),
)


def _knot(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(st.one_of(st.just("<<"), inner, inner), st.just(" : "), inner).map("".join)
    parts = st.lists(st.one_of(pair, inner), max_size=3).map(", ".join)
    before = st.sampled_from(["", "&a ", "&b ", "!!omap ", "&a !!set ", "!!pairs &b "])
    return st.tuples(before, st.sampled_from(["[]", "{}"]), parts).map(lambda of: f"{of[0]}{of[1][0]}{of[2]}{of[1][1]}")


#: What holds itself, as a value, in a key or by a merge; nothing else in it keeps it from being read.
KNOTS = st.recursive(st.sampled_from(["1", "x", "~", "*a ", "*a ", "*b ", "&a []", "&b {}"]), _knot, max_leaves=8)
TEXTS = st.one_of(DOCUMENTS, DOCUMENTS, KNOTS)


def shape(value: Any, above: tuple[int, ...] = ()) -> Any:
    """``value`` as text that shows types and order, for values that hold themselves too."""
    if id(value) in above:
        return "itself"
    above = (*above, id(value))
    if isinstance(value, dict):
        return type(value).__name__, [(shape(key, above), shape(item, above)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value).__name__, [shape(item, above) for item in value]
    if isinstance(value, set):
        return "set", sorted(repr(shape(item, above)) for item in value)
    return repr(value)


def ours(text: str) -> Any:
    """What we read: the value, MALFORMED, or the text of another error."""
    try:
        return shape(yaml12.load(text))
    except yaml.YAMLError:
        return MALFORMED
    except AwsShadowError as error:
        return "error", error.message


def theirs(text: str) -> Any:
    """The same of the reference's library."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return shape(YAML(typ="safe", pure=True).load(text))
    except YAMLError:
        return MALFORMED
    except RecursionError:
        raise
    except Exception as error:
        return "error", str(error)


def check(text: str) -> None:
    found = ours(text)
    if YAML is not None:
        expected = theirs(text)
        assert found == expected, f"{text!r}: {found}, not {expected}"


TARGET = Target("yaml_texts", TEXTS, check)

if __name__ == "__main__":
    main(TARGET)
