"""Inference experiments from beginning to end, and what they do to their endpoint."""

from typing import Any

import pytest

from awsshadow.sandbox import service

DAY = 86400
NEW_YEAR = 1767225600
RETAIN = {"production": "Retain", "shadow": "Remove"}


@pytest.fixture
def timed(tmp_path: Any, make_world: Any) -> Any:
    """A world in which time only moves when it is told to."""
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:2026-01-01T00:00:00")
    world = make_world(sandbox)
    world.forward = lambda duration: service.advance_clock(str(tmp_path), duration)
    yield world
    sandbox.close()


def begin(world: Any, **more: Any) -> Any:
    """An experiment on an endpoint that is in service; its input."""
    params = world.create_input("InferenceExperiment", world.minimal)
    if hasattr(world, "forward"):
        world.forward("1h")
    given = {k: v for k, v in {**params, **more}.items() if v is not None}
    arn = world.ok("CreateInferenceExperiment", **given)["InferenceExperimentArn"]
    assert arn.endswith(f"inference-experiment/{given['Name']}")
    return given


def show(world: Any, name: Any) -> Any:
    return world.ok("DescribeInferenceExperiment", Name=name)


def endpoint_of(world: Any, params: Any) -> Any:
    return world.ok("DescribeEndpoint", EndpointName=params["EndpointName"])


def names(variants: Any) -> Any:
    return [v["VariantName"] for v in variants]


def test_seven_days_by_themselves(timed: Any) -> None:
    params = begin(timed)
    name = params["Name"]
    assert show(timed, name)["Status"] == "Creating"
    timed.forward("2m")
    shown = show(timed, name)
    assert shown["Status"] == "Starting"
    assert shown["Schedule"]["EndTime"] - shown["Schedule"]["StartTime"] == 7 * DAY
    assert shown["EndpointMetadata"]["EndpointStatus"] == "Updating"
    timed.forward("10m")
    shown = show(timed, name)
    assert shown["Status"] == "Running"
    assert {v["VariantName"]: v["Status"] for v in shown["ModelVariants"]} == {
        "production": "InService",
        "shadow": "InService",
    }
    endpoint = endpoint_of(timed, params)
    assert endpoint["EndpointStatus"] == "InService"
    assert names(endpoint["ShadowProductionVariants"]) == ["shadow"]
    timed.forward("6d")
    assert show(timed, name)["Status"] == "Running"
    timed.forward("1d")
    shown = show(timed, name)
    assert shown["Status"] == "Completed"
    assert shown["CompletionTime"] > shown["Schedule"]["EndTime"]
    assert {v["VariantName"]: v["Status"] for v in shown["ModelVariants"]} == {
        "production": "InService",
        "shadow": "Deleted",
    }
    assert endpoint_of(timed, params)["ShadowProductionVariants"] == []


def test_a_start_time_is_waited_for(timed: Any) -> None:
    params = begin(timed, Schedule={"StartTime": NEW_YEAR + 2 * DAY, "EndTime": NEW_YEAR + 4 * DAY})
    timed.forward("1h")
    assert show(timed, params["Name"])["Status"] == "Created"
    assert "ShadowProductionVariants" not in endpoint_of(timed, params)
    timed.forward("2d")
    assert show(timed, params["Name"])["Status"] == "Running"
    timed.forward("2d")
    assert show(timed, params["Name"])["Status"] == "Completed"


def test_start_begins_early(timed: Any) -> None:
    params = begin(timed, Schedule={"StartTime": NEW_YEAR + 2 * DAY})
    timed.forward("1h")
    timed.ok("StartInferenceExperiment", Name=params["Name"])
    shown = show(timed, params["Name"])
    assert shown["Status"] == "Starting"
    assert shown["Schedule"]["StartTime"] < NEW_YEAR + DAY
    code, message = timed.refused("StartInferenceExperiment", Name=params["Name"])
    assert code == "ConflictException"
    assert "Starting" in message


def test_promotion_changes_the_endpoint(world: Any) -> None:
    params = begin(world)
    name = params["Name"]
    assert show(world, name)["Status"] == "Running"
    world.ok("UpdateInferenceExperiment", Name=name, Description="new")
    shown = show(world, name)
    assert (shown["Status"], shown["Description"]) == ("Running", "new")
    assert world.refused("DeleteInferenceExperiment", Name=name)[0] == "ConflictException"
    actions = {"production": "Remove", "shadow": "Promote"}
    world.ok(
        "StopInferenceExperiment", Name=name, ModelVariantActions=actions, Reason="better", DesiredState="Completed"
    )
    shown = show(world, name)
    assert (shown["Status"], shown["StatusReason"]) == ("Completed", "better")
    endpoint = endpoint_of(world, params)
    assert names(endpoint["ProductionVariants"]) == ["shadow"]
    assert endpoint["ShadowProductionVariants"] == []
    assert endpoint["EndpointStatus"] == "InService"
    world.ok("DeleteInferenceExperiment", Name=name)
    assert world.refused("DescribeInferenceExperiment", Name=name)[0] == "ResourceNotFound"
    assert endpoint_of(world, params)["EndpointStatus"] == "InService"


def test_cancelled_reverts(world: Any) -> None:
    params = begin(world)
    world.ok("StopInferenceExperiment", Name=params["Name"], ModelVariantActions=RETAIN, DesiredState="Cancelled")
    assert show(world, params["Name"])["Status"] == "Cancelled"
    assert endpoint_of(world, params)["ShadowProductionVariants"] == []


