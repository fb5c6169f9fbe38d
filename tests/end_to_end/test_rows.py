"""``--output jsonl``, ``csv`` and ``tsv`` as a user meets them: where they are taken from, and what they leave."""

from __future__ import annotations

import io
import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from awsshadow.invocation import Process
from awsshadow.model import find_store, load
from awsshadow.run import carry_out
from awsshadow.streams import Streams
from tests.end_to_end.launch import LIMIT, command, environ, models

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.launch import Run
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.support.stage import Stage

LIST = ("sagemaker", "list-models")


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def test_it_is_taken_from_the_command_line_and_from_its_own_variable(endpoint: Endpoint, run: Run) -> None:
    for words, env in (
        (("--output", "jsonl"), {}),
        (("--output=jsonl",), {"AWS_DEFAULT_OUTPUT": "text"}),
        ((), {"AWSSHADOW_OUTPUT": "jsonl", "AWS_DEFAULT_OUTPUT": "text"}),
        (("--output", "jsonl"), {"AWSSHADOW_OUTPUT": "csv"}),
    ):
        endpoint.script([models(2)])
        found = lines(run(*LIST, *words, env=env))
        assert [json.loads(line)["ModelName"] for line in found] == ["model-0", "model-1"]
    endpoint.script([models(1)])
    assert json.loads(run(*LIST, "--output", "json", env={"AWSSHADOW_OUTPUT": "csv"}).stdout)["Models"]
    endpoint.script([models(1)])
    assert json.loads(run(*LIST, env={"AWSSHADOW_OUTPUT": ""}).stdout)["Models"]


def test_never_from_what_the_reference_reads(endpoint: Endpoint, run: Run, stage: Stage) -> None:
    (stage.home / ".aws").mkdir()
    (stage.home / ".aws" / "config").write_text("[profile rows]\noutput = csv\n")
    endpoint.script([{"status": 500}])
    for words, env, format in (
        ((), {"AWS_DEFAULT_OUTPUT": "jsonl"}, "jsonl"),
        (("--profile", "rows"), {}, "csv"),
        ((), {"AWSSHADOW_OUTPUT": "xml"}, "xml"),
    ):
        done = run(*LIST, *words, env=env)
        message = f"\nawsshadow: [ERROR]: Unknown output type: {format}\n".encode()
        assert (done.returncode, done.stdout, done.stderr) == (255, b"", message)
    assert endpoint.requests() == []


