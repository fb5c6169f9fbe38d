"""How fast is asked: halved when that was too fast, and faster again with each answer."""

from __future__ import annotations

from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ServiceError, TimedOutError
from awsshadow.fanout.pace import _SLOWEST, Clock, Pace, Paces, Stopped

if TYPE_CHECKING:
    from typing import Any


class Operation:
    """Answers, or fails with the next of ``codes``."""

    name = "DescribeModel"

    def __init__(self, *codes: str) -> None:
        self.codes = list(codes)
        self.calls = 0

    def call(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self.calls += 1
        if self.codes:
            code = self.codes.pop(0)
            raise ServiceError(f"An error occurred ({code})", {"Code": code, "Message": "no"})
        return parameters


@pytest.fixture
def clock() -> Clock:
    return Clock(worth=0.0)  # what is waited for is passed over


def test_there_is_no_bound_until_there_is_throttling(clock: Clock) -> None:
    pace, before = Pace(clock), clock.now()
    for _ in range(1000):
        pace.turn()
    assert pace.rate is None
    assert clock.now() - before < 1


def test_throttling_halves_the_rate_and_spaces_the_calls(clock: Clock) -> None:
    pace = Pace(clock)
    begun = [pace.turn() for _ in range(40)]
    pace.throttled(begun[-1])
    assert pace.rate == pytest.approx(20)
    turns = [pace.turn() for _ in range(3)]
    assert turns[0] - begun[-1] >= 1 / 20
    assert all(1 / 20 <= later - earlier < 1 / 20 + 1 for earlier, later in pairwise(turns))


def test_calls_that_were_on_their_way_together_slow_it_down_once(clock: Clock) -> None:
    pace = Pace(clock)
    begun = [pace.turn() for _ in range(40)]
    for moment in begun:
        pace.throttled(moment)
    assert pace.rate == pytest.approx(20)
    pace.throttled(pace.turn())
    assert pace.rate == pytest.approx(10)


def test_it_is_never_slower_than_the_slowest_and_comes_back(clock: Clock) -> None:
    pace = Pace(clock)
    for _ in range(20):
        pace.throttled(pace.turn())
    assert pace.rate == _SLOWEST
    rates = []
    while pace.rate is not None:
        rates.append(pace.rate)
        pace.turn()
        pace.answered()
    assert rates == sorted(rates)


def test_a_call_is_made_again_until_it_is_answered(clock: Clock) -> None:
    operation = Operation("ThrottlingException", "Throttling", "TooManyRequestsException")
    assert Paces(clock).call(operation, {"A": 1}) == {"A": 1}  # type: ignore[arg-type]
    assert operation.calls == 4


def test_other_errors_are_raised_at_once(clock: Clock) -> None:
    operation = Operation("ValidationException")
    with pytest.raises(ServiceError):
        Paces(clock).call(operation, {})  # type: ignore[arg-type]
    assert operation.calls == 1


def test_the_timeout_ends_it(clock: Clock) -> None:
    operation = Operation(*["ThrottlingException"] * 1000)
    with pytest.raises(TimedOutError, match="DescribeModel is still throttled after 1m: An error"):
        Paces(clock, timeout=60).call(operation, {})  # type: ignore[arg-type]
    assert 5 < operation.calls < 100


def test_places_and_operations_have_paces_of_their_own(clock: Clock) -> None:
    paces = Paces(clock)
    paces.call(Operation("Throttling"), {}, ("p", "us-east-1"))  # type: ignore[arg-type]
    paces.call(Operation(), {}, ("p", "eu-west-1"))  # type: ignore[arg-type]
    assert {key: pace.rate is None for key, pace in paces._paces.items()} == {
        ("p", "us-east-1", "DescribeModel"): False,
        ("p", "eu-west-1", "DescribeModel"): True,
    }


def test_who_waits_for_a_turn_is_told_to_stop() -> None:
    clock = Clock()
    seen: list[BaseException] = []

    def wait() -> None:
        try:
            clock.until(clock.now() + 3600)
        except Stopped as stopped:
            seen.append(stopped)

    thread = Thread(target=wait, daemon=True)
    thread.start()
    clock.stop.set()
    thread.join(20)
    assert len(seen) == 1
    with pytest.raises(Stopped):
        Pace(clock).turn()
