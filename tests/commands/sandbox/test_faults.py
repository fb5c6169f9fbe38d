"""``awsshadow sandbox faults`` and ``fail``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ParameterError, UsageError

if TYPE_CHECKING:
    from tests.commands.sandbox.conftest import Line


def make_notebook(line: Line, name: str) -> None:
    role = "arn:aws:iam::123456789012:role/Any"
    line.ask("CreateNotebookInstance", NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=role)


def status(line: Line, name: str) -> str:
    return str(line.ask("DescribeNotebookInstance", NotebookInstanceName=name)["NotebookInstanceStatus"])


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


def test_fail_on_update(line: Line) -> None:
    line("fail", "n", "--on", "update", "--times", "1", "--status", "Stopped")
    assert json.loads(line("faults", "show")) == {
        "fail": [{"name": "n", "on": "update", "status": "Stopped", "times": 1}]
    }
    make_notebook(line, "n")
    assert status(line, "n") == "InService"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--on", "updat"], "invalid choice: 'updat' \\(choose from create, update, delete\\)"),
        (["--times", "0"], "not a whole number from 1 to 1000000000: '0'"),
        (["--times", "x"], "not a whole number from 1 to 1000000000: 'x'"),
        (["--times", "9" * 5000], "not a whole number"),
    ],
)
def test_options_of_fail_that_cannot_be_used(line: Line, words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        line("fail", "x", *words)
    assert json.loads(line("faults", "show")) == {}


def test_a_reason_may_be_help(line: Line) -> None:
    line("fail", "x", "--reason", "help")
    assert json.loads(line("faults", "show")) == {"fail": [{"name": "x", "reason": "help"}]}


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["faults", "set", "-"], "{", "- is not JSON: "),
        (["faults", "set", "-"], '{"nonsense": []}', "unknown fault 'nonsense'"),
        (["faults", "set", "/no/such/file"], "", "Cannot read /no/such/file"),
    ],
)
def test_a_value_that_cannot_be_used(line: Line, words: list[str], stdin: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        line(*words, stdin=stdin)
