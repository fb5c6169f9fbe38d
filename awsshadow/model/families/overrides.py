"""What the model does not say by its names: rows laid over the inferred family table.

``store``     the family it is kept as, where two families are one kind of resource
``id``        what identifies it, where the required members of its describe are not that
``either``    a member of ``id`` that is whichever of these is given
``generate``  members made when it is created: ``@n`` n hexadecimal digits, ``#n`` capitals
``path``      the resource part of its ARN after the type, ``{member}`` filled in
``parent``    members that name what it lies in; lists filter by it through an index
``states``    statuses by role, where the order of the enum misleads; none at all: the caller sets the status
``filters``   how members of its list request select, over what is inferred from their names
``sort``      the same for values of SortBy
"""

from typing import Any

#: Described, but not kept as resources of their own: answered from others by their modules.
NOT_A_FAMILY = frozenset(
    {
        "ClusterEvent",
        "ClusterNode",
        "ClusterOperation",
        "FeatureMetadata",
        "JobSchemaVersion",
        "LineageGroup",
        "PipelineDefinitionForExecution",
        "ReservedCapacity",
        "SubscribedWorkteam",
        "TrainingPlanExtensionHistory",
    }
)

_DOMAIN_PART = {"parent": ["DomainId"], "filters": {"DomainIdEquals": ["=", "parent"]}}
_MONITORED = "JobInput.EndpointInput.EndpointName"

