from __future__ import annotations

import datetime
import math
from collections import OrderedDict

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.arguments.yaml12 import load
from awsshadow.errors import AwsShadowError
from tests.support.interpreter import MONTH_13

HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(word, word) for word in ("yes", "No", "on", "OFF", "y", "n", "tRUE", "1:30", "190:20:30", "08:15")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[("017", 17), ("08", 8), ("0o17", 15), ("0x1F", 31), ("0b11", 3), ("1_000", 1000), ("+5", 5), ("-5", -5)],
        *[("1e3", 1000.0), ("1.", 1.0), (".5", 0.5), ("-.5", -0.5), ("1.5e-3", 0.0015), (".5e+3", 500.0)],
        *[(".inf", math.inf), ("-.INF", -math.inf)],
        *[("1e", "1e"), ("-x", "-x"), (".", "."), (".5e3", ".5e3"), ("0X1F", "0X1F"), ("0o8", "0o8")],
        ("2024-01-02", datetime.date(2024, 1, 2)),
        ("2024-01-02 03:04:05", datetime.datetime(2024, 1, 2, 3, 4, 5)),
        ("2024-01-02T03:04:05Z", datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)),
        ("2024-01-02 03:04", "2024-01-02 03:04"),
        ("!!str 5", "5"),
        ('!!int "7"', 7),
        ("!!binary aGk=", b"hi"),
        ("!!set {a, b}", {"a", "b"}),
        ("!!omap [a: 1, b: 2]", {"a": 1, "b": 2}),
        ("a#b", "a#b"),
        ("a # b", "a"),
        ("x:y", "x:y"),
        ("http://a.b/c?d", "http://a.b/c?d"),
        ("[a:b, c?d, e: f]", ["a:b", "c?d", {"e": "f"}]),
        ("[http://a.b/, :x]", ["http://a.b/", ":x"]),
        ('{"a":"b", "c":[1]}', {"a": "b", "c": [1]}),
        ("{a:b}", {"a:b": None}),
        ("{\ta:\t1,\t'b': 2}", {"a": 1, "b": 2}),
        ("[1,\t2]", [1, 2]),
        ("[a, b,]", ["a", "b"]),
        ('"\\x41\\u263a\\/\\n"', "A\u263a/\n"),
        ("&a.b x", "x"),
        ("[&a 1, *a , &a 2, *a ]", [1, 1, 2, 2]),
        ("|\n  x\n\n  y\n", "x\n\ny\n"),
        (">-\n  x\n  y\n", "x y"),
        ("multi\n  line # comment", "multi line"),
        ("{[1, 2]: a}", {(1, 2): "a"}),
        ("\n  : a\n  b: c", {None: "a", "b": "c"}),
        ("{: a, b: c}", {None: "a", "b": "c"}),
        ("{ : }", {None: None}),
        ("2024-01-02 03:04:05 -8", datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(-8 * HOUR))),
    ],
)
def test_values(text: str, expected: object) -> None:
    found = load(f"key: {text}\n")["key"]
    assert found == expected
    assert type(found) is type(expected) or isinstance(expected, dict)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2",
        "a: !!set {a, a}",
        "{a: 1}\n---\n{b: 2}",
        "a: !foo x",
        "a: !!python/tuple [1]",
        "a:\n\tb: 1",
        "a: =",
        "a: <<",
        "a: *nowhere",
        "a: b: c",
        "a: @x",
        "a: 'open",
        "a: \x00",
        "{[a]: 1, {b: c}: 2}",
        "a: {<<: 1}",
        "b: &b {x: 1}\na:\n  <<: *b\n  <<: *b",
        "a: |\n   \n     x\n",
        '["a":b]',
        "a: !!timestamp yesterday",
        "a: {<<: [1]}",
        "a: &",
        "%YAML 2.0\n---\na: 1",
        "a: &b\ufeff c",
        "a: &\ufeffb c",
        "- |\nabc",
        "|\x85abc",
        "|2\nabc",
        "|\nabc\n...\n...\n",
        "%YAML 1.1\n%TAG !e! a#b\n---\na: 1",
        "# c\n|\u2028\u2028  x",
    ],
)
def test_what_is_no_yaml(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 2024-13-01", MONTH_13),
        ("a: ._", "could not convert string to float: '.'"),
        ("a: 0b_", "invalid literal for int() with base 2: ''"),
        ("a: !!bool maybe", "'maybe'"),
        ('a: !!int ""', "string index out of range"),
        ("%YAML 1.3\n---\na: 1", "version minor part can only be 2 or 1, got (1, 3)"),
        ("%YAML 1.3\n---\n{a: [}", "version minor part can only be 2 or 1, got (1, 3)"),
        ("%YAML 1.0\n", "version minor part can only be 2 or 1, got (1, 0)"),
        ("'a'\n...\n%YAML 1.3\n---\n", "version minor part can only be 2 or 1, got (1, 3)"),
        ("---\n%YAML 1.3\n", "(1, 3)"),
        ('a: !!float "1:30.5"', "could not convert string to float: '1:30.5'"),
        ('a: "\\U00110000"', "chr() arg not in range(0x110000)"),
    ],
)
def test_what_python_refuses(text: str, message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        load(text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|\nabc\n", "abc\n"),
        ("# c\n--- |-\n\na\n b\n", "\na\n b"),
        (">\nabc\ndef\n\nghi\n  j\nk\n", "abc def\nghi\n  j\nk\n"),
        ("|+\nabc\n\n\n", "abc\n\n\n"),
        ("&a !!str |\n\tabc", "\tabc"),
        ("|\n...\nabc\n...\n", "...\nabc\n"),
        ("|\r\na: 1\r\n- b\r\n", "a: 1\n- b\n"),
        ("|\n# c\n", "# c\n"),
        ("|\n\n", ""),
    ],
)
def test_a_document_that_is_one_block_need_not_be_indented(text: str, expected: str) -> None:
    assert load(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%TAG !e! tag:x#,2000:\n---\na: 1", {"a": 1}),
        ("%TAG !e! #x\n%YAML 1.1\n---\na: yes", {"a": True}),
        ("%TAG !e! tag:yaml.org,2002:# \n---\na: 1", {"a": 1}),
        ("%TAG !e! tag:yaml.org,2002: # c\n---\na: !e!str 1", {"a": "1"}),
    ],
)
def test_a_number_sign_in_a_tag(text: str, expected: object) -> None:
    assert load(text) == expected


