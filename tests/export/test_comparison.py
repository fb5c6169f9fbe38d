"""What is a difference, and what is not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsshadow.export.comparison import ABSENT, Comparison
from awsshadow.export.unified import unified

SHAPES: dict[str, dict[str, Any]] = {
    "Input": {
        "type": "structure",
        "members": {
            "Name": {"shape": "Text"},
            "Rate": {"shape": "Double"},
            "Spot": {"shape": "Flag"},
            "At": {"shape": "Time"},
            "Map": {"shape": "Map"},
            "Tags": {"shape": "Tags"},
            "Subnets": {"shape": "Texts"},
            "Commands": {"shape": "Texts"},
            "Variants": {"shape": "Variants"},
            "Config": {"shape": "Config"},
            "Secret": {"shape": "Secret"},
        },
    },
    "Text": {"type": "string"},
    "Secret": {"type": "string", "sensitive": True},
    "Double": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Time": {"type": "timestamp"},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Tags": {"type": "list", "member": {"shape": "Tag"}},
    "Tag": {"type": "structure", "members": {"Key": {"shape": "Text"}, "Value": {"shape": "Text"}}},
    "Variants": {"type": "list", "member": {"shape": "Config"}},
    "Config": {
        "type": "structure",
        "members": {"Name": {"shape": "Text"}, "Weight": {"shape": "Double"}, "Secret": {"shape": "Secret"}},
    },
}


def compared(live: dict[str, Any], file: dict[str, Any], *unseen: str) -> Comparison:
    return Comparison(live, file, "Input", SHAPES, unseen)


def paths(live: dict[str, Any], file: dict[str, Any], *unseen: str) -> list[str]:
    return [difference.path for difference in compared(live, file, *unseen).differences]


TAGS = [{"Key": key, "Value": key} for key in "abc"]


@pytest.mark.parametrize(
    ("live", "file"),
    [
        ({"Name": "a", "Spot": False}, {"Name": "a"}),
        ({"Variants": [{"Name": "a", "Weight": 1.0}]}, {"Variants": [{"Name": "a"}]}),
        ({"Rate": 1.0}, {"Rate": 1}),
        ({"Tags": TAGS}, {"Tags": TAGS[::-1]}),
        ({"Subnets": ["a", "b", "a"]}, {"Subnets": ["b", "a", "a"]}),
        ({}, {"Tags": [], "Config": {}}),
        ({"Name": '{"a": [1, {"b": 1.0}], "c": true}'}, {"Name": '{"c":true,"a":[1.0,{"b":1}]}'}),
        ({"At": "2026-01-01T00:00:00.123000+00:00"}, {"At": "2026-01-01T01:00:00+01:00"}),
        ({"At": "2026-01-01T00:00:00+00:00"}, {"At": 1767225600}),
        ({"At": "2026-01-01T00:00:00+00:00"}, {"At": datetime(2026, 1, 1, tzinfo=UTC)}),
        ({"At": 1767225600.5}, {"At": "2026-01-01T00:00:00Z"}),
        ({"Map": {"a": "b", "c": "d"}}, {"Map": {"c": "d", "a": "b"}}),
    ],
)
def test_the_same(live: dict[str, Any], file: dict[str, Any]) -> None:
    found = compared(live, file)
    assert (found.differences, found.uncompared) == ([], [])
    assert unified(found.shown_live, found.shown_file, ("a", "b"), False) == ""


@pytest.mark.parametrize(
    ("live", "file", "expected"),
    [
        ({"Name": "a"}, {"Name": "b"}, ["Name"]),
        ({}, {"Name": "b"}, ["Name"]),
        ({"Spot": True}, {"Spot": False}, ["Spot"]),
        ({}, {"Spot": False}, ["Spot"]),
        ({"Name": '{"a": true}'}, {"Name": '{"a": 1}'}, ["Name"]),
        ({"Name": "1"}, {"Name": "1.0"}, ["Name"]),
        ({"Map": {"a": "b", "c": "d"}}, {"Map": {"a": "b"}}, ["Map.c"]),
        ({"Map": {"a.b": "1"}}, {"Map": {"a.b": "2"}}, ['Map["a.b"]']),
        ({"Map": {"a": "1"}}, {"Map": {}}, ["Map.a"]),
        ({"Tags": TAGS}, {"Tags": TAGS[:2]}, ["Tags[2]"]),
        ({"Tags": TAGS[:2]}, {"Tags": TAGS}, ["Tags[2]"]),
        ({"Tags": TAGS}, {"Tags": [{"Key": "c", "Value": "x"}, *TAGS[:2]]}, ["Tags[0].Value"]),
        ({"Subnets": ["a", "a"]}, {"Subnets": ["a"]}, ["Subnets[1]"]),
        ({"Commands": ["a", "b"]}, {"Commands": ["b", "a"]}, ["Commands[0]", "Commands[1]"]),
        ({"Variants": [{"Name": "a"}]}, {"Variants": [{"Name": "a", "Weight": 2}]}, ["Variants[0].Weight"]),
        ({"At": "2026-01-01T00:00:01+00:00"}, {"At": "2026-01-01T00:00:00+00:00"}, ["At"]),
        ({"At": "2026-01-01T00:00:00+00:00"}, {"At": date(2027, 1, 1)}, ["At"]),
    ],
)
def test_different(live: dict[str, Any], file: dict[str, Any], expected: list[str]) -> None:
    assert paths(live, file) == expected
    found = compared(live, file)
    assert unified(found.shown_live, found.shown_file, ("a", "b"), False) != ""


def test_sides() -> None:
    (one,) = compared({"Map": {"a": "b"}}, {"Map": {}}).differences
    assert (one.live, one.file) == ("b", ABSENT)
    (other,) = compared({}, {"At": date(2027, 1, 1)}).differences
    assert (other.live, other.file) == (ABSENT, "2027-01-01")


def test_what_the_service_never_shows_is_not_compared() -> None:
    found = compared({}, {"Config": {"Secret": "s", "Name": "n"}}, "Config.Secret", "Other")
    assert ([d.path for d in found.differences], found.uncompared) == (["Config.Name"], ["Config.Secret"])
    assert "s" not in str(found.shown_file["Config"]["Secret"])


@pytest.mark.parametrize(
    ("live", "file"),
    [
        ({"Secret": "one-secret"}, {"Secret": "other-secret"}),
        ({}, {"Config": {"Secret": "one-secret"}}),
        ({"Variants": [{"Secret": "one-secret"}]}, {"Variants": []}),
        ({"Variants": []}, {"Variants": [{"Secret": "one-secret"}]}),
        ({"Secret": "one-secret"}, {"Secret": "one-secret"}),
    ],
)
def test_secrets_are_struck_out(live: dict[str, Any], file: dict[str, Any]) -> None:
    found = compared(live, file)
    shown = unified(found.shown_live, found.shown_file, ("a", "b"), False)
    assert "secret" not in shown + repr([(d.live, d.file) for d in found.differences])
    assert bool(shown) == (live != file)


def test_json_is_shown_line_by_line() -> None:
    found = compared({"Name": '{"a":1,"b":[1,2]}'}, {"Name": '{"a":1,"b":[1,3]}'})
    assert (
        unified(found.shown_live, found.shown_file, ("live", "file"), False)
        == """\
