"""Every operation of the model answers valid requests with what its output shape asks for."""

import inspect
import json
import os
import re
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest

from awsshadow.model import families
from awsshadow.sandbox import operations, routing
from awsshadow.sandbox.engine.empty_lists import EMPTY
from awsshadow.sandbox.engine.fault_injection import Faults
from awsshadow.sandbox.engine.request import Request
from awsshadow.sandbox.service import coverage
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.resources import Resources
from tests.support import models

ROWS = {row["operation"]: row for row in coverage()}
#: The only honest answer is that there is none: nobody shares anything with the account, and it subscribes to nothing.
NOTHING_THERE = {"DescribeSubscribedWorkteam", "GetLineageGroupPolicy"}
SERVED = [name for name in ROWS if name not in NOTHING_THERE]
#: Operations with a row that came after the model the family table was written from.
NEWER = {"MoveClusterNodes"}


def prepared(world: Any, operation: Any) -> Any:
    """Input for an operation whose resources all exist."""
    found = families.find(operation)
    if found and found[1] == "create" and operation not in ABOUT:
        return world.create_input(found[0].title)
    params = world.input(operation)
    spec = world.model["operations"][operation]
    members = world.model["shapes"][spec["input"]["shape"]]["members"] if "input" in spec else {}
    known = _resource(world, operation, members)
    params.update({m: known[m] for m in params if m in known and m != "Tags"})
    special = HERE.get(operation, {})
    if callable(special):
        wanted = special.__code__.co_argcount
        special = special(world, known) if wanted == 2 else special(world)
    params.update(special)
    return {m: v for m, v in params.items() if v is not None and m in members}


def _resource(world: Any, operation: Any, members: Any) -> Any:
    """The resource an operation is about: of its family, or the one its members name."""
    found = families.find(operation)
    title = ABOUT.get(operation) or (found[0].title if found else _named(members))
    if title is None:
        return {}
    known = world.make(title)
    if title == "ModelPackage":
        known["ModelPackageName"] = known["ModelPackageArn"]
    return {**known, "ResourceArn": known["_arn"]}


def _named(members: Any) -> Any:
    for title, family in families.table().items():
        if family.id[-1] in members and family.id[-1] not in {"Arn", "Name"}:
            return title
    return None


def two_entities(world: Any) -> Any:
    ends = [world.make("Artifact")["ArtifactArn"], world.make("Context")["ContextArn"]]
    return dict(zip(("SourceArn", "DestinationArn"), ends, strict=True))


def association(world: Any) -> Any:
    ends = two_entities(world)
    world.ok("AddAssociation", **ends)
    return ends


def trial(world: Any) -> Any:
    return {
        "TrialName": world.make("Trial")["TrialName"],
        "TrialComponentName": world.make("TrialComponent")["TrialComponentName"],
    }


def cluster(world: Any) -> Any:
    """A cluster with one node."""
    group = {
        "InstanceGroupName": "group",
        "InstanceCount": 1,
        "InstanceType": "ml.m5.large",
        "ExecutionRole": "arn:aws:iam::123456789012:role/sandbox-role",
        "LifeCycleConfig": {"SourceS3Uri": "s3://bucket/key", "OnCreate": "run.sh"},
    }
    name = world.name()
    arn = world.ok("CreateCluster", ClusterName=name, InstanceGroups=[group])["ClusterArn"]
    node = world.ok("ListClusterNodes", ClusterName=name)["ClusterNodeSummaries"][0]
    return {"ClusterName": name, "ClusterArn": arn, "NodeId": node["InstanceId"], "NodeLogicalId": None}


def node_batch(world: Any) -> Any:
    made = cluster(world)
    return {"ClusterName": made["ClusterName"], "NodeIds": [made["NodeId"]], "NodeLogicalIds": None}


def add_nodes(world: Any) -> Any:
    return {
        **cluster(world),
        "NodesToAdd": [{"InstanceGroupName": "group", "IncrementTargetCountBy": 1}],
    }


def attached(world: Any) -> Any:
    made = cluster(world)
    given = {"ClusterArn": made["ClusterArn"], "NodeId": made["NodeId"], "VolumeId": "vol-1234567890abcdef0"}
    world.ok("AttachClusterNodeVolume", **given)
    return given


