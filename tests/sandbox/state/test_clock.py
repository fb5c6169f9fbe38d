"""Clocks, and the states that waiters wait for under them."""

import json
import os
import re
from typing import Any

import botocore
import pytest

from awsshadow.errors import ParameterError
from awsshadow.sandbox import service
from awsshadow.sandbox.state.clock import FASTEST, Clock, seconds
from awsshadow.sandbox.state.plans import MOST

PATH = os.path.join(os.path.dirname(botocore.__file__), "data", "sagemaker", "2017-07-24", "waiters-2.json")
with open(PATH, encoding="utf-8") as file:
    WAITERS = json.load(file)["waiters"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7d", 604800), ("12h", 43200), ("1h30m", 5400), ("90s", 90), ("2.5", 2.5), ("1w", 604800), ("0", 0)],
)
def test_durations(text: Any, expected: Any) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "x", "7 days", "-1d", "1d!", "nan", "inf", "1e5", "\u00b2", "\u0663d"])
def test_what_is_no_duration(text: Any) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        seconds(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "fast", "instant:2", "step:1", "real:x", "real:-1", "real:nan", "real:inf", "real:1e308", "real:1e-300",
        "frozen:someday", "frozen:nan", "frozen:-1", "frozen:1e12", "frozen:inf", "frozen:0001-01-01",
        "frozen:9999-12-31T23:00:00-12:00",
    ],
)  # fmt: skip
def test_what_is_no_clock(text: Any) -> None:
    with pytest.raises(ValueError, match=r"^not a (clock|factor|time): "):
        Clock.new().changed(text)


@pytest.mark.parametrize("text", ["3000000d", "99999999w", "9" * 400, "9" * 400 + "d"])
def test_the_year_9999_is_the_last_one(tmp_path: Any, text: str) -> None:
    folder = str(tmp_path)
    service.set_clock(folder, "frozen:1000")
    with pytest.raises(ParameterError, match="the year 9999 is the last one"):
        service.advance_clock(folder, text)
    assert service.show_clock(folder).now() == 1000


@pytest.mark.parametrize("text", ["real:1e308", "real:nan", "frozen:nan", "frozen:1e300"])
def test_a_clock_that_is_none_changes_nothing(tmp_path: Any, text: str) -> None:
    folder = str(tmp_path)
    service.set_clock(folder, "frozen:1000")
    with pytest.raises(ParameterError):
        service.set_clock(folder, text)
    with pytest.raises(ParameterError):
        service.set_up(folder, text, {"cut": []})
    with pytest.raises(ParameterError):
        service.set_up(folder, "frozen:5", {"nonsense": []})
    assert service.show_clock(folder).now() == 1000
    assert service.show_faults(folder) == {}


def test_the_fastest_clock_stands_still_at_the_end() -> None:
    clock = Clock("real", MOST - 1, 0.0, FASTEST)
    assert clock.now() == MOST
    with pytest.raises(ValueError, match="the last one"):
        clock.advanced("1s")
    assert Clock("real", 0.0, MOST, FASTEST).now() == 0


def test_time_does_not_jump_when_the_clock_changes() -> None:
    clock = Clock.new()
    moved = clock.advanced("7d").changed("frozen")
    assert moved.now() == pytest.approx(clock.now() + 604800, abs=5)
    assert moved.changed("real:60").now() == pytest.approx(moved.now(), abs=60)
    assert moved.advanced("1m").now() == pytest.approx(moved.now() + 60, abs=0.01)
    assert Clock.from_row(moved.to_row()).now() == moved.now()
    assert clock.changed("frozen:2026-01-01T00:00:00Z").now() == 1767225600
    assert clock.changed("frozen:2026-01-01").now() == 1767225600
    assert clock.changed("frozen:5").now() == 5


def test_the_clock_stays_with_the_folder(tmp_path: Any) -> None:
    folder = str(tmp_path)
    service.Sandbox(folder, clock="frozen:100").close()
    service.Sandbox(folder).close()
    assert service.advance_clock(folder, "10s") == 110
    assert service.set_clock(folder, "frozen:50") == 50
    with pytest.raises(ParameterError, match="not a duration"):
        service.advance_clock(folder, "later")
    with pytest.raises(ParameterError, match="not a clock"):
        service.set_clock(folder, "sundial")
    with pytest.raises(ValueError, match="not a clock"):
        service.Sandbox(folder, clock="sundial")


