"""``awsshadow sandbox ...``: what each word does, and how a line that cannot be read is told."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from awsshadow.commands import sandbox as command
from awsshadow.commands.sandbox import options
from awsshadow.errors import AwsShadowError, ParameterError, UsageError
from awsshadow.sandbox.service import Sandbox
from awsshadow.streams import Streams

PROGRAM = "awsshadow"


class Line:
    """Runs command lines against one folder and remembers what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.environ = {"AWSSHADOW_SANDBOX": self.folder}

    def __call__(self, *words: str, stdin: str = "") -> str:
        stdout, stderr = io.StringIO(), io.StringIO()
        streams = Streams(io.StringIO(stdin), stdout, stderr)
        assert command.main(list(words), PROGRAM, self.environ, streams) == 0
        assert stderr.getvalue() == ""
        return stdout.getvalue()

    def ask(self, operation: str, **parameters: object) -> dict[str, Any]:
        sandbox = Sandbox(self.folder)
        try:
            answer = sandbox.answer(f"SageMaker.{operation}", json.dumps(parameters).encode(), "eu-west-1")
        finally:
            sandbox.close()
        document: dict[str, Any] = json.loads(answer.body)
        return document


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path / "box")


def make_model(line: Line, name: str = "churn") -> None:
    line.ask(
        "CreateModel",
        ModelName=name,
        ExecutionRoleArn="arn:aws:iam::123456789012:role/Any",
        PrimaryContainer={"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/any:1"},
    )


def make_notebook(line: Line, name: str) -> None:
    role = "arn:aws:iam::123456789012:role/Any"
    line.ask("CreateNotebookInstance", NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=role)


def status(line: Line, name: str) -> str:
    return str(line.ask("DescribeNotebookInstance", NotebookInstanceName=name)["NotebookInstanceStatus"])


def test_ls(line: Line) -> None:
    assert line("ls") == ""
    make_model(line)
    heading, row = line("ls").splitlines()
    assert heading.split() == ["REGION", "FAMILY", "NAME", "STATUS", "CREATED"]
    assert row.split()[:4] == ["eu-west-1", "Model", "churn", "-"]
    assert heading.index("NAME") == row.index("churn")


def test_dump_reset_and_load(line: Line, tmp_path: Path) -> None:
    make_model(line)
    dumped = line("dump")
    assert all(json.loads(text) for text in dumped.splitlines())
    line("reset")
    assert line("ls") == ""
    line("load", stdin=dumped)
    assert line("dump") == dumped
    (tmp_path / "dump").write_text(dumped)
    line("reset")
    line("load", str(tmp_path / "dump"))
    assert line("dump") == dumped


def test_state_is_stronger_than_the_environment(line: Line, tmp_path: Path) -> None:
    make_model(line)
    assert line("ls", "--state", str(tmp_path / "other")) == ""
    assert "churn" in line("ls", f"--state={line.folder}")


def test_the_clock(line: Line) -> None:
    assert line("clock", "show").startswith("instant 20")
    assert line("clock", "set", "frozen:2030-01-01").strip() == "frozen 2030-01-01T00:00:00+00:00"
    assert line("clock", "advance", "7d").strip() == "2030-01-08T00:00:00+00:00"
    assert line("clock", "show").strip() == "frozen 2030-01-08T00:00:00+00:00"
    assert line("clock", "set", "real:60").startswith("real:60 2030-01-08T")


def test_faults(line: Line, tmp_path: Path) -> None:
    rules = {"throttle": [{"operation": "List*", "times": 1}]}
    (tmp_path / "faults.json").write_text(json.dumps(rules))
    line("faults", "set", str(tmp_path / "faults.json"))
    assert json.loads(line("faults", "show")) == rules
    line("faults", "set", "-", stdin="{}")
    assert json.loads(line("faults", "show")) == {}
    line("faults", "set", str(tmp_path / "faults.json"))
    line("faults", "clear")
    assert json.loads(line("faults", "show")) == {}


def test_fail(line: Line) -> None:
    line("fail", "bad*", "worse", "--reason", "on purpose")
    line("fail", "other", "--family", "Endpoint")
    for name in ("bad-1", "worse", "good", "other"):
        make_notebook(line, name)
    assert [status(line, name) for name in ("bad-1", "worse", "good", "other")] == [
        "Failed",
        "Failed",
        "InService",
        "InService",
    ]
    assert line.ask("DescribeNotebookInstance", NotebookInstanceName="bad-1")["FailureReason"] == "on purpose"


