"""Waiting and many calls on a terminal: the line while they last, and what is left of it at the end.

Time passes by sleeping alone, and answers wait until the line is seen: a screen is the same on every machine.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.support.held_service import HeldService
from tests.support.screen import Shown, render, watch
from tests.terminal.conftest import WIDTHS

if TYPE_CHECKING:
    from tests.support.held_service import Answering
    from tests.terminal.conftest import SameScreen

#: The program with a clock that only sleeping moves, and a line that does not turn.
START = """
import sys
from itertools import chain, repeat
from awsshadow.fanout import tally
from awsshadow.terminal import moving_line
from awsshadow.waiting import rounds

sys.argv[0:1] = []
now = 0.0

def sleep(seconds):
    global now
    now += seconds

rounds.sleep, rounds.monotonic = sleep, lambda: now
moving_line.monotonic = lambda: 0.0
ticks = chain([0.0], repeat(1.0))
tally.monotonic = lambda: next(ticks)

from awsshadow.main import main
sys.exit(main())
"""
#: How each drawing of a line ends.
DRAWN = b"\x1b[J\r"
WAITER = ("sagemaker", "wait", "endpoint-in-service", "--endpoint-name", "blue")
WAIT = ("wait", "endpoint", "blue", "--delay", "30", "--timeout", "90m")
GROUP = "/aws/sagemaker/Endpoints/blue"


def statuses(*states: str) -> Answering:
    """An endpoint that is in these states, one after the other, and stays in the last."""

    def answer(_: str, given: dict[str, Any], number: int) -> tuple[int, object]:
        state = states[min(number, len(states)) - 1]
        described = {"EndpointName": given["EndpointName"], "EndpointStatus": state}
        reason = {"FailureReason": "The container did not pass the ping health check."} if state == "Failed" else {}
        return 200, {**described, **reason}

    return answer


class Watch(Protocol):
    """Runs the program on a terminal against a service that answers so."""

    def __call__(
        self, *words: str, answering: Answering, columns: int = 80, program: str = "awsshadow",
        held: dict[int, bytes] | None = None, then: Callable[[subprocess.Popen[bytes]], None] | None = None,
        settings: dict[str, str] | None = None,
    ) -> tuple[Shown, list[bytes]]: ...  # fmt: skip


@pytest.fixture
def watched(environ: dict[str, str], tmp_path: Path) -> Iterator[Watch]:
    """``held``: these requests are answered when such a line is seen; what had been shown then is returned, too."""
    start = tmp_path / "start.py"
    start.write_text(START)
    services: list[HeldService] = []

    def run(
        *words: str, answering: Answering, columns: int = 80, program: str = "awsshadow",
        held: dict[int, bytes] | None = None, then: Callable[[subprocess.Popen[bytes]], None] | None = None,
        settings: dict[str, str] | None = None,
    ) -> tuple[Shown, list[bytes]]:  # fmt: skip
        service = HeldService(answering)
        services.append(service)
        waiting = [(service.hold(number), text) for number, text in (held or {}).items()]
        seen: list[bytes] = []

        def when(raw: bytes, running: subprocess.Popen[bytes]) -> None:
            if waiting and raw.endswith(DRAWN) and waiting[0][1] in raw:
                seen.append(raw)
                event, _ = waiting.pop(0)
                if then is not None:
                    then(running)
                event.set()

        given = {**environ, "AWS_ENDPOINT_URL": service.url, "AWS_DEFAULT_REGION": "us-east-1",
                 "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", **(settings or {})}  # fmt: skip
        line = [sys.executable, str(start), program, *words]
        shown = watch(line, given, Path(environ["HOME"]), columns, piped=True, when=when)
        assert not waiting, shown.raw
        return shown, seen

    yield run
    for service in services:
        service.close()


def is_one_line(raw: bytes, columns: int) -> bool:
    """Whether at no time there was more than a line on the screen."""
    return all(render(raw[:end], columns, 10).count("\n") <= 1 for end in range(0, len(raw), 7))


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_line_and_what_stays_of_it(watched: Watch, same_screen: SameScreen, columns: int) -> None:
    """Under the name ``aws``, which has the same line."""
    states = statuses("Creating", "Creating", "Updating", "Updating", "InService")
    shown, (live,) = watched(*WAITER, answering=states, columns=columns, program="aws", held={5: b" 2m"})
    assert (shown.code, shown.stdout) == (0, b"")
    assert is_one_line(live, columns)
    assert b"\x1b[36mUpdating\x1b[0m" in live
    assert b"\x1b[?25" not in shown.raw, "a program that is killed cannot bring the cursor back"
    same_screen(f"waiting-live-{columns}", render(live, columns))
    same_screen(f"waiting-reached-{columns}", shown.screen())


@pytest.mark.parametrize(("program", "columns"), [("aws", 40), ("awsshadow", 80), ("aws", 200)])
class TestWhatStays:
    def test_a_waiter_that_failed(self, watched: Watch, same_screen: SameScreen, program: str, columns: int) -> None:
        states = statuses("Creating", "Creating", "Failed")
        shown, _ = watched(*WAITER, answering=states, columns=columns, program=program, held={3: b"Creating"})
        assert (shown.code, shown.stdout) == (255, b"")
        same_screen(f"waiting-failed-{columns}", shown.screen())

    def test_a_waiter_that_gave_up(self, watched: Watch, same_screen: SameScreen, program: str, columns: int) -> None:
        states = statuses("Creating")
        shown, _ = watched(*WAITER, answering=states, columns=columns, program=program, held={4: b"Creating"})
        assert (shown.code, shown.stdout) == (255, b"")
        same_screen(f"waiting-given-up-{columns}", shown.screen())

    def test_ctrl_c(self, watched: Watch, same_screen: SameScreen, program: str, columns: int) -> None:
        shown, _ = watched(
            *(WAITER if program == "aws" else WAIT), answering=statuses("Creating"), columns=columns, program=program,
            held={3: b"Creating"}, then=lambda running: running.send_signal(signal.SIGINT),
        )  # fmt: skip
        assert (shown.code, shown.stdout) == (130, b"\n")
        same_screen(f"waiting-interrupted-{columns}", shown.screen())


@pytest.mark.parametrize(("last", "code"), [("Failed", 3), ("Creating", 124)])
def test_an_own_wait_ends_with_its_error(watched: Watch, same_screen: SameScreen, last: str, code: int) -> None:
    shown, _ = watched(*WAIT, answering=statuses("Creating", "Creating", last), held={3: b"Creating"})
    assert (shown.code, shown.stdout) == (code, b"")
    same_screen(f"waiting-own-{code}-80", shown.screen())


@pytest.mark.parametrize("columns", WIDTHS)
def test_several(watched: Watch, same_screen: SameScreen, columns: int) -> None:
    def answer(_: str, given: dict[str, Any], number: int) -> tuple[int, object]:
        name = given["EndpointName"]
        states = {"blue": "InService" if number > 3 else "Creating", "green": "Updating", "teal": "Creating"}
        return 200, {"EndpointName": name, "EndpointStatus": "InService" if number > 6 else states[name]}

    shown, (live,) = watched(
        "wait", "endpoint", "blue", "green", "teal", "--delay", "30", answering=answer, columns=columns,
        held={7: b" 1m"},
    )  # fmt: skip
    assert shown.code == 0
    same_screen(f"waiting-several-live-{columns}", render(live, columns))
    same_screen(f"waiting-several-{columns}", shown.screen())


@pytest.mark.parametrize("settings", [{"AWSSHADOW_PROGRESS": "plain"}, {"TERM": "dumb"}], ids=["plain", "dumb"])
def test_plain_lines(watched: Watch, same_screen: SameScreen, settings: dict[str, str]) -> None:
    states = statuses("Creating", "Creating", "Updating", "Updating", "InService")
    shown, _ = watched(*WAIT, answering=states, settings=settings)
    assert b"\x1b" not in shown.raw.replace(b"\r\n", b"")
    assert b"\r" not in shown.raw.replace(b"\r\n", b"")
    same_screen("waiting-plain-80", shown.screen())


@pytest.mark.parametrize(
    "off", [{"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"color": "off"}], ids=lambda given: next(iter(given))
)
def test_no_colour(watched: Watch, off: dict[str, str]) -> None:
    words = ["--color", "off"] if "color" in off else []
    variables = {name: value for name, value in off.items() if name != "color"}
    shown, (live,) = watched(
        *WAIT,
        *words,
        answering=statuses("Creating", "Creating", "InService"),
        held={3: b"Creating"},
        settings=variables,
    )
    assert b"\x1b[3" not in shown.raw
    assert b"Creating, 1m, attempt 3" in live


#: A training job that is created.
CREATE = (
    "sagemaker", "create-training-job", "--training-job-name", "j", "--role-arn", "arn:aws:iam::123456789012:role/r",
    "--algorithm-specification", "TrainingInputMode=File", "--output-data-config", "S3OutputPath=s3://bucket/out",
    "--resource-config", "VolumeSizeInGB=1", "--stopping-condition", "MaxRuntimeInSeconds=60",
)  # fmt: skip


def test_log_lines_stay_above_the_line(watched: Watch, same_screen: SameScreen) -> None:
    def answer(operation: str, given: dict[str, Any], _: int) -> tuple[int, object]:
        asked.append(operation)
        if operation == "DescribeTrainingJob":
            state = "InProgress" if asked.count(operation) < 3 else "Completed"
            return 200, {"TrainingJobName": "j", "TrainingJobStatus": state}
        if operation == "DescribeLogStreams":
            return 200, {"logStreams": [{"logStreamName": "j/algo-1"}]}
        if operation == "GetLogEvents":
            new = [] if given.get("nextToken") else [{"timestamp": n * 1000, "message": f"epoch {n}"} for n in (1, 2)]
            return 200, {"events": new, "nextForwardToken": "f"}
        return 200, {"TrainingJobArn": "arn:aws:sagemaker:us-east-1:123456789012:training-job/j"}

    asked: list[str] = []
    shown, (live,) = watched(*CREATE, "--wait", "--tail", answering=answer, held={9: b" 8s"})
    assert (shown.code, b"training-job/j" in shown.stdout) == (0, True), asked
    same_screen("waiting-tail-live-80", render(live, 80))
    same_screen("waiting-tail-80", shown.screen())


def test_do_it_and_wait(watched: Watch, same_screen: SameScreen) -> None:
    def answer(operation: str, _: dict[str, Any], number: int) -> tuple[int, object]:
        if operation == "CreateTrainingJob":
            return 200, {"TrainingJobArn": "arn:aws:sagemaker:us-east-1:123456789012:training-job/j"}
        state = "InProgress" if number < 4 else "Failed"
        return 200, {"TrainingJobName": "j", "TrainingJobStatus": state, "FailureReason": "AlgorithmError: no data"}

    shown, (live,) = watched(*CREATE, "--wait", "--delay", "30", answering=answer, held={4: b"attempt 3"})
    assert (shown.code, b"training-job/j" in shown.stdout) == (3, True)
    same_screen("waiting-create-live-80", render(live, 80))
    same_screen("waiting-create-80", shown.screen())


@pytest.mark.parametrize("columns", WIDTHS)
def test_how_far_many_calls_are(watched: Watch, same_screen: SameScreen, columns: int) -> None:
    def answer(operation: str, given: dict[str, Any], number: int) -> tuple[int, object]:
        if operation == "ListModels":
            models = [{"ModelName": f"m-{n}", "ModelArn": "arn", "CreationTime": 1.0} for n in range(4)]
            return 200, {"Models": models, "NextToken": "t"} if number == 1 else {"Models": models[:1]}
        if number == 4:
            return 400, {"__type": "ThrottlingException", "message": "Rate exceeded"}
        return 200, {"ModelName": given["ModelName"]}

    shown, (live,) = watched(
        "sagemaker", "list-models", "--hydrate", "--jobs", "1", answering=answer, columns=columns,
        held={6: b"3 of 4+ items"},
    )  # fmt: skip
    assert shown.code == 0, shown.raw
    assert shown.stdout.count(b'"Description"') == 5
    assert shown.screen() == ""
    assert is_one_line(shown.raw, columns)
    same_screen(f"hydrate-live-{columns}", render(live, columns))