FAMILIES: dict[str, dict[str, Any]] = {
    "Action": {
        # The caller says which status it has; nothing happens to it by itself.
        "states": {},
        "filters": {"SourceUri": ["=", "$.Source.SourceUri"]},
    },
    "App": {
        **_DOMAIN_PART,
        "id": ["DomainId", "Owner", "AppType", "AppName"],
        "either": {"Owner": ["UserProfileName", "SpaceName"]},
        "path": "{DomainId}/{Owner}/{AppType}/{AppName}",
    },
    "Artifact": {
        "generate": {"ArtifactId": "@32"},
        "path": "{ArtifactId}",
        "filters": {"SourceUri": ["=", "$.Source.SourceUri"]},
    },
    "AutoMLJobV2": {"store": "AutoMLJob"},
    "Cluster": {
        "generate": {"ClusterId": "@12"},
        "path": "{ClusterId}",
        "filters": {"TrainingPlanArn": ["contains", "$.InstanceGroups"]},
    },
    "ClusterExtension": {
        "name": "ExtensionName",
        "generate": {"ExtensionId": "@12"},
        "path": "sagemaker-{ExtensionName}/{ClusterId}/{ExtensionId}",
        "parent": ["ClusterArn"],
        "filters": {"ClusterArn": ["=", "parent"]},
    },
    "ClusterSchedulerConfig": {
        "generate": {"ClusterSchedulerConfigId": "@12"},
        "path": "{ClusterSchedulerConfigId}",
    },
    "CompilationJob": {"states": {"start": "STARTING"}},
    "ComputeQuota": {"generate": {"ComputeQuotaId": "@12"}, "path": "{ComputeQuotaId}"},
    "Context": {"filters": {"SourceUri": ["=", "$.Source.SourceUri"]}},
    "DataQualityJobDefinition": {"filters": {"EndpointName": ["=", f"$.DataQuality{_MONITORED}"]}},
    "Device": {
        "id": ["DeviceFleetName", "DeviceName"],
        "name": "DeviceName",
        "path": "{DeviceFleetName}/{DeviceName}",
        "parent": ["DeviceFleetName"],
        "filters": {
            "DeviceFleetName": ["=", "parent"],
            # No device ever reports here, so none has a heartbeat or a model.
            "LatestHeartbeatAfter": [">=", "$.LatestHeartbeat"],
            "ModelName": ["=", "$.ModelName"],
        },
    },
    "Domain": {"generate": {"DomainId": "d-@12"}, "path": "{DomainId}"},
    "EdgePackagingJob": {"states": {"start": "STARTING"}},
    "FeatureGroup": {
        "filters": {"OfflineStoreStatusEquals": ["=", "$.OfflineStoreStatus.Status"]},
        "sort": {"OfflineStoreStatus": "$.OfflineStoreStatus.Status"},
    },
    "HubContent": {
        "id": ["HubName", "HubContentType", "HubContentName", "HubContentVersion"],
        "path": "{HubName}/{HubContentType}/{HubContentName}/{HubContentVersion}",
        "name": "HubContentName",
        "parent": ["HubName", "HubContentType"],
        "filters": {
            "HubName": ["ignored", ""],
            "HubContentType": ["ignored", ""],
            "MaxSchemaVersion": ["<=", "$.DocumentSchemaVersion"],
        },
    },
    "ImageVersion": {
        "id": ["ImageName", "Version"],
        "name": "Version",
        "path": "{ImageName}/{Version}",
        "parent": ["ImageName"],
        "filters": {"ImageName": ["=", "parent"]},
    },
    "InferenceComponent": {
        "parent": ["EndpointName"],
        "filters": {"EndpointNameEquals": ["=", "parent"]},
    },
    "InferenceExperiment": {"states": {"stopped": "Completed", "failed": "Cancelled"}},
    "InferenceRecommendationsJob": {
        "filters": {
            "ModelNameEquals": ["=", "$.InputConfig.ModelName"],
            "ModelPackageVersionArnEquals": ["=", "$.InputConfig.ModelPackageVersionArn"],
        },
    },
    "Job": {
        "id": ["JobCategory", "JobName"],
        "name": "JobName",
        "path": "{JobCategory}/{JobName}",
        "parent": ["JobCategory"],
        "filters": {"JobCategory": ["=", "parent"]},
    },
    "LabelingJob": {"states": {"start": "Initializing"}},
    "MlflowApp": {
        "generate": {"AppId": "app-#12"},
        "path": "{AppId}",
        "filters": {"DefaultForDomainId": ["contains", "$.DefaultDomainIdList"]},
    },
    "MlflowTrackingServer": {
        # Created is where it comes to rest; Started and Stopped follow from start and stop.
        "states": {"stable": "Created", "starting": "Starting", "started": "Started"},
    },
    "ModelBiasJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelBias{_MONITORED}"]}},
    "ModelCard": {"states": {}},
    "ModelCardExportJob": {
        "name": "ModelCardExportJobName",
        "path": "{ModelCardName}/export-job/{ModelCardExportJobName}",
        "parent": ["ModelCardName"],
        "filters": {
            "ModelCardName": ["=", "parent"],
            "ModelCardVersion": ["=", "$.ModelCardVersion"],
        },
    },
    "ModelExplainabilityJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelExplainability{_MONITORED}"]}},
    "ModelPackage": {
        "parent": ["ModelPackageGroupName"],
        "filters": {
            "ModelPackageGroupName": ["=", "parent"],
            "ModelApprovalStatus": ["=", "$.ModelApprovalStatus"],
            "ModelPackageType": ["ignored", ""],
        },
    },
    "ModelPackageGroup": {"filters": {"CrossAccountFilterOption": ["ignored", ""]}},
    "ModelQualityJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelQuality{_MONITORED}"]}},
    "MonitoringSchedule": {
        "filters": {
            "EndpointName": ["=", "$.EndpointName"],
            "MonitoringJobDefinitionName": ["=", "$.MonitoringScheduleConfig.MonitoringJobDefinitionName"],
            "MonitoringTypeEquals": ["=", "$.MonitoringScheduleConfig.MonitoringType"],
        },
    },
    "NotebookInstance": {
        "filters": {
            "NotebookInstanceLifecycleConfigNameContains": ["contains", "$.LifecycleConfigName"],
            "AdditionalCodeRepositoryEquals": ["contains", "$.AdditionalCodeRepositories"],
        },
    },
    "OptimizationJob": {
        "states": {"start": "STARTING"},
        "filters": {"OptimizationContains": ["contains", "$.OptimizationConfigs"]},
    },
    "PartnerApp": {"generate": {"AppId": "app-#12"}, "path": "{AppId}"},
    "Pipeline": {"filters": {"ManagedBy": ["=", "$.ManagedBy"]}},
    "PipelineExecution": {
        "parent": ["PipelineName"],
        "filters": {
            "PipelineName": ["=", "parent"],
            "PipelineVersionAlias": ["contains", "$.PipelineVersionAliases"],
        },
        "sort": {"PipelineExecutionArn": "name"},
    },
    "Project": {"generate": {"ProjectId": "p-@12"}, "states": {"start": "CreateInProgress"}},
    "Space": {**_DOMAIN_PART, "path": "{DomainId}/{SpaceName}"},
    "StudioLifecycleConfig": {"filters": {"AppTypeEquals": ["=", "$.StudioLifecycleConfigAppType"]}},
    "TrainingJob": {
        "filters": {
            "WarmPoolStatusEquals": ["=", "$.WarmPoolStatus.Status"],
            "TrainingPlanArnEquals": ["=", "$.ResourceConfig.TrainingPlanArn"],
        },
    },
    "TrainingPlan": {
        "filters": {
            "StartTimeAfter": [">=", "$.StartTime"],
            "StartTimeBefore": ["<=", "$.StartTime"],
            "Filters": ["ignored", ""],
        },
    },
    "TrainingSession": {"states": {"start": "Created", "stable": "Running"}},
    "Trial": {"filters": {"TrialComponentName": ["ignored", ""]}},
    "TrialComponent": {
        "filters": {
            "ExperimentName": ["ignored", ""],
            "TrialName": ["ignored", ""],
            "SourceArn": ["=", "$.Source.SourceArn"],
        },
    },
    "UserProfile": {**_DOMAIN_PART, "path": "{DomainId}/{UserProfileName}"},
}
