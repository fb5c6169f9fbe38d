"""Threads whose results come in order, begun no earlier than they are wanted."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from awsshadow.fanout.engine import _AHEAD, Engine
from awsshadow.fanout.pace import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 20


def test_results_come_in_the_order_of_the_things() -> None:
    done = [Event() for _ in range(4)]

    def work(at: int) -> int:
        if at < 3:
            assert done[at + 1].wait(LIMIT)  # each one waits for the one behind it
        done[at].set()
        return at

    with Engine(4, Clock()) as engine:
        assert list(engine.map(work, range(4))) == [0, 1, 2, 3]


def test_no_more_is_begun_than_is_soon_wanted() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for at in range(1000):
            taken.append(at)
            yield at

    with Engine(2, Clock()) as engine:
        results = engine.map(str, things())
        assert next(results) == "0"
        assert len(taken) == 2 * _AHEAD
        assert next(results) == "1"
        assert len(taken) == 2 * _AHEAD + 1


def test_no_more_threads_than_things() -> None:
    with Engine(8, Clock()) as engine:
        assert list(engine.map(str, [1, 2])) == ["1", "2"]
        assert len(engine._threads) == 2


def test_an_error_comes_at_its_place() -> None:
    def work(at: int) -> int:
        if at == 2:
            raise LookupError("two")
        return at

    with Engine(3, Clock()) as engine:
        results = engine.map(work, range(5))
        assert [next(results), next(results)] == [0, 1]
        with pytest.raises(LookupError, match="two"):
            next(results)


def test_nobody_waits_for_a_thread_that_hangs() -> None:
    never, begun = Event(), Event()

    def hang(_: int) -> None:
        begun.set()
        never.wait(LIMIT)

    with Engine(1, Clock()) as engine:
        engine._begin(hang, 1)
        assert begun.wait(LIMIT)
    assert engine._threads[0].is_alive()
    assert engine._threads[0].daemon
    never.set()
    engine._threads[0].join(LIMIT)
    assert not engine._threads[0].is_alive()