--- live
+++ file
@@ -3,6 +3,6 @@
     "a": 1,
     "b": [
       1,
-      2
+      3
     ]
   }
"""
    )


def test_colours() -> None:
    shown = unified({"A": "x"}, {"A": "y"}, ("l\x1b", "f"), True)
    assert shown.splitlines() == [
        "\x1b[1m--- l\\u001b\x1b[0m", "\x1b[1m+++ f\x1b[0m", "\x1b[36m@@ -1 +1 @@\x1b[0m",
        "\x1b[31m-A: x\x1b[0m", "\x1b[32m+A: 'y'\x1b[0m",
    ]  # fmt: skip


_TEXTS = st.sampled_from(["a", "b", "1", "[1]", '{"a": 1}', "no"])
_CONFIG = st.fixed_dictionaries({}, optional={"Name": _TEXTS, "Weight": st.sampled_from([1, 1.0, 2]), "Secret": _TEXTS})
_INPUT = st.fixed_dictionaries(
    {},
    optional={
        "Name": _TEXTS, "Rate": st.sampled_from([0, 0.0, 1, 2.5]), "Spot": st.booleans(),
        "Map": st.dictionaries(_TEXTS, _TEXTS),
        "Tags": st.lists(st.fixed_dictionaries({"Key": _TEXTS}, optional={"Value": _TEXTS})), "Config": _CONFIG,
        "Subnets": st.lists(_TEXTS), "Commands": st.lists(_TEXTS), "Variants": st.lists(_CONFIG),
    },
)  # fmt: skip


@given(_INPUT)
@settings(max_examples=100)
def test_nothing_differs_from_itself(value: dict[str, Any]) -> None:
    assert compared(value, value).differences == []


@given(_INPUT, _INPUT)
@settings(max_examples=100)
def test_a_diff_is_empty_if_nothing_differs_and_only_then(live: dict[str, Any], file: dict[str, Any]) -> None:
    found = compared(live, file)
    assert bool(found.differences) == bool(unified(found.shown_live, found.shown_file, ("a", "b"), False))
