"""Which function serves which operation: the one place that imports the modules of ``operations``.

The family table serves what it can. What needs more has a row here, or one in ``empty_lists``. What none of these
names came with a newer model and is served by what that says of it. A module is imported when one of its operations
is asked for, which keeps a single call as fast as it can be.
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

    from awsshadow.sandbox.engine.request import Request, View

    #: Takes a checked request, answers what is known; ``service`` cuts that to the output shape. Raises Refusal.
    Serve = Callable[[Request], View]

#: Module of ``operations`` -> operation -> the function there that serves it.
MODULES: dict[str, dict[str, str]] = {
    "auto_ml_jobs": {
        "ListCandidatesForAutoMLJob": "list_candidates",
    },
    "cluster_nodes": {
        "DescribeClusterNode": "describe_node",
        "ListClusterNodes": "list_nodes",
        "BatchAddClusterNodes": "add_nodes",
        "BatchDeleteClusterNodes": "delete_nodes",
        "BatchRebootClusterNodes": "reboot_nodes",
        "BatchReplaceClusterNodes": "replace_nodes",
        "MoveClusterNodes": "move_nodes",
        "AttachClusterNodeVolume": "attach_volume",
        "DetachClusterNodeVolume": "detach_volume",
        "AttachClusterNodeNetworkInterface": "attach_interface",
    },
    "clusters": {
        "CreateCluster": "create",
        "UpdateCluster": "update",
        "DeleteCluster": "delete",
        "UpdateClusterSoftware": "update_software",
        "StartClusterHealthCheck": "health_check",
        "ListClusterEvents": "list_events",
        "DescribeClusterEvent": "describe_event",
        "ListClusterOperations": "list_operations",
        "DescribeClusterOperation": "describe_operation",
        "CreateClusterExtension": "create_extension",
    },
    "edge_devices": {
        "RegisterDevices": "register",
        "DeregisterDevices": "deregister",
        "UpdateDevices": "update_devices",
        "GetDeviceFleetReport": "report",
        "CreateEdgeDeploymentPlan": "create_plan",
        "CreateEdgeDeploymentStage": "add_stages",
        "DeleteEdgeDeploymentStage": "delete_stage",
        "StartEdgeDeploymentStage": "start_stage",
        "StopEdgeDeploymentStage": "stop_stage",
        "ListStageDevices": "stage_devices",
    },
    "endpoints": {
        "CreateEndpoint": "create",
        "UpdateEndpoint": "update",
        "UpdateEndpointWeightsAndCapacities": "update_weights",
        "CreateInferenceComponent": "create_component",
        "UpdateInferenceComponent": "update_component",
        "UpdateInferenceComponentRuntimeConfig": "update_component",
        "PutEndpointPolicy": "put_policy",
        "GetEndpointPolicy": "get_policy",
        "DeleteEndpointPolicy": "delete_policy",
    },
    "feature_groups": {
        "CreateFeatureGroup": "create",
        "UpdateFeatureGroup": "update",
        "DescribeFeatureMetadata": "describe_feature",
        "UpdateFeatureMetadata": "update_feature",
    },
    "hub_contents": {
        "ImportHubContent": "import_content",
        "CreateHubContentReference": "add_reference",
        "DescribeHubContent": "describe",
        "UpdateHubContent": "update",
        "UpdateHubContentReference": "update_reference",
        "DeleteHubContent": "delete",
        "DeleteHubContentReference": "delete_reference",
        "ListHubContents": "contents",
        "ListHubContentVersions": "content_versions",
        "CreateHubContentPresignedUrls": "presign",
    },
    "image_versions": {
        "CreateImageVersion": "create",
        "DescribeImageVersion": "describe",
        "UpdateImageVersion": "update",
        "DeleteImageVersion": "delete",
        "ListAliases": "aliases",
    },
    "inference_experiments": {
        "CreateInferenceExperiment": "create",
        "DescribeInferenceExperiment": "describe",
        "UpdateInferenceExperiment": "update",
        "StartInferenceExperiment": "start",
        "StopInferenceExperiment": "stop",
        "DeleteInferenceExperiment": "delete",
    },
    "job_schemas": {
        "DescribeJobSchemaVersion": "describe",
        "ListJobSchemaVersions": "list_versions",
    },
    "labeling_jobs": {
        "ListLabelingJobsForWorkteam": "of_work_team",
        "DescribeSubscribedWorkteam": "describe_subscription",
    },
    "lineage": {
        "AddAssociation": "add",
        "DeleteAssociation": "delete",
        "ListAssociations": "list_associations",
        "QueryLineage": "query",
        "DeleteArtifact": "delete_artifact",
        "AssociateTrialComponent": "associate",
        "DisassociateTrialComponent": "disassociate",
        "ListTrials": "list_trials",
        "ListTrialComponents": "list_components",
        "DescribeLineageGroup": "describe_group",
        "ListLineageGroups": "list_groups",
        "GetLineageGroupPolicy": "group_policy",
    },
    "model_cards": {
        "CreateModelCard": "create",
        "UpdateModelCard": "update",
        "DescribeModelCard": "describe",
        "DeleteModelCard": "delete",
        "ListModelCardVersions": "versions",
        "CreateModelCardExportJob": "export",
    },
    "model_packages": {
        "CreateModelPackage": "create",
        "UpdateModelPackage": "update",
        "BatchDescribeModelPackage": "describe_many",
        "ListModelPackages": "list_packages",
        "PutModelPackageGroupPolicy": "put_policy",
        "GetModelPackageGroupPolicy": "get_policy",
        "DeleteModelPackageGroupPolicy": "delete_policy",
    },
    "monitoring": {
        "CreateMonitoringSchedule": "create",
        "UpdateMonitoringSchedule": "update",
        "ListMonitoringAlerts": "alerts",
        "UpdateMonitoringAlert": "update_alert",
    },
    "pipeline_executions": {
        "DescribePipelineExecution": "describe",
        "StartPipelineExecution": "start",
        "StopPipelineExecution": "stop",
        "RetryPipelineExecution": "retry",
        "ListPipelineExecutions": "list_executions",
        "ListPipelineExecutionSteps": "steps",
        "ListPipelineParametersForExecution": "parameters",
        "DescribePipelineDefinitionForExecution": "definition",
        "SendPipelineExecutionStepSuccess": "succeed",
        "SendPipelineExecutionStepFailure": "fail",
    },
    "pipelines": {
        "CreatePipeline": "create",
        "UpdatePipeline": "update",
        "DescribePipeline": "describe",
        "ListPipelineVersions": "list_versions",
        "UpdatePipelineVersion": "update_version",
    },
    "portfolio": {
        "EnableSagemakerServicecatalogPortfolio": "enable",
        "DisableSagemakerServicecatalogPortfolio": "disable",
        "GetSagemakerServicecatalogPortfolioStatus": "status",
    },
    "tuning_jobs": {
        "CreateHyperParameterTuningJob": "create",
        "DescribeHyperParameterTuningJob": "describe",
        "ListHyperParameterTuningJobs": "list_jobs",
        "StopHyperParameterTuningJob": "stop",
        "ListTrainingJobsForHyperParameterTuningJob": "training_jobs",
    },
    "presigned_urls": {
        "CreatePresignedDomainUrl": "domain",
        "CreatePresignedNotebookInstanceUrl": "notebook",
        "CreatePresignedMlflowTrackingServerUrl": "tracking_server",
        "CreatePresignedMlflowAppUrl": "by_arn",
        "CreatePartnerAppPresignedUrl": "by_arn",
        "StartSession": "session",
    },
    "scaling_recommendations": {
        "GetScalingConfigurationRecommendation": "recommend",
    },
    "search": {
        "Search": "search",
        "GetSearchSuggestions": "suggestions",
    },
    "tags": {
        "AddTags": "add",
        "DeleteTags": "delete",
        "ListTags": "list_tags",
    },
    "task_governance": {
        "CreateClusterSchedulerConfig": "create",
        "UpdateClusterSchedulerConfig": "update",
        "CreateComputeQuota": "create",
        "UpdateComputeQuota": "update",
    },
    "training_plans": {
        "SearchTrainingPlanOfferings": "search",
        "CreateTrainingPlan": "create",
        "DescribeTrainingPlan": "describe",
        "ListTrainingPlans": "list_plans",
        "ExtendTrainingPlan": "extend",
        "DescribeTrainingPlanExtensionHistory": "extensions",
        "DescribeReservedCapacity": "describe_capacity",
        "ListUltraServersByReservedCapacity": "ultra_servers",
    },
    "ui_templates": {
        "RenderUiTemplate": "render",
    },
}

_HANDLERS = {
    operation: (module, function) for module, functions in MODULES.items() for operation, function in functions.items()
}


def route(operation: str) -> tuple[str, Serve]:
    """How an operation is served (``handler``, ``empty list``, ``stateful``, ``inferred``) and by what."""
    how = kind(operation)
    serve: Serve
    if how == "handler":
        serve = _load(*_HANDLERS[operation])
    elif how == "empty list":
        serve = empty
    elif how == "stateful":
        found = families.find(operation)
        assert found
        serve = lifecycle.ROLES[found[1]]
    else:
        from awsshadow.sandbox.engine import inferred

        serve = inferred.serve
    return how, serve


#: What a step of a plan does to other resources: the word that is kept -> (module, function). Words
#: are in files that people keep, so they stay when code is renamed, and none is ever taken away.
EFFECTS: dict[str, tuple[str, str]] = {
    "inference-experiment-starts": ("inference_experiments", "deploy"),
    "inference-experiment-stops": ("inference_experiments", "undeploy"),
    "pipeline-job-ends": ("pipeline_steps", "job_ended"),
    "pipeline-step-begins": ("pipeline_steps", "begin_next"),
    "pipeline-step-ends": ("pipeline_steps", "end_step"),
    "pipeline-stops": ("pipeline_steps", "stop_step"),
    "tuning-round-ends": ("tuning_jobs", "end_round"),
}
#: Those that make requests of their own; they take what submits these as ``submit``.
SUBMITTING = frozenset({"pipeline-job-ends", "pipeline-step-begins", "pipeline-step-ends", "pipeline-stops"})


def effect(word: str) -> Callable[..., None]:
    """The function behind a kept word. Raises KeyError for a word that no version knows."""
    found: Callable[..., None] = _load(*EFFECTS[word])
    return found


def _load(module: str, function: str) -> Any:
    return getattr(import_module(f"awsshadow.sandbox.operations.{module}"), function)


def kind(operation: str) -> str:
    """``handler``, ``empty list``, ``stateful`` or ``inferred``, without importing anything.

    What is inferred can be served once ``families.learn`` was given the model that has it.
    """
    if operation in _HANDLERS:
        return "handler"
    if operation in EMPTY:
        return "empty list"
    return "stateful" if families.is_packaged(operation) else "inferred"


def served_by(operation: str) -> str:
    """The module or family that serves an operation, or the families it is about; empty for none."""
    if operation in _HANDLERS:
        return _HANDLERS[operation][0]
    found = families.find(operation)
    return found[0].title if found else ", ".join(dict.fromkeys(families.action(operation).get("names", {}).values()))
