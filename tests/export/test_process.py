"""Both commands as processes of their own: told to stop, read by nobody."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.launch import LIMIT, below, command, environ
from tests.end_to_end.test_signals import stopped
from tests.export.test_export import MODEL

if TYPE_CHECKING:
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

HANG: Reply = {"fault": "hang", "seconds": 20}


def described(name: str) -> str:
    arn = f"arn:aws:sagemaker:us-east-1:123456789012:model/{name}"
    return json.dumps({**MODEL, "ModelName": name, "ModelArn": arn, "CreationTime": 1.0})


@pytest.mark.parametrize(
    "words", [["export", "model", "m"], ["export", "model", "m", "-d", "d"], ["diff", "create-model", "model.json"]]
)
def test_ctrl_c_leaves_nothing(endpoint: Endpoint, stage: Stage, words: list[str]) -> None:
    stage.lay(stage.work, {"model.json": json.dumps({**MODEL, "Tags": []})})
    endpoint.script([{"match": "DescribeModel", "body": described("m")}, {**HANG, "match": "ListTags"}])
    before = below(stage.work)
    done = stopped(stage, words, signal.SIGINT, lambda: len(endpoint.requests()) > 1)
    assert done == (130, b"\n", b"")
    assert below(stage.work) == before


def test_documents_that_were_printed_are_whole(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script(
        [{"match": "DescribeModel", "body": described("m")}, {"match": "ListTags", "body": "{}"},
         {**HANG, "match": "DescribeModel"}]
    )  # fmt: skip
    done = stopped(stage, ["export", "model", "m", "n"], signal.SIGINT, lambda: len(endpoint.requests()) > 2)
    assert (done[0], done[2]) == (130, b"")
    assert done[1].startswith(b"# awsshadow: create-model\n")
    assert done[1].endswith(b':model/m"\n\n')


def test_a_reader_of_one_line(endpoint: Endpoint, stage: Stage) -> None:
    body = {**MODEL, "PrimaryContainer": {"Image": "i", "Environment": {f"a{n}": "x" * 500 for n in range(400)}}}
    endpoint.script([{"match": "DescribeModel", "body": json.dumps(body)}, {"body": "{}"}])
    words = command(["export", "model", *(f"m{n}" for n in range(5))])
    line = ["bash", "-c", 'set -o pipefail; "$@" | head -1', "bash", *words]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT)
    assert done.stdout == b"# awsshadow: create-model\n"
    assert b"Traceback" not in done.stderr
    assert done.returncode == 141