def event(world: Any) -> Any:
    name = cluster(world)["ClusterName"]
    event = world.ok("ListClusterEvents", ClusterName=name)["Events"][0]
    return {"ClusterName": name, "EventId": event["EventId"]}


def operation_of_cluster(world: Any) -> Any:
    name = cluster(world)["ClusterName"]
    checks = [{"InstanceGroupName": "group", "DeepHealthChecks": ["InstanceStress"]}]
    world.ok("StartClusterHealthCheck", ClusterName=name, DeepHealthCheckConfigurations=checks)
    found = world.ok("ListClusterOperations", ClusterName=name)["ClusterOperationSummaries"][0]
    return {"ClusterName": name, "OperationId": found["OperationId"]}


def device(world: Any, known: Any) -> Any:
    return {
        "DeviceFleetName": known["DeviceFleetName"],
        "Devices": [{"DeviceName": known["DeviceName"]}],
        "DeviceNames": [known["DeviceName"]],
    }


def stopped(world: Any, known: Any) -> Any:
    world.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    return {}


def stopped_server(world: Any, known: Any) -> Any:
    world.ok("StopMlflowTrackingServer", TrackingServerName=known["TrackingServerName"])
    return {}


def weights(world: Any, known: Any) -> Any:
    endpoint = world.ok("DescribeEndpoint", EndpointName=known["EndpointName"])
    weights = [{"VariantName": v["VariantName"], "DesiredWeight": 0.5} for v in endpoint["ProductionVariants"]]
    return {"DesiredWeightsAndCapacities": weights}


def studio(world: Any) -> Any:
    profile = world.make("UserProfile")
    return {"DomainId": profile["DomainId"], "UserProfileName": profile["UserProfileName"], "SpaceName": None}


def stage(world: Any, known: Any) -> Any:
    return {"StageName": "stage", **with_stage(world, known["EdgeDeploymentPlanName"])}


def with_stage(world: Any, plan: Any) -> Any:
    stage = {"StageName": "stage", "DeviceSelectionConfig": {"DeviceSubsetType": "PERCENTAGE", "Percentage": 100}}
    world.ok("CreateEdgeDeploymentStage", EdgeDeploymentPlanName=plan, Stages=[stage])
    return {}


def callback(world: Any) -> Any:
    pipeline = world.name()
    definition = '{"Version": "2020-12-01", "Steps": [{"Name": "wait", "Type": "Callback"}]}'
    world.ok("CreatePipeline", PipelineName=pipeline, PipelineDefinition=definition, ClientRequestToken="c" * 32,
             RoleArn="arn:aws:iam::123456789012:role/sandbox-role")  # fmt: skip
    started = world.ok("StartPipelineExecution", PipelineName=pipeline, ClientRequestToken="s" * 32)
    step = world.ok("ListPipelineExecutionSteps", **started)["PipelineExecutionSteps"][0]
    return {"CallbackToken": step["Metadata"]["Callback"]["CallbackToken"], **started}


def running(world: Any) -> Any:
    return {"PipelineExecutionArn": callback(world)["PipelineExecutionArn"]}


def stopped_execution(world: Any) -> Any:
    arn = running(world)
    world.ok("StopPipelineExecution", **arn, ClientRequestToken="x" * 32)
    return arn


def recommended(world: Any, known: Any) -> Any:
    named = {"InferenceRecommendationsJobName": known["JobName"], "RecommendationId": "recommended"}
    return {**named, "EndpointName": None, "ScalingPolicyObjective": {"MaxInvocationsPerMinute": 100}}


def started(world: Any, known: Any) -> Any:
    unset = ("PipelineVersionId", "PipelineVersionAlias", "PipelineParameters", "SelectiveExecutionConfig")
    return {**dict.fromkeys(unset), "PipelineName": known["PipelineName"], "ClientRequestToken": world.token()}


def reference(world: Any) -> Any:
    hub = world.make("Hub")["HubName"]
    public = "arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/public-model"
    world.ok("CreateHubContentReference", HubName=hub, SageMakerPublicHubContentArn=public)
    return {"HubName": hub, "HubContentName": "public-model", "HubContentType": "ModelReference", "MinVersion": None}


