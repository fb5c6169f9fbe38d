"""Metrics, edge agents and human loops."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.services.conftest import Client

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"


def code(call: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**params)
    return str(caught.value.response["Error"]["Code"])


def test_metrics_are_summed_up_and_can_be_asked_for(client: Client, sagemaker: Any) -> None:
    metrics = client("sagemaker-metrics")
    data = [
        {"MetricName": "loss", "Timestamp": datetime.fromtimestamp(1000 + n, UTC), "Step": n // 2, "Value": float(n)}
        for n in range(4)
    ]
    said = metrics.batch_put_metrics(TrialComponentName="tc", MetricData=data)
    assert [(e["Code"], e["MetricIndex"]) for e in said["Errors"]] == [("VALIDATION_ERROR", n) for n in range(4)]
    arn = sagemaker.create_trial_component(TrialComponentName="tc")["TrialComponentArn"]
    assert "Errors" not in metrics.batch_put_metrics(TrialComponentName="tc", MetricData=data)
    [summary] = sagemaker.describe_trial_component(TrialComponentName="tc")["Metrics"]
    assert (summary["MetricName"], summary["Count"], summary["Last"]) == ("loss", 4, 3.0)
    assert (summary["Min"], summary["Max"], summary["Avg"]) == (0.0, 3.0, 1.5)
    assert summary["StdDev"] == pytest.approx(1.118, abs=0.001)
    query = {"MetricName": "loss", "ResourceArn": arn, "MetricStat": "Avg"}
    results = metrics.batch_get_metrics(
        MetricQueries=[
            {**query, "Period": "IterationNumber", "XAxisType": "IterationNumber"},
            {**query, "Period": "OneMinute", "XAxisType": "Timestamp", "MetricStat": "Max"},
            {**query, "Period": "IterationNumber", "XAxisType": "IterationNumber", "Start": 1},
            {**query, "Period": "IterationNumber", "XAxisType": "IterationNumber", "ResourceArn": arn + "x"},
        ]
    )["MetricQueryResults"]
    assert [(r["Status"], r["XAxisValues"], r["MetricValues"]) for r in results] == [
        ("Complete", [0, 1], [0.5, 2.5]),
        ("Complete", [960], [3.0]),
        ("Complete", [1], [2.5]),
        ("ValidationError", [], []),
    ]


def test_an_edge_agent_is_known_and_heard(client: Client, sagemaker: Any) -> None:
    edge, about = client("sagemaker-edge"), {"DeviceFleetName": "fleet", "DeviceName": "cam"}
    assert code(edge.get_device_registration, **about) == "ValidationException"
    sagemaker.create_device_fleet(
        DeviceFleetName="fleet", RoleArn=ROLE, OutputConfig={"S3OutputLocation": "s3://b/out"}
    )
    sagemaker.register_devices(DeviceFleetName="fleet", Devices=[{"DeviceName": "cam"}])
    registration = json.loads(edge.get_device_registration(**about)["DeviceRegistration"])
    assert registration["DeviceName"] == "cam"
    assert registration["OutputConfig"] == {"S3OutputLocation": "s3://b/out"}
    edge.send_heartbeat(AgentVersion="1.2.3", **about)
    shown = sagemaker.describe_device(**about)
    assert shown["AgentVersion"] == "1.2.3"
    assert shown["LatestHeartbeat"]
    assert edge.get_deployments(**about).get("Deployments") == []


def test_a_stage_that_was_started_is_what_an_agent_is_to_deploy(client: Client, sagemaker: Any) -> None:
    about = {"DeviceFleetName": "fleet", "DeviceName": "cam-1"}
    sagemaker.create_device_fleet(DeviceFleetName="fleet", RoleArn=ROLE, OutputConfig={"S3OutputLocation": "s3://b/o"})
    sagemaker.register_devices(DeviceFleetName="fleet", Devices=[{"DeviceName": n} for n in ("cam-1", "door-1")])
    sagemaker.create_compilation_job(
        CompilationJobName="neo",
        RoleArn=ROLE,
        InputConfig={"S3Uri": "s3://b/m.tar.gz", "DataInputConfig": "{}", "Framework": "PYTORCH"},
        OutputConfig={"S3OutputLocation": "s3://b/neo", "TargetDevice": "ml_c5"},
        StoppingCondition={"MaxRuntimeInSeconds": 60},
    )
    sagemaker.create_edge_packaging_job(
        EdgePackagingJobName="pack", CompilationJobName="neo", ModelName="m", ModelVersion="1", RoleArn=ROLE,
        OutputConfig={"S3OutputLocation": "s3://b/packed"},
    )  # fmt: skip
    selection = {"DeviceSubsetType": "NAMECONTAINS", "DeviceNameContains": "cam"}
    sagemaker.create_edge_deployment_plan(
        EdgeDeploymentPlanName="plan",
        DeviceFleetName="fleet",
        ModelConfigs=[{"ModelHandle": "handle", "EdgePackagingJobName": "pack"}],
        Stages=[{"StageName": "first", "DeviceSelectionConfig": selection}],
    )
    edge = client("sagemaker-edge")
    assert edge.get_deployments(**about)["Deployments"] == []
    sagemaker.start_edge_deployment_stage(EdgeDeploymentPlanName="plan", StageName="first")
    [deployment] = edge.get_deployments(**about)["Deployments"]
    assert deployment["DeploymentName"] == "plan"
    assert deployment["Definitions"] == [{"ModelHandle": "handle", "S3Url": "s3://b/packed", "State": "DEPLOY"}]
    assert edge.get_deployments(DeviceFleetName="fleet", DeviceName="door-1")["Deployments"] == []


def make_flow(sagemaker: Any) -> str:
    crowd = {"UserPool": "eu-west-1_a", "UserGroup": "group", "ClientId": "client"}
    members = [{"CognitoMemberDefinition": crowd}]
    team = sagemaker.create_workteam(WorkteamName="team", MemberDefinitions=members, Description="d")["WorkteamArn"]
    interface = sagemaker.create_human_task_ui(HumanTaskUiName="ui", UiTemplate={"Content": "<x/>"})["HumanTaskUiArn"]
    made = sagemaker.create_flow_definition(
        FlowDefinitionName="flow",
        RoleArn=ROLE,
        HumanLoopConfig={
            "WorkteamArn": team, "HumanTaskUiArn": interface, "TaskTitle": "t", "TaskDescription": "d", "TaskCount": 1
        },
        OutputConfig={"S3OutputPath": "s3://b/o"},
    )  # fmt: skip
    return str(made["FlowDefinitionArn"])


def test_human_loops(client: Client, sagemaker: Any) -> None:
    loops, content = client("sagemaker-a2i-runtime"), {"InputContent": '{"a": 1}'}
    nowhere = "arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/nothing"
    missing = {"HumanLoopName": "l", "FlowDefinitionArn": nowhere, "HumanLoopInput": content}
    assert code(loops.start_human_loop, **missing) == "ResourceNotFoundException"
    flow = make_flow(sagemaker)
    for name in ("one", "two", "three"):
        made = loops.start_human_loop(HumanLoopName=name, FlowDefinitionArn=flow, HumanLoopInput=content)
    assert made["HumanLoopArn"] == "arn:aws:sagemaker:eu-west-1:123456789012:human-loop/three"
    again = {"HumanLoopName": "one", "FlowDefinitionArn": flow, "HumanLoopInput": content}
    assert code(loops.start_human_loop, **again) == "ConflictException"
    bad = {"HumanLoopName": "bad", "FlowDefinitionArn": flow, "HumanLoopInput": {"InputContent": "no json"}}
    assert code(loops.start_human_loop, **bad) == "ValidationException"
    assert loops.describe_human_loop(HumanLoopName="one")["HumanLoopStatus"] == "InProgress"
    assert code(loops.delete_human_loop, HumanLoopName="one") == "ValidationException"
    loops.stop_human_loop(HumanLoopName="one")
    assert loops.describe_human_loop(HumanLoopName="one")["HumanLoopStatus"] == "Stopped"
    pages = loops.get_paginator("list_human_loops").paginate(FlowDefinitionArn=flow, PaginationConfig={"PageSize": 2})
    names = [[row["HumanLoopName"] for row in page["HumanLoopSummaries"]] for page in pages]
    assert names == [["three", "two"], ["one"]]
    later = loops.list_human_loops(FlowDefinitionArn=flow, CreationTimeAfter=datetime(2999, 1, 1, tzinfo=UTC))
    assert later["HumanLoopSummaries"] == []
    loops.delete_human_loop(HumanLoopName="one")
    assert code(loops.describe_human_loop, HumanLoopName="one") == "ResourceNotFoundException"
