"""A sandbox behind its endpoint, and boto3's clients of the services around SageMaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.services.dispatch import Services
from awsshadow.sandbox.serving.http_server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    #: The name of a service and a region -> a client of boto3's.
    Client = Callable[..., Any]

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
REGION = "eu-west-1"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "sandbox")


@pytest.fixture
def clock() -> str:
    """The clock of the sandbox; a module that needs another one has a fixture of this name."""
    return "instant"


@pytest.fixture
def sandbox(folder: str, clock: str) -> Iterator[Sandbox]:
    made = Sandbox(folder, clock=clock)
    yield made
    made.close()


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[Server]:
    with serving(Server(sandbox, REGION, services=Services(sandbox))) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Client:
    def make(service: str, region: str = REGION, **options: Any) -> Any:
        credentials = {"aws_access_key_id": "sandbox", "aws_secret_access_key": "sandbox", **options}
        once = Config(retries={"max_attempts": 1}, connect_timeout=5, read_timeout=20)
        return boto3.client(service, region, endpoint_url=server.url, config=once, **credentials)

    return make


@pytest.fixture
def sagemaker(client: Client) -> Any:
    return client("sagemaker")


@pytest.fixture
def make_endpoint(sagemaker: Any) -> Callable[..., None]:
    """Creates an endpoint with these variants, by name and weight, and what else its configuration has."""

    def make(name: str, weights: dict[str, float] | None = None, **config: Any) -> None:
        sagemaker.create_model(ModelName=f"{name}-model", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "image"})
        variants = [
            {
                "VariantName": variant,
                "ModelName": f"{name}-model",
                "InstanceType": "ml.m5.large",
                "InitialInstanceCount": 2,
                "InitialVariantWeight": weight,
            }
            for variant, weight in (weights or {"AllTraffic": 1.0}).items()
        ]
        sagemaker.create_endpoint_config(EndpointConfigName=f"{name}-config", ProductionVariants=variants, **config)
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=f"{name}-config")

    return make


@pytest.fixture
def make_training_job(sagemaker: Any) -> Callable[..., str]:
    """Creates a training job on so many instances; its ARN."""

    def make(name: str, instances: int = 1) -> str:
        made = sagemaker.create_training_job(
            TrainingJobName=name,
            RoleArn=ROLE,
            AlgorithmSpecification={"TrainingImage": "image:1", "TrainingInputMode": "File"},
            OutputDataConfig={"S3OutputPath": "s3://bucket/out"},
            ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": instances, "VolumeSizeInGB": 10},
            StoppingCondition={"MaxRuntimeInSeconds": 60},
        )
        return str(made["TrainingJobArn"])

    return make
