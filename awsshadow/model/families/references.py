"""Which members of a request name another resource.

A row is ``path = family``. ``path`` leads through the request: ``*`` through a list, ``**`` to any depth. A row is
here when its name leaves no doubt which family is meant, or the model's documentation says that it has to exist.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: Settings of domains, user profiles and spaces.
_STUDIO = {
    "**.CustomImages.*.AppImageConfigName": "AppImageConfig",
    "**.CustomImages.*.ImageName": "Image",
    "**.LifecycleConfigArn": "StudioLifecycleConfig",
    "**.LifecycleConfigArns.*": "StudioLifecycleConfig",
    "**.SageMakerImageArn": "Image",
    "**.SageMakerImageVersionArn": "ImageVersion",
}
#: The documentation asks for an existing experiment and an existing trial.
_EXPERIMENT = {"ExperimentConfig.ExperimentName": "Experiment", "ExperimentConfig.TrialName": "Trial"}
_COMPONENT = {
    f"{path}.{member}": title
    for path in ("Specification", "Specifications.*")
    for member, title in (("ModelName", "Model"), ("BaseInferenceComponentName", "InferenceComponent"))
}
_NOTEBOOK = {
    "AdditionalCodeRepositories.*": "CodeRepository",
    "DefaultCodeRepository": "CodeRepository",
    "LifecycleConfigName": "NotebookInstanceLifecycleConfig",
}
_TRAINING = "AlgorithmSpecification.AlgorithmName"

#: Operation -> what has to exist: the service refuses the request otherwise.
REFERENCES: dict[str, dict[str, str]] = {
    "CreateAIBenchmarkJob": {"AIWorkloadConfigIdentifier": "AIWorkloadConfig"},
    "CreateAIRecommendationJob": {
        "AIWorkloadConfigIdentifier": "AIWorkloadConfig",
        "AdapterSource.ModelPackageArns.*.ModelPackageArn": "ModelPackage",
        "OutputConfig.ModelPackageGroupIdentifier": "ModelPackageGroup",
    },
    "CreateApp": {"DomainId": "Domain", "SpaceName": "Space", "UserProfileName": "UserProfile", **_STUDIO},
    "CreateClusterExtension": {"ClusterArn": "Cluster"},
    "CreateClusterSchedulerConfig": {"ClusterArn": "Cluster"},
    "CreateCompilationJob": {"ModelPackageVersionArn": "ModelPackage"},
    "CreateComputeQuota": {"ClusterArn": "Cluster"},
    "CreateDomain": _STUDIO,
    "CreateEdgeDeploymentPlan": {
        "DeviceFleetName": "DeviceFleet",
        "ModelConfigs.*.EdgePackagingJobName": "EdgePackagingJob",
    },
    "CreateEdgePackagingJob": {"CompilationJobName": "CompilationJob"},
    "CreateEndpoint": {"EndpointConfigName": "EndpointConfig"},
    "CreateEndpointConfig": {
        "ProductionVariants.*.ModelName": "Model",
        "ShadowProductionVariants.*.ModelName": "Model",
    },
    "CreateFlowDefinition": {
        "HumanLoopConfig.HumanTaskUiArn": "HumanTaskUi",
        "HumanLoopConfig.WorkteamArn": "Workteam",
    },
    "CreateHyperParameterTuningJob": {
        f"TrainingJobDefinition.{_TRAINING}": "Algorithm",
        f"TrainingJobDefinitions.*.{_TRAINING}": "Algorithm",
        "WarmStartConfig.ParentHyperParameterTuningJobs.*.HyperParameterTuningJobName": "HyperParameterTuningJob",
    },
    "CreateImageVersion": {"ImageName": "Image"},
    "CreateInferenceComponent": {"EndpointName": "Endpoint", **_COMPONENT},
    "CreateInferenceExperiment": {"ModelVariants.*.ModelName": "Model"},
    "CreateInferenceRecommendationsJob": {
        "InputConfig.Endpoints.*.EndpointName": "Endpoint",
        "InputConfig.ModelName": "Model",
        "InputConfig.ModelPackageVersionArn": "ModelPackage",
    },
    "CreateLabelingJob": {
        "HumanTaskConfig.UiConfig.HumanTaskUiArn": "HumanTaskUi",
        "HumanTaskConfig.WorkteamArn": "Workteam",
    },
    "CreateMlflowApp": {"DefaultDomainIdList.*": "Domain"},
    "CreateModel": {
        "Containers.*.ModelPackageName": "ModelPackage",
        "PrimaryContainer.ModelPackageName": "ModelPackage",
    },
    "CreateModelCardExportJob": {"ModelCardName": "ModelCard"},
    "CreateModelPackage": {
        "ModelPackageGroupName": "ModelPackageGroup",
        "SourceAlgorithmSpecification.SourceAlgorithms.*.AlgorithmName": "Algorithm",
    },
    "CreateNotebookInstance": _NOTEBOOK,
    "CreateOptimizationJob": {"ModelSource.SageMakerModel.ModelName": "Model"},
    "CreateProcessingJob": {
        "ProcessingOutputConfig.Outputs.*.FeatureStoreOutput.FeatureGroupName": "FeatureGroup",
        **_EXPERIMENT,
    },
    "CreateSpace": {"DomainId": "Domain", "OwnershipSettings.OwnerUserProfileName": "UserProfile", **_STUDIO},
    "CreateTrainingJob": {
        _TRAINING: "Algorithm",
        "ModelPackageConfig.ModelPackageGroupArn": "ModelPackageGroup",
        "ModelPackageConfig.SourceModelPackageArn": "ModelPackage",
        **_EXPERIMENT,
    },
    "CreateTrainingSession": {"ModelPackageGroupArn": "ModelPackageGroup"},
    "CreateTransformJob": {"ModelName": "Model", **_EXPERIMENT},
    "CreateTrial": {"ExperimentName": "Experiment"},
    "CreateUserProfile": {"DomainId": "Domain", **_STUDIO},
    "CreateWorkteam": {"WorkforceName": "Workforce"},
    "ImportHubContent": {"HubName": "Hub"},
    # Of the lists those that model an error for what is not there.
    "ListClusterExtensions": {"ClusterArn": "Cluster"},
    "ListImageVersions": {"ImageName": "Image"},
    "ListLabelingJobsForWorkteam": {"WorkteamArn": "Workteam"},
    "ListTrialComponents": {"ExperimentName": "Experiment", "TrialName": "Trial"},
    "ListTrials": {"ExperimentName": "Experiment", "TrialComponentName": "TrialComponent"},
    "UpdateDomain": _STUDIO,
    "UpdateEndpoint": {"EndpointConfigName": "EndpointConfig"},
    "UpdateInferenceComponent": _COMPONENT,
    "UpdateInferenceExperiment": {"ModelVariants.*.ModelName": "Model"},
    "UpdateMlflowApp": {"DefaultDomainIdList.*": "Domain"},
    "UpdateNotebookInstance": _NOTEBOOK,
    "UpdateSpace": _STUDIO,
    "UpdateUserProfile": _STUDIO,
}

#: Operation -> what it names besides, and the service takes on trust, or looks at later: rows as above. The family of
#: a monitoring schedule's definition is that of its MonitoringType.
ON_TRUST: dict[str, dict[str, str]] = {
    "CreateDataQualityJobDefinition": {"DataQualityJobInput.EndpointInput.EndpointName": "Endpoint"},
    "CreateInferenceExperiment": {"EndpointName": "Endpoint"},
    "CreateModelBiasJobDefinition": {"ModelBiasJobInput.EndpointInput.EndpointName": "Endpoint"},
    "CreateModelExplainabilityJobDefinition": {"ModelExplainabilityJobInput.EndpointInput.EndpointName": "Endpoint"},
    "CreateModelQualityJobDefinition": {"ModelQualityJobInput.EndpointInput.EndpointName": "Endpoint"},
    "CreateMonitoringSchedule": {
        "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs.*.EndpointInput.EndpointName": "Endpoint",
    },
    "StartPipelineExecution": {"PipelineName": "Pipeline"},
}


def found(value: Any, path: list[str]) -> Iterator[str]:
    """The texts a path leads to."""
    if not path:
        if isinstance(value, str):
            yield value
    elif path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from found(item, path[1:])
    elif path[0] == "**":
        yield from found(value, path[1:])
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from found(item, path)
    elif isinstance(value, dict):
        yield from found(value.get(path[0]), path[1:])
