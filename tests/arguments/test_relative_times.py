"""Times counted from now: what is one, where one counts, and that none is taken from the reference."""

from __future__ import annotations

from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.arguments.accepted_timestamps import accepted
from awsshadow.arguments.relative_times import resolved
from awsshadow.errors import AwsShadowError
from tests.support.timestamp_shapes import SHAPES

NOW = 1_700_000_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("now", 0),
        ("now-90s", -90),
        ("now-30m", -1800),
        ("now-1h", -3600),
        ("now-7d", -604_800),
        ("now-2w", -1_209_600),
        ("now+1h", 3600),
        ("now-0s", 0),
    ],
)
def test_times_from_now(text: str, seconds: int) -> None:
    assert resolved(text, "Time", SHAPES, NOW) == NOW + seconds


@pytest.mark.parametrize(
    "text",
    ["", "Now", "now-", "now-7", "now-7x", "now7d", "now--7d", "now-7d ", " now", "now-1.5h", "now-٣d", "now-1h30m"]
    + ["-1h", "now-9999999999999w", "now-1000001d"],
)
def test_anything_else_is_left_as_it_is(text: str) -> None:
    assert resolved(text, "Time", SHAPES, NOW) == text


def test_only_where_the_model_has_a_timestamp() -> None:
    value = {
        "At": "now",
        "Name": "now",
        "All": ["now", 5],
        "By": {"now": "now"},
        "Below": {"At": "now-1s"},
        "Else": "now",
    }
    assert resolved(value, "Tree", SHAPES, NOW) == {
        "At": NOW,
        "Name": "now",
        "All": [NOW, 5],
        "By": {"now": NOW},
        "Below": {"At": NOW - 1},
        "Else": "now",
    }
    assert value["At"] == "now"


@pytest.mark.parametrize("value", [None, 5, [], "now", {"At": None}, {"All": "now"}, {"By": []}, {"Below": 3}, {1: 2}])
def test_what_does_not_fit_the_model_is_left_to_validation(value: object) -> None:
    assert resolved(value, "Tree", SHAPES, NOW) == value


def test_objects_keep_their_class() -> None:
    assert type(resolved(OrderedDict(At="now"), "Tree", SHAPES, NOW)) is OrderedDict


@given(st.from_regex(r"\Anow([+-][0-9]{1,6}[smhdw])?\Z"))
def test_none_of_them_means_anything_to_the_reference(text: str) -> None:
    try:
        assert not accepted(text)
    except AwsShadowError:
        pass
