"""What SageMaker reads and writes in S3, and what has to be there when it is asked to look."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.service import reset
from awsshadow.sandbox.services import dispatch, rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.sandbox.service import Sandbox
    from tests.sandbox.services.conftest import Client

needs_moto = pytest.mark.skipif(not rehearsal.is_installed(), reason="the extra awsshadow[rehearsal] is not installed")
ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
DEFINITION = {"Version": "2020-12-01", "Steps": [{"Name": "only", "Type": "Fail", "Arguments": {}}]}


@pytest.fixture
def s3(client: Client) -> Any:
    made = client("s3")
    made.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return made


@pytest.fixture
def strict(server: Any) -> None:
    server.services.rehearsal.strict = True


def message(call: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**params)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    return str(caught.value.response["Error"]["Message"])


@needs_moto
def test_a_pipeline_definition_is_read_from_s3(s3: Any, sagemaker: Any) -> None:
    place = {"Bucket": "bucket", "ObjectKey": "pipe lines/ü.json"}
    asked = {"RoleArn": ROLE, "PipelineDefinitionS3Location": place}
    assert "no pipeline definition at s3://bucket/pipe lines/ü.json" in message(
        sagemaker.create_pipeline, PipelineName="p", **asked
    )
    s3.put_object(Bucket="bucket", Key=place["ObjectKey"], Body=b"no json")
    assert "not JSON" in message(sagemaker.create_pipeline, PipelineName="p", **asked)
    s3.put_object(Bucket="bucket", Key=place["ObjectKey"], Body=json.dumps(DEFINITION).encode())
    sagemaker.create_pipeline(PipelineName="p", **asked)
    assert json.loads(sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"]) == DEFINITION
    s3.put_object(Bucket="bucket", Key=place["ObjectKey"], Body=json.dumps({**DEFINITION, "Steps": []}).encode())
    sagemaker.update_pipeline(PipelineName="p", PipelineDefinitionS3Location=place)
    assert json.loads(sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"])["Steps"] == []


@needs_moto
def test_after_a_reset_nothing_old_is_read(s3: Any, sagemaker: Any, folder: str) -> None:
    place = {"Bucket": "bucket", "ObjectKey": "pipeline.json"}
    asked = {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinitionS3Location": place}
    s3.put_object(Bucket="bucket", Key="pipeline.json", Body=json.dumps(DEFINITION).encode())
    reset(folder)
    assert "no pipeline definition" in message(sagemaker.create_pipeline, **asked)
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket="bucket", Key="pipeline.json", Body=json.dumps(DEFINITION).encode())
    sagemaker.create_pipeline(**asked)
    assert [row["Name"] for row in s3.list_buckets()["Buckets"]] == ["bucket"]


@needs_moto
def test_an_export_of_a_model_card_lies_in_s3(s3: Any, sagemaker: Any) -> None:
    content = json.dumps({"model_overview": {"model_description": "what (it) \\ does " * 40}})
    sagemaker.create_model_card(ModelCardName="card", Content=content, ModelCardStatus="Draft")
    arn = sagemaker.create_model_card_export_job(
        ModelCardName="card", ModelCardExportJobName="job", OutputConfig={"S3OutputPath": "s3://bucket/out"}
    )["ModelCardExportJobArn"]
    told = sagemaker.describe_model_card_export_job(ModelCardExportJobArn=arn)
    bucket, _, key = told["ExportArtifacts"]["S3ExportArtifacts"].removeprefix("s3://").partition("/")
    document = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    assert document.startswith(b"%PDF-1.4\n")
    assert b"(card) Tj" in document
    assert rb"\(it\) \\\\ does" in document
    begin = int(document.rpartition(b"startxref\n")[2].split()[0])
    assert document[begin:].startswith(b"xref\n")


@needs_moto
def test_what_is_not_in_s3_is_taken_on_trust(s3: Any, sagemaker: Any) -> None:
    container = {"Image": "i", "ModelDataUrl": "s3://nowhere/model.tar.gz"}
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer=container)


@needs_moto
def test_a_model_needs_its_artifact(s3: Any, sagemaker: Any, strict: None) -> None:
    def make(name: str, url: str) -> dict[str, Any]:
        return {
            "ModelName": name,
            "ExecutionRoleArn": ROLE,
            "PrimaryContainer": {"Image": "i", "ModelDataUrl": url},
        }

    for url in ("s3://nowhere/model.tar.gz", "s3://bucket/model.tar.gz"):
        assert message(sagemaker.create_model, **make("m", url)) == f"Could not find model data at {url}."
    s3.put_object(Bucket="bucket", Key="model.tar.gz", Body=b"x")
    sagemaker.create_model(**make("m", "s3://bucket/model.tar.gz"))
    sagemaker.create_model(**make("over-https", "https://bucket.s3.eu-west-1.amazonaws.com/model.tar.gz"))


def training(name: str, data: str, output: str) -> dict[str, Any]:
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": data}}
    return {
        "TrainingJobName": name,
        "RoleArn": ROLE,
        "AlgorithmSpecification": {"TrainingImage": "image:1", "TrainingInputMode": "File"},
        "InputDataConfig": [{"ChannelName": "train", "DataSource": source}],
        "OutputDataConfig": {"S3OutputPath": output},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    }


@needs_moto
def test_a_job_needs_its_input_and_its_bucket(s3: Any, sagemaker: Any, strict: None) -> None:
    said = message(sagemaker.create_training_job, **training("j", "s3://bucket/data/", "s3://bucket/out"))
    assert said.startswith('No S3 objects found under S3 URL "s3://bucket/data/" given in input data source. ')
    assert "selected region (eu-west-1)" in said
    assert said.endswith(f'that the role "{ROLE}" has "s3:ListBucket" permissions on bucket "bucket".')
    s3.put_object(Bucket="bucket", Key="data/train.csv", Body=b"1,2")
    sagemaker.create_training_job(**training("good", "s3://bucket/data/", "s3://bucket/out"))
    assert sagemaker.describe_training_job(TrainingJobName="good")["TrainingJobStatus"] == "Completed"
    sagemaker.create_training_job(**training("bad", "s3://bucket/data/", "s3://nowhere/out"))
    told = sagemaker.describe_training_job(TrainingJobName="bad")
    assert told["TrainingJobStatus"] == "Failed"
    assert told["FailureReason"] == 'ClientError: The bucket of "s3://nowhere/out" does not exist: NoSuchBucket.'
    made = sagemaker.describe_training_job(TrainingJobName="good")["ModelArtifacts"]["S3ModelArtifacts"]
    container = {"Image": "i", "ModelDataUrl": made}
    sagemaker.create_model(ModelName="trained", ExecutionRoleArn=ROLE, PrimaryContainer=container)


def test_strict_needs_an_s3(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "is_installed", lambda: False)
    with pytest.raises(AwsShadowError, match=r"pip install 'awsshadow\[rehearsal\]'"):
        dispatch.Services(sandbox, strict=True)
    dispatch.Services(sandbox)


SCRIPT = """
import boto3, subprocess, sys
s3 = boto3.client("s3")
s3.create_bucket(Bucket="bucket")
def awsshadow(*words):
    done = subprocess.run([sys.executable, "-m", "awsshadow", "sagemaker", *words], capture_output=True, text=True)
    print(done.returncode, (done.stderr or done.stdout).strip().rpartition(": ")[2])
model = ["create-model", "--model-name", "m", "--execution-role-arn", "arn:aws:iam::123456789012:role/sandbox-role",
         "--primary-container", "Image=i,ModelDataUrl=s3://bucket/m.tar.gz", "--query", "ModelArn", "--output", "text"]
awsshadow(*model)
s3.put_object(Bucket="bucket", Key="m.tar.gz", Body=b"x")
awsshadow(*model)
"""


@needs_moto
@pytest.mark.parametrize("more", [[], ["--s3", "strict"]])
def test_awsshadow_looks_there_too(more: list[str]) -> None:
    words = [sys.executable, "-m", "awsshadow", "sandbox", "run", *more, "--", sys.executable, "-c", SCRIPT]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS")}
    done = subprocess.run(words, capture_output=True, text=True, env=kept, timeout=120)
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    if more:
        assert first == "254 Could not find model data at s3://bucket/m.tar.gz."
        assert second.startswith("0 arn:")
    else:
        assert first.startswith("0 arn:")
        assert second.startswith("254 ")
