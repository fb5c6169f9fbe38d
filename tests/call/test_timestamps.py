"""Fast timestamps beside dateutil's, in zones with odd offsets and many changes of clock."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from botocore.utils import parse_timestamp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awsshadow.call.timestamps import iso_clock
from tests.support.interpreter import YEAR_10000

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Monrovia", "Europe/Dublin"]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(
    st.one_of(
        st.integers(-2_000_000_000, 4_000_000_000),
        st.floats(0, 2_000_000_000, allow_nan=False),
        st.integers(0, 200).map(lambda n: 1_699_163_000 + n * 10),
    )
)
@example(1699163999.9999999)
@example(0)
@example(-0.0000001)
@pytest.mark.usefixtures("zone")
def test_equals_dateutil(value: float) -> None:
    assert iso_clock()(value) == parse_timestamp(value).isoformat()


@pytest.mark.parametrize("zone", ["America/New_York"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_one_clock_knows_every_span() -> None:
    clock = iso_clock()
    for value in range(1_699_160_000, 1_699_170_000, 60):
        assert clock(value) == parse_timestamp(value).isoformat()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1700000000, "2023-11-14T22:13:20+00:00"),
        (1700000000.5, "2023-11-14T22:13:20.500000+00:00"),
        (1700000000.1234567, "2023-11-14T22:13:20.123457+00:00"),
        ("1700000000", "2023-11-14T22:13:20+00:00"),
        (True, "1970-01-01T00:00:01+00:00"),
        ("2023-11-14T22:13:20Z", "2023-11-14T22:13:20+00:00"),
        ("2023-11-14T22:13:20-05:00", "2023-11-14T22:13:20-05:00"),
        ("2023-01-01", "2023-01-01T00:00:00"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_forms(value: float | str, text: str) -> None:
    assert iso_clock()(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("garbage", 'Invalid timestamp "garbage": Unknown string format: garbage'),
        ("", 'Invalid timestamp "": String does not contain a date: '),
        (float("nan"), "Invalid value NaN (not a number)"),
        (1e18, 'Unable to calculate correct timezone offset for "1e+18"'),
        (253402300800, YEAR_10000),
    ],
)
@pytest.mark.parametrize("zone", ["UTC"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_errors(value: float | str, text: str) -> None:
    with pytest.raises((ValueError, RuntimeError)) as caught:
        iso_clock()(value)
    assert str(caught.value) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.lists(st.integers(0, 200).map(lambda n: 1_699_163_000 + n * 10.125), min_size=1, max_size=12))
@pytest.mark.usefixtures("zone")
def test_what_has_been_learnt_equals_dateutil(values: list[float]) -> None:
    clock = iso_clock()
    expected = [parse_timestamp(value).isoformat() for value in values]
    assert [clock(value) for value in values] == expected
    assert [clock(value) for value in values] == expected


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awsshadow.call.timestamps._KEPT", 5)
    clock = iso_clock()
    for value in [1_699_163_000.5 + n * 77.25 for n in range(40)]:
        assert clock(value) == parse_timestamp(value).isoformat() == clock(value)
