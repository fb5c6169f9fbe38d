"""Input documents from standard input and from what is no regular file; under the name aws, refusals as ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.launch import LIMIT, Run, command, environ
from tests.support.program import Command, Program

if TYPE_CHECKING:
    from tests.support.endpoint import Endpoint
    from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and shells of POSIX")

DESCRIBE = ("sagemaker", "describe-model")
DOCUMENTS = {"--cli-input-json": '{"ModelName": "m-ü"}', "--cli-input-yaml": "ModelName: m-ü\n"}


def sent(endpoint: Endpoint) -> list[dict[str, object]]:
    return [json.loads(request["body"]) for request in endpoint.requests()]


@pytest.mark.parametrize("option", DOCUMENTS)
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark of the byte order"])
def test_a_dash_is_standard_input(endpoint: Endpoint, run: Run, option: str, before: bytes) -> None:
    endpoint.script([{"body": "{}"}])
    done = run(*DESCRIBE, option, "-", stdin=None, input=before + DOCUMENTS[option].encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert sent(endpoint) == [{"ModelName": "m-ü"}]


def test_options_still_win(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([{"body": "{}"}])
    run(*DESCRIBE, "--cli-input-json", "-", "--model-name", "given", stdin=None, input=b'{"ModelName": "read"}')
    assert sent(endpoint) == [{"ModelName": "given"}]


def test_a_large_document(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([{"body": "{}"}])
    text = json.dumps({"ModelName": "m" * 20_000_000}).encode()
    assert run(*DESCRIBE, "--cli-input-json", "-", stdin=None, input=text).returncode == 0
    assert len(str(sent(endpoint)[0]["ModelName"])) == 20_000_000


@pytest.mark.parametrize(
    "line",
    [
        "{0} --cli-input-json file:///dev/stdin < document",
        "cat document | {0} --cli-input-json file:///dev/stdin",
        "{0} --cli-input-json file://<(cat document)",
        "{0} --cli-input-yaml - <<< 'ModelName: m'",
    ],
)
def test_shells_have_many_ways_to_pipe(endpoint: Endpoint, stage: Stage, line: str) -> None:
    endpoint.script([{"body": "{}"}])
    stage.lay(stage.work, {"document": '{"ModelName": "m"}'})
    words = " ".join(command(DESCRIBE))
    done = subprocess.run(
        ["bash", "-c", line.format(words)], env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert sent(endpoint) == [{"ModelName": "m"}]


def test_a_named_pipe_is_read_once(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    endpoint.script([{"body": "{}"}])
    path = stage.work / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=('{"ModelName": "m"}',))
    writer.start()
    assert run(*DESCRIBE, "--cli-input-json", "file://pipe").returncode == 0
    writer.join()
    assert sent(endpoint) == [{"ModelName": "m"}]


@pytest.mark.parametrize(
    ("words", "given", "message"),
    [
        (["--cli-input-json", "-"], b"", "Error parsing parameter 'cli-input-json': Invalid JSON received."),
        (["--cli-input-json", "-"], b'{"a": 1,}', "Error parsing parameter 'cli-input-json': Invalid JSON received."),
        (["--cli-input-yaml", "-"], b"a: [", "Error parsing parameter 'cli-input-yaml': Invalid YAML received."),
        (["--cli-input-json", "-"], b"\xff", "Unable to read standard input"),
        (
            ["--cli-input-json", "-", "--cli-input-yaml", "-"],
            b"{}",
            "Only one --cli-input- parameter may",
        ),
    ],
)
def test_what_cannot_be_read_sends_nothing(
    endpoint: Endpoint, run: Run, words: list[str], given: bytes, message: str
) -> None:
    endpoint.script([{"body": "{}"}])
    done = run(*DESCRIBE, *words, stdin=None, input=given)
    assert done.returncode == 252
    assert message in done.stderr.decode()
    assert sent(endpoint) == []


def test_a_closed_standard_input(stage: Stage) -> None:
    line = " ".join(command([*DESCRIBE, "--cli-input-json", "-"])) + " <&-"
    done = subprocess.run(["bash", "-c", line], env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT)
    assert done.returncode == 252
    assert b"'--cli-input-json': Standard input is closed." in done.stderr


@pytest.mark.parametrize(("option", "value"), [(o, v) for o in DOCUMENTS for v in ("-", "file:///dev/stdin")])
def test_under_the_name_aws_it_is_refused_as_ever(program: Program, stage: Stage, option: str, value: str) -> None:
    done = program.run(Command(["aws", *DESCRIBE, option, value], stage.environ, stage.work, DOCUMENTS[option]))
    assert done.code == 252
    assert "Error parsing parameter" in done.stderr


TIMES = ("sagemaker", "list-models", "--creation-time-after", "now-1d")


def test_times_are_counted_from_now_once_for_all_pages(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([{"body": '{"Models": [], "NextToken": "t"}'}, {"body": '{"Models": []}'}])
    done = run(*TIMES, "--creation-time-before", "now")
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = sent(endpoint)
    assert isinstance(first["CreationTimeBefore"], int)
    assert first["CreationTimeBefore"] - 86400 == first["CreationTimeAfter"]
    assert second == {**first, "NextToken": "t"}


def test_under_the_name_aws_there_is_no_now(program: Program, stage: Stage) -> None:
    done = program.run(Command(["aws", *TIMES], stage.environ, stage.work))
    assert done.code == 252
    assert "Invalid type for parameter CreationTimeAfter, value: now-1d" in done.stderr
