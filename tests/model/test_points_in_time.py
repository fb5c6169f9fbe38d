"""Timestamps of a request as numbers: those that botocore would send, or none."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

import pytest
from botocore.utils import parse_to_aware_datetime
from hypothesis import example, given
from hypothesis import strategies as st

from awsshadow.model.points_in_time import in_seconds, seconds_of
from tests.support.timestamp_shapes import SHAPES as PLAIN

TREE = PLAIN["Tree"]
SHAPES: dict[str, dict[str, Any]] = {
    **PLAIN,
    "Stamp": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Tree": {**TREE, "members": {**TREE["members"], "Stamp": {"shape": "Stamp"}}},
}


def sent(text: str) -> int | None:
    """What botocore sends for a text; None where it refuses it."""
    try:
        moment = parse_to_aware_datetime(text)
    except (TypeError, ValueError, AttributeError, OverflowError, RuntimeError):
        return None
    return calendar.timegm(moment.timetuple())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-02-29", 1709164800),
        ("2024-02-29T12:30:15", 1709209815),
        ("2024-02-29T12:30:15Z", 1709209815),
        ("2024-02-29T12:30:15.999999Z", 1709209815),
        ("2024-02-29T12:30:15.9", 1709209815),
        ("2024-02-29T12:30:15+00:00", 1709209815),
        ("2024-12-31T23:59:59-12:45", 1735735499),
        ("1969-12-31T23:59:59.5Z", -1),
    ],
)
def test_usual_texts(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds == sent(text)


@pytest.mark.parametrize(
    "text",
    ["", "5", "2024", "2024-02-30", "2023-02-29", "2024-13-01", "2024-02-29T24:00:00Z", "2024-02-29T12:30"]
    + ["2024-02-29 12:30:15", "2024-02-29T12:30:60Z", "2024-02-29T12:30:15z", "2024-02-29T12:30:15.Z", "2024-W09-4"]
    + ["2024-02-29T12:30:15.1234567Z", "2024-02-29T12:30:15+0000", "2024-02-29T12:30:15+24:00", "20240229"]
    + ["2024-02-29T12:30:15,5Z", " 2024-02-29", "2024-02-29\n", "0024-02-29", "2100-01-01", "٢٠٢٤-02-29", "now"],
)
def test_other_texts_are_left_to_botocore(text: str) -> None:
    assert seconds_of(text) is None


@given(
    st.datetimes(datetime.datetime(1890, 1, 1), datetime.datetime(2110, 1, 1)),
    st.sampled_from(["", ".0", ".5", ".000001", ".123", ".999999"]),
    st.sampled_from(["", "Z"]) | st.from_regex(r"[-+][0-2][0-9]:[0-5][0-9]", fullmatch=True),
)
@example(datetime.datetime(1900, 1, 1), "", "+23:59")
@example(datetime.datetime(2099, 12, 31, 23, 59, 59), ".999999", "-23:59")
def test_what_it_knows_is_what_botocore_sends(moment: datetime.datetime, fraction: str, zone: str) -> None:
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}{zone}"
    found = seconds_of(text)
    assert found == sent(text) or found is None
    assert (found is not None) == (1900 <= moment.year < 2100 and (not zone or zone == "Z" or zone[1:3] < "24"))


@given(st.text("0123456789-:TZ+. ", max_size=26))
def test_no_text_means_something_else_here(text: str) -> None:
    found = seconds_of(text)
    assert found is None or found == sent(text)


def test_each_timestamp_of_parameters() -> None:
    text, seconds = "2024-02-29", 1709164800
    given = {"At": text, "Name": text, "All": [text], "By": {text: text}, "Below": {"At": text}, "Else": text}
    assert in_seconds(given, "Tree", SHAPES) == {
        "At": seconds,
        "Name": text,
        "All": [seconds],
        "By": {text: seconds},
        "Below": {"At": seconds},
        "Else": text,
    }
    assert given["At"] == text


@pytest.mark.parametrize("given", [{"At": 5}, {"At": "5"}, {"At": None}, {"All": ["2024-02-29", "Monday"]}])
def test_one_that_is_unusual_leaves_all_to_botocore(given: object) -> None:
    assert in_seconds(given, "Tree", SHAPES) is None


def test_a_timestamp_that_is_sent_as_text_is_none_of_its_business() -> None:
    assert in_seconds({"Stamp": "2024-02-29"}, "Tree", SHAPES) is None


def test_parameters_that_are_nested_too_deep_are_left_alone() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"Below": deep}
    assert in_seconds(deep, "Tree", SHAPES) is None