def move(world: Any) -> Any:
    """Two clusters with one node each."""
    source, target = cluster(world), cluster(world)
    groups = dict.fromkeys(("SourceInstanceGroupName", "TargetInstanceGroupName"), "group")
    ends = {"SourceClusterArn": source["ClusterArn"], "TargetClusterArn": target["ClusterArn"]}
    return {**ends, **groups, "NodeIds": [source["NodeId"]], "NodeLogicalIds": None, "InstanceCount": None}


def policy(world: Any, known: Any) -> Any:
    world.ok("PutModelPackageGroupPolicy", ModelPackageGroupName=known["ModelPackageGroupName"], ResourcePolicy="{}")
    return {}


def scheduled(world: Any) -> Any:
    start = {**world.create_input("InferenceExperiment"), "Schedule": {"StartTime": 4_000_000_000}}
    world.ok("CreateInferenceExperiment", **start)
    return {"Name": start["Name"], "Schedule": None}


def plan_extension(world: Any) -> Any:
    plan = world.make("TrainingPlan")["TrainingPlanArn"]
    found = world.ok("SearchTrainingPlanOfferings", TrainingPlanArn=plan)["TrainingPlanExtensionOfferings"][0]
    return {"TrainingPlanExtensionOfferingId": found["TrainingPlanExtensionOfferingId"]}


def ended(world: Any, known: Any) -> Any:
    stop(world, known["Name"])
    return {}


def stop(world: Any, name: Any) -> None:
    world.ok("StopInferenceExperiment", Name=name, ModelVariantActions={"production": "Retain", "shadow": "Remove"})


def one_of(title: Any, *members: Any) -> Any:
    """The members of a fresh resource of another family."""
    return lambda world: {member: world.make(title)[member] for member in members}


NO_VERSION = dict.fromkeys(("PipelineVersionId", "PipelineVersionAlias", "ModelCardVersion", "Alias", "Version"))


def owned(world: Any, app: Any) -> Any:
    return {"UserProfileName": app["UserProfileName"], "SpaceName": None}


ENDED = {"ModelVariantActions": {"production": "Retain", "shadow": "Remove"}, "DesiredModelVariants": None}

