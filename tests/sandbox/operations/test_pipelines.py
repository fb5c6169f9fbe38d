"""Pipelines, versions, and executions step by step."""

import json
from typing import Any

import pytest

from awsshadow.sandbox import service

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"


def make(world: Any, *types: Any, name: Any = "p", **definition: Any) -> Any:
    steps = [{"Name": f"s{i}", "Type": kind} for i, kind in enumerate(types)]
    text = json.dumps({"Version": "2020-12-01", "Steps": steps, **definition})
    world.ok(
        "CreatePipeline", PipelineName=name, PipelineDefinition=text, RoleArn=ROLE, ClientRequestToken=world.token()
    )
    return text


def start(world: Any, **more: Any) -> Any:
    made = world.ok("StartPipelineExecution", PipelineName="p", ClientRequestToken=world.token(), **more)
    return made["PipelineExecutionArn"]


def status(world: Any, arn: Any) -> Any:
    return world.ok("DescribePipelineExecution", PipelineExecutionArn=arn)["PipelineExecutionStatus"]


def steps(world: Any, arn: Any) -> Any:
    shown = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn, SortOrder="Ascending")
    return [(s["StepName"], s["StepStatus"], s["AttemptCount"]) for s in shown["PipelineExecutionSteps"]]


def test_steps_follow_each_other(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    make(world, "Processing", "Training")
    arn = start(world)
    assert arn.startswith("arn:aws:sagemaker:eu-west-1:123456789012:pipeline/p/execution/")
    assert (status(world, arn), steps(world, arn)) == ("Executing", [("s0", "Executing", 1)])
    service.advance_clock(str(tmp_path), "45s")
    assert steps(world, arn) == [("s0", "Succeeded", 1), ("s1", "Executing", 1)]
    service.advance_clock(str(tmp_path), "45s")
    assert status(world, arn) == "Succeeded"
    shown = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert [(s["StepName"], s["StartTime"], s["EndTime"]) for s in shown] == [("s1", 1030, 1060), ("s0", 1000, 1030)]
    # Without arguments they name no job.
    assert "Metadata" not in shown[0]
    sandbox.close()


def test_a_callback_is_waited_for(world: Any) -> None:
    make(world, "Training", "Callback", "Model")
    arn = start(world)
    assert status(world, arn) == "Executing"
    step = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"][0]
    token = step["Metadata"]["Callback"]["CallbackToken"]
    assert world.refused("SendPipelineExecutionStepSuccess", CallbackToken="0123456789")[0] == "ResourceNotFound"
    outputs = [{"Name": "a", "Value": "b"}]
    done = world.ok("SendPipelineExecutionStepSuccess", CallbackToken=token, OutputParameters=outputs)
    assert done == {"PipelineExecutionArn": arn}
    assert status(world, arn) == "Succeeded"
    shown = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert shown[1]["Metadata"]["Callback"]["OutputParameters"] == outputs


def test_failed_steps_are_retried(world: Any) -> None:
    make(world, "Training", "Callback")
    arn = start(world)
    step = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"][0]
    token = step["Metadata"]["Callback"]["CallbackToken"]
    world.ok("SendPipelineExecutionStepFailure", CallbackToken=token, FailureReason="broken")
    shown = world.ok("DescribePipelineExecution", PipelineExecutionArn=arn)
    assert (shown["PipelineExecutionStatus"], shown["FailureReason"]) == ("Failed", "broken")
    world.ok("RetryPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken=world.token())
    assert steps(world, arn) == [("s0", "Succeeded", 1), ("s1", "Executing", 2)]
    assert "FailureReason" not in world.ok("DescribePipelineExecution", PipelineExecutionArn=arn)
    world.ok("StopPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken=world.token())
    assert status(world, arn) == "Stopped"
    assert (
        world.refused("StopPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken=world.token())[0]
        == "ConflictException"
    )


def test_a_fail_step_fails(world: Any) -> None:
    make(world, "Fail", "Training")
    arn = start(world)
    assert status(world, arn) == "Failed"
    assert steps(world, arn) == [("s0", "Failed", 1)]


def test_versions_and_aliases(world: Any) -> None:
    first = make(world, "Training")
    second = json.dumps({"Version": "2020-12-01", "Steps": []})
    assert world.ok("UpdatePipeline", PipelineName="p", PipelineDefinition=second)["PipelineVersionId"] == 2
    arn = world.ok("DescribePipeline", PipelineName="p")["PipelineArn"]
    world.ok(
        "UpdatePipelineVersion", PipelineArn=arn, PipelineVersionId=1, PipelineVersionAliasOperations={"Add": ["old"]}
    )
    assert world.ok("DescribePipeline", PipelineName="p")["PipelineDefinition"] == second
    assert world.ok("DescribePipeline", PipelineName="p", PipelineVersionAlias="old")["PipelineDefinition"] == first
    assert world.ok("DescribePipeline", PipelineName="p", PipelineVersionId=1)["PipelineDefinition"] == first
    assert world.refused("DescribePipeline", PipelineName="p", PipelineVersionId=9)[0] == "ResourceNotFound"
    execution = start(world, PipelineVersionAlias="old")
    assert (
        world.ok("DescribePipelineDefinitionForExecution", PipelineExecutionArn=execution)["PipelineDefinition"]
        == first
    )
    listed = world.ok("ListPipelineVersions", PipelineName="p", SortOrder="Ascending")["PipelineVersionSummaries"]
    assert [(v["PipelineVersionId"], v.get("PipelineVersionAliases")) for v in listed] == [(1, ["old"]), (2, None)]
    assert listed[0]["LastExecutionPipelineExecutionArn"] == execution


def test_parameters(world: Any) -> None:
    parameters = [{"Name": "a", "Type": "String", "DefaultValue": "1"}, {"Name": "b", "Type": "Integer"}]
    make(world, "Training", Parameters=parameters)

    def refuse(given: Any) -> Any:
        named = {"PipelineName": "p", "ClientRequestToken": world.token()}
        return world.refused("StartPipelineExecution", **named, PipelineParameters=given)

    assert "has no default value" in refuse([])[1]
    assert "not defined in the pipeline" in refuse([{"Name": "x", "Value": "1"}])[1]
    arn = start(world, PipelineParameters=[{"Name": "b", "Value": "2"}])
    shown = world.ok("ListPipelineParametersForExecution", PipelineExecutionArn=arn)["PipelineParameters"]
    assert shown == [{"Name": "a", "Value": "1"}, {"Name": "b", "Value": "2"}]


def test_executions_are_listed_with_their_pipeline(world: Any) -> None:
    make(world, "Training")
    make(world, "Training", name="other")
    arns = [start(world) for _ in range(3)]
    arn = world.ok("DescribePipeline", PipelineName="p")["PipelineArn"]
    for name in ("p", arn):
        listed = world.ok("ListPipelineExecutions", PipelineName=name)["PipelineExecutionSummaries"]
        assert {e["PipelineExecutionArn"] for e in listed} == set(arns)
    assert world.ok("ListPipelineExecutions", PipelineName="other")["PipelineExecutionSummaries"] == []
    assert world.ok("ListPipelines", PipelineNamePrefix="o")["PipelineSummaries"][0]["PipelineName"] == "other"


@pytest.mark.parametrize("text", ["not json", "[]", '{"Steps": 1}'])
def test_definitions_have_to_be_read(world: Any, text: Any) -> None:
    code, message = world.refused(
        "CreatePipeline", PipelineName="p", PipelineDefinition=text, RoleArn=ROLE, ClientRequestToken=world.token()
    )
    assert code == "ValidationException"
    assert message.startswith("Unable to parse pipeline definition.")
