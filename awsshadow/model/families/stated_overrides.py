"""Defaults that the documentation states irregularly, or that are known of the service from elsewhere."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: List operation -> member of its request -> default. The documentation names a value that the enum has otherwise.
LISTS: dict[str, dict[str, Any]] = {
    "ListPipelineExecutions": {"SortBy": "CreationTime"},
    "ListPipelines": {"SortBy": "CreationTime"},
    "ListWorkteams": {"SortBy": "CreateDate"},
}

#: The service fills these in, as aws-controllers-k8s/sagemaker-controller generator.yaml says.
_TRAINING = dict.fromkeys(
    ("EnableInterContainerTrafficEncryption", "EnableManagedSpotTraining", "EnableNetworkIsolation"), False
)

#: Create operation -> path -> default; None takes away what was read, ``{"of": MEMBER}`` is the value of another
#: member. ``live`` marks what was read back from accounts, as go-to-k/cdk-real-drift records it.
CREATED: dict[str, dict[str, Any]] = {
    "CreateDataQualityJobDefinition": {"StoppingCondition": {"MaxRuntimeInSeconds": 3600}},  # live
    "CreateEndpointConfig": {"EnableNetworkIsolation": False},  # live
    # The name that is displayed is that of the resource, each says.
    "CreateExperiment": {"DisplayName": {"of": "ExperimentName"}},
    "CreateHyperParameterTuningJob": {
        f"{path}.{member}": value
        for path in ("TrainingJobDefinition", "TrainingJobDefinitions.*")
        for member, value in _TRAINING.items()
    },
    "CreateImage": {"DisplayName": {"of": "ImageName"}},
    # Six hours hold for one kind of workforce only.
    "CreateLabelingJob": {"HumanTaskConfig.TaskAvailabilityLifetimeInSeconds": None},
    "CreateModel": {
        "EnableNetworkIsolation": False,  # live
        "PrimaryContainer.Mode": "SingleModel",  # live
        "Containers.*.Mode": "SingleModel",  # live
    },
    # Filled in by the service, as aws-controllers-k8s/sagemaker-controller generator.yaml says.
    "CreateModelPackage": {"CertifyForMarketplace": False},
    "CreateMonitoringSchedule": {
        "MonitoringScheduleConfig.MonitoringJobDefinition.StoppingCondition": {"MaxRuntimeInSeconds": 3600},  # live
    },
    # A heading that the documentation refers to: notebook instances are internet-enabled by default.
    "CreateNotebookInstance": {"DirectInternetAccess": "Enabled"},
    "CreatePipeline": {"PipelineDisplayName": {"of": "PipelineName"}},  # live
    "CreateTrainingJob": _TRAINING,
    # Stated under the condition that the whole record is wanted, which is what leaving it out means.
    "CreateTransformJob": {"DataProcessing.InputFilter": "$", "DataProcessing.OutputFilter": "$"},
    "CreateTrial": {"DisplayName": {"of": "TrialName"}},
    "CreateTrialComponent": {"DisplayName": {"of": "TrialComponentName"}},
}
