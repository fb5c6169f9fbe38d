"""The examples of docs/extras.md about resources, in the order of the page, in a sandbox that has what they name."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.service import Sandbox
from tests.docs.test_extras_page import SECTIONS as ELSEWHERE
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from typing import Any

    from tests.waiting.conftest import Run

PAGE = Path(__file__).parents[2] / "docs" / "extras.md"
EXECUTION = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/nightly/execution/abc123def456"


@pytest.fixture
def world(tmp_path: Path, model: dict[str, Any]) -> World:
    return World(Sandbox(str(tmp_path / "box")), model, region="us-east-1")


def test_examples(world: World, tmp_path: Path, run: Run, empty_home: Path) -> None:
    world.ok("CreateTrainingJob", **{**world.create_input("TrainingJob", world.minimal), "TrainingJobName": "churn"})
    world.ok(
        "CreateEndpointConfig",
        **{**world.create_input("EndpointConfig", world.minimal), "EndpointConfigName": "c"},
    )
    for name in ("blue", "green"):
        world.ok("CreateEndpoint", EndpointName=name, EndpointConfigName="c")
    execution = world.make("PipelineExecution")["PipelineExecutionArn"]
    # JSON is YAML too.
    (empty_home / "job.yaml").write_text(json.dumps(world.create_input("TrainingJob", world.minimal)))
    world.sandbox.close()
    environ = {"AWSSHADOW_SANDBOX": str(tmp_path / "box"), "AWS_DEFAULT_REGION": "us-east-1"}
    text = PAGE.read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (.*)\n((?:(?!^## ).*\n?)*)", text, re.MULTILINE))
    rest = "\n".join(part for name, part in parts.items() if name not in ELSEWHERE)
    lines = [line.strip() for line in rest.splitlines() if line.startswith("    awsshadow ")]
    assert len(lines) >= 12
    # This pipeline's step makes no job.
    nothing = f"pipeline execution {execution.partition('pipeline/')[2]} has no log stream yet\n"
    said = {f"awsshadow tail pipeline-execution {EXECUTION}": nothing}
    found = {}
    for line in lines:
        words = shlex.split(line.replace(EXECUTION, execution))[1:]
        code, found[line], stderr = run(*words, env=environ)
        if line.endswith("--wait --tail"):
            assert "Starting training job" in stderr
            stderr = ""
        assert (code, stderr) == (0, said.get(line, "")), line
    assert found["awsshadow wait endpoint blue --output text --query EndpointStatus"] == "InService\n"
    assert "Starting training job churn" in found["awsshadow tail training-job churn -f"]
    assert "TrainingJobArn" in next(text for line, text in found.items() if line.endswith("--wait --tail"))
    assert found["awsshadow sagemaker describe-endpoint --endpoint-name blue --exists"] == ""
    assert "EndpointArn" in next(text for line, text in found.items() if "create-endpoint " in line)
