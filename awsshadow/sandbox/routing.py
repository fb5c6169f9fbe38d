"""Which function serves which operation: the one place that imports the special modules.

The family table serves what it can. What needs more has a row here, and so has everything the
sandbox can only answer with an empty list or has to refuse. A module is imported when one of its
operations is asked for, which keeps a single call as fast as it can be.
"""

from __future__ import annotations

from importlib import import_module

from awsshadow.model import families
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.empty_lists import EMPTY, empty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.engine.request import Request

    #: Takes a checked request, answers what is known; ``core`` cuts that to the output shape. Raises Refusal.
    Serve = Callable[[Request], dict[str, Any] | None]

#: Module -> the operations it serves. A module has a dict OPERATIONS with these names.
MODULES: dict[str, tuple[str, ...]] = {
    "account": (
        "EnableSagemakerServicecatalogPortfolio",
        "DisableSagemakerServicecatalogPortfolio",
        "GetSagemakerServicecatalogPortfolioStatus",
        "CreateClusterSchedulerConfig",
        "UpdateClusterSchedulerConfig",
        "CreateComputeQuota",
        "UpdateComputeQuota",
        "ListLabelingJobsForWorkteam",
    ),
    "model_cards": (
        "CreateModelCard",
        "UpdateModelCard",
        "DescribeModelCard",
        "DeleteModelCard",
        "ListModelCardVersions",
        "CreateModelCardExportJob",
    ),
    "clusters": (
        "CreateCluster",
        "UpdateCluster",
        "DeleteCluster",
        "UpdateClusterSoftware",
        "StartClusterHealthCheck",
        "ListClusterEvents",
        "DescribeClusterEvent",
        "ListClusterOperations",
        "DescribeClusterOperation",
        "CreateClusterExtension",
    ),
    "edge_devices": (
        "RegisterDevices",
        "DeregisterDevices",
        "UpdateDevices",
        "GetDeviceFleetReport",
        "CreateEdgeDeploymentPlan",
        "CreateEdgeDeploymentStage",
        "DeleteEdgeDeploymentStage",
        "StartEdgeDeploymentStage",
        "StopEdgeDeploymentStage",
        "ListStageDevices",
    ),
    "endpoints": (
        "CreateEndpoint",
        "UpdateEndpoint",
        "UpdateEndpointWeightsAndCapacities",
        "CreateInferenceComponent",
        "UpdateInferenceComponent",
        "UpdateInferenceComponentRuntimeConfig",
        "PutEndpointPolicy",
        "GetEndpointPolicy",
        "DeleteEndpointPolicy",
    ),
    "pipeline_executions": (
        "StartPipelineExecution",
        "StopPipelineExecution",
        "RetryPipelineExecution",
        "ListPipelineExecutions",
        "ListPipelineExecutionSteps",
        "ListPipelineParametersForExecution",
        "DescribePipelineDefinitionForExecution",
        "SendPipelineExecutionStepSuccess",
        "SendPipelineExecutionStepFailure",
    ),
    "inference_experiments": (
        "CreateInferenceExperiment",
        "DescribeInferenceExperiment",
        "UpdateInferenceExperiment",
        "StartInferenceExperiment",
        "StopInferenceExperiment",
        "DeleteInferenceExperiment",
    ),
    "feature_groups": (
        "CreateFeatureGroup",
        "UpdateFeatureGroup",
        "DescribeFeatureMetadata",
        "UpdateFeatureMetadata",
    ),
    "hub_contents": (
        "ImportHubContent",
        "CreateHubContentReference",
        "DescribeHubContent",
        "UpdateHubContent",
        "UpdateHubContentReference",
        "DeleteHubContent",
        "DeleteHubContentReference",
        "ListHubContents",
        "ListHubContentVersions",
        "CreateHubContentPresignedUrls",
    ),
    "lineage": (
        "AddAssociation",
        "DeleteAssociation",
        "ListAssociations",
        "QueryLineage",
        "DeleteArtifact",
        "AssociateTrialComponent",
        "DisassociateTrialComponent",
        "ListTrials",
        "ListTrialComponents",
        "DescribeLineageGroup",
        "ListLineageGroups",
        "GetLineageGroupPolicy",
    ),
    "monitoring": (
        "CreateMonitoringSchedule",
        "UpdateMonitoringSchedule",
        "ListMonitoringAlerts",
        "UpdateMonitoringAlert",
    ),
    "cluster_nodes": (
        "DescribeClusterNode",
        "ListClusterNodes",
        "BatchAddClusterNodes",
        "BatchDeleteClusterNodes",
        "BatchRebootClusterNodes",
        "BatchReplaceClusterNodes",
        "AttachClusterNodeVolume",
        "DetachClusterNodeVolume",
        "AttachClusterNodeNetworkInterface",
    ),
    "model_packages": (
        "CreateModelPackage",
        "UpdateModelPackage",
        "BatchDescribeModelPackage",
        "ListModelPackages",
        "PutModelPackageGroupPolicy",
        "GetModelPackageGroupPolicy",
        "DeleteModelPackageGroupPolicy",
        "CreateImageVersion",
        "DescribeImageVersion",
        "UpdateImageVersion",
        "DeleteImageVersion",
        "ListAliases",
    ),
    "pipelines": (
        "CreatePipeline",
        "UpdatePipeline",
        "DescribePipeline",
        "ListPipelineVersions",
        "UpdatePipelineVersion",
    ),
    "search": (
        "Search",
        "GetSearchSuggestions",
    ),
    "tags": (
        "AddTags",
        "DeleteTags",
        "ListTags",
    ),
    "presigned_urls": (
        "CreatePresignedDomainUrl",
        "CreatePresignedNotebookInstanceUrl",
        "CreatePresignedMlflowTrackingServerUrl",
        "CreatePresignedMlflowAppUrl",
        "CreatePartnerAppPresignedUrl",
    ),
}