#: What else an operation needs, beyond a resource of the family that its members name: values, a
#: function of the world, or one of the world and that resource.
HERE = {
    "AddAssociation": two_entities,
    "AssociateTrialComponent": trial,
    "AttachClusterNodeNetworkInterface": cluster,
    "AttachClusterNodeVolume": cluster,
    "BatchAddClusterNodes": add_nodes,
    "BatchDeleteClusterNodes": node_batch,
    "BatchRebootClusterNodes": node_batch,
    "BatchReplaceClusterNodes": node_batch,
    "CreateHubContentReference": one_of("Hub", "HubName"),
    "CreatePresignedDomainUrl": studio,
    "DeleteApp": owned,
    "DeleteArtifact": one_of("Artifact", "ArtifactArn"),
    "DeleteAssociation": association,
    "DeleteEdgeDeploymentStage": stage,
    "DeleteHubContentReference": reference,
    "DeleteInferenceExperiment": ended,
    "DeleteNotebookInstance": stopped,
    "DeregisterDevices": device,
    "DescribeApp": owned,
    "DescribeClusterEvent": event,
    "DescribeClusterNode": cluster,
    "DescribeClusterOperation": operation_of_cluster,
    "DescribeImageVersion": NO_VERSION,
    "DescribeLineageGroup": {"LineageGroupName": "sagemaker-default-lineage-group"},
    "DescribePipeline": NO_VERSION,
    "DetachClusterNodeVolume": attached,
    "DisassociateTrialComponent": trial,
    "DescribeReservedCapacity": one_of("TrainingPlan", "ReservedCapacityArn"),
    "ExtendTrainingPlan": plan_extension,
    "GetModelPackageGroupPolicy": policy,
    "GetScalingConfigurationRecommendation": recommended,
    "ImportHubContent": one_of("Hub", "HubName"),
    "ListAssociations": {"SortBy": "CreationTime"},
    "ListModelPackages": one_of("ModelPackageGroup", "ModelPackageGroupName"),
    "ListMonitoringExecutions": one_of("MonitoringSchedule", "MonitoringScheduleName"),
    "ListPipelineExecutionSteps": running,
    "ListStageDevices": stage,
    "ListUltraServersByReservedCapacity": one_of("TrainingPlan", "ReservedCapacityArn"),
    "MoveClusterNodes": move,
    "ListTrialComponents": {"TrialName": None, "ExperimentName": None},
    "ListTrials": {"TrialComponentName": None},
    "PutEndpointPolicy": {"ResourcePolicy": "{}"},
    "QueryLineage": lambda world: {"StartArns": [world.make("Artifact")["ArtifactArn"]]},
    "RegisterDevices": one_of("DeviceFleet", "DeviceFleetName"),
    "RenderUiTemplate": {"UiTemplate": {"Content": "<p>"}, "Task": {"Input": "{}"}, "HumanTaskUiArn": None},
    "SearchTrainingPlanOfferings": {"TrainingPlanArn": None, "EndTimeBefore": None},
    "StartSession": lambda world: {"ResourceIdentifier": world.make("Space")["SpaceArn"]},
    "RetryPipelineExecution": stopped_execution,
    "SendPipelineExecutionStepFailure": callback,
    "SendPipelineExecutionStepSuccess": callback,
    "StartClusterHealthCheck": cluster,
    "StartEdgeDeploymentStage": stage,
    "StartInferenceExperiment": scheduled,
    "StartMlflowTrackingServer": stopped_server,
    "StartNotebookInstance": stopped,
    "StartPipelineExecution": started,
    "StopEdgeDeploymentStage": stage,
    "StopInferenceExperiment": ENDED,
    "StopPipelineExecution": running,
    "UpdateClusterSchedulerConfig": {"TargetVersion": 1},
    "UpdateComputeQuota": {"TargetVersion": 1},
    "UpdateDevices": device,
    "UpdateEndpointWeightsAndCapacities": weights,
    "UpdateFeatureGroup": {"FeatureAdditions": [{"FeatureName": "added", "FeatureType": "String"}]},
    "UpdateHubContentReference": reference,
    "UpdateImageVersion": NO_VERSION,
    "UpdateInferenceExperiment": dict.fromkeys(("Schedule", "ModelVariants", "DataStorageConfig", "ShadowModeConfig")),
    "UpdateMonitoringAlert": {"MonitoringAlertName": "monitoring-alert"},
    "UpdateNotebookInstance": stopped,
    "UpdatePipelineVersion": {"PipelineVersionId": 1},
}

#: Operations about a family that neither their name nor their members tell.
ABOUT = {
    "AddTags": "Model",
    "BatchDescribeModelPackage": "ModelPackage",
    "CreatePartnerAppPresignedUrl": "PartnerApp",
    "CreatePresignedMlflowAppUrl": "MlflowApp",
    "CreateHubContentPresignedUrls": "HubContent",
    "DeleteTags": "Model",
    "DeregisterDevices": "Device",
    "DescribeTrainingPlanExtensionHistory": "TrainingPlan",
    "GetScalingConfigurationRecommendation": "InferenceRecommendationsJob",
    "ListTags": "Model",
    "UpdateDevices": "Device",
    "UpdateModelPackage": "ModelPackage",
    "UpdatePipelineVersion": "Pipeline",
    "ListPipelineExecutions": "Pipeline",
    "ListAliases": "Image",
    "ListPipelineVersions": "Pipeline",
    "StartPipelineExecution": "Pipeline",
    "CreateEdgeDeploymentStage": "EdgeDeploymentPlan",
    "ListHubContentVersions": "HubContent",
}


@contextmanager
def unchanged(operation: Any) -> Any:
    """Serving an operation leaves the request as it was, whatever is nested in it."""
    how, serve = routing.route(operation)
    assert serve is not None
    asked = []

    def checked(request: Any) -> Any:
        before = json.dumps(dict(request.params))
        view = serve(request)
        asked.append((before, json.dumps(dict(request.params))))
        return view

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routing, "route", lambda _: (how, checked))
        yield
    assert asked
    assert all(before == after for before, after in asked)


#: Stopped in modules of their own.
OWN_LIFE = {"PipelineExecution", "InferenceExperiment"}


