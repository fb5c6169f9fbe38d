"""A whole shadow test with boto3. A program for ``awsshadow sandbox run``: it is told nothing but its environment."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/ShadowTests"
EXPERIMENT = "v1-against-v2"


def variant(version: str) -> dict[str, Any]:
    real_time = {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1}
    return {
        "ModelName": f"model-{version}",
        "VariantName": version,
        "InfrastructureConfig": {"InfrastructureType": "RealTimeInference", "RealTimeInferenceConfig": real_time},
    }


def set_up(client: Any) -> None:
    for version in ("v1", "v2"):
        client.create_model(
            ModelName=f"model-{version}",
            ExecutionRoleArn=ROLE,
            PrimaryContainer={"Image": f"123456789012.dkr.ecr.us-east-1.amazonaws.com/model:{version}"},
        )
    production = {"VariantName": "v1", "ModelName": "model-v1", "InstanceType": "ml.m5.xlarge"}
    client.create_endpoint_config(
        EndpointConfigName="config", ProductionVariants=[{**production, "InitialInstanceCount": 1}]
    )
    client.create_endpoint(EndpointName="endpoint", EndpointConfigName="config")
    client.get_waiter("endpoint_in_service").wait(EndpointName="endpoint")


def experiment(client: Any) -> None:
    client.create_inference_experiment(
        Name=EXPERIMENT,
        Type="ShadowMode",
        RoleArn=ROLE,
        EndpointName="endpoint",
        ModelVariants=[variant("v1"), variant("v2")],
        ShadowModeConfig={
            "SourceModelVariantName": "v1",
            "ShadowModelVariants": [{"ShadowModelVariantName": "v2", "SamplingPercentage": 50}],
        },
        Tags=[{"Key": "team", "Value": "retention"}],
    )
    running = client.describe_inference_experiment(Name=EXPERIMENT)
    print(running["Status"], running["EndpointMetadata"]["EndpointName"])
    print(client.list_tags(ResourceArn=running["Arn"])["Tags"])
    print([one["Name"] for one in client.list_inference_experiments(NameContains="against")["InferenceExperiments"]])
    try:
        client.delete_inference_experiment(Name=EXPERIMENT)
    except client.exceptions.ConflictException:
        print("conflict")
    client.stop_inference_experiment(
        Name=EXPERIMENT, ModelVariantActions={"v1": "Remove", "v2": "Promote"}, Reason="v2 is faster"
    )
    print(client.describe_inference_experiment(Name=EXPERIMENT)["Status"])


def take_down(client: Any) -> None:
    client.delete_inference_experiment(Name=EXPERIMENT)
    try:
        client.describe_inference_experiment(Name=EXPERIMENT)
    except client.exceptions.ResourceNotFound:
        print("gone")
    client.delete_endpoint(EndpointName="endpoint")
    client.get_waiter("endpoint_deleted").wait(EndpointName="endpoint")
    client.delete_endpoint_config(EndpointConfigName="config")
    for version in ("v1", "v2"):
        client.delete_model(ModelName=f"model-{version}")
    print(client.list_models()["Models"])


def main() -> None:
    client = boto3.client("sagemaker")
    set_up(client)
    experiment(client)
    take_down(client)
    try:
        boto3.client("sagemaker-geospatial").list_vector_enrichment_jobs()
    except ClientError as error:
        print(error.response["Error"]["Code"])


if __name__ == "__main__":
    main()
