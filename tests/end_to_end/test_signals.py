"""A command that is told to stop says nothing and leaves nothing behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from awsshadow import run
from tests.end_to_end.launch import LIMIT, below, cold, command, environ
from tests.support.endpoint import Endpoint
from tests.support.endpoint_server import Reply
from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

LIST = ["sagemaker", "list-models"]
SLOW: Reply = {"fault": "hang", "seconds": 20}


def until(ready: Callable[[], object]) -> None:
    """Wait until ``ready`` says so."""
    end = time.monotonic() + LIMIT
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


def stopped(stage: Stage, words: list[str], number: int, ready: Callable[[], object]) -> tuple[int, bytes, bytes]:
    """Exit code and output of a command that gets the signal ``number`` once it is ``ready``."""
    running = subprocess.Popen(
        command(words), env=environ(stage), cwd=stage.work, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until(lambda: ready() or running.poll() is not None)
    running.send_signal(number)
    out, err = running.communicate(timeout=LIMIT)
    return running.returncode, out, err


def code(name: str) -> int:
    """What Popen reports of a process that the signal ended: a shell makes 128 + number of it."""
    return -int(getattr(signal, name))


ENDS = [
    ("SIGINT", 130, b"\n"),
    ("SIGTERM", code("SIGTERM") if sys.platform != "win32" else 0, b""),
    ("SIGHUP", code("SIGHUP") if sys.platform != "win32" else 0, b""),
]


@pytest.mark.parametrize(("name", "expected", "out"), ENDS)
@pytest.mark.parametrize("words", [LIST, ["sagemaker", "wait", "endpoint-in-service", "--endpoint-name", "e"]])
def test_during_the_request(
    endpoint: Endpoint, stage: Stage, words: list[str], name: str, expected: int, out: bytes
) -> None:
    endpoint.script([SLOW])
    assert stopped(stage, words, getattr(signal, name), endpoint.requests) == (expected, out, b"")
    assert below(stage.home) == below(stage.work) == []


def test_between_retries_of_a_wait(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([{"body": '{"EndpointStatus": "Creating"}'}])
    words = ["sagemaker", "wait", "endpoint-in-service", "--endpoint-name", "e"]
    assert stopped(stage, words, signal.SIGINT, endpoint.requests) == (130, b"\n", b"")


def test_between_pages_what_was_printed_stays(endpoint: Endpoint, stage: Stage) -> None:
    page: Reply = {"body": '{"Models": [{"ModelName": "m"}], "NextToken": "t"}'}
    endpoint.script([page, SLOW])
    words = [*LIST, "--output", "text"]
    assert stopped(stage, words, signal.SIGINT, lambda: len(endpoint.requests()) == 2) == (130, b"MODELS\tm\n\n", b"")
    endpoint.script([page, SLOW])
    assert stopped(stage, LIST, signal.SIGINT, lambda: len(endpoint.requests()) == 2) == (130, b"\n", b"")


def test_a_broken_pipe_is_no_death(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([{"fault": "hang", "seconds": 0.3}])
    status, out, err = stopped(stage, LIST, signal.SIGPIPE, endpoint.requests)
    assert (status, out) == (255, b"")
    assert b"Connection was closed" in err


@pytest.mark.parametrize(("name", "expected", "out"), ENDS)
def test_while_the_slices_are_compiled(stage: Stage, tmp_path: Path, name: str, expected: int, out: bytes) -> None:
    cache = cold(stage, tmp_path)

    def compiling() -> bool:
        return len(list(cache.glob("awsshadow/*/operations/c*.json"))) > 3

    words = ["man", str(tmp_path / "pages")]  # which needs every slice there is
    assert stopped(stage, words, getattr(signal, name), compiling) == (expected, out, b"")
    kept = list(cache.glob("awsshadow/*/operations/*.json"))
    assert all(json.loads(line) is not None for path in kept for line in path.read_text().splitlines())
    assert len(list(cache.glob("awsshadow/building-*"))) <= 1


def test_an_ignored_signal_stays_ignored(stage: Stage, tmp_path: Path) -> None:
    cache = cold(stage, tmp_path)
    words = command([*LIST, "--generate-cli-skeleton"])
    shell = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *words]
    running = subprocess.Popen(shell, env=environ(stage), cwd=stage.work, stdout=subprocess.PIPE)
    until(lambda: list(cache.glob("awsshadow/*")) or running.poll() is not None)
    running.send_signal(signal.SIGHUP)
    assert b"MaxResults" in running.communicate(timeout=LIMIT)[0]
    assert running.returncode == 0


def test_an_interrupt_inside_of_another_error() -> None:
    """Python 3.11 makes a RuntimeError of what is raised while a class is made, as during an import."""
    error = RuntimeError("Error calling __set_name__")
    error.__cause__ = KeyboardInterrupt()
    assert run._comes_of_interrupt(error)
    assert not run._comes_of_interrupt(ValueError("x"))


def test_an_external_alias_is_interrupted_with_its_command(stage: Stage) -> None:
    stage.lay(stage.home, {".aws/cli/alias": "[toplevel]\nnap = !touch ready; exec sleep 20\n"})
    assert shutil.which("sleep")
    running = subprocess.Popen(
        command(["nap"]), env=environ(stage), cwd=stage.work, stdout=subprocess.PIPE, start_new_session=True
    )
    until((stage.work / "ready").exists)
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=LIMIT)[0] == b"\n"
    assert running.returncode == 130


HALF_MADE = """
import sys
from awsshadow import main, run