def test_coverage(line: Line) -> None:
    rows = line("coverage").splitlines()
    assert any(row.startswith("CreateModel ") for row in rows)
    assert sum(int(row.split()[0]) for row in rows[rows.index("") + 1 :]) == rows.index("")
    assert [row.split()[0] for row in line("coverage", "CreateModel", "list-models").splitlines()] == [
        "CreateModel",
        "ListModels",
    ]


@pytest.mark.parametrize(
    "words", [[], ["help"], ["--help"], ["run", "--help"], ["clock", "-h"], ["clock", "set", "--help"], ["ls", "-h"]]
)
def test_help(line: Line, words: list[str]) -> None:
    text = line(*words)
    assert text.startswith("usage: awsshadow sandbox")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nonsense"], "invalid choice: 'nonsense'"),
        (["clock"], "the following arguments are required: COMMAND"),
        (["clock", "advance"], "the following arguments are required: DURATION"),
        (["ls", "--stat", "x"], "unrecognized arguments: --stat x"),
        (["run"], "No command is given to run: put it after --"),
        (["run", "--"], "No command is given to run: put it after --"),
        (["run", "--region"], "argument --region: expected one argument"),
        (["run", "--nonsense", "x", "--", "true"], "unrecognized arguments: --nonsense x"),
        (["serve", "--port", "70000"], "argument --port: not a port: '70000'"),
        (["serve", "--port", "-1"], "argument --port: "),
        (["serve", "--shell", "csh"], "argument --shell: invalid choice: 'csh'"),
    ],
)
def test_a_line_that_cannot_be_read(line: Line, words: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        line(*words)
    assert message in caught.value.message
    assert caught.value.usage
    assert caught.value.usage.startswith("usage: awsshadow sandbox")
    assert caught.value.exit_code == 252


@pytest.mark.parametrize("words", [["ls"], ["reset"], ["dump"], ["load"], ["clock", "show"], ["faults", "clear"]])
def test_no_folder_is_named(line: Line, words: list[str]) -> None:
    line.environ = {}
    with pytest.raises(UsageError, match="No sandbox is named: give --state DIR or set AWSSHADOW_SANDBOX"):
        line(*words)


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["load", "/no/such/file"], "", "Cannot read /no/such/file: No such file or directory"),
        (["load"], "nonsense", "line 1 is not of a dump"),
        (["faults", "set", "-"], "{", "- is not JSON: "),
        (["faults", "set", "-"], '{"nonsense": []}', "unknown fault 'nonsense'"),
        (["faults", "set", "/no/such/file"], "", "Cannot read /no/such/file"),
        (["clock", "set", "sundial"], "", "not a clock: 'sundial'"),
        (["clock", "advance", "soon"], "", "not a duration: 'soon'"),
        (["run", "--clock", "sundial", "--", "true"], "", "not a clock: 'sundial'"),
        (["run", "--faults", "/no/such/file", "--", "true"], "", "Cannot read /no/such/file"),
    ],
)
def test_a_value_that_cannot_be_used(line: Line, words: list[str], stdin: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        line(*words, stdin=stdin)
    assert message in caught.value.message


def test_a_folder_that_cannot_be_used(line: Line, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AwsShadowError, match="cannot open the sandbox in"):
        line("ls", "--state", str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("words", "own", "command"),
    [
        ("run -- aws s3 ls", {}, "aws s3 ls"),
        ("run aws --region x", {}, "aws --region x"),
        ("run --region eu-west-1 -- sh -c x -- y", {"region": "eu-west-1"}, "sh -c x -- y"),
        ("run --region=eu-west-1 sh -- --state", {"region": "eu-west-1"}, "sh -- --state"),
        ("run --state a --clock step --faults f -- x", {"state": "a", "clock": "step", "faults": "f"}, "x"),
        ("run -- -x", {}, "-x"),
    ],
)
def test_where_the_command_begins(words: str, own: dict[str, str], command: str) -> None:
    parsed = options.parse(words.split(), PROGRAM)
    assert parsed.command == command.split()
    assert {"state": None, "clock": None, "faults": None, "region": None, **own}.items() <= vars(parsed).items()


def test_every_action_is_carried_out_by_something() -> None:
    def actions(parser: argparse.ArgumentParser) -> set[str]:
        found: set[str] = {parser.get_default("action")} - {None}
        for action in parser._actions:
            for child in (getattr(action, "choices", None) or {}).values() if action.nargs == "A..." else ():
                found |= actions(child)
        return found

    assert actions(options.build(PROGRAM)) == set(command.ACTIONS)