@pytest.mark.parametrize("text", ["a: &b\u2028 1\nc: *b\u2028\n", "\ufeffa: 1\nc: &\u3000 1\n"])
def test_other_separators_are_letters_of_an_anchor(text: str) -> None:
    assert load(text) == {"a": 1, "c": 1}


def test_merge() -> None:
    text = "b: &b {x: 1, y: 2}\nc: &c {y: 3}\na:\n  <<: [*b, *c]\n  x: 9\n  x: 8\nd: *b\n"
    assert load(text) == {"b": {"x": 1, "y": 2}, "c": {"y": 3}, "a": {"x": 8, "y": 2}, "d": {"x": 1, "y": 2}}


def test_the_first_of_several_that_are_merged_counts_and_comes_last() -> None:
    names = "{VolumeSize: 1, InstanceType: a}", "{VolumeSize: 2, KmsKey: k}"
    assert list(load(f"a:\n  <<: [{', '.join(names)}]\n  Own: 1")["a"].items()) == [
        ("VolumeSize", 1),
        ("KmsKey", "k"),
        ("InstanceType", "a"),
        ("Own", 1),
    ]


@pytest.mark.parametrize("text", ["[a: 1, a: 2]", "[a: , b: 1, a: ]", "[1: 1, 1.0: 2]", "[a: 1, a: !!int x, b]"])
def test_a_key_that_is_twice_in_an_ordered_map_is_an_error_without_a_word(text: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        load(f"!!omap {text}")
    assert caught.value.message == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{&a [*a]: 1}", {(None,): 1}),
        ("{&a !!pairs [b: *a]: 1}", {(("b", None),): 1}),
        ("&a {<<: *a, b: 1}", {"b": 1}),
        ("&a {<<: *a, b: 1, <<: {c: 2}}", {"c": 2, "b": 1}),
        ("&a {<<: *a, <<: *a}", {}),
        ("{<<: {}, <<: {c: 2}}", {"c": 2}),
        ("{<<: [{}, {}], <<: {c: 2}}", {"c": 2}),
    ],
)
def test_what_holds_itself_in_a_key_or_by_a_merge(text: str, value: object) -> None:
    assert load(text) == value


def test_what_holds_itself_is_hashed_as_the_reference_does() -> None:
    with pytest.raises(AwsShadowError, match=r"^unhashable type: 'dict'$"):
        load("{&a [*a : a]}")


def test_of_a_key_of_an_ordered_map_that_cannot_be_one_is_complained_before_its_value() -> None:
    with pytest.raises(AwsShadowError, match=r"^unhashable type: 'list'$"):
        load("!!omap [[a]: !!int x]")


def test_types_that_messages_show_are_called_as_the_reference_calls_them() -> None:
    # As this Python writes an ordered mapping: a list of pairs, from 3.12 on a dict.
    assert repr(load("!!omap [a: 1]")) == repr(OrderedDict(a=1)).lower()
    assert str(type(load("!!omap [a: 1]"))) == "<class 'ruamel.yaml.compat.ordereddict'>"
    assert repr(load("2024-01-02T03:04:05 +5")).endswith("datetime.timezone(datetime.timedelta(seconds=18000), '+5'))")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("05.1234567", "05.123457"), ("05.1234564", "05.123456"), ("59.9999995", "00"), ("05.5", "05.500000")],
)
def test_times_are_rounded_to_microseconds(text: str, expected: str) -> None:
    assert load(f"2024-01-02T03:04:{text}Z").isoformat().endswith(f":{expected}+00:00")


def test_an_older_version_can_be_asked_for() -> None:
    old = load("%YAML 1.1\n---\na: yes\nb: 017\nc: 1:30\nd: off\ne: 1e3\n")
    assert old == {"a": True, "b": 15, "c": 90, "d": False, "e": 1000.0}
    assert load("%YAML 1.2\n---\na: yes\nb: 017\n") == {"a": "yes", "b": 17}


@pytest.mark.parametrize("text", ["", "# only a comment", "---", "\ufeff"])
def test_nothing(text: str) -> None:
    assert load(text) is None


def test_a_byte_order_mark_and_bytes() -> None:
    assert load("\ufeffa: 1") == {"a": 1}
    assert load("a: \xe9".encode()) == {"a": "\xe9"}
    assert load("a: \xe9".encode("utf-16")) == {"a": "\xe9"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b c", "1"]), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_json_is_yaml(value: object) -> None:
    import json

    assert load(json.dumps({"a": value})) == {"a": value}


@given(st.text(st.sampled_from("ab:,[]{}#&*!|>'\"%@`?- \n\t\\=<~01.") | st.characters(), max_size=30))
def test_any_text_loads_or_is_refused(text: str) -> None:
    try:
        load(text)
    except (yaml.YAMLError, AwsShadowError):
        pass
