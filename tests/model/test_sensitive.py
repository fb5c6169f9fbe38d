"""What the model marks as sensitive, found in shapes and struck out of values."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest

from awsshadow.model.sensitive import is_sensitive, sensitive_members, without

SHAPES: dict[str, dict[str, Any]] = {
    "In": {
        "type": "structure",
        "members": {"Plain": {"shape": "S"}, "Hidden": {"shape": "H"}, "Many": {"shape": "L"}},
    },
    "S": {"type": "string"},
    "H": {"type": "string", "sensitive": True},
    "L": {"type": "list", "member": {"shape": "H"}},
}


def test_members() -> None:
    assert sensitive_members(SHAPES) == {"Hidden", "Many"}


@pytest.mark.parametrize(("name", "expected"), [("In", False), ("S", False), ("H", True), ("L", True)])
def test_shapes(name: str, expected: bool) -> None:
    assert is_sensitive(name, SHAPES) is expected


def test_without() -> None:
    value = [{"Hidden": {"a": 1}, "b": [{"Many": "x", "c": None}]}, OrderedDict(Hidden="x", d=2), "Hidden"]
    assert repr(without(value, {"Hidden", "Many"})) == repr(
        [{"Hidden": "***", "b": [{"Many": "***", "c": None}]}, OrderedDict(Hidden="***", d=2), "Hidden"]
    )


def test_without_in_a_value_that_holds_itself() -> None:
    value: dict[str, object] = {"Hidden": "x"}
    value["Shown"] = [value, value]
    assert repr(without(value, {"Hidden"})) == "{'Hidden': '***', 'Shown': [{...}, {...}]}"
    assert value["Hidden"] == "x"


def test_without_knows_no_depth() -> None:
    deep: object = {"Hidden": "x"}
    for _ in range(2000):
        deep = [deep, {"Shown": 1}]
    found = without(deep, {"Hidden"})
    for _ in range(2000):
        found, beside = found
        assert beside == {"Shown": 1}
    assert found == {"Hidden": "***"}
