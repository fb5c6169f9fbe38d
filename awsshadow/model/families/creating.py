"""How what the create operation of a family takes is found in its description, where the names do not say it.

Paths are of the create operation's input, ``[]`` for any element of a list. What is said here is in the model's
documentation of the two members.
"""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.model.families.describing import typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]

#: What is done with the value that is found: kept, cut to the name an ARN ends in, or true because it is there.
KEPT, NAME, PRESENT = "kept", "name", "present"


class Source:
    """The member of a description, next to where the member of the input would stand, that has its value.

    ``path`` may lead into structures: ``EndpointMetadata.EndpointName``.
    """

    __slots__ = ("how", "path")

    def __init__(self, path: str, how: str = KEPT) -> None:
        self.path = path.split(".")
        self.how = how

    def value(self, described: Any) -> Any:
        """The value, None where there is none."""
        for member in self.path:
            described = described.get(member) if isinstance(described, dict) else None
        if described is None or self.how == KEPT:
            return described
        return True if self.how == PRESENT else _name_in(str(described))


def _name_in(arn: str) -> str:
    """``w`` of ``arn:aws:sagemaker:us-east-1:123456789012:workforce/w``; of a nested ARN the first name."""
    return [*arn.split(":", 5)[-1].split("/"), arn][1]


class Asked:
    """A list operation that says what a description does not: the member of the input is its member ``result``.

    ``parameters``: member of its input -> where its value stands in the description. Pages go on by ``NextToken``.
    """

    __slots__ = ("operation", "parameters", "result")

    def __init__(self, operation: str, result: str, parameters: dict[str, Source]) -> None:
        self.operation = operation
        self.result = result
        self.parameters = parameters


#: What stands before the name of a member that shows what was asked for, beside what there is at the moment.
DESIRED = "Desired"

#: CurrentCount is how many there are at the moment, TargetCount how many were asked for.
_GROUPS = {
    "InstanceGroups[].InstanceCount": Source("TargetCount"),
    "InstanceGroups[].MinInstanceCount": Source("MinCount"),
    "RestrictedInstanceGroups[].InstanceCount": Source("TargetCount"),
}
_COMPONENT = {
    f"{path}.Container.Image": Source("DeployedImage.SpecifiedImage") for path in ("Specification", "Specifications[]")
}

#: Family -> path -> where its value is, beside members of the same name and those that are called ``Desired`` first.
TAKEN_FROM: dict[str, dict[str, Source]] = {
    "Cluster": _GROUPS,
    "DeviceFleet": {"EnableIotRoleAlias": Source("IotRoleAlias", PRESENT)},
    "Endpoint": {"DeploymentConfig": Source("LastDeploymentConfig")},
    "ImageVersion": {"ImageName": Source("ImageArn", NAME)},
    "InferenceComponent": _COMPONENT,
    "InferenceExperiment": {"EndpointName": Source("EndpointMetadata.EndpointName")},
    "NotebookInstance": {
        "SecurityGroupIds": Source("SecurityGroups"),
        "LifecycleConfigName": Source("NotebookInstanceLifecycleConfigName"),
    },
    "PipelineExecution": {
        "PipelineName": Source("PipelineArn", NAME),
        "MlflowExperimentName": Source("MLflowConfig.MlflowExperimentName"),
    },
    "Project": {
        "TemplateProviders": Source("TemplateProviderDetails"),
        "TemplateProviders[].CfnTemplateProvider": Source("CfnTemplateProviderDetail"),
    },
    "Workteam": {"WorkforceName": Source("WorkforceArn", NAME)},
}

#: Family -> member of the input -> the list that it is asked of.
ASKED_OF: dict[str, dict[str, Asked]] = {
    "ImageVersion": {
        "Aliases": Asked(
            "ListAliases", "SageMakerImageVersionAliases",
            {"ImageName": Source("ImageArn", NAME), "Version": Source("Version")},
        )
    },
    "PipelineExecution": {
        "PipelineParameters": Asked(
            "ListPipelineParametersForExecution", "PipelineParameters",
            {"PipelineExecutionArn": Source("PipelineExecutionArn")},
        )
    },
}  # fmt: skip

#: Family -> member of the input that is left out where the description has another one, since both would be refused.
LEFT_OUT_BESIDE: dict[str, dict[str, str]] = {
    "Domain": {"HomeEfsFileSystemKmsKeyId": "KmsKeyId"},
    "ModelPackage": {"ModelPackageName": "ModelPackageGroupName"},
}

#: Family -> members of the input that the service fills in itself.
SERVICE_MADE: dict[str, frozenset[str]] = {
    "FeatureGroup": frozenset(("OfflineStoreConfig.S3StorageConfig.ResolvedOutputS3Uri",)),
}

#: Lists whose order says nothing: members by name, at any depth.
UNORDERED = frozenset(
    ("AdditionalCodeRepositories", "SecurityGroupIds", "SecurityGroups", "Subnets", "SubnetIds", "Tags")
)


def creatable(*, learnt: bool = False) -> dict[str, Family]:
    """The families whose resources can be described and created, by the name they are typed as.

    Those that were ``learnt`` of a newer model are among them on request.
    """
    found = (f for f in families.table().values() if f.operation("create") and f.operation("describe"))
    return {typed(f): f for f in found if learnt or families.is_packaged(f.operation("describe") or "")}
