"""Members of answers that follow from others, or that the sandbox has to say something for.

A row is shape -> member -> rule. A rule is a value, or text beginning with ``$.`` (a path through
what is known), or text beginning with ``=`` (a format of what is known), or ``First`` of several
paths, or ``By`` a status, or ``Below`` a place, or a function of what is known. What nothing is known
about gets what is true of a service in which nothing runs: counts of zero, and places below the
request's own output location.
"""

from __future__ import annotations

from awsshadow.sandbox.contract import auto_ml_results, service_made, training_progress
from awsshadow.sandbox.contract.service_made import HOST, address
from awsshadow.sandbox.state.records import follow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class First:
    """The first of several paths that leads to something."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def value(self, known: dict[str, Any]) -> Any:
        """What the rule says of a resource."""
        return next((v for path in self.paths if (v := follow(known, path[2:])) is not None), None)


class By:
    """A value by the value of another member; ``other`` when it has no row, None: the same word."""

    def __init__(self, member: str, rows: dict[str, str], other: str | None = None) -> None:
        self.member = member
        self.rows = rows
        self.other = other

    def value(self, known: dict[str, Any]) -> Any:
        """What the rule says of a resource."""
        status = known.get(self.member)
        return self.rows.get(str(status), status if self.other is None else self.other)


class Below:
    """A place below the one that a path leads to: ``s3://bucket/out`` or ``s3://bucket/out/`` and a format."""

    def __init__(self, path: str, form: str) -> None:
        self.path = path
        self.form = form

    def value(self, known: dict[str, Any]) -> Any:
        """What the rule says of a resource."""
        place, rest = follow(known, self.path[2:]), _format(self.form, known)
        return f"{str(place).rstrip('/')}/{rest}" if place and rest else None


if TYPE_CHECKING:
    Rule = str | int | First | By | Below | Callable[[dict[str, Any]], Any] | dict[str, "Rule"]

_ENDPOINT = First(
    "$.DataQualityJobInput.EndpointInput.EndpointName",
    "$.ModelQualityJobInput.EndpointInput.EndpointName",
    "$.ModelBiasJobInput.EndpointInput.EndpointName",
    "$.ModelExplainabilityJobInput.EndpointInput.EndpointName",
)
_LABELS: dict[str, Rule] = dict.fromkeys(
    ("TotalLabeled", "HumanLabeled", "MachineLabeled", "FailedNonRetryableError", "Unlabeled"), 0
)
#: The place that the developer guide names.
_LABELED: dict[str, Rule] = {
    "OutputDatasetS3Uri": Below("$.OutputConfig.S3OutputPath", "{LabelingJobName}/manifests/output/output.manifest")
}
_AUTO_ML: dict[str, Rule] = {
    "AutoMLJobSecondaryStatus": By("AutoMLJobStatus", {"InProgress": "Starting"}),
    "InputDataConfig": "$.AutoMLJobInputDataConfig",
    "AutoMLJobInputDataConfig": "$.InputDataConfig",
}
_AUTO_ML_RESULTS: dict[str, Rule] = {
    **_AUTO_ML,
    "AutoMLJobArtifacts": auto_ml_results.artifacts,
    "AutoMLJobObjective": auto_ml_results.objective,
    "AutoMLProblemTypeConfigName": auto_ml_results.problem_kind,
    "BestCandidate": auto_ml_results.best_candidate,
    "ResolvedAttributes": auto_ml_results.resolved,
}
_SECONDARY = By("TrainingJobStatus", {"InProgress": "Training", "Deleting": "Stopped"})
_TRAINING: dict[str, Rule] = {
    "BillableTimeInSeconds": training_progress.billable_seconds,
    "DebugRuleEvaluationStatuses": training_progress.rule_statuses("DebugRuleConfigurations"),
    "FinalMetricDataList": training_progress.final_metrics,
    "ModelArtifacts": {
        "S3ModelArtifacts": Below("$.OutputDataConfig.S3OutputPath", "{TrainingJobName}/output/model.tar.gz")
    },
    "ProfilerRuleEvaluationStatuses": training_progress.rule_statuses("ProfilerRuleConfigurations"),
    "ProfilingStatus": training_progress.profiling,
    "SecondaryStatus": _SECONDARY,
    "SecondaryStatusTransitions": training_progress.transitions,
    "TrainingTimeInSeconds": training_progress.training_seconds,
}
_JOB = By("JobStatus", {"InProgress": "Executing"})
_MONITORING: dict[str, Rule] = {
    "MonitoringJobDefinitionName": "$.MonitoringScheduleConfig.MonitoringJobDefinitionName",
    "MonitoringType": "$.MonitoringScheduleConfig.MonitoringType",
}
_NOTEBOOK: dict[str, Rule] = {
    "NotebookInstanceLifecycleConfigName": "$.LifecycleConfigName",
    "SecurityGroups": "$.SecurityGroupIds",
    "NetworkInterfaceId": service_made.network_interface,
    "Url": f"={{NotebookInstanceName}}.notebook.{HOST}",
}
#: The version that a new server has; invented in its last part.
_MLFLOW = "3.0.0"
_TRACKING: dict[str, Rule] = {
    "MlflowVersion": _MLFLOW,
    "TrackingServerSize": "Small",
    "TrackingServerUrl": address("https://t-{}.mlflow"),
    "IsActive": By(
        "TrackingServerStatus", dict.fromkeys(("Stopped", "Creating", "CreateFailed"), "Inactive"), "Active"
    ),
}
_STUDIO_URL: dict[str, Rule] = {"Url": f"=https://{{DomainId}}.studio.{HOST}"}
_NODE: dict[str, Rule] = {
    "Placement": service_made.placement,
    "PrivateDnsHostname": service_made.host_name,
    "PrivatePrimaryIp": service_made.private_ip,
}
_PORTAL: dict[str, Rule] = {"SubDomain": address("{}.labeling")}


