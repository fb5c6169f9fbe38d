"""Which lines come next: streams, tokens, filters, and their order."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import ServiceError
from awsshadow.model.families.log_groups import LogPlace
from awsshadow.tailing.order import WINDOW, Window
from awsshadow.tailing.sources import Wanted, hosts_of, source
from tests.tailing.conftest import Logs, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from awsshadow.tailing.lines import Line
    from awsshadow.tailing.sources import Source

PLACE = LogPlace("g", "job/")


def texts(lines: Iterable[Line]) -> list[str]:
    return [line.message for line in lines]


def read(logs: Logs, place: LogPlace = PLACE, **wanted: Any) -> tuple[Source, list[str]]:
    found = source(logs, place, Wanted(**wanted))
    found.look()
    return found, texts(found.lines())


def test_three_hosts_in_one_order() -> None:
    logs = Logs({f"job/algo-{n}": [(t, f"{n}:{t}") for t in range(n, 30, 3)] for n in (1, 2, 3)}, page=4)
    assert read(logs)[1] == [f"{(t - 1) % 3 + 1}:{t}" for t in range(1, 30)]


def test_what_has_come_since() -> None:
    events = [(1, "a")]
    logs = Logs({"job/algo-1": events})
    found, lines = read(logs)
    assert (lines, texts(found.lines())) == (["a"], [])
    events += [(2, "b"), (2, "c")]
    assert texts(found.lines()) == ["b", "c"]
    assert len(logs.asked("GetLogEvents")) == 2 + 1 + 2


def test_a_stream_that_comes_late() -> None:
    logs = Logs({"job/algo-1": [(1, "a")]})
    found, _ = read(logs)
    assert logs.streams is not None
    logs.streams["job/algo-2"] = [(1, "late")]
    assert texts(found.lines()) == []
    found.look()
    assert texts(found.lines()) == ["late"]


def test_streams_of_another_job_and_more_than_a_page_of_them() -> None:
    streams = {f"job/algo-{n}": [(n, str(n))] for n in range(1, 121)}
    logs = Logs({**streams, "job-2/algo-1": [(1, "other")]})
    assert read(logs)[1] == [str(n) for n in range(1, 121)]
    assert len(logs.asked("DescribeLogStreams")) == 3
    assert read(logs, LogPlace("g", "job"))[1] == [str(n) for n in range(1, 121)]


def test_empty_answers_with_another_token_are_no_end() -> None:
    answers = iter([("1", []), ("2", []), ("3", [{"timestamp": 1, "message": "a"}]), ("3", [])])

    def ask(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if operation == "DescribeLogStreams":
            return {"logStreams": [{"logStreamName": "job/algo-1"}]}
        token, events = next(answers)
        return {"events": events, "nextForwardToken": token}

    found = source(ask, PLACE, Wanted())
    found.look()
    assert texts(found.lines()) == ["a"]
    assert next(answers, None) is None


def test_tokens_that_change_for_ever_are_an_end_at_last() -> None:
    count = 0

    def ask(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        nonlocal count
        if operation == "DescribeLogStreams":
            return {"logStreams": [{"logStreamName": "job/algo-1"}]}
        count += 1
        return {"events": [], "nextForwardToken": str(count)}

    found = source(ask, PLACE, Wanted())
    found.look()
    assert texts(found.lines()) == []
    assert count == 100


def test_a_token_that_is_one_no_more_loses_and_repeats_no_line() -> None:
    events = [(1, "a"), (2, "b"), (2, "c")]
    logs = Logs({"job/algo-1": events})
    found, _ = read(logs)
    events += [(2, "d"), (3, "e")]
    whole, rotated = logs._GetLogEvents, [True]

    def refuse_once(parameters: dict[str, Any]) -> dict[str, Any]:
        if "nextToken" in parameters and rotated:
            rotated.clear()
            raise refused("InvalidParameterException")
        return whole(parameters)

    logs._GetLogEvents = refuse_once  # type: ignore[method-assign]
    assert texts(found.lines()) == ["d", "e"]
    events.append((4, "f"))
    assert texts(found.lines()) == ["f"]


def test_what_is_wrong_with_a_first_request_is_an_error() -> None:
    logs = Logs({"job/algo-1": []})
    found, _ = read(logs)
    assert logs.streams is not None
    logs._GetLogEvents = lambda _: (_ for _ in ()).throw(refused("InvalidParameterException"))  # type: ignore
    found = source(logs, PLACE, Wanted())
    found.look()
    with pytest.raises(ServiceError):
        list(found.lines())


def test_since() -> None:
    logs = Logs({"job/algo-1": [(n, str(n)) for n in range(10)]})
    assert read(logs, start=7)[1] == ["7", "8", "9"]
    assert read(logs, start=7, pattern="")[1] == ["7", "8", "9"]


def test_streams_that_ended_long_before_are_not_read() -> None:
    """Of an endpoint there are those of all instances that it ever had."""
    hour = 3_600_000
    logs = Logs({f"v/i-{n}": [(n * hour, str(n))] for n in range(200)})
    assert read(logs, LogPlace("g"), start=198 * hour)[1] == ["198", "199"]
    assert len(logs.asked("DescribeLogStreams")) == 1
    assert {p["logStreamName"] for p in logs.asked("GetLogEvents")} == {"v/i-197", "v/i-198", "v/i-199"}


def test_a_group_that_is_not_there_may_come() -> None:
    logs = Logs(None)
    found, lines = read(logs)
    assert (found.is_there, lines) == (False, [])
    logs.streams = {"job/algo-1": [(1, "a")]}
    found.look()
    assert (found.is_there, texts(found.lines())) == (True, ["a"])


@pytest.mark.parametrize("pattern", [None, ""])
@pytest.mark.parametrize(
    ("hosts", "shown"),
    [(["algo-2"], ["b"]), (["algo-2", "algo-20"], ["b", "c"]), (["algo"], []), (["17"], []), ([], ["a", "b", "c"])],
)
def test_hosts(hosts: list[str], shown: list[str], pattern: str | None) -> None:
    names = [f"job/algo-{n}-1700000000" for n in (1, 2, 20)]
    logs = Logs({name: [(n, "abc"[n])] for n, name in enumerate(names)})
    assert read(logs, hosts=hosts, pattern=pattern)[1] == shown


@pytest.mark.parametrize(
    ("stream", "begin", "hosts"),
    [
        ("job/algo-1-1700000000", "job/", ["algo-1"]),
        ("job/i-0abc-1700000000/data-log", "job/", ["i-0abc", "data-log"]),
        ("AllTraffic/i-0abc", "", ["AllTraffic", "i-0abc"]),
        ("LifecycleConfig/workers/i-0abc", "", ["LifecycleConfig", "workers", "i-0abc"]),
        ("job", "job", []),
    ],
)
def test_what_hosts_are_called(stream: str, begin: str, hosts: list[str]) -> None:
    assert hosts_of(stream, LogPlace("g", begin)) == hosts


class TestFilter:
    def test_only_lines_that_meet_it_and_each_once(self) -> None:
        events = [(1000, "ERROR a"), (2000, "fine")]
        logs = Logs({"job/algo-1": events, "job-2/algo-1": [(1, "ERROR other")]}, page=1)
        found, lines = read(logs, pattern="ERROR")
        assert (lines, texts(found.lines())) == (["ERROR a"], [])
        assert logs.asked("FilterLogEvents")[0]["logStreamNamePrefix"] == "job/"
        events += [(90_000, "ERROR b")]
        assert texts(found.lines()) == ["ERROR b"]
        assert texts(found.lines()) == []
        assert logs.asked("FilterLogEvents")[-1]["startTime"] == 60_000

    def test_a_line_that_came_late_is_found_behind_the_last_one(self) -> None:
        events = [(90_000, "ERROR b")]
        logs = Logs({"job/algo-1": events})
        found, _ = read(logs, pattern="ERROR")
        events.append((80_000, "ERROR late"))
        assert texts(found.lines()) == ["ERROR late"]

    def test_what_was_shown_is_not_remembered_for_ever(self) -> None:
        events = [(n, "ERROR") for n in range(120_000)]
        found, lines = read(Logs({"job/algo-1": events}), pattern="ERROR")
        assert len(lines) == 120_000
        assert len(vars(found)["_seen"]) <= 50_000
        assert texts(found.lines()) == []


def test_the_lines_of_one_page_are_in_the_memory_and_no_more() -> None:
    """10,000 lines of three hosts, and ten times as many, take the same."""

    def peak(lines: int) -> int:
        def ask(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
            if operation == "DescribeLogStreams":
                return {"logStreams": [{"logStreamName": f"job/algo-{n}"} for n in (1, 2, 3)]}
            begin = int(parameters.get("nextToken", 0))
            end = min(lines // 3, begin + parameters["limit"])
            return {
                "events": [{"timestamp": n, "message": f"{n:080d}"} for n in range(begin, end)],
                "nextForwardToken": str(end),
            }

        found = source(ask, PLACE, Wanted())
        found.look()
        tracemalloc.start()
        assert sum(1 for _ in found.lines()) == lines // 3 * 3
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(300_000) < 1.5 * peak(30_000)


class TestWindow:
    def line(self, time: int) -> Line:
        from awsshadow.tailing.lines import Line

        return Line(time, "g", "s", str(time))

    def test_an_earlier_line_of_a_later_host_comes_first(self) -> None:
        window = Window()
        assert texts([*window.put(self.line(1000), 0), *window.put(self.line(900), 1)]) == []
        assert texts(window.ripe(1.5)) == []
        assert texts(window.ripe(2)) == ["900", "1000"]

    def test_what_is_old_beside_the_newest_is_not_held_back(self) -> None:
        window = Window()
        list(window.put(self.line(0), 0))
        assert texts(window.put(self.line(WINDOW), 0)) == ["0"]
        assert texts(window.rest()) == [str(WINDOW)]

    def test_so_many_and_no_more(self) -> None:
        window = Window()
        assert sum(len(list(window.put(self.line(5), 0))) for _ in range(25_000)) == 15_000