def test_never_under_the_name_aws(
    stage: Stage, endpoint: Endpoint, empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in stage.environ.items():
        monkeypatch.setenv(name, value)  # botocore looks there

    def as_aws(*words: str, **env: str) -> tuple[int, str, str]:
        stdout, stderr = io.StringIO(), io.StringIO()
        process = Process("aws", "", {**stage.environ, **env}, Streams(None, stdout, stderr), is_own=False)
        return carry_out(process, [*LIST, *words]), stdout.getvalue(), stderr.getvalue()

    code, stdout, stderr = as_aws("--output", "jsonl")
    assert (code, stdout) == (252, "")
    assert "argument --output: Found invalid choice 'jsonl'" in stderr
    assert as_aws(AWS_DEFAULT_OUTPUT="jsonl")[0] == 255
    endpoint.script([models(1)])
    code, stdout, _ = as_aws(AWSSHADOW_OUTPUT="jsonl")
    assert (code, list(json.loads(stdout))) == (0, ["Models"])


def test_a_misspelt_format_is_answered_as_by_the_reference(run: Run) -> None:
    done = run(*LIST, "--output", "jsonll")
    assert done.returncode == 252
    assert b"* json\n" in done.stderr
    assert b"* jsonl\n" not in done.stderr


def test_an_item_a_line_over_pages_and_the_token_aside(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([models(2, "t"), models(2, "u")])
    done = run(*LIST, "--output", "csv", "--query", "Models[].[ModelName]", "--max-items", "3")
    assert done.stdout == b"model-0\nmodel-1\nmodel-0\n"
    assert done.stderr.startswith(b"NextToken: ")
    endpoint.script([models(1, "t")])
    done = run(*LIST, "--output", "jsonl", "--no-paginate")
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"NextToken: t\n")


def test_columns_are_those_of_the_model(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([{"body": json.dumps({"Models": [{"ModelName": "a"}, {"ModelArn": "b", "ModelName": "c"}]})}])
    assert lines(run(*LIST, "--output", "csv")) == ["ModelName,ModelArn,CreationTime", "a,,", "c,b,"]
    endpoint.script([{"body": '{"Models": []}'}])
    assert lines(run(*LIST, "--output", "tsv", "--query", "Models[]")) == ["ModelName\tModelArn\tCreationTime"]


def test_a_later_page_that_fails(endpoint: Endpoint, run: Run) -> None:
    failing: Reply = {"status": 400, "body": '{"__type": "ValidationException", "message": "no"}'}
    endpoint.script([models(2, "t"), failing])
    done = run(*LIST, "--output", "jsonl")
    assert (done.returncode, done.stdout.count(b"\n")) == (254, 2)
    assert b"ValidationException" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_a_reader_that_has_seen_enough_ends_the_listing(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([models(300, f"t{n}") for n in range(50)])
    with subprocess.Popen(
        command([*LIST, "--output", "jsonl"]), env=environ(stage), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"ModelName":"model-0"')
        process.stdout.close()
        assert (process.wait(LIMIT), process.stderr.read()) == (0, b"")
    assert len(endpoint.requests()) < 10


def test_jsonl_has_the_items_of_json_for_all_listings_of_the_sandbox(empty_home: Path, slices: Path) -> None:
    environ = {"HOME": str(empty_home), "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_PAGER": ""}
    environ |= {"AWS_REGION": "us-east-1", "AWSSHADOW_SANDBOX": str(empty_home / "box"), "XDG_CACHE_HOME": str(slices)}
    os.mkdir(empty_home / "box")
    role = "arn:aws:iam::123456789012:role/r"

    def ask(*words: str) -> tuple[int, str]:
        stdout = io.StringIO()
        process = Process("awsshadow", "", dict(environ), Streams(None, stdout, io.StringIO()), is_own=False)
        return carry_out(process, ["sagemaker", *words]), stdout.getvalue()

    for name in ("first", "second", "third"):
        for words in (
            ("create-model", "--model-name", name, "--execution-role-arn", role),
            ("create-experiment", "--experiment-name", name),
            ("create-model-package-group", "--model-package-group-name", name),
            ("create-context", "--context-name", name, "--context-type", "t", "--source", "SourceUri=s3://b/k"),
            ("create-hub", "--hub-name", name, "--hub-description", "d"),
            (
                "create-code-repository",
                "--code-repository-name",
                name,
                "--git-config",
                "RepositoryUrl=https://g.example/r",
            ),
        ):
            assert ask(*words)[0] == 0, words
    store = find_store(environ)
    listings = [name for name in store.index()["operations"] if name.startswith("list-")]
    with_items = compared = 0
    for name in listings:
        slice = load(store, "operations", name)
        if any(argument.required for argument in slice.arguments):
            continue
        code, text = ask(name, "--output", "json")
        again, rows = ask(name, "--output", "jsonl")
        assert code == again, name
        if code == 0 and slice.paginator is not None:
            items = json.loads(text or "{}").get(slice.paginator["result_key"], [])
            assert [json.loads(row) for row in rows.splitlines()] == items, name
            with_items += bool(items)
            compared += 1
    assert compared > 40
    assert with_items >= 6


def test_in_front_of_an_own_command_a_format_is_refused_by_it(run: Run) -> None:
    done = run("--output", "jsonl", "doctor")
    assert (done.returncode, done.stdout) == (252, b"")
    assert b"doctor takes no --output" in done.stderr
