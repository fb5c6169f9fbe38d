"""What AWS CLI itself reads in exported documents; skipped without AWSSHADOW_REFERENCE."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from awsshadow.export.yaml_text import document
from tests.export.test_yaml_text import WORDS
from tests.support.program import Command, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.endpoint import Endpoint
    from tests.support.program import Program
    from tests.support.stage import Stage

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif("AWSSHADOW_REFERENCE" not in os.environ, reason="AWSSHADOW_REFERENCE names no aws"),
]


@pytest.fixture(scope="module")
def aws() -> Iterator[Program]:
    started = reference(os.environ["AWSSHADOW_REFERENCE"])
    yield started
    started.close()


def test_it_sends_what_was_exported(aws: Program, endpoint: Endpoint, stage: Stage) -> None:
    sent = {
        "TrainingJobName": "no",
        "HyperParameters": {word: word for word in WORDS},
        "AlgorithmSpecification": {"TrainingInputMode": "File", "ContainerEntrypoint": list(filter(None, WORDS))},
        "RoleArn": "arn:aws:iam::123456789012:role/r",
        "OutputDataConfig": {"S3OutputPath": "s3://b/o"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
        "EnableNetworkIsolation": False,
        "Tags": [],
    }
    stage.lay(stage.work, {"job.yaml": document(sent)})
    endpoint.script([{"body": "{}"}])
    words = ["aws", "sagemaker", "create-training-job", "--cli-input-yaml", "file://job.yaml"]
    done = aws.run(Command(words, stage.environ, stage.work))
    assert (done.code, done.stderr) == (0, "")
    (request,) = endpoint.requests()
    assert json.loads(request["body"]) == sent


def test_floats(aws: Program, endpoint: Endpoint, stage: Stage) -> None:
    weights = [0.0, 1.0, 1e-05, 123456.789, 1e20]
    variants = [{"VariantName": f"v{at}", "InitialVariantWeight": weight} for at, weight in enumerate(weights)]
    sent = {"EndpointConfigName": "1e3", "ProductionVariants": variants}
    stage.lay(stage.work, {"config.yaml": document(sent)})
    endpoint.script([{"body": "{}"}])
    words = ["aws", "sagemaker", "create-endpoint-config", "--cli-input-yaml", "file://config.yaml"]
    assert aws.run(Command(words, stage.environ, stage.work)).code == 0
    (request,) = endpoint.requests()
    assert json.loads(request["body"]) == sent
