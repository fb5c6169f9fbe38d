"""How often is looked, and how long."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ParameterError
from awsshadow.waiting.durations import seconds, words
from awsshadow.waiting.limits import Limits
from awsshadow.waiting.rounds import GaveUp, Rounds, growing, steady
from awsshadow.waiting.status_line import limit_in_words

if TYPE_CHECKING:
    from tests.waiting.conftest import Time


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30s", 30), ("20m", 1200), ("12h", 43200), ("7d", 604800), ("90", 90), ("1.5", 1.5), ("1h30m", 5400), ("0", 0)],
)
def test_durations(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "x", "7x", "-5", "1h-", "h", "1e3", "9999d", "nan", "inf", "\u0661", "1 h"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a duration|longer than a year"):
        seconds(text)


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0s"), (45.9, "45s"), (250, "4m10s"), (1200, "20m"), (3661, "1h1m"), (86400, "1d")]
)
def test_durations_in_words(number: float, told: str) -> None:
    assert words(number) == told


def test_delays_grow_and_are_varied() -> None:
    delays = list(islice(growing(), 12))
    assert 4.5 <= delays[0] <= 5.5
    assert all(27 <= delay <= 33 for delay in delays[6:])
    assert len(set(delays)) == 12


@pytest.mark.parametrize(("name", "text"), [("timeout", "x"), ("delay", "-1"), ("max-attempts", "0"),
                                            ("max-attempts", "1.5"), ("max-attempts", "9" * 5000)])  # fmt: skip
def test_limits_that_are_none(name: str, text: str) -> None:
    with pytest.raises(ParameterError, match=f"argument --{name}: not a"):
        Limits.given({name: text})


def test_the_last_look_is_at_the_end_of_the_time(time: Time) -> None:
    rounds = Rounds(steady(30), timeout=70)
    rounds.begin()
    for _ in range(3):
        rounds.pause()
    assert time.slept == [30, 30, 10]
    with pytest.raises(GaveUp) as caught:
        rounds.pause()
    assert caught.value.of_time


def test_so_many_looks(time: Time) -> None:
    rounds = Rounds(steady(1), most=2)
    rounds.begin()
    rounds.pause()
    rounds.begin()
    with pytest.raises(GaveUp) as caught:
        rounds.pause()
    assert not caught.value.of_time
    assert time.slept == [1]


def test_time_that_a_sandbox_spares_counts(time: Time) -> None:
    """Where looking costs no time, a wait for what never happens ends all the same."""
    rounds = Rounds(steady(30), timeout=86400, worth=0)
    with pytest.raises(GaveUp):
        _go_through(rounds)
    assert rounds.attempt == 2881
    assert time.slept == []
    assert rounds.elapsed == 86400


def _go_through(rounds: Rounds) -> None:
    for _ in range(10_000):
        rounds.begin()
        rounds.pause()


def test_limits_in_words() -> None:
    assert limit_in_words(1200, None) == "20m"
    assert limit_in_words(None, 120, 30) == "1h"
    assert limit_in_words(60, 120, 30) == "1m"
    assert limit_in_words(None, 3) == "3 looks"