class HalfMade:
    def __del__(self):
        raise AttributeError("fp")

def interrupted(self, argv):
    kept = HalfMade()
    raise KeyboardInterrupt

run.Conductor.run = interrupted
sys.exit(main.main())
"""


def test_what_was_half_made_goes_in_silence(stage: Stage) -> None:
    done = subprocess.run([sys.executable, "-c", HALF_MADE], env=environ(stage), capture_output=True, timeout=LIMIT)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"\n", b"")


def test_a_wait_says_what_goes_on(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([{"body": '{"EndpointStatus": "Creating"}'}])
    done = stopped(stage, ["wait", "endpoint", "e"], signal.SIGINT, endpoint.requests)
    assert done[:2] == (130, b"\n")
    assert done[2].startswith(b"endpoint e was ")
    assert done[2].endswith(b" when interrupted; it goes on, only the waiting has ended\n")


JOB: Reply = {"body": '{"TrainingJobName": "j", "TrainingJobStatus": "InProgress"}', "match": "DescribeTrainingJob"}
STREAMS: Reply = {"body": '{"logStreams": [{"logStreamName": "j/algo-1"}]}', "match": "DescribeLogStreams"}


def events(count: int) -> Reply:
    found = [{"timestamp": n, "message": "x" * 100} for n in range(count)]
    return {"body": json.dumps({"events": found, "nextForwardToken": "f"}), "match": "GetLogEvents"}


def reading(stage: Stage, endpoint: Endpoint) -> None:
    """Let all that a log is read by be asked for at one endpoint."""
    stage.environ["AWS_ENDPOINT_URL"] = endpoint.url


def test_a_log_says_what_goes_on(endpoint: Endpoint, stage: Stage) -> None:
    reading(stage, endpoint)
    endpoint.script([JOB, STREAMS, events(1), *[events(0)] * 20])
    words = ["tail", "training-job", "j", "-f", "--format", "short"]
    done = stopped(stage, words, signal.SIGINT, lambda: len(endpoint.requests()) >= 5)
    assert done[:2] == (130, b"1970-01-01T00:00:00 " + b"x" * 100 + b"\n")
    said = b"training job j was InProgress when interrupted; it goes on, only the reading of its log has ended\n"
    assert done[2] == said


def test_a_log_that_nobody_reads_any_more_ends_in_silence(endpoint: Endpoint, stage: Stage) -> None:
    reading(stage, endpoint)
    endpoint.script([JOB, STREAMS, events(10_000), events(0)])
    running = subprocess.Popen(
        command(["tail", "training-job", "j", "-f"]), env=environ(stage), cwd=stage.work, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr is not None
    assert (running.stderr.read(), running.wait(LIMIT)) == (b"", 141)