def test_desired_variants_size_what_stays(world: Any) -> None:
    params = begin(world)
    wanted = [dict(params["ModelVariants"][0])]
    wanted[0]["InfrastructureConfig"] = {
        "InfrastructureType": "RealTimeInference",
        "RealTimeInferenceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 4},
    }
    world.ok("StopInferenceExperiment", Name=params["Name"], ModelVariantActions=RETAIN, DesiredModelVariants=wanted)
    assert endpoint_of(world, params)["ProductionVariants"][0]["CurrentInstanceCount"] == 4


def test_what_an_update_may_change(world: Any) -> None:
    params = begin(world)
    name = params["Name"]
    shadow = {
        "SourceModelVariantName": "production",
        "ShadowModelVariants": [{"ShadowModelVariantName": "shadow", "SamplingPercentage": 7}],
    }
    world.ok("UpdateInferenceExperiment", Name=name, ShadowModeConfig=shadow)
    assert show(world, name)["ShadowModeConfig"] == shadow
    before = show(world, name)["Schedule"]
    world.ok("UpdateInferenceExperiment", Name=name, Schedule={"EndTime": before["StartTime"] + DAY})
    assert show(world, name)["Schedule"]["EndTime"] == before["StartTime"] + DAY
    assert (
        world.refused("UpdateInferenceExperiment", Name=name, Schedule={"StartTime": 4_000_000_000})[0]
        == "ValidationException"
    )
    fewer = [{**v, "ModelName": world.make("Model")["ModelName"]} for v in params["ModelVariants"]]
    assert (
        "ModelVariants cannot be changed"
        in world.refused("UpdateInferenceExperiment", Name=name, ModelVariants=fewer)[1]
    )


@pytest.mark.parametrize(
    ("actions", "part"),
    [
        ({"production": "Remove", "shadow": "Remove"}, "retained or promoted"),
        ({"production": "Promote", "shadow": "Promote"}, "Only one"),
        ({"other": "Retain"}, "no model variant other"),
    ],
)
def test_actions_must_make_sense(world: Any, actions: Any, part: Any) -> None:
    params = begin(world)
    code, message = world.refused("StopInferenceExperiment", Name=params["Name"], ModelVariantActions=actions)
    assert code == "ValidationException"
    assert part in message


def test_which_endpoints_are_refused(world: Any) -> None:
    params = world.create_input("InferenceExperiment", world.minimal)
    assert (
        "Could not find endpoint" in world.refused("CreateInferenceExperiment", **{**params, "EndpointName": "none"})[1]
    )
    world.ok("CreateInferenceExperiment", **params)
    code, _message = world.refused("CreateInferenceExperiment", **{**params, "Name": "second"})
    assert code in {"ResourceInUse", "ValidationException"}
    model = world.make("Model")["ModelName"]
    serverless = {"MemorySizeInMB": 1024, "MaxConcurrency": 1}
    variants = [{"VariantName": "production", "ModelName": model, "ServerlessConfig": serverless}]
    world.ok("CreateEndpointConfig", EndpointConfigName="serverless", ProductionVariants=variants)
    world.ok("CreateEndpoint", EndpointName="serverless", EndpointConfigName="serverless")
    third = {**params, "Name": "third", "EndpointName": "serverless"}
    assert "not supported on serverless" in world.refused("CreateInferenceExperiment", **third)[1]
    long = {**world.create_input("InferenceExperiment", world.minimal), "Schedule": {"EndTime": 4_000_000_000}}
    assert "30 days at most" in world.refused("CreateInferenceExperiment", **long)[1]


def test_an_endpoint_that_goes_cancels_the_experiment(timed: Any) -> None:
    params = begin(timed, Schedule={"StartTime": NEW_YEAR + 2 * DAY})
    timed.forward("1h")
    timed.ok("DeleteEndpoint", EndpointName=params["EndpointName"])
    timed.forward("3d")
    shown = show(timed, params["Name"])
    assert shown["Status"] == "Cancelled"
    assert "not InService" in shown["StatusReason"]
    assert shown["EndpointMetadata"] == {"EndpointName": params["EndpointName"]}


def test_it_goes_on_whoever_looks(timed: Any, tmp_path: Any) -> None:
    params = begin(timed)
    timed.forward("2m")
    # Somebody looks at something else, in another region: the endpoint is still found in its own.
    assert timed.sandbox.answer("SageMaker.ListModels", b"{}", "us-east-1").status == 200
    timed.forward("1h")
    assert service.listing(str(tmp_path))
    assert names(endpoint_of(timed, params)["ShadowProductionVariants"]) == ["shadow"]
    assert show(timed, params["Name"])["Status"] == "Running"


def test_lists_filter_by_status(world: Any) -> None:
    params = begin(world)
    assert world.ok("ListInferenceExperiments", StatusEquals="Created")["InferenceExperiments"] == []
    found = world.ok("ListInferenceExperiments", StatusEquals="Running", Type="ShadowMode", NameContains=params["Name"])
    assert [e["Name"] for e in found["InferenceExperiments"]] == [params["Name"]]
    assert "InferenceExperimentArn" not in found["InferenceExperiments"][0]


def test_step_shows_every_state(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path))
    world = make_world(sandbox)
    params = world.create_input("InferenceExperiment", world.minimal)
    service.set_clock(str(tmp_path), "step")
    world.ok("CreateInferenceExperiment", **params)
    seen = [show(world, params["Name"])["Status"] for _ in range(5)]
    assert seen == ["Creating", "Created", "Starting", "Running", "Running"]
    seen = [endpoint_of(world, params)["EndpointStatus"] for _ in range(2)]
    assert seen == ["Updating", "InService"]
    world.ok("StopInferenceExperiment", Name=params["Name"], ModelVariantActions=RETAIN)
    assert [show(world, params["Name"])["Status"] for _ in range(2)] == ["Stopping", "Completed"]
    sandbox.close()
