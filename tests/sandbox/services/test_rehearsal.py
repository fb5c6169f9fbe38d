"""Every other service, by moto; skipped without the extra."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from botocore.exceptions import ClientError

from awsshadow.sandbox.service import dump, listing, load, reset
from awsshadow.sandbox.services import dispatch, rehearsal

if TYPE_CHECKING:
    from tests.sandbox.services.conftest import Client

needs_moto = pytest.mark.skipif(not rehearsal.is_installed(), reason="the extra awsshadow[rehearsal] is not installed")
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


@needs_moto
def test_buckets_and_objects(client: Client) -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    key = "models/ü & b?/model.tar.gz"
    s3.put_object(Bucket="bucket", Key=key, Body=b"\x00\xff" * 1000)
    assert s3.get_object(Bucket="bucket", Key=key)["Body"].read() == b"\x00\xff" * 1000
    assert s3.head_object(Bucket="bucket", Key=key)["ContentLength"] == 2000
    assert [row["Key"] for row in s3.list_objects_v2(Bucket="bucket", Prefix="models/")["Contents"]] == [key]
    address = s3.generate_presigned_url("get_object", Params={"Bucket": "bucket", "Key": key})
    with urlopen(address) as answer:
        assert answer.read() == b"\x00\xff" * 1000
        assert answer.headers["Access-Control-Allow-Origin"] is None
    with pytest.raises(ClientError) as caught:
        s3.head_object(Bucket="bucket", Key="nothing")
    assert caught.value.response["Error"]["Code"] == "404"


@needs_moto
def test_account_and_region_are_those_of_the_sandbox(client: Client) -> None:
    role = client("iam").create_role(RoleName="role", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    assert role == "arn:aws:iam::123456789012:role/role"
    assumed = client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    inside = client(
        "ecr",
        aws_access_key_id=assumed["AccessKeyId"],
        aws_secret_access_key=assumed["SecretAccessKey"],
        aws_session_token=assumed["SessionToken"],
    )
    made = inside.create_repository(repositoryName="images")["repository"]
    assert made["repositoryUri"] == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/images"
    assert client("ecr", "us-west-2").describe_repositories()["repositories"] == []


@needs_moto
@pytest.mark.parametrize(
    ("service", "call", "params", "member"),
    [
        ("iam", "list_roles", {}, "Roles"),
        ("ecr", "get_authorization_token", {}, "authorizationData"),
        ("ssm", "describe_parameters", {}, "Parameters"),
        ("ec2", "describe_vpcs", {}, "Vpcs"),
        ("eks", "list_clusters", {}, "clusters"),
        ("cloudformation", "list_stacks", {}, "StackSummaries"),
        ("kms", "list_keys", {}, "Keys"),
        ("lambda", "list_functions", {}, "Functions"),
        ("secretsmanager", "list_secrets", {}, "SecretList"),
        ("cloudwatch", "list_metrics", {}, "Metrics"),
        ("events", "list_rules", {}, "Rules"),
        ("sns", "list_topics", {}, "Topics"),
        ("sqs", "list_queues", {}, "ResponseMetadata"),
        ("dynamodb", "list_tables", {}, "TableNames"),
        ("stepfunctions", "list_state_machines", {}, "stateMachines"),
        ("application-autoscaling", "describe_scalable_targets", {"ServiceNamespace": "sagemaker"}, "ScalableTargets"),
    ],
)
def test_services_answer_in_their_protocols(
    client: Client, service: str, call: str, params: dict[str, Any], member: str
) -> None:
    assert member in getattr(client(service), call)(**params)


@needs_moto
def test_the_policies_of_aws_can_be_attached_after_a_reset_too(client: Client, folder: str) -> None:
    iam, policy = client("iam"), "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
    for _ in range(2):
        iam.create_role(RoleName="role", AssumeRolePolicyDocument=TRUST)
        iam.attach_role_policy(RoleName="role", PolicyArn=policy)
        attached = iam.list_attached_role_policies(RoleName="role")["AttachedPolicies"]
        assert [row["PolicyArn"] for row in attached] == [policy]
        reset(folder)


@needs_moto
def test_moto_forgets_with_the_sandbox(client: Client, folder: str) -> None:
    ssm = client("ssm")
    ssm.put_parameter(Name="/p", Value="v", Type="String")
    assert ssm.get_parameter(Name="/p")["Parameter"]["Value"] == "v"
    kept = list(dump(folder))
    load(folder, kept)
    assert ssm.get_parameter(Name="/p")["Parameter"]["Value"] == "v", "the same dump is the same sandbox"
    reset(folder)
    with pytest.raises(ssm.exceptions.ParameterNotFound):
        ssm.get_parameter(Name="/p")


@needs_moto
def test_moto_never_answers_for_sagemaker_nor_for_what_is_built_in(client: Client, folder: str) -> None:
    services = dispatch.Services.__new__(dispatch.Services)
    for service in ("sagemaker-geospatial", "sagemaker"):
        assert service not in dispatch.BUILT_IN
        services.rehearsal = None
        assert not services.plays(service)
    with pytest.raises(ClientError) as caught:
        client("sagemaker-geospatial").list_vector_enrichment_jobs()
    assert caught.value.response["Error"]["Code"] == "SandboxRefused"
    with pytest.raises(ClientError) as caught:
        client("gamelift").list_builds()
    assert "has no gamelift" in caught.value.response["Error"]["Message"]
    assert client("sts").get_caller_identity()["Arn"].endswith(":user/sandbox")


def template(**resources: Any) -> str:
    return json.dumps({"Resources": resources})


ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
MODEL = {
    "Type": "AWS::SageMaker::Model",
    "Properties": {"ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": "image"}},
}
VARIANT = {
    "VariantName": "AllTraffic",
    "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
    "InitialInstanceCount": "1",
    "InstanceType": "ml.m5.large",
    "InitialVariantWeight": 1,
}


@needs_moto
def test_stacks_make_the_resources_of_sagemaker_here(client: Client, sagemaker: Any, folder: str) -> None:
    stacks = client("cloudformation")
    body = {
        "Model": MODEL,
        "Config": {"Type": "AWS::SageMaker::EndpointConfig", "Properties": {"ProductionVariants": [VARIANT]}},
        "Endpoint": {
            "Type": "AWS::SageMaker::Endpoint",
            "Properties": {
                "EndpointName": "web",
                "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
            },
        },
        "Pipeline": {
            "Type": "AWS::SageMaker::Pipeline",
            "Properties": {
                "PipelineName": "train",
                "RoleArn": ROLE,
                "PipelineDefinition": {"PipelineDefinitionBody": '{"Version": "2020-12-01", "Steps": []}'},
            },
        },
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "made-by-stack"}},
    }
    stacks.create_stack(StackName="stack", TemplateBody=template(**body))
    assert stacks.describe_stacks(StackName="stack")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    assert sagemaker.describe_endpoint(EndpointName="web")["EndpointStatus"] == "InService"
    assert [b["Name"] for b in client("s3").list_buckets()["Buckets"]] == ["made-by-stack"]
    body["Pipeline"]["Properties"]["PipelineDescription"] = "changed"  # type: ignore[index]
    stacks.update_stack(StackName="stack", TemplateBody=template(**body))
    assert sagemaker.describe_pipeline(PipelineName="train")["PipelineDescription"] == "changed"
    stacks.delete_stack(StackName="stack")
    assert {row["family"] for row in listing(folder)} <= {"PipelineVersion"}


@needs_moto
def test_a_stack_stops_a_notebook_for_what_it_changes(client: Client, sagemaker: Any) -> None:
    stacks = client("cloudformation")
    notebook = {"NotebookInstanceName": "notes", "InstanceType": "ml.t3.medium", "RoleArn": ROLE}
    body: dict[str, Any] = {"Notes": {"Type": "AWS::SageMaker::NotebookInstance", "Properties": notebook}}
    stacks.create_stack(StackName="stack", TemplateBody=template(**body))
    notebook["InstanceType"] = "ml.t3.large"
    stacks.update_stack(StackName="stack", TemplateBody=template(**body))
    shown = sagemaker.describe_notebook_instance(NotebookInstanceName="notes")
    assert (shown["InstanceType"], shown["NotebookInstanceStatus"]) == ("ml.t3.large", "InService")
    stacks.delete_stack(StackName="stack")
    assert sagemaker.list_notebook_instances()["NotebookInstances"] == []


@needs_moto
def test_the_tagging_api_sees_and_changes_the_tags_of_sagemaker(client: Client, sagemaker: Any) -> None:
    tagging = client("resourcegroupstaggingapi")
    arn = sagemaker.create_experiment(ExperimentName="e", Tags=[{"Key": "team", "Value": "a"}])["ExperimentArn"]
    sagemaker.create_experiment(ExperimentName="untagged")
    client("s3").create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    def found(**asked: Any) -> Any:
        return tagging.get_resources(**asked)["ResourceTagMappingList"]

    assert found() == [{"ResourceARN": arn, "Tags": [{"Key": "team", "Value": "a"}]}]
    assert found(ResourceTypeFilters=["sagemaker:experiment"], TagFilters=[{"Key": "team", "Values": ["a"]}]) != []
    assert found(ResourceTypeFilters=["sagemaker:model"]) == []
    assert tagging.tag_resources(ResourceARNList=[arn], Tags={"stage": "dev"})["FailedResourcesMap"] == {}
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"][1] == {"Key": "stage", "Value": "dev"}
    assert tagging.untag_resources(ResourceARNList=[arn], TagKeys=["team"])["FailedResourcesMap"] == {}
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "stage", "Value": "dev"}]
    assert list(tagging.tag_resources(ResourceARNList=[f"{arn}x"], Tags={"a": "b"})["FailedResourcesMap"]) == [
        f"{arn}x"
    ]
    assert client("resourcegroupstaggingapi", "eu-central-1").get_resources()["ResourceTagMappingList"] == []


@needs_moto
def test_a_stack_fails_with_what_sagemaker_says(client: Client, folder: str) -> None:
    bad = {"Type": "AWS::SageMaker::Endpoint", "Properties": {"EndpointConfigName": "nothing"}}
    with pytest.raises(ClientError) as caught:
        client("cloudformation").create_stack(StackName="stack", TemplateBody=template(Bad=bad))
    assert "Could not find endpoint configuration" in caught.value.response["Error"]["Message"]
    assert listing(folder) == []


def test_without_the_extra_the_refusal_names_the_service_and_the_extra(
    client: Client, monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    monkeypatch.setattr(server.services, "rehearsal", None)
    for service, call in (("ssm", "describe_parameters"), ("s3", "list_buckets"), ("iam", "list_roles")):
        with pytest.raises(ClientError) as caught:
            getattr(client(service), call)()
        error = caught.value.response["Error"]
        assert error["Code"] == "SandboxRefused"
        assert f"this request is for {service}." in error["Message"]
        assert "pip install 'awsshadow[rehearsal]'" in error["Message"]
        assert "Nothing was sent to AWS." in error["Message"]
