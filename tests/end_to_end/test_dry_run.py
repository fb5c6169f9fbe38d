"""``--dry-run``: what would be sent, or everything that is wrong with it; nothing is looked up and nothing sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.launch import Run
    from tests.support.endpoint import Endpoint

TRAINING = {
    "TrainingJobName": "job",
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::123456789012:role/r",
    "OutputDataConfig": {"S3OutputPath": "s3://b/o"},
    "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}


def dry(run: Run, operation: str, document: object, *words: str) -> tuple[int, str, str]:
    text = json.dumps(document)
    done = run("sagemaker", operation, "--cli-input-json", text, "--dry-run", *words, env={"AWS_ACCESS_KEY_ID": ""})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_it_prints_the_request(endpoint: Endpoint, run: Run) -> None:
    endpoint.script([{"status": 500}])
    code, stdout, stderr = dry(run, "create-training-job", TRAINING)
    assert (code, stderr) == (0, "")
    assert json.loads(stdout) == TRAINING
    assert endpoint.requests() == []


def test_formats_and_queries_hold(run: Run) -> None:
    assert dry(run, "create-training-job", TRAINING, "--query", "RoleArn", "--output", "text")[1] == (
        "arn:aws:iam::123456789012:role/r\n"
    )


def test_it_needs_neither_region_nor_credentials_nor_a_network(run: Run) -> None:
    nothing = {
        "AWS_DEFAULT_REGION": "",
        "AWS_SECRET_ACCESS_KEY": "",
        "AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:1",
    }
    done = run("sagemaker", "delete-model", "--model-name", "m", "--dry-run", env=nothing)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"ModelName": "m"})


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("ResourceConfig", "InstanceType"), "ml.m5.lrge", "'resourceConfig.instanceType'"),
        (
            ("AlgorithmSpecification", "TrainingInputMode"),
            "Fil",
            "Member must satisfy enum value set: [Pipe, File, FastFile]",
        ),
        (("OutputDataConfig", "S3OutputPath"), "b/o", "'outputDataConfig.s3OutputPath'"),
        (("ResourceConfig", "KeepAlivePeriodInSeconds"), 30_000, "Member must have value less than or equal to 21600"),
        (("TrainingJobName",), "x" * 64, "Member must have length less than or equal to 63"),
    ],
)
def test_constraints_of_the_model_are_held(run: Run, path: tuple[str, ...], value: object, said: str) -> None:
    document = json.loads(json.dumps(TRAINING))
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    code, stdout, stderr = dry(run, "create-training-job", document)
    assert (code, stdout) == (252, "")
    assert said in stderr


def test_members_that_the_reference_checks_are_reported_in_its_words(run: Run) -> None:
    code, _, stderr = dry(run, "create-training-job", {**TRAINING, "RoleAr": "x"})
    assert code == 252
    assert 'Unknown parameter in input: "RoleAr"' in stderr


def test_a_document_may_name_its_schema(run: Run) -> None:
    named = {"$schema": ".schemas/delete-model.json", "ModelName": "m"}
    code, stdout, stderr = dry(run, "delete-model", named)
    assert (code, json.loads(stdout), stderr) == (0, {"ModelName": "m"}, "")
    code, _, stderr = dry(run, "delete-model", {**named, "$schema": 1})
    assert code == 252
    assert 'Unknown parameter in input: "$schema"' in stderr
