"""Members of answers that follow from others, or that the sandbox has to say something for.

A row is shape -> member -> rule. A rule is a value, or text beginning with ``$.`` (a path through
what is known), or text beginning with ``=`` (a format of what is known), or ``First`` of several
paths, or ``By`` a status. What nothing is known about gets what is true of a service in which
nothing runs: counts of zero, and places below the request's own output location.
"""

from __future__ import annotations

from awsshadow.sandbox.state.records import follow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class First:
    """The first of several paths that leads to something."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths


class By:
    """A value by the value of another member; ``other`` when it has no row, None: the same word."""

    def __init__(self, member: str, rows: dict[str, str], other: str | None = None) -> None:
        self.member = member
        self.rows = rows
        self.other = other


if TYPE_CHECKING:
    Rule = str | int | First | By | dict[str, "Rule"]

_ENDPOINT = First(
    "$.DataQualityJobInput.EndpointInput.EndpointName",
    "$.ModelQualityJobInput.EndpointInput.EndpointName",
    "$.ModelBiasJobInput.EndpointInput.EndpointName",
    "$.ModelExplainabilityJobInput.EndpointInput.EndpointName",
)
_LABELS: dict[str, Rule] = dict.fromkeys(
    ("TotalLabeled", "HumanLabeled", "MachineLabeled", "FailedNonRetryableError", "Unlabeled"), 0
)
_AUTO_ML: dict[str, Rule] = {
    "AutoMLJobSecondaryStatus": By("AutoMLJobStatus", {"InProgress": "Starting"}),
    "InputDataConfig": "$.AutoMLJobInputDataConfig",
    "AutoMLJobInputDataConfig": "$.InputDataConfig",
}
_TRAINING = By("TrainingJobStatus", {"InProgress": "Training", "Deleting": "Stopped"})
_JOB = By("JobStatus", {"InProgress": "Executing"})
_MONITORING: dict[str, Rule] = {
    "MonitoringJobDefinitionName": "$.MonitoringScheduleConfig.MonitoringJobDefinitionName",
    "MonitoringType": "$.MonitoringScheduleConfig.MonitoringType",
}
_NOTEBOOK: dict[str, Rule] = {
    "NotebookInstanceLifecycleConfigName": "$.LifecycleConfigName",
    "SecurityGroups": "$.SecurityGroupIds",
    "Url": "={NotebookInstanceName}.notebook.sandbox.invalid",
}
_TRACKING: dict[str, Rule] = {
    "IsActive": By("TrackingServerStatus", dict.fromkeys(("Stopped", "Creating", "CreateFailed"), "Inactive"), "Active")
}
_STUDIO_URL: dict[str, Rule] = {"Url": "=https://{DomainId}.studio.sandbox.invalid"}

DERIVED: dict[str, dict[str, Rule]] = {
    "AutoMLJobSummary": _AUTO_ML,
    "CompilationJobSummary": {
        "CompilationTargetDevice": "$.OutputConfig.TargetDevice",
        "CompilationTargetPlatformOs": "$.OutputConfig.TargetPlatform.Os",
        "CompilationTargetPlatformArch": "$.OutputConfig.TargetPlatform.Arch",
    },
    "CreateDomainResponse": _STUDIO_URL,
    "DescribeAutoMLJobResponse": _AUTO_ML,
    "DescribeAutoMLJobV2Response": _AUTO_ML,
    "DescribeCompilationJobResponse": {
        "ModelArtifacts": {"S3ModelArtifacts": "={OutputConfig[S3OutputLocation]}/{CompilationJobName}.tar.gz"},
    },
    "DescribeDomainResponse": _STUDIO_URL,
    "DescribeJobResponse": {"SecondaryStatus": _JOB},
    "DescribeLabelingJobResponse": {"JobReferenceCode": "={LabelingJobName:.32}", "LabelCounters": _LABELS},
    "DescribeMlflowTrackingServerResponse": _TRACKING,
    "DescribeMonitoringScheduleResponse": _MONITORING,
    "DescribeNotebookInstanceOutput": _NOTEBOOK,
    "DescribeTrainingJobResponse": {
        "ModelArtifacts": {
            "S3ModelArtifacts": "={OutputDataConfig[S3OutputPath]}/{TrainingJobName}/output/model.tar.gz"
        },
        "SecondaryStatus": _TRAINING,
        "StoppingCondition": {"MaxRuntimeInSeconds": 86400},
    },
    "DomainDetails": _STUDIO_URL,
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
    "SpaceDetails": {
        "OwnershipSettingsSummary": "$.OwnershipSettings",
        "SpaceSettingsSummary": "$.SpaceSettings",
        "SpaceSharingSettingsSummary": "$.SpaceSharingSettings",
    },
    "TrackingServerSummary": _TRACKING,
    "TrainingJob": {"SecondaryStatus": _TRAINING},
    "TrainingJobSummary": {"SecondaryStatus": _TRAINING, "TrainingPlanArn": "$.ResourceConfig.TrainingPlanArn"},
}


def derive(shape: str, member: str, known: dict[str, Any]) -> Any:
    """The value of a member that is not known by its own name; None when there is no row."""
    rows = DERIVED.get(shape)
    return _value(rows.get(member), known) if rows else None


def _value(rule: Rule | None, known: dict[str, Any]) -> Any:
    """What a rule says of a resource."""
    if isinstance(rule, First):
        return next((v for path in rule.paths if (v := _value(path, known)) is not None), None)
    if isinstance(rule, By):
        status = known.get(rule.member)
        return rule.rows.get(str(status), status if rule.other is None else rule.other)
    if isinstance(rule, dict):
        return {member: _value(inner, known) for member, inner in rule.items()}
    if isinstance(rule, str) and rule.startswith("$."):
        return follow(known, rule[2:])
    return _format(rule[1:], known) if isinstance(rule, str) and rule.startswith("=") else rule


def _format(text: str, known: dict[str, Any]) -> str | None:
    """The text filled in; None when something in it is not known."""
    try:
        return text.format_map(known)
    except (KeyError, TypeError):
        return None