def test_work_takes_its_time(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000000")
    world = make_world(sandbox)
    name = world.make("TrainingJob")["TrainingJobName"]

    def status() -> Any:
        return world.ok("DescribeTrainingJob", TrainingJobName=name)

    assert status()["TrainingJobStatus"] == "InProgress"
    assert status()["SecondaryStatus"] == "Training"
    service.advance_clock(str(tmp_path), "299s")
    assert status()["TrainingJobStatus"] == "InProgress"
    service.advance_clock(str(tmp_path), "1h")
    done = status()
    assert done["TrainingJobStatus"] == done["SecondaryStatus"] == "Completed"
    # It ended when its time was up, not when somebody looked.
    assert done["TrainingEndTime"] == done["LastModifiedTime"] == 1000300
    sandbox.close()


def test_a_fast_clock_makes_hours_of_moments(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="real:10000000")
    world = make_world(sandbox)
    name = world.make("AutoMLJob")["AutoMLJobName"]
    assert world.ok("DescribeAutoMLJob", AutoMLJobName=name)["AutoMLJobStatus"] == "Completed"
    sandbox.close()


def test_lists_see_what_is_due(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen")
    world = make_world(sandbox)
    name = world.make("Endpoint")["EndpointName"]
    assert world.ok("ListEndpoints", StatusEquals="InService")["Endpoints"] == []
    service.advance_clock(str(tmp_path), "1h")
    assert [e["EndpointName"] for e in world.ok("ListEndpoints", StatusEquals="InService")["Endpoints"]] == [name]
    world.ok("DeleteEndpoint", EndpointName=name)
    assert len(world.ok("ListEndpoints", StatusEquals="Deleting")["Endpoints"]) == 1
    service.advance_clock(str(tmp_path), "1h")
    assert world.ok("ListEndpoints")["Endpoints"] == []
    sandbox.close()


#: Waiter -> (family, operation that brings about what it waits for, None when its creation does).
BROUGHT_ABOUT = {
    "EndpointDeleted": ("Endpoint", "DeleteEndpoint"),
    "EndpointInService": ("Endpoint", None),
    "ImageCreated": ("Image", None),
    "ImageDeleted": ("Image", "DeleteImage"),
    "ImageUpdated": ("Image", "UpdateImage"),
    "ImageVersionCreated": ("ImageVersion", None),
    "ImageVersionDeleted": ("ImageVersion", "DeleteImageVersion"),
    "NotebookInstanceDeleted": ("NotebookInstance", "DeleteNotebookInstance"),
    "NotebookInstanceInService": ("NotebookInstance", None),
    "NotebookInstanceStopped": ("NotebookInstance", "StopNotebookInstance"),
    "ProcessingJobCompletedOrStopped": ("ProcessingJob", None),
    "TrainingJobCompletedOrStopped": ("TrainingJob", None),
    "TransformJobCompletedOrStopped": ("TransformJob", None),
}


def test_all_waiters_are_here() -> None:
    assert set(BROUGHT_ABOUT) == set(WAITERS)


@pytest.mark.parametrize("clock", ["instant", "step", "real:10000000"])
@pytest.mark.parametrize("waiter", BROUGHT_ABOUT)
def test_waiters_succeed(waiter: Any, clock: Any, tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path))
    world = make_world(sandbox)
    title, operation = BROUGHT_ABOUT[waiter]
    service.set_clock(str(tmp_path), clock if operation is None else "instant")
    known = world.make(title)
    if waiter == "NotebookInstanceDeleted":
        world.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    service.set_clock(str(tmp_path), clock)
    spec = WAITERS[waiter]
    shape = world.model["operations"][spec["operation"]]["input"]["shape"]
    ids = {m: known[m] for m in world.model["shapes"][shape]["members"] if m in known and m != "Alias"}
    if operation:
        shape = world.model["operations"][operation]["input"]["shape"]
        world.ok(operation, **{m: v for m, v in ids.items() if m in world.model["shapes"][shape]["members"]})
    assert wait(world, spec, ids) == "success"
    sandbox.close()


def wait(world: Any, spec: Any, ids: Any) -> Any:
    """The state the acceptors come to, as a client would: ten polls at most."""
    for _ in range(10):
        status, document = world.call(spec["operation"], **ids)
        for acceptor in spec["acceptors"]:
            if accepts(acceptor, status, document):
                return acceptor["state"]
    return "timeout"


def accepts(acceptor: Any, status: Any, document: Any) -> Any:
    if acceptor["matcher"] == "error":
        return status != 200 and document["__type"] == acceptor["expected"]
    assert acceptor["matcher"] == "path"
    assert re.fullmatch(r"\w+", acceptor["argument"])
    return status == 200 and document.get(acceptor["argument"]) == acceptor["expected"]
