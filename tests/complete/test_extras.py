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
        ("sagemaker list-models --hyd", ["--hydrate"]),
        ("sagemaker list-models --hydrate=", ["--hydrate=describe", "--hydrate=tags", "--hydrate=all"]),
        ("sagemaker list-tags --hyd", []),
        ("sagemaker list-models --hydrate --jo", ["--jobs"]),
        ("sagemaker describe-model --reg", ["--regions", "--region"]),
        ("sagemaker delete-model --regions", []),
        ("sagemaker search --prof", ["--profiles", "--profile"]),
        ("sagemaker list-models --regions us-e", ["us-east-1", "us-east-2"]),
        ("sagemaker list-models --regions al", ["all"]),
        ("sagemaker list-models --regions=us-east-1,us-e", ["--regions=us-east-1,us-east-2"]),
        ("running --regions eu-central-1,eu-c", ["eu-central-1,eu-central-2"]),
        ("wait endpoint --for set", ["settled"]),
        ("wait endpoint --for Failed,InS", ["Failed,InService"]),
        ("wait endpoint --for Failed,set", []),
        ("running --kinds end", ["endpoint"]),
        ("running --kinds endpoint,a", ["endpoint,app", "endpoint,auto-ml-job"]),
        ("running --old", ["--older-than"]),
        ("remove endp", ["endpoint", "endpoint-config", "endpoints", "endpoint-configs"]),
        ("remove --fr", ["--from"]),
        ("remove endpoint --wi", ["--with"]),
        ("remove endpoints --with config,", ["config,models", "config,job-definitions"]),
        ("remove endpoints --name", ["--name-contains"]),
        ("remove domain --delete", ["--delete-home-efs"]),
        ("remove model --cas", []),
        ("running --output ya", ["yaml", "yaml-stream"]),
        ("wait endp", ["endpoint"]),
        ("wait endpoint --for In", ["InService"]),
        ("wait endpoint --for de", ["deleted"]),
        ("wait endpoint e --unt", ["--until"]),
        ("wait endpoint e --endpoint-n", ["--endpoint-name"]),
        ("wait model-package m --included-data All", ["AllData"]),
        ("wait endpoint e --output js", ["json", "jsonl"]),
        ("wait nothing ", []),
        ("tail tra", ["training-job", "transform-job"]),
        ("tail model", []),
        ("tail training-job --format ", ["detailed", "short", "json"]),
        ("tail training-job j --fo", ["--follow", "--format"]),
        ("tail training-job j --training", ["--training-job-name"]),
        ("tail app a --app-type Jupyter", ["JupyterServer", "JupyterLab"]),
        ("export tra", ["training-job", "training-plan", "training-session", "transform-job"]),
        ("export device", ["device-fleet"]),
        ("export model m --set Prim", ["PrimaryContainer="]),
        ("export model m --wi", ["--with-dependencies"]),
        ("export model --output ", ["yaml", "json"]),
        ("diff update-endp", ["update-endpoint", "update-endpoint-weights-and-capacities"]),
        ("diff list-endp", []),
        ("diff create-model --re", ["--resource", "--region"]),
        ("sagemaker create-training-job --tai", ["--tail"]),
        ("sagemaker create-feature-group --tai", []),
        ("sagemaker stop-training-job --tai", []),
    ],
)
def test_candidates(line: str, expected: list[str], environ: dict[str, str]) -> None:
    assert texts(line, environ) == expected


@pytest.mark.parametrize(
    "option",
    ["--wait", "--timeout", "--delay", "--dry-run", "--exists", "--max-attempts", "--tail", "--hydrate", "--regions",
     "--jobs"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["create-endpoint", "describe-endpoint", "wait endpoint-deleted", "list-models"])
def test_under_the_name_aws_there_is_nothing(option: str, command: str, environ: dict[str, str]) -> None:
    assert texts(f"sagemaker {command} {option}", environ, {}) == []


def test_everything_is_described(environ: dict[str, str]) -> None:
    values = candidates(["sagemaker", "list-models"], "--hydrate=", environ, OWN_COMMANDS)
    assert [about for _, about in values] == ["Its description", "Its tags", "Its description and its tags"]
    for words, fragment in (
        (["wait"], ""), (["wait", "endpoint", "--for"], ""), (["wait", "endpoint"], "--"),
        (["tail"], ""), (["tail", "endpoint", "--format"], ""), (["tail", "endpoint"], "--"),
        (["running"], "--"), (["running", "--kinds"], ""), (["running", "--regions"], ""),
        (["export"], ""), (["export", "model"], "--"), (["export", "model", "--set"], ""),
        (["diff"], "create-"), (["diff"], "--"),
        (["remove"], ""), (["remove"], "--"), (["remove", "endpoint"], "--"), (["remove", "endpoint", "--with"], ""),
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
