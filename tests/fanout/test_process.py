"""Fan-out as a process of its own: told to stop, read by nobody, with imports that were deferred."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.service import Sandbox, set_faults, show_faults
from tests.end_to_end.launch import LIMIT, below, command, environ
from tests.end_to_end.test_signals import stopped
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from typing import Any

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

LIST = ["sagemaker", "list-models", "--hydrate"]
HANG: Reply = {"fault": "hang", "seconds": 20}
DESCRIBED: Reply = {"match": "DescribeModel", "body": '{"ModelName": "x"}'}


def page(names: str, token: str | None = None) -> Reply:
    found = {"Models": [{"ModelName": name} for name in names]}
    return {"match": "ListModels", "body": json.dumps(found if token is None else {**found, "NextToken": token})}


def asked(endpoint: Endpoint, operation: str) -> int:
    return sum(request["headers"]["x-amz-target"].endswith(f".{operation}") for request in endpoint.requests())


@pytest.mark.parametrize(
    "words", [LIST, ["sagemaker", "list-models", "--regions", "a-1,b-2"], ["running"], [*LIST, "--regions", "a-1,b-2"]]
)
def test_ctrl_c_ends_it_at_once(endpoint: Endpoint, stage: Stage, words: list[str]) -> None:
    endpoint.script([HANG] if "--hydrate" not in words else [page("abc"), {**HANG, "match": "DescribeModel"}])
    begin = time.monotonic()
    done = stopped(stage, words, signal.SIGINT, lambda: len(endpoint.requests()) > (2 if "--hydrate" in words else 0))
    assert done == (130, b"\n", b"")
    assert time.monotonic() - begin < HANG["seconds"]
    assert below(stage.home) == below(stage.work) == []


def test_whole_pages_stay_and_no_part_of_one(endpoint: Endpoint, stage: Stage) -> None:
    hang: Reply = {**HANG, "match": "DescribeModel"}
    endpoint.script([page("a", "t"), page("bcd"), DESCRIBED, DESCRIBED, hang])
    words = [*LIST, "--output", "text", "--query", "Models[].[ModelName,Description.ModelName]", "--jobs", "1"]
    done = stopped(stage, words, signal.SIGINT, lambda: asked(endpoint, "DescribeModel") == 3)
    assert done == (130, b"a\tx\n\n", b"")


def test_ctrl_c_while_it_is_throttled(endpoint: Endpoint, stage: Stage) -> None:
    throttled: Reply = {"status": 400, "body": '{"__type": "ThrottlingException", "message": "slow down"}'}
    endpoint.script([page("ab"), {**throttled, "match": "DescribeModel"}])
    done = stopped(stage, LIST, signal.SIGINT, lambda: asked(endpoint, "DescribeModel") > 2)
    assert done == (130, b"\n", b"")


def test_ctrl_c_in_a_sandbox(stage: Stage, model: dict[str, Any]) -> None:
    folder = str(stage.home / "box")
    sandbox = Sandbox(folder, clock="instant")
    world = World(sandbox, model, region="us-east-1")
    for _ in range(20):
        world.make("Model")
    set_faults(folder, {"late": [{"operation": "DescribeModel", "seconds": 20, "times": 100}]})
    sandbox.close()
    stage.environ["AWSSHADOW_SANDBOX"] = folder
    done = stopped(stage, LIST, signal.SIGINT, lambda: show_faults(folder)["late"][0]["times"] < 100)
    assert done == (130, b"\n", b"")


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_reader_of_one_line(endpoint: Endpoint, stage: Stage, form: str) -> None:
    endpoint.script([page("abcdefgh" * 12), DESCRIBED])
    words = command([*LIST, "--output", form])
    line = ["bash", "-c", 'set -o pipefail; "$@" | head -1', "bash", *words]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT)
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")
    assert done.returncode in (0, 255)  # that of a listing that nobody reads to the end


def test_a_table_that_nobody_reads(endpoint: Endpoint, stage: Stage) -> None:
    item = {"NotebookInstanceName": "n" * 60, "NotebookInstanceStatus": "InService"}
    body = json.dumps({"NotebookInstances": [item] * 3000})
    endpoint.script([{"match": "ListNotebookInstances", "body": body}, {"body": "{}"}])
    line = ["bash", "-c", 'set -o pipefail; "$@" | head -1', "bash", *command(["running"])]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT)
    assert (done.stdout.split(), done.stderr) == ([b"KIND", b"NAME", b"STATUS", b"INSTANCES", b"SINCE"], b"")
    assert done.returncode == 141


def test_nothing_is_deferred_once_threads_begin() -> None:
    script = f"""
import sys
sys.path[:0] = {sys.path!r}
from awsshadow.call.deferred_imports import DeferredImports, execute_deferred
with DeferredImports():
    import awsshadow.call.client
deferred = [n for n, m in sys.modules.items() if type(m).__name__ == "_Deferred"]
execute_deferred()
assert deferred
print(*[n for n, m in sys.modules.items() if type(m).__name__ == "_Deferred"])
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=LIMIT)
    assert (done.stdout, done.stderr) == ("\n", "")
