"""Requests that name another resource, which has to exist.

Only what the service is known to check is here; names it takes on trust (roles, buckets, images)
are taken on trust. A row is ``path = family``; ``path`` leads through the request, ``*`` through
a list.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.sandbox.engine.request import Request

REFERENCES: dict[str, dict[str, str]] = {
    "CreateApp": {"DomainId": "Domain"},
    "CreateClusterExtension": {"ClusterArn": "Cluster"},
    "CreateClusterSchedulerConfig": {"ClusterArn": "Cluster"},
    "CreateComputeQuota": {"ClusterArn": "Cluster"},
    "CreateEdgeDeploymentPlan": {"DeviceFleetName": "DeviceFleet"},
    "CreateEdgePackagingJob": {"CompilationJobName": "CompilationJob"},
    "CreateEndpoint": {"EndpointConfigName": "EndpointConfig"},
    "CreateEndpointConfig": {
        "ProductionVariants.*.ModelName": "Model",
        "ShadowProductionVariants.*.ModelName": "Model",
    },
    "CreateImageVersion": {"ImageName": "Image"},
    "CreateInferenceComponent": {"EndpointName": "Endpoint", "Specification.ModelName": "Model"},
    "CreateInferenceExperiment": {"ModelVariants.*.ModelName": "Model"},
    "CreateModelCardExportJob": {"ModelCardName": "ModelCard"},
    "CreateModelPackage": {"ModelPackageGroupName": "ModelPackageGroup"},
    "CreateSpace": {"DomainId": "Domain"},
    "CreateTransformJob": {"ModelName": "Model"},
    "CreateTrial": {"ExperimentName": "Experiment"},
    "CreateUserProfile": {"DomainId": "Domain"},
    "ImportHubContent": {"HubName": "Hub"},
    "UpdateEndpoint": {"EndpointConfigName": "EndpointConfig"},
}


def check_references(request: Request) -> None:
    """Raise Refusal, as the family of the missing resource does, when the request names one."""
    for path, title in REFERENCES.get(request.operation, {}).items():
        for key in found(dict(request.params), path.split(".")):
            request.need(title, key)


def found(value: Any, path: list[str]) -> Iterator[str]:
    """The texts a path leads to."""
    if not path:
        if isinstance(value, str):
            yield value
    elif path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from found(item, path[1:])
    elif isinstance(value, dict):
        yield from found(value.get(path[0]), path[1:])