@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("operation", SERVED)
def test_valid_requests_are_answered(operation: Any, full: Any, world: Any, frozen_world: Any, judge: Any) -> None:
    found = families.find(operation)
    # Jobs end at once under the instant clock; only one that still runs can be stopped.
    if found and found[1] == "stop" and found[0].is_job and found[0].title not in OWN_LIFE:
        world = frozen_world
    world.maker.full = full
    params = prepared(world, operation)
    with unchanged(operation):
        status, document = world.call(operation, **params)
    assert status == 200, f"{params}: {document}"
    assert judge.answer(operation, document) == []
    assert judge.inexact(operation, document) == []


def test_every_operation_of_the_model_is_served(model: Any) -> None:
    assert set(ROWS) == set(model["operations"])
    assert {row["how"] for row in ROWS.values()} <= {"handler", "empty list", "stateful", "inferred"}


@pytest.mark.parametrize("operation", sorted(NOTHING_THERE))
def test_the_rest_says_what_is_not_there(operation: Any, world: Any) -> None:
    params = world.input(operation)
    _, message = world.refused(operation, **params)
    assert next(iter(params.values())) in message


def test_every_route_leads_somewhere(model: Any) -> None:
    for operation in model["operations"]:
        assert callable(routing.route(operation)[1])
    handled = [operation for functions in routing.MODULES.values() for operation in functions]
    assert len(handled) == len(set(handled))
    assert {*handled, *EMPTY} - NEWER <= set(model["operations"])


#: Functions that modules of operations have for each other; see SHARED in tests/test_architecture.py.
FOR_OTHERS = {
    "cluster_nodes": {"cluster_of", "record_operation", "scale"},
    "endpoints": {"begin_change"},
    "model_card_pdf": {"rendered"},
    "pipeline_jobs": {"create_job", "job_name", "kept_job", "outcome", "properties", "stop_job"},
    "pipeline_steps": {"fail", "running", "shown"},
    "pipelines": {"version_of"},
}


def test_every_function_of_an_operation_has_a_row() -> None:
    """What a module does not keep to itself is served, an effect, or for a module that is listed."""
    for file in os.listdir(os.path.dirname(operations.__file__)):
        module, end = os.path.splitext(file)
        if end != ".py" or module == "__init__":
            continue
        code = import_module(f"{operations.__name__}.{module}")
        own = {n for n, f in vars(code).items() if inspect.isfunction(f) and f.__module__ == code.__name__}
        served = set(routing.MODULES.get(module, {}).values())
        effects = {function for where, function in routing.EFFECTS.values() if where == module}
        assert {name for name in own if name[0] != "_"} == served | effects | FOR_OTHERS.get(module, set()), module


def test_a_request_cannot_be_changed(sandbox: Any) -> None:
    resources = Resources(sandbox._connection, "123456789012", "eu-west-1", Clock.new())
    request = Request(
        "CreateModel", {"ModelName": "m"}, [], resources, Faults(None), "", routing.effect, sandbox._operation
    )
    with pytest.raises(TypeError):
        request.params["ModelName"] = "n"  # type: ignore[index]
    other = request.with_params(ModelName="n", Extra=1)
    assert (dict(request.params), dict(other.params)) == ({"ModelName": "m"}, {"ModelName": "n", "Extra": 1})
    assert (other.operation, other.resources, other.effects) == (request.operation, resources, routing.effect)


def test_the_guide_has_the_numbers_of_the_coverage() -> None:
    """The table in docs/sandbox.md is what ``sandbox coverage`` counts for the botocore that it names."""
    path = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "sandbox.md")
    with open(path, encoding="utf-8") as file:
        page = file.read()
    named = re.search(r"\| how \| with botocore ([\d.]+) \|", page)
    assert named
    other = models.why_not((named[1],))
    if other is not None:
        pytest.skip(other)
    rows = re.findall(r"^\| `([a-z ]+)` \| (\d+) \|", page, re.MULTILINE)
    counts = {how: int(number) for how, number in rows}
    assert counts == {how: sum(row["how"] == how for row in ROWS.values()) for how in counts}
    assert sum(counts.values()) == len(ROWS)
