"""``yaml`` and ``yaml-stream``: quoting, folding, anchors, and that readers get the same document."""

import io
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.output import yaml_form
from tests.output.answers import Pages, show


class Loader(yaml.SafeLoader):
    """PyYAML with the implicit types of YAML 1.2 in place of those of 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the attribute PyYAML reads


for tag, pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
}.items():
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value.replace(".inf", "inf")))

QUOTED = """null Null NULL ~ true True TRUE false False FALSE 1 01 0777 089 +1 -1 -0 1_ 0_ 1__0 1_000 0b1 0o7 +0o7 0x1f
    1.5 5. .5 -.5 1.0 1e3 1E3 1e+3 12e03 -2E+05 1.e5 .inf +.inf .nan 2020-01-01 2020-01-01T00:00:00Z = << - ? : , [ ]
    { } # & * ! | > ' " % @ ` --- ... ---x a: :"""
PLAIN = """yes no on off y n Yes inf nan 12:30 1:30:00 2002-4-5 1.2.3 0x 0o 0b 1e . _ +_x + 0x1G 0o8 .e5 1+1 nULL fALSE
    a:b a#b a,b a] -a ?x :x a'b x\\y https://a.b/c?d=e&f#g arn:aws:sagemaker:us-east-1:123456789012:endpoint/prod é 日本
    --x <a $x"""


def line(text: str) -> str:
    return yaml_form.render({"k": text}).removeprefix("k: ").removesuffix("\n")


@pytest.mark.parametrize(
    "text", [*QUOTED.split(), "", " a", "a ", "a: b", "a #b", "- a", "? a", "2001-12-14 21:59:43.10 -5"]
)
def test_texts_that_need_single_quotes(text: str) -> None:
    assert line(text) == "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("text", [*PLAIN.split(), "a b", "a  b", "a :b", "x\xa0y"])
def test_texts_that_need_none(text: str) -> None:
    assert line(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb", '"a\\tb"'),
        ("\x7f", '"\\x7F"'),
        ("\x85", '"\\N"'),
        ("\ufeff", '"\\uFEFF"'),
        ("\0\x1b", '"\\0\\e"'),
        ("a\U0001f600é", '"a\\U0001F600é"'),
        ("a \nb", '"a \\nb"'),
        ("l1\n  l2", '"l1\\n  l2"'),
        ("\u2028\t", '"\\L\\t"'),
        ('"\\\r', '"\\"\\\\\\r"'),
        ("\u2028", "'\u2028  '"),
        ("a\nb", "'a\n\n  b'"),
        ("it's\n\nb\n", "'it''s\n\n\n  b\n\n  '"),
    ],
)
def test_breaks_and_characters_that_cannot_be_seen(text: str, expected: str) -> None:
    assert line(text) == expected


LONG = "word " * 20 + "end"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG, ("word " * 16).strip() + "\n  " + "word " * 4 + "end"),
        (LONG + ": x", "'" + ("word " * 16).strip() + "\n  " + "word " * 4 + "end: x'"),
        (LONG + "\t", '"' + ("word " * 16).strip() + "\n  " + "word " * 4 + 'end\\t"'),
        ("x" * 200, "x" * 200),
        ("x" * 100 + "  y", "x" * 100 + "  y"),
        ("\t" + "x" * 100 + "  y", '"\\t' + "x" * 100 + '\n  \\ y"'),
        ("x" * 75 + " y z", "x" * 75 + " y z"),
        ("x" * 77 + " y z", "x" * 77 + " y\n  z"),
        ("x" * 78 + " y z", "x" * 78 + "\n  y z"),
    ],
)  # fmt: skip
def test_lines_are_folded_at_single_spaces(text: str, expected: str) -> None:
    assert line(text) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, ""),
        ([], "[]\n"),
        ("a\nb", '"a\\nb"\n'),
        (None, "null\n"),
        (float("inf"), "Infinity\n"),
        ({"b": [{"y": 1, "x": []}, [1, [2]]], "a": {"k": {}}}, "a:\n  k: {}\nb:\n- x: []\n  y: 1\n- - 1\n  - - 2\n"),
        ({"f": [1.0, 1e22, 1e-7, float("nan"), float("-inf")]}, "f:\n- 1.0\n- 1e+22\n- 1e-07\n- .nan\n- -.inf\n"),
        ({"no": True, "1": None, "a b": 10**20}, "'1': null\na b: 100000000000000000000\nno: true\n"),
        ({"k" * 129: [1], "a\nb": {"c": "d"}}, f"? 'a\n\n  b'\n: c: d\n? {'k' * 129}\n: - 1\n"),
    ],
)  # fmt: skip
def test_structure(document: object, expected: str) -> None:
    assert show("yaml", document) == expected


def test_what_a_query_repeats_is_written_once() -> None:
    document = {"T": [{"K": "v"}], "E": {}}
    assert show("yaml", document, "{a:T,b:T,c:[T[0],E,E]}") == (
        "a: &id001\n- &id002\n  K: v\nb: *id001\nc:\n- *id002\n- &id003 {}\n- *id003\n"
    )
    assert show("yaml", document, '{"a\\n":T,b:T}') == "? 'a\n\n  '\n: &id001\n- K: v\nb: *id001\n"


@pytest.mark.parametrize(
    ("answer", "query", "expected"),
    [
        ({}, None, ""),
        ({"A": "x" * 5}, None, "- A: xxxxx\n"),
        ({"A": float("inf")}, "A", "- .inf\n"),
        ({}, "A", "- null\n"),
    ],
)
def test_a_stream_of_one(answer: object, query: str | None, expected: str) -> None:
    assert show("yaml-stream", answer, query) == expected


def test_a_stream_of_pages_is_raw() -> None:
    pages = [{"Models": ["a"], "NextToken": "1"}, {}, {"Models": ["b"]}]
    assert (
        show("yaml-stream", Pages(pages, resume_token="t"))
        == "- Models:\n  - a\n  NextToken: '1'\n- {}\n- Models:\n  - b\n"
    )
    assert show("yaml-stream", Pages(pages), "Models") == "- - a\n- null\n- - b\n"


def test_members_stand_around_the_list_in_the_order_of_their_names() -> None:
    members = {"TotalHits": None, "About": 1}
    pages = Pages([{"Models": [{"N": 1}]}, {"Models": ["b"]}], non_aggregate=members, resume_token="t")
    assert show("yaml", pages) == "About: 1\nModels:\n- N: 1\n- b\nNextToken: t\nTotalHits: null\n"


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(["word", "", "a:", "#b", "it's", '"', "\n", "\u2028", "\t", "é", "\U0001f600", "x" * 30, "-", "12"])
).map(" ".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXTS, children, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_a_reader_gets_the_same_document(document: dict[str, Any]) -> None:
    assert yaml.load(yaml_form.render(document), Loader) == document


@given(st.lists(st.lists(VALUES, max_size=3), min_size=1, max_size=4))
def test_pages_make_the_same_text_as_one_document(lists: list[list[Any]]) -> None:
    whole = {"Models": [value for values in lists for value in values]}
    assert show("yaml", Pages([{"Models": values} for values in lists])) == yaml_form.render(whole)


def test_a_lone_surrogate_that_is_all_there_is_goes_out_as_the_stream_has_it() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape", write_through=True)
    show("yaml", {"A": "\udcc3\udca9"}, "A", stdout=stream)
    stream.seek(0)
    assert stream.read() == '"é"\n'
