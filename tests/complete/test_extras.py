"""Completion of what the reference does not have, under the own name alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.complete.candidates import candidates
from awsshadow.own_commands import OWN_COMMANDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def environ(slices: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(slices), "HOME": "/nonexistent"}


def texts(line: str, environ: dict[str, str], own: dict[str, str] | None = None) -> list[str]:
    *words, fragment = line.split(" ")
    return [text for text, _ in candidates(words, fragment, environ, OWN_COMMANDS if own is None else own)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sagemaker create-endpoint --wa", ["--wait"]),
        ("sagemaker stop-training-job --ti", ["--timeout"]),
        ("sagemaker delete-model --wa", []),
        ("sagemaker delete-model --dry", ["--dry-run"]),
        ("sagemaker create-endpoint --wait=", ["--wait=describe"]),
        ("sagemaker create-endpoint --wait --timeout 5 --delay 3 --endpoint-n", ["--endpoint-name"]),
        ("sagemaker create-endpoint --wait --wa", []),
        ("sagemaker describe-model --ex", ["--exists"]),
        ("sagemaker wait endpoint-deleted --max-a", ["--max-attempts"]),
        ("wait endp", ["endpoint"]),
        ("wait endpoint --for In", ["InService"]),
        ("wait endpoint --for de", ["deleted"]),
        ("wait endpoint e --unt", ["--until"]),
        ("wait endpoint e --endpoint-n", ["--endpoint-name"]),
        ("wait model-package m --included-data All", ["AllData"]),
        ("wait endpoint e --output js", ["json"]),
        ("wait nothing ", []),
        ("tail tra", ["training-job", "transform-job"]),
        ("tail model", []),
        ("tail training-job --format ", ["detailed", "short", "json"]),
        ("tail training-job j --fo", ["--follow", "--format"]),
        ("tail training-job j --training", ["--training-job-name"]),
        ("tail app a --app-type Jupyter", ["JupyterServer", "JupyterLab"]),
        ("sagemaker create-training-job --tai", ["--tail"]),
        ("sagemaker create-feature-group --tai", []),
        ("sagemaker stop-training-job --tai", []),
    ],
)
def test_candidates(line: str, expected: list[str], environ: dict[str, str]) -> None:
    assert texts(line, environ) == expected


@pytest.mark.parametrize(
    "option", ["--wait", "--timeout", "--delay", "--dry-run", "--exists", "--max-attempts", "--tail"]
)
@pytest.mark.parametrize("command", ["create-endpoint", "describe-endpoint", "wait endpoint-deleted"])
def test_under_the_name_aws_there_is_nothing(option: str, command: str, environ: dict[str, str]) -> None:
    assert texts(f"sagemaker {command} {option}", environ, {}) == []


def test_everything_is_described(environ: dict[str, str]) -> None:
    for words, fragment in (
        (["wait"], ""), (["wait", "endpoint", "--for"], ""), (["wait", "endpoint"], "--"),
        (["tail"], ""), (["tail", "endpoint", "--format"], ""), (["tail", "endpoint"], "--"),
    ):  # fmt: skip
        found = candidates(words, fragment, environ, OWN_COMMANDS)
        assert len(found) > 2
        assert [text for text, about in found if not about] == []


def test_names_of_resources(environ: dict[str, str], tmp_path: Path) -> None:
    from awsshadow.sandbox.service import Sandbox

    folder = str(tmp_path / "box")
    sandbox = Sandbox(folder)
    for name in ("one", "two"):
        sandbox.answer("SageMaker.CreateHub", f'{{"HubName": "{name}", "HubDescription": "d"}}'.encode(), "us-east-1")
    sandbox.close()
    inside = {**environ, "AWSSHADOW_SANDBOX": folder, "PATH": ""}
    assert set(texts("wait hub ", inside)) == {"one", "two"}
    assert texts("wait hub --any one --region us-east-1 t", inside) == ["two"]
