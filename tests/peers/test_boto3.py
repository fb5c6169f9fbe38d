"""What programs do with boto3 alone: waiters, paginators, exceptions, streams and several services at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.sandbox.service import advance_clock, set_faults
from awsshadow.sandbox.services.rehearsal import is_installed

boto3: Any = pytest.importorskip("boto3", reason="boto3 is not installed")
exceptions: Any = pytest.importorskip("botocore.exceptions")

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE = "arn:aws:iam::123456789012:role/boto"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
needs_moto = pytest.mark.skipif(not is_installed(), reason="the extra awsshadow[rehearsal] is not installed")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sagemaker(folder: str) -> Any:
    return boto3.client("sagemaker")


def train(sagemaker: Any, name: str) -> None:
    sagemaker.create_training_job(
        TrainingJobName=name,
        RoleArn=ROLE,
        AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        OutputDataConfig={"S3OutputPath": "s3://bucket/out"},
    )


def deploy(sagemaker: Any) -> None:
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": IMAGE})
    variant = {"VariantName": "v", "ModelName": "m", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
    sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="c")


def test_the_waiter_of_a_job_that_fails_says_so(sagemaker: Any, folder: str) -> None:
    set_faults(folder, {"fail": [{"family": "TrainingJob", "name": "bad"}]})
    train(sagemaker, "bad")
    with pytest.raises(exceptions.WaiterError) as caught:
        sagemaker.get_waiter("training_job_completed_or_stopped").wait(TrainingJobName="bad")
    assert caught.value.last_response["TrainingJobStatus"] == "Failed"


def test_a_paginator_sees_every_job_once(sagemaker: Any) -> None:
    for number in range(25):
        train(sagemaker, f"job-{number:02}")
    pages = list(sagemaker.get_paginator("list_training_jobs").paginate(PaginationConfig={"PageSize": 10}))
    found = [job["TrainingJobName"] for page in pages for job in page["TrainingJobSummaries"]]
    assert [len(page["TrainingJobSummaries"]) for page in pages] == [10, 10, 5]
    assert sorted(found) == [f"job-{number:02}" for number in range(25)]


def test_throttling_is_retried(sagemaker: Any, folder: str) -> None:
    set_faults(folder, {"throttle": [{"operation": "ListModels", "times": 2}]})
    answer = sagemaker.list_models()
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2


def test_classes_of_exceptions_are_the_services(sagemaker: Any) -> None:
    train(sagemaker, "taken")
    with pytest.raises(sagemaker.exceptions.ResourceInUse):
        train(sagemaker, "taken")
    with pytest.raises(sagemaker.exceptions.ResourceNotFound):
        sagemaker.describe_feature_group(FeatureGroupName="none")


def test_a_stream_of_an_answer(sagemaker: Any) -> None:
    deploy(sagemaker)
    runtime = boto3.client("sagemaker-runtime")
    answer = runtime.invoke_endpoint_with_response_stream(EndpointName="e", Body=b"tell me", ContentType="text/plain")
    assert b"".join(event["PayloadPart"]["Bytes"] for event in answer["Body"]) == b"tell me"


def test_an_endpoint_that_is_not_there_yet_does_not_answer(
    sagemaker: Any, folder: str, clock: Callable[[str], None]
) -> None:
    clock("frozen")
    deploy(sagemaker)
    runtime = boto3.client("sagemaker-runtime")
    with pytest.raises(exceptions.ClientError):
        runtime.invoke_endpoint(EndpointName="e", Body=b"{}")
    advance_clock(folder, "1h")
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="e")
    assert runtime.invoke_endpoint(EndpointName="e", Body=b"{}")["Body"].read() == b"{}"


def test_versions_of_an_image_and_their_aliases(sagemaker: Any) -> None:
    sagemaker.create_image(ImageName="custom", RoleArn=ROLE)
    for alias in ("old", "new"):
        sagemaker.create_image_version(ImageName="custom", BaseImage=IMAGE, ClientToken=alias * 12, Aliases=[alias])
    sagemaker.get_waiter("image_version_created").wait(ImageName="custom")
    assert sagemaker.describe_image_version(ImageName="custom", Alias="old")["Version"] == 1
    sagemaker.delete_image_version(ImageName="custom", Version=1)
    sagemaker.get_waiter("image_version_deleted").wait(ImageName="custom", Version=1)
    assert [each["Version"] for each in sagemaker.list_image_versions(ImageName="custom")["ImageVersions"]] == [2]


def test_a_node_of_a_cluster(sagemaker: Any) -> None:
    group = {
        "InstanceCount": 1,
        "InstanceGroupName": "workers",
        "InstanceType": "ml.p4d.24xlarge",
        "LifeCycleConfig": {"SourceS3Uri": "s3://sagemaker-setup", "OnCreate": "setup.sh"},
        "ExecutionRole": ROLE,
    }
    sagemaker.create_cluster(ClusterName="hyper", InstanceGroups=[group])
    node = sagemaker.list_cluster_nodes(ClusterName="hyper")["ClusterNodeSummaries"][0]
    shown = sagemaker.describe_cluster_node(ClusterName="hyper", NodeId=node["InstanceId"])["NodeDetails"]
    assert (shown["InstanceStatus"]["Status"], shown["InstanceGroupName"]) == ("Running", "workers")


def test_logs_of_a_job_are_read_stream_by_stream(sagemaker: Any) -> None:
    train(sagemaker, "chatty")
    logs = boto3.client("logs")
    group = "/aws/sagemaker/TrainingJobs"
    streams = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix="chatty/")["logStreams"]
    events = logs.get_log_events(logGroupName=group, logStreamName=streams[0]["logStreamName"], startFromHead=True)
    assert events["events"] != []
    again = logs.get_log_events(
        logGroupName=group, logStreamName=streams[0]["logStreamName"], nextToken=events["nextForwardToken"]
    )
    assert (again["events"], again["nextForwardToken"]) == ([], events["nextForwardToken"])


def test_the_same_token_makes_one_pipeline_execution(sagemaker: Any) -> None:
    definition = json.dumps({"Version": "2020-12-01", "Steps": []})
    sagemaker.create_pipeline(
        PipelineName="p", PipelineDefinition=definition, RoleArn=ROLE, ClientRequestToken="a" * 32
    )
    made = {
        sagemaker.start_pipeline_execution(PipelineName="p", ClientRequestToken="b" * 32)["PipelineExecutionArn"]
        for _ in range(2)
    }
    assert len(made) == 1


def test_records_are_read_in_one_batch(sagemaker: Any) -> None:
    names = ["id", "at"]
    sagemaker.create_feature_group(
        FeatureGroupName="g",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="at",
        FeatureDefinitions=[{"FeatureName": name, "FeatureType": "String"} for name in names],
        OnlineStoreConfig={"EnableOnlineStore": True},
    )
    store = boto3.client("sagemaker-featurestore-runtime")
    for id in ("1", "2"):
        values = zip(names, (id, "2026-01-01T00:00:00Z"), strict=True)
        record = [{"FeatureName": name, "ValueAsString": value} for name, value in values]
        store.put_record(FeatureGroupName="g", Record=record)
    asked = [{"FeatureGroupName": "g", "RecordIdentifiersValueAsString": ["1", "2", "3"]}]
    found = store.batch_get_record(Identifiers=asked)
    assert sorted(each["RecordIdentifierValueAsString"] for each in found["Records"]) == ["1", "2"]


@needs_moto
def test_the_role_and_the_data_of_a_job_come_from_their_services(sagemaker: Any) -> None:
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = boto3.client("iam").create_role(RoleName="boto", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    account = boto3.client("sts").get_caller_identity()["Account"]
    assert role == f"arn:aws:iam::{account}:role/boto"
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    definition = json.dumps({"Version": "2020-12-01", "Steps": []})
    s3.put_object(Bucket="bucket", Key="pipeline.json", Body=definition.encode())
    sagemaker.create_pipeline(
        PipelineName="p",
        PipelineDefinitionS3Location={"Bucket": "bucket", "ObjectKey": "pipeline.json"},
        RoleArn=role,
        ClientRequestToken="a" * 32,
    )
    assert sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"] == definition
