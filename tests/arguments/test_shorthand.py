from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.arguments.shorthand import parse
from awsshadow.errors import ShorthandError


def literal(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Key=a,Value=b", {"Key": "a", "Value": "b"}),
        ("a=", {"a": ""}),
        ("=x", {"": "x"}),
        ("a.b/c:d#e-f_1=x", {"a.b/c:d#e-f_1": "x"}),
        # comma lists end where the next pair begins
        ("a=1,2,b=3", {"a": ["1", "2"], "b": "3"}),
        ("a=b,c=d", {"a": "b", "c": "d"}),
        ("a=x,y", {"a": ["x", "y"]}),
        ("Key=a,b\\,Value=d", {"Key": "a", "Value": "d"}),
        ("k=a,\"b,y='z\"=d'", {"k": "a", "y": 'z"=d'}),
        # one comma too many is tolerated
        ("Key=a,,Value=b", {"Key": "a", "Value": "b"}),
        ('Key="a",,Value=b', {"Key": "a", "Value": "b"}),
        # brackets
        ("a=[]", {"a": []}),
        ("a=[b,]", {"a": ["b"]}),
        ("a=[,b]", {"a": ["", "b"]}),
        ("a=[b,,c]", {"a": ["b", "", "c"]}),
        ("a=[b=c,d]", {"a": ["b=c", "d"]}),
        ("a=[[b],{c=d},'e']", {"a": [["b"], {"c": "d"}, "e"]}),
        ("a={}", {"a": {}}),
        ("a={b=c,}", {"a": {"b": "c"}}),
        ("a={b=c,b=d}", {"a": {"b": "d"}}),
        ("a={b=[1,2],c={d=e}},f=g", {"a": {"b": ["1", "2"], "c": {"d": "e"}}, "f": "g"}),
        # bare values
        ("a=b c = d", {"a": "b c = d"}),
        ("a=b]", None),
        ("a=]b", {"a": "]b"}),
        ("a=x,]{[}", {"a": ["x", "]{[}"]}),
        ("a=b\\,c", {"a": "b,c"}),
        ("a=b\\\\,c", {"a": "b\\,c"}),
        ("a=\\,", {"a": ","}),
        ("a=b\\c\\=\\\\", {"a": "b\\c\\=\\\\"}),
        ("a=b \t\u2003", {"a": "b"}),
        ("a=b\x1cc", {"a": "b\x1cc"}),
        ("a=\uffff", {"a": "\uffff"}),
        # quoted values
        ("a=\"b,c\",d='e f'", {"a": "b,c", "d": "e f"}),
        ('a="x\\"y"', {"a": 'x"y'}),
        ("a='x\\'y'", {"a": "x'y"}),
        ('a="x\\\\y\\n"', {"a": "x\\y\\n"}),
        ('Key="a\\\\",Value=b', {"Key": "a\\", "Value": "b"}),
        ('a="\U0001f600"', {"a": "\U0001f600"}),
        ('a=x,"y z"', {"a": ["x", "y z"]}),
        # blanks
        ("a = b , c = d", {"a": "b", "c": "d"}),
        ("a=\n [ b , c ] ,\n d = { e = f } ", None),
        ("a=\n [ b , c ],\n d = { e = f }", {"a": ["b", "c"], "d": {"e": "f"}}),
    ],
)
def test_values(text: str, expected: dict[str, Any] | None) -> None:
    if expected is None:
        with pytest.raises(ShorthandError):
            parse(text, literal)
    else:
        assert parse(text, literal) == expected


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("Key", "Expected: '=', received: 'EOF' for input:\n Key\n   ^", 3),
        ("", "Expected: '=', received: 'EOF' for input:\n \n^", 0),
        (" Key=a", "Expected: '=', received: 'K' for input:\n  Key=a\n ^", 1),
        ("Key@a,Value=x", "Expected: '=', received: 'a' for input:\n Key@a,Value=x\n    ^", 4),
        ("Key==a", "Expected: ',', received: '=' for input:\n Key==a\n    ^", 4),
        ("Key=a]b,Value=c", "Expected: ',', received: ']' for input:\n Key=a]b,Value=c\n     ^", 5),
        ('Key="a,V=c', "Expected: '<double quoted>', received: '<none>' for input:\n Key=\"a,V=c\n    ^", 4),
        ("Key='a,V=c", "Expected: '<singled quoted>', received: '<none>' for input:\n Key='a,V=c\n    ^", 4),
        (
            "Key=a,Value=b,",
            "Expected: '<second>', received: '<none>' for input:\n Key=a,Value=b,\n" + " " * 14 + "^",
            14,
        ),
        ("Key={a}", "Expected: '=', received: '}' for input:\n Key={a}\n      ^", 6),
        ("Key={a=b", "Expected: ',', received: 'EOF' for input:\n Key={a=b\n        ^", 8),
        ("Key=[", "Expected: ',', received: 'EOF' for input:\n Key=[\n     ^", 5),
        ("Key=a,\nValue x=b\n,d", "Expected: '=', received: 'x' for input:\n Key=a,\nValue x=b\n      ^\n,d", 13),
        ("a=\U0001f600", "Expected: ',', received: '\U0001f600' for input:\n a=\U0001f600\n  ^", 2),
        ("X=[a],b", "Expected: '=', received: 'EOF' for input:\n X=[a],b\n       ^", 7),
        ('k=a,"b,c"=d', "Expected: '=', received: '\"' for input:\n k=a,\"b,c\"=d\n        ^", 8),
        (
            "Key=a,Key=b",
            (
                'Second instance of key "Key" encountered for input:\nKey=a,Key=b\n      ^\n'
                'This is often because there is a preceding "," instead of a space.'
            ),
            6,
        ),
    ],
)
def test_errors(text: str, message: str, offset: int) -> None:
    with pytest.raises(ShorthandError) as caught:
        parse(text, literal)
    assert caught.value.message == message
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a@=x", ["x"]),
        # the would-be element before "=" is one until the "=" is met
        ("a@=x,y,b=z", ["x", "y", "b"]),
        ("a @ = 'x'", ["x"]),
        ("a@=[x,[y]]", ["x", "y"]),
        ("a@={b=x}", []),
        ("a={b@=x,c=y}", ["x"]),
        ("a@=", []),
        ("a@=[,x]", ["x"]),
        # a key inside brackets decides for what follows it there
        ("a@=[{b=x},y]", []),
        ("a=[{b@=x},y]", ["x", "y"]),
    ],
)
def test_which_values_are_files(text: str, read: list[str]) -> None:
    asked: list[str] = []

    def load(value: str) -> str:
        asked.append(value)
        return value

    parse(text, load)
    assert asked == read


