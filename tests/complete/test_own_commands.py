"""Completion behind own commands: from the tree they are made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.commands.sandbox import SUMMARIES
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.services.log_lines import put_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.complete.conftest import Complete

SHARED = ["--debug", "--color", "--no-cli-pager", "--help"]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    made = Sandbox(str(tmp_path / "box"))
    for name in ("churn", "chill", "other"):
        body = {"ModelName": name, "ExecutionRoleArn": "arn:aws:iam::123456789012:role/Any"}
        made.answer("SageMaker.CreateModel", json.dumps(body).encode(), "eu-west-1")
    made.close()
    return str(tmp_path / "box")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sandbox ", [*SUMMARIES, "help"]),
        ("sandbox c", ["clock", "coverage"]),
        ("sandbox clock ", ["show", "advance", "set", "help"]),
        ("sandbox faults s", ["show", "set"]),
        ("sandbox ls --", ["--state", "--region", "--json", *SHARED]),
        ("sandbox ls --state x --", ["--region", "--json", *SHARED]),
        ("sandbox run --c", ["--clock", "--color"]),
        ("sandbox run -- aws --", []),
        ("sandbox serve --shell ", ["sh", "fish", "powershell"]),
        ("sandbox serve --shell=f", ["--shell=fish"]),
        ("sandbox serve --clock ", ["instant", "step", "real", "frozen"]),
        ("sandbox serve --clock=f", ["--clock=frozen"]),
        ("sandbox clock set s", ["step"]),
        ("sandbox serve --region us-e", ["us-east-1", "us-east-2"]),
        ("sandbox serve --s3 ", ["trust", "strict"]),
        ("sandbox log ", ["put", "help"]),
        ("sandbox log put --", ["--state", "--region", *SHARED]),
        ("sandbox coverage create-mod", [
            "create-model", "create-model-bias-job-definition", "create-model-card", "create-model-card-export-job",
            "create-model-explainability-job-definition", "create-model-package", "create-model-package-group",
            "create-model-quality-job-definition",
        ]),
        ("sandbox coverage create-model create-model-p", ["create-model-package", "create-model-package-group"]),
        ("sandbox coverage CreateModelC", ["CreateModelCard", "CreateModelCardExportJob"]),
        ("sandbox fail --family Endpoint", ["Endpoint", "EndpointConfig"]),
        ("sandbox fail x", []),
        ("sandbox nonsense ", []),
        ("sandbox nonsense --", []),
        ("completion b", ["bash"]),
        ("completion bash ", []),
        ("doctor ", []),
        ("doctor --", ["--profile", "--region", "--clock", "--json", *SHARED]),
        ("doctor --color ", ["on", "off", "auto"]),
        ("schema create-model-pack", ["create-model-package", "create-model-package-group"]),
        ("schema create-model --", [
            "--all", "--directory", "--output-shape", "--strict", "--full", "--example", "--commands", *SHARED,
        ]),
        ("check create-model-pack", ["create-model-package", "create-model-package-group"]),
        ("check --", ["--from-script", "--strict", "--output", *SHARED]),
        ("check --output ", ["text", "json", "sarif"]),
        ("check --output=s", ["--output=sarif"]),
        ("--debug doctor --pro", ["--profile"]),
        ("--region us-east-1 sandbox clo", ["clock"]),
        ("--profile sandbox sandbox clo", ["clock"]),
        ("--profile sandbox sagem", ["sagemaker"]),
    ],
)  # fmt: skip
def test_lines(complete: Complete, line: str, expected: list[str]) -> None:
    assert complete(f"awsshadow {line}") == expected


@pytest.mark.parametrize("line", ["sandbox ", "sandbox clock ", "doctor --profile-", "completion b"])
def test_under_the_name_aws_there_are_none(complete: Complete, line: str) -> None:
    assert complete(f"aws {line}") == []


def test_names_of_resources_in_the_sandbox(complete: Complete, folder: str, home: Path) -> None:
    assert complete("awsshadow sandbox fail ch", more={"AWSSHADOW_SANDBOX": folder}) == ["chill", "churn"]
    assert complete("awsshadow sandbox fail churn ch", more={"AWSSHADOW_SANDBOX": folder}) == ["chill"]
    assert complete(f"awsshadow sandbox fail --state {folder} o") == ["other"]
    assert complete("awsshadow sandbox fail o", more={"AWSSHADOW_SANDBOX": str(home / "none")}) == []
    assert not (home / "none").exists()


def test_names_of_logs_in_the_sandbox(complete: Complete, folder: str, home: Path) -> None:
    put_lines(folder, "eu-west-1", "group-1", "stream/a", ["line"])
    put_lines(folder, "eu-west-1", "group-2", "stream/b", ["line"])
    here = {"AWSSHADOW_SANDBOX": folder, "AWS_REGION": "eu-west-1"}
    assert complete("awsshadow sandbox log put gr", more=here) == ["group-1", "group-2"]
    assert complete("awsshadow sandbox log put group-2 s", more=here) == ["stream/b"]
    assert complete("awsshadow sandbox log put nothing s", more=here) == []
    assert complete("awsshadow sandbox log put --region us-east-1 gr", more=here) == []
    assert complete("awsshadow sandbox log put g", more={"AWSSHADOW_SANDBOX": str(home / "none")}) == []
    assert not (home / "none").exists()


def test_a_sandbox_that_cannot_be_read_has_no_names(complete: Complete, folder: str, home: Path) -> None:
    (home / "sandbox.db").write_text("nonsense")
    assert complete("awsshadow sandbox fail o", more={"AWSSHADOW_SANDBOX": str(home)}) == []


def test_files_and_folders(complete: Complete, home: Path) -> None:
    (home / "faults.json").write_text("{}")
    (home / "folder").mkdir()
    assert complete("awsshadow sandbox run --faults f") == ["faults.json", "folder/"]
    assert complete("awsshadow sandbox faults set f") == ["faults.json", "folder/"]
    assert complete("awsshadow sandbox ls --state f") == ["folder/"]
    assert complete("awsshadow link f") == ["folder/"]
    assert complete("awsshadow sandbox ls --state=f") == ["--state=folder/"]


def test_profiles(complete: Complete, home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("[default]\n[profile zebra]\n")
    assert complete("awsshadow doctor --profile ") == ["default", "zebra"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sandbox res", "reset\tForget everything"),
        ("sandbox clock sh", "show\tShow the kind of clock and its time"),
        ("sandbox ls --st", "--state\tThe folder in which the sandbox is kept; without it, $AWSSHADOW_SANDBOX"),
        ("sandbox clock set fr", "frozen\ttime stands still until clock advance"),
        ("doctor --he", "--help\tShow this page"),
    ],
)
def test_descriptions(complete: Complete, line: str, expected: str) -> None:
    assert complete(f"awsshadow {line}", described=True) == [expected]


def test_check_is_offered_files(complete: Complete, home: Path) -> None:
    for name in ("job.yaml", "jobs"):
        (home / name).touch()
    assert complete("awsshadow check jo") == ["job.yaml", "jobs"]
    assert complete("awsshadow check create-model jo") == ["job.yaml", "jobs"]


def test_operations_are_described(complete: Complete) -> None:
    for command in ("check", "schema"):
        (line,) = complete(f"awsshadow {command} create-model-package-g", described=True)
        assert line.startswith("create-model-package-group\tCreates a model group")
