"""What the model does not say by its names: rows laid over the inferred family table.

``store``     the family it is kept as, where two families are one kind of resource
``id``        what identifies it, where the required members of its describe are not that
``either``    a member of ``id`` that is whichever of these is given
``generate``  members made when it is created: ``@n`` n hexadecimal digits, ``#n`` capitals
``path``      the resource part of its ARN after the type, ``{member}`` filled in
``parent``    members that name what it lies in; lists filter by it through an index
``states``    statuses by what they mean (``start``, ``stable``, ``failed``, ...), where the order of the enum
            misleads; none at all: the caller sets the status; ``deleted``: it is shown for a day after its end
``filters``   how members of its list request select, over what is inferred from their names; ``ignored``: not
``sort``      the same for values of SortBy
``keeps_case``  its ARN has the path as it was given; the service writes that of all others in small letters
``seconds``   how long its work takes under the real clock
``end_times``  members set to the moment a job ends; ``EndTime`` for the rest
``allowed``   role -> the only statuses in which the resource lets that be done
``dependents``  families of what may depend on it, which then cannot be deleted: conditions that each of these
            meets, as field, comparison and the column of this resource that is compared

``exclusive`` it can be a part of one owner only
``deletes_nothing``  its delete operation answers for one that is not there as for one that was

Inferred as well, and seldom laid over: ``aliases`` (members by which it may be named beside its key), ``owner``
(members that name what it lies in -> the family), ``contains`` (members of its create request that hold its parts).

The seconds are invented: round numbers of the order that users of the service report.

That a resource with dependents cannot be deleted is documented for each of them in the API reference or
the developer guide.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families.rows import Link, Override

#: Described, or made and ended, but not kept as resources of their own: answered from others by their modules.
NOT_A_FAMILY = frozenset(
    {
        "Association",
        "ClusterEvent",
        "ClusterNode",
        "ClusterOperation",
        "EdgeDeploymentStage",
        "EndpointPolicy",
        "FeatureMetadata",
        "HubContentReference",
        "JobSchemaVersion",
        "LineageGroup",
        "ModelPackageGroupPolicy",
        "PipelineDefinitionForExecution",
        "ReservedCapacity",
        "SubscribedWorkteam",
        "Tags",
        "TrainingPlanExtensionHistory",
    }
)

_MONITORED = "JobInput.EndpointInput.EndpointName"

_BELOW: list["Link"] = [["parent", "=", "key"]]


def _owned(member: str) -> list["Link"]:
    """The link to apps of one owner in the same domain."""
    return [["parent", "=", "parent"], [f"$.{member}", "=", "name"]]


FAMILIES: dict[str, "Override"] = {
    "Action": {
        # The caller says which status it has; nothing happens to it by itself.
        "states": {},
        "filters": {"SourceUri": ["=", "$.Source.SourceUri"]},
    },
    "App": {
        "parent": ["DomainId"],
        "filters": {"DomainIdEquals": ["=", "parent"]},
        # DescribeApp goes on showing a deleted app: hashicorp/terraform-provider-aws takes this status for its absence.
        # No other family is known to keep what was deleted.
        "states": {"deleted": "Deleted"},
        "id": ["DomainId", "Owner", "AppType", "AppName"],
        "either": {"Owner": ["UserProfileName", "SpaceName"]},
        "path": "{DomainId}/{Owner}/{AppType}/{AppName}",
    },
    "Artifact": {
        "generate": {"ArtifactId": "@32"},
        "path": "{ArtifactId}",
        "filters": {"SourceUri": ["=", "$.Source.SourceUri"]},
    },
    "AutoMLJob": {"seconds": 1800},
    "AutoMLJobV2": {
        "store": "AutoMLJob",
        "seconds": 1800,
    },
    "Cluster": {
        "filters": {"TrainingPlanArn": ["contains", "$.InstanceGroups"]},
        "seconds": 600,
    },
    "ClusterExtension": {
        "name": "ExtensionName",
        "generate": {"ExtensionId": "@12"},
        "path": "sagemaker-{ExtensionName}/{ClusterId}/{ExtensionId}",
        "parent": ["ClusterArn"],
        "filters": {"ClusterArn": ["=", "parent"]},
    },
    "CompilationJob": {
        "states": {"start": "STARTING"},
        "end_times": ["CompilationEndTime"],
    },
    "Context": {"filters": {"SourceUri": ["=", "$.Source.SourceUri"]}},
    "DataQualityJobDefinition": {"filters": {"EndpointName": ["=", f"$.DataQuality{_MONITORED}"]}},
    "Device": {
        "path": "{DeviceFleetName}/{DeviceName}",
        "parent": ["DeviceFleetName"],
        "filters": {
            "DeviceFleetName": ["=", "parent"],
        },
    },
    "DeviceFleet": {"dependents": {"Device": _BELOW}},
    "Domain": {
        "seconds": 300,
        "dependents": {"UserProfile": _BELOW, "Space": _BELOW, "App": _BELOW},
    },
    "EdgePackagingJob": {"states": {"start": "STARTING"}},
    "Endpoint": {"seconds": 300},
    "Experiment": {"dependents": {"Trial": [["$.ExperimentName", "=", "name"]]}},
    "FeatureGroup": {
        "filters": {"OfflineStoreStatusEquals": ["=", "$.OfflineStoreStatus.Status"]},
        "sort": {"OfflineStoreStatus": "$.OfflineStoreStatus.Status"},
    },
    # The documentation of 1.44.8 says both.
    "GlobalInferenceGateway": {"deletes_nothing": True},
    "Hub": {
        "dependents": {"HubContent": [["$.HubName", "=", "name"]]},
        "keeps_case": True,
    },
    "HubContent": {
        "id": ["HubName", "HubContentType", "HubContentName", "HubContentVersion"],
        "path": "{HubName}/{HubContentType}/{HubContentName}/{HubContentVersion}",
        "parent": ["HubName", "HubContentType"],
        "filters": {
            "HubName": ["ignored", ""],
            "HubContentType": ["ignored", ""],
            "MaxSchemaVersion": ["<=", "$.DocumentSchemaVersion"],
        },
        "keeps_case": True,
    },
    "HyperParameterTuningJob": {
        "seconds": 600,
        "end_times": ["HyperParameterTuningEndTime"],
    },
    "Image": {"dependents": {"ImageVersion": _BELOW}},
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
        "seconds": 180,
    },
    "InferenceExperiment": {"states": {"stopped": "Completed", "failed": "Cancelled"}},
    "InferenceGateway": {"exclusive": True},
    "InferenceRecommendationsJob": {
        "filters": {
            "ModelNameEquals": ["=", "$.InputConfig.ModelName"],
            "ModelPackageVersionArnEquals": ["=", "$.InputConfig.ModelPackageVersionArn"],
        },
        "seconds": 1800,
        "end_times": ["CompletionTime"],
    },
    "Job": {"keeps_case": True},
    "LabelingJob": {
        "states": {"start": "Initializing"},
        "seconds": 3600,
    },
    "MlflowApp": {
        "generate": {"AppId": "app-#12"},
        "path": "{AppId}",
        "filters": {"DefaultForDomainId": ["contains", "$.DefaultDomainIdList"]},
        "keeps_case": True,
    },
    "MlflowTrackingServer": {
        # Created is where it comes to rest; Started and Stopped follow from start and stop.
        "states": {"starting": "Starting", "started": "Started"},
        "seconds": 1500,
    },
    "ModelBiasJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelBias{_MONITORED}"]}},
    "ModelCard": {"states": {}},
    "ModelExplainabilityJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelExplainability{_MONITORED}"]}},
    "ModelPackage": {
        # Where a name is asked for, the ARN is taken, too.
        "either": {},
        "parent": ["ModelPackageGroupName"],
        "filters": {
            "ModelPackageGroupName": ["=", "parent"],
            "ModelPackageType": ["ignored", ""],
        },
    },
    "ModelPackageGroup": {
        "filters": {"CrossAccountFilterOption": ["ignored", ""]},
        "dependents": {"ModelPackage": _BELOW},
    },
    "ModelQualityJobDefinition": {"filters": {"EndpointName": ["=", f"$.ModelQuality{_MONITORED}"]}},
    "MonitoringSchedule": {
        "filters": {
            "MonitoringJobDefinitionName": ["=", "$.MonitoringScheduleConfig.MonitoringJobDefinitionName"],
            "MonitoringTypeEquals": ["=", "$.MonitoringScheduleConfig.MonitoringType"],
        },
    },
    "NotebookInstance": {
        "filters": {
            "NotebookInstanceLifecycleConfigNameContains": ["contains", "$.LifecycleConfigName"],
            "AdditionalCodeRepositoryEquals": ["contains", "$.AdditionalCodeRepositories"],
        },
        "seconds": 180,
        "allowed": {
            "delete": ["Stopped", "Failed"],
            "stop": ["InService"],
            "update": ["Stopped", "Failed"],
        },
    },
    "OptimizationJob": {
        "states": {"start": "STARTING"},
        "filters": {"OptimizationContains": ["contains", "$.OptimizationConfigs"]},
        "end_times": ["OptimizationEndTime"],
    },
    "PipelineExecution": {
        "filters": {"PipelineVersionAlias": ["contains", "$.PipelineVersionAliases"]},
        "sort": {"PipelineExecutionArn": "name"},
    },
    "ProcessingJob": {
        "seconds": 300,
        "end_times": ["ProcessingEndTime"],
    },
    "Project": {"generate": {"ProjectId": "p-@12"}, "states": {"start": "CreateInProgress"}},
    "Space": {
        "dependents": {"App": _owned("SpaceName")},
    },
    "StudioLifecycleConfig": {"filters": {"AppTypeEquals": ["=", "$.StudioLifecycleConfigAppType"]}},
    "TrainingJob": {
        "filters": {
            "WarmPoolStatusEquals": ["=", "$.WarmPoolStatus.Status"],
            "TrainingPlanArnEquals": ["=", "$.ResourceConfig.TrainingPlanArn"],
        },
        "seconds": 300,
        "end_times": ["TrainingEndTime"],
    },
    "TrainingSession": {"states": {"start": "Created", "stable": "Running"}},
    "TransformJob": {
        "seconds": 300,
        "end_times": ["TransformEndTime"],
    },
    "Trial": {
        "filters": {"TrialComponentName": ["ignored", ""]},
        "dependents": {"TrialComponent": [["arn", "source of", "arn"]]},
    },
    "TrialComponent": {
        "filters": {
            "ExperimentName": ["ignored", ""],
            "TrialName": ["ignored", ""],
            "SourceArn": ["=", "$.Source.SourceArn"],
        },
        "dependents": {"Trial": [["arn", "destination of", "arn"]]},
    },
    "UserProfile": {
        "dependents": {"App": _owned("UserProfileName")},
    },
}