#: Operation -> why the sandbox does not simulate it.
REFUSED: dict[str, str] = {
    "DescribeJobSchemaVersion": "the schemas of job configurations are the service's own and not published",
    "DescribeReservedCapacity": "capacity comes with bought training plans, which the sandbox does not sell",
    "DescribeSubscribedWorkteam": "work teams are subscribed to in the AWS Marketplace, which is not here",
    "ExtendTrainingPlan": "offerings to extend training plans are made by the service",
    "GetScalingConfigurationRecommendation": "a recommendation would have to be made up: nothing was measured",
    "ListJobSchemaVersions": "the schemas of job configurations are the service's own and not published",
    "ListUltraServersByReservedCapacity": "capacity comes with bought training plans, which the sandbox does not sell",
    "RenderUiTemplate": "rendering a template needs the service's own template engine",
    "SearchTrainingPlanOfferings": "offerings and their prices are made by the service",
    "StartSession": "a session needs a machine to connect to, and none runs here",
}

#: Why an operation is refused that the model has and no table knows: it came with a newer model.
UNKNOWN = "this version does not know it"

_MODULE_OF = {operation: module for module, operations in MODULES.items() for operation in operations}


def route(operation: str) -> tuple[str, Serve | None]:
    """How an operation is served (``handler``, ``empty list``, ``refused``, ``stateful``) and by what."""
    how = kind(operation)
    if how == "refused":
        return how, None
    if how == "handler":
        serve: Serve = _load(_MODULE_OF[operation]).OPERATIONS[operation]
    elif how == "empty list":
        serve = empty
    else:
        found = families.find(operation)
        assert found
        serve = lifecycle.ROLES[found[1]]
    return how, serve


#: What a step of a plan does to other resources: the word that is kept -> (module, function). Words
#: are in files that people keep, so they stay when code is renamed, and none is ever taken away.
EFFECTS: dict[str, tuple[str, str]] = {
    "inference-experiment-starts": ("inference_experiments", "deploy"),
    "inference-experiment-stops": ("inference_experiments", "undeploy"),
    "pipeline-step-ends": ("pipeline_executions", "advance"),
}


def effect(word: str) -> Callable[..., None]:
    """The function behind a kept word. Raises KeyError for a word that no version knows."""
    module, function = EFFECTS[word]
    found: Callable[..., None] = getattr(_load(module), function)
    return found


def _load(module: str) -> Any:
    return import_module(f"awsshadow.sandbox.operations.{module}")


def kind(operation: str) -> str:
    """``handler``, ``empty list``, ``refused`` or ``stateful``, without importing anything."""
    if operation in _MODULE_OF:
        return "handler"
    if operation in EMPTY:
        return "empty list"
    return "stateful" if families.find(operation) and operation not in REFUSED else "refused"


def reason(operation: str) -> str:
    """Why an operation is refused, empty when it is not."""
    return REFUSED.get(operation, UNKNOWN) if kind(operation) == "refused" else ""


def served_by(operation: str) -> str:
    """The module or family that serves an operation, empty for none."""
    found = families.find(operation)
    return _MODULE_OF.get(operation) or (found[0].title if found else "")