def test_a_file_is_read_before_a_later_error_is_found() -> None:
    def load(value: str) -> str:
        raise LookupError(value)

    with pytest.raises(LookupError):
        parse("a@=x,y=[", load)


SYNTAX = st.text(st.sampled_from("ab=,[]{}'\"\\@ \n\t") | st.characters(), max_size=40)


def offset_of_error(text: str) -> int | None:
    """Where the parser gives up, or None where it does not."""
    try:
        assert isinstance(parse(text, literal), dict)
    except ShorthandError as error:
        return error.offset
    return None


@given(SYNTAX)
def test_any_text_is_a_value_or_an_error_inside_it(text: str) -> None:
    offset = offset_of_error(text)
    assert offset is None or 0 <= offset <= len(text)


def render(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(render, value)) + "]"
    return "{" + ",".join(f"{key}={render(item)}" for key, item in value.items()) + "}"


KEYS = st.text(st.sampled_from("abcXYZ019-_.#/:"), min_size=1, max_size=6)
# A backslash before a quote cannot be written: which quote closes does not depend on it.
TEXTS = st.text(st.characters(exclude_characters="\\"), max_size=12)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_what_is_rendered_is_read_back(pairs: dict[str, Any]) -> None:
    assert parse(",".join(f"{key}={render(value)}" for key, value in pairs.items()), literal) == pairs


@given(st.dictionaries(KEYS, st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_comma_lists_are_read_back(pairs: dict[str, list[str]]) -> None:
    text = ",".join(f"{key}={','.join(map(render, values))}" for key, values in pairs.items())
    assert parse(text, literal) == pairs
