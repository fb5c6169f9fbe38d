"""Documents are read back as precisely what they were, by every reader of YAML."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from awsshadow.arguments import yaml12
from awsshadow.export.yaml_text import document, one_line, printable

WORDS = [
    "", " ", "~", "null", "Null", "NULL", "true", "True", "yes", "YES", "no", "No", "on", "ON", "off", "y", "N", "=",
    "<<", "1", "012", "0o14", "0x1F", "0b1", "1_000", "1e3", "1E3", "-1", "+1", ".5", "1.", ".inf", ".NaN", "12:30",
    "190:20:30", "2020-01-01", "2020-01-01T00:00:00Z", "- a", "a: b", "a #b", "#", "---", "...", "%YAML 1.1", "@a",
    "`a", "'", "\"", "\\", "a\\nb", "{", "}", "[", "]", ",", "&a", "*a", "!a", "|", ">", "?", "? a", ":", "a:", ":a",
    " a", "a ", "a  b", "a\nb", "a\n", "a\n\n", "\na", "\n", " a\nb", "a\n b", "a\n \nb", "a\n\nb", "\ta\nb",
    "a\tb\nc", "a\r\nb", "a\rb", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff",
    "\ufffe", "\U0001f600", "é", "x" * 3000, "x y " * 1000, "{\"Steps\": [{\"Name\": \"a'b\"}]}",
    "{\n  \"Version\": \"2020-12-01\"\n}\n",
]  # fmt: skip
TEXT = st.one_of(
    st.text(),
    st.text(alphabet=" \n\t:#-'\"|>a0.,e{}[]&*!%@`\\=<~?+_"),
    st.sampled_from(WORDS),
    st.from_regex(r"[-+.0-9eExo:_T]{1,9}"),
)
VALUE: Any = st.recursive(
    st.one_of(TEXT, st.integers(), st.floats(allow_nan=False), st.booleans()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXT, inner)),
    max_leaves=8,
)


def read_by_all(text: str) -> list[Any]:
    return [yaml12.load(text), yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)]


def exact(value: Any) -> str:
    """What tells ``1`` from ``1.0`` and ``True``."""
    if isinstance(value, dict):
        return repr({exact(key): exact(item) for key, item in value.items()})
    return repr([exact(item) for item in value]) if isinstance(value, list) else repr(value)


@given(st.dictionaries(TEXT, VALUE, max_size=4))
@settings(max_examples=150)
def test_any_document(value: dict[str, Any]) -> None:
    text = document(value)
    assert {exact(found) for found in read_by_all(text)} == {exact(value)}


@pytest.mark.parametrize("word", WORDS)
def test_texts_that_look_like_something_else(word: str) -> None:
    value = {"a": word, word: "b", "c": [word, {word: [word]}], "d": {"e": word}}
    assert [exact(found) for found in read_by_all(document(value))] == [exact(value)] * 3


def test_it_is_written_as_people_write_it() -> None:
    value = {
        "ModelName": "churn-v3", "Image": "1.dkr.ecr.us-east-1.amazonaws.com/a:3", "Arn": "arn:aws:iam::1:role/r x",
        "Script": "#!/bin/sh\n\n  echo 'a: b'\n", "Strict": "no", "Port": "8080", "Count": 2, "Rate": 1e-05, "On": True,
        "None": [], "Tags": [{"Key": "a", "Value": ""}, {"Key": "b"}], "Nested": [[1, 2], []], "Map": {"a b": {}},
    }  # fmt: skip
    assert (
        document(value)
        == """\
ModelName: churn-v3
Image: '1.dkr.ecr.us-east-1.amazonaws.com/a:3'
Arn: arn:aws:iam::1:role/r x
Script: |
  #!/bin/sh

    echo 'a: b'
Strict: 'no'
Port: '8080'
Count: 2
Rate: 1.0e-05
'On': true
None: []
Tags:
- Key: a
  Value: ''
- Key: b
Nested:
- - 1
  - 2
- []
Map:
  a b: {}
"""
    )
    assert document({}) == "{}\n"


def test_nothing_in_a_comment_ends_it() -> None:
    assert one_line({"a": "x\ny\u2028z\x85"}) == '{"a": "x\\ny\\u2028z\\u0085"}'
    assert printable("a\nb\x1b\U000e0001\ud800\t") == "a\\u000ab\\u001b\U000e0001\\ud800\\u0009"


def test_surrogates_are_spelled_out() -> None:
    text = document({"a": "\ud800x", "\udfff": 1})
    text.encode()
    assert yaml12.load(text) == {"a": "\ud800x", "\udfff": 1}