def _asked_for(*members: str) -> dict[str, Rule]:
    """Members of a cluster that are shown as they are at the moment and as they were asked for: what was asked for."""
    return {f"{when}{member}": f"$.{member}" for member in members for when in ("Current", "Desired")}


def _role_alias(fleet: dict[str, Any]) -> str | None:
    """The name that the documentation of EnableIotRoleAlias says."""
    return f"SageMakerEdge-{fleet['DeviceFleetName']}" if fleet.get("EnableIotRoleAlias") else None


def _experiment(execution: dict[str, Any]) -> dict[str, Any] | None:
    """What an execution was started with in the place of its pipeline's own."""
    return {"MlflowExperimentName": name} if (name := execution.get("MlflowExperimentName")) else None


def _started(job: dict[str, Any]) -> float | None:
    """Jobs start when they are created, unless their status says that they are still starting."""
    return None if job.get("Status") in {"STARTING", "PENDING"} else job.get("CreationTime")


DERIVED: dict[str, dict[str, Rule]] = {
    "AutoMLJobSummary": _AUTO_ML,
    "CompilationJobSummary": {
        "CompilationTargetDevice": "$.OutputConfig.TargetDevice",
        "CompilationTargetPlatformOs": "$.OutputConfig.TargetPlatform.Os",
        "CompilationTargetPlatformAccelerator": "$.OutputConfig.TargetPlatform.Accelerator",
        "CompilationTargetPlatformArch": "$.OutputConfig.TargetPlatform.Arch",
    },
    "ClusterSharedEnvironmentConfigDetails": _asked_for("FSxLustreConfig", "FSxLustreDeletionPolicy"),
    "CreateDomainResponse": _STUDIO_URL,
    "ClusterAutoPatchConfigDetails": _asked_for("PatchSchedule"),
    "ClusterInstanceGroupDetails": _asked_for("ImageId", "ImageReleaseVersion"),
    "ClusterInstanceRequirementDetails": _asked_for("InstanceTypes"),
    "ClusterKubernetesConfigDetails": _asked_for("Labels", "Taints"),
    "ClusterNodeDetails": _NODE,
    "ClusterNodeSummary": _NODE,
    "DescribeAIBenchmarkJobResponse": {"StartTime": "$.CreationTime"},
    "DescribeAIRecommendationJobResponse": {"StartTime": "$.CreationTime"},
    "DescribeAutoMLJobResponse": _AUTO_ML_RESULTS,
    "DescribeAutoMLJobV2Response": _AUTO_ML_RESULTS,
    "DescribeCompilationJobResponse": {
        "ModelArtifacts": {"S3ModelArtifacts": Below("$.OutputConfig.S3OutputLocation", "{CompilationJobName}.tar.gz")},
    },
    "DescribeDeviceFleetResponse": {"IotRoleAlias": _role_alias},
    "DescribeDomainResponse": {
        **_STUDIO_URL,
        "HomeEfsFileSystemId": service_made.file_system,
        "HomeEfsFileSystemKmsKeyId": "$.KmsKeyId",
        "KmsKeyId": "$.HomeEfsFileSystemKmsKeyId",
        "SecurityGroupIdForDomainBoundary": service_made.boundary,
        "SingleSignOnApplicationArn": service_made.sign_on_application,
        "SingleSignOnManagedApplicationInstanceId": service_made.sign_on_instance,
    },
    "DescribeEdgePackagingJobResponse": {
        "ModelArtifact": Below("$.OutputConfig.S3OutputLocation", "{ModelName}-{ModelVersion}.tar.gz"),
    },
    "DescribeExperimentResponse": {"DisplayName": "$.ExperimentName"},
    "DescribeJobResponse": {"SecondaryStatus": _JOB},
    "DescribeLabelingJobResponse": {
        "JobReferenceCode": "={LabelingJobName:.32}",
        "LabelCounters": _LABELS,
        "LabelingJobOutput": _LABELED,
    },
    "DescribeMlflowAppResponse": {"MlflowVersion": _MLFLOW},
    "DescribeMlflowTrackingServerResponse": _TRACKING,
    "DescribeMonitoringScheduleResponse": _MONITORING,
    "DescribeNotebookInstanceOutput": _NOTEBOOK,
    "DescribePartnerAppResponse": {"BaseUrl": address("https://{}.partner-app")},
    "DescribePipelineExecutionResponse": {"MLflowConfig": _experiment},
    "DescribePipelineResponse": {"PipelineDisplayName": "$.PipelineName"},
    "DescribeProjectOutput": {
        "ServiceCatalogProvisionedProductDetails": {"ProvisionedProductId": service_made.identifier("pp-@13")},
        "TemplateProviderDetails": "$.TemplateProviders",
    },
    "DescribeSpaceResponse": {
        "HomeEfsFileSystemUid": service_made.file_system_user,
        "Url": service_made.space_url,
    },
    "DescribeTrainingJobResponse": {**_TRAINING, "StoppingCondition": {"MaxRuntimeInSeconds": 86400}},
    "DescribeTrialComponentResponse": {"DisplayName": "$.TrialComponentName"},
    "DescribeTrialResponse": {"DisplayName": "$.TrialName"},
    "DescribeUserProfileResponse": {"HomeEfsFileSystemUid": service_made.file_system_user},
    "DomainDetails": _STUDIO_URL,
    "Experiment": {"DisplayName": "$.ExperimentName"},
    "ExperimentSummary": {"DisplayName": "$.ExperimentName"},
    "HyperParameterTuningJobSummary": {
        "Strategy": "$.HyperParameterTuningJobConfig.Strategy",
        "ResourceLimits": "$.HyperParameterTuningJobConfig.ResourceLimits",
    },
    "InferenceRecommendationsJob": {
        "ModelName": "$.InputConfig.ModelName",
        "ModelPackageVersionArn": "$.InputConfig.ModelPackageVersionArn",
    },
    "JobSummary": {"JobSecondaryStatus": _JOB},
    "LabelingJobSummary": {
        "LabelCounters": _LABELS,
        "LabelingJobOutput": _LABELED,
        "WorkteamArn": "$.HumanTaskConfig.WorkteamArn",
        "PreHumanTaskLambdaArn": "$.HumanTaskConfig.PreHumanTaskLambdaArn",
    },
    "MonitoringJobDefinitionSummary": {
        "MonitoringJobDefinitionName": "$.JobDefinitionName",
        "MonitoringJobDefinitionArn": "$.JobDefinitionArn",
        "EndpointName": _ENDPOINT,
    },
    "MonitoringScheduleSummary": _MONITORING,
    "NotebookInstanceSummary": _NOTEBOOK,
    "Pipeline": {"PipelineDisplayName": "$.PipelineName"},
    "PipelineSummary": {"PipelineDisplayName": "$.PipelineName"},
    "SpaceDetails": {
        "OwnershipSettingsSummary": "$.OwnershipSettings",
        "SpaceSettingsSummary": "$.SpaceSettings",
        "SpaceSharingSettingsSummary": "$.SpaceSharingSettings",
    },
    "TemplateProviderDetail": {"CfnTemplateProviderDetail": "$.CfnTemplateProvider"},
    "TrackingServerSummary": _TRACKING,
    "TrainingJob": _TRAINING,
    "TrainingJobSummary": {"SecondaryStatus": _SECONDARY, "TrainingPlanArn": "$.ResourceConfig.TrainingPlanArn"},
    "Trial": {"DisplayName": "$.TrialName"},
    "TrialComponent": {"DisplayName": "$.TrialComponentName"},
    "TrialComponentSummary": {"DisplayName": "$.TrialComponentName"},
    "TrialSummary": {"DisplayName": "$.TrialName"},
    "Workforce": _PORTAL,
    "Workteam": {**_PORTAL, "WorkforceArn": service_made.sibling_arn("workforce", "WorkforceName")},
}
#: The same for a member of every shape that shows a whole resource.
ANYWHERE: dict[str, Rule] = {
    "CompilationStartTime": _started,
    "CreatedBy": service_made.caller,
    "LastModifiedBy": service_made.caller,
    "OptimizationStartTime": _started,
    "ProcessingStartTime": _started,
    "TrainingStartTime": _started,
    "TransformStartTime": _started,
}


def derive(shape: str, member: str, known: dict[str, Any]) -> Any:
    """The value of a member that is not known by its own name; None when there is no row."""
    rule = (DERIVED.get(shape) or {}).get(member)
    if rule is None and "_family" in known:
        rule = ANYWHERE.get(member)
    return None if rule is None else _value(rule, known)


def _value(rule: Rule | None, known: dict[str, Any]) -> Any:
    """What a rule says of a resource."""
    if isinstance(rule, (By, Below, First)):
        return rule.value(known)
    if isinstance(rule, dict):
        return {member: _value(inner, known) for member, inner in rule.items()}
    if isinstance(rule, str) and rule.startswith("$."):
        return follow(known, rule[2:])
    if callable(rule):
        try:
            return rule(known)
        except KeyError:  # what it follows from is not known either
            return None
    return _format(rule[1:], known) if isinstance(rule, str) and rule.startswith("=") else rule


def _format(text: str, known: dict[str, Any]) -> str | None:
    """The text filled in; None when something in it is not known."""
    try:
        return text.format_map(known)
    except (KeyError, TypeError):
        return None
