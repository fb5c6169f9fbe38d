"""The examples of docs/export.md, run as they stand, in a sandbox that has what they name."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.arguments import yaml12
from awsshadow.sandbox.service import Sandbox
from tests.sandbox.conftest import World, model

if TYPE_CHECKING:
    from typing import Any

__all__ = ["model"]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "export.md"
ROLE = "arn:aws:iam::123456789012:role/churn"


def test_the_document_that_is_shown_is_one() -> None:
    (text,) = re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert yaml12.load(text)["PrimaryContainer"]["Environment"] == {"STRICT": "no"}


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_examples_run(tmp_path: Path, slices: Path, model: dict[str, Any]) -> None:
    box = Sandbox(str(tmp_path / "box"), clock="instant")
    world = World(box, model, region="us-east-1")
    world.ok("CreateTrainingJob", **{**world.create_input("TrainingJob", world.minimal), "TrainingJobName": "churn"})
    world.ok("CreateModel", ModelName="churn-v3", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "i"})
    variant = {"VariantName": "v", "ModelName": "churn-v3", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
    world.ok("CreateEndpointConfig", EndpointConfigName="c", ProductionVariants=[variant])
    world.ok("CreateEndpoint", EndpointName="blue", EndpointConfigName="c")
    box.close()
    program = tmp_path / "bin" / "awsshadow"
    for folder in ("bin", "work"):
        (tmp_path / folder).mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m awsshadow "$@"\n')
    program.chmod(0o755)
    environ = {
        "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(slices), "AWS_REGION": "us-east-1",
        "AWSSHADOW_SANDBOX": str(tmp_path / "box"),
    }  # fmt: skip
    text = PAGE.read_text(encoding="utf-8")
    lines = re.findall(r"^    (awsshadow .*)$", text, re.MULTILINE)
    assert len(lines) >= 9
    printed = {}
    for line in lines:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=environ, cwd=tmp_path / "work", capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), line
        printed[line] = done.stdout
    written = next(out for line, out in printed.items() if "--with-dependencies" in line).split()
    assert all(f"`{path}`" in text for path in written)
    created = next(out for line, out in printed.items() if "create-training-job --cli-input-yaml" in line)
    assert json.loads(created)["TrainingJobArn"].endswith("/churn-2")
    assert json.loads(printed[lines[-1]])["Results"][0]["Differences"] == []
