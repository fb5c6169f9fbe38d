"""Answers that follow from the request: rendered templates, scaling recommendations, schemas, sessions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import World

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"


def rendered(world: World, content: str, **task: Any) -> tuple[str, list[str]]:
    answer = world.ok(
        "RenderUiTemplate", UiTemplate={"Content": content}, Task={"Input": json.dumps(task)}, RoleArn=ROLE
    )
    return answer["RenderedContent"], [error["Message"] for error in answer["Errors"]]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<p>{{ task.input.text }}</p>", "<p>a &amp; b</p>"),
        ("{{ task.input.text | skip_autoescape }}", "a & b"),
        ("{{task.input.text | escape}}", "a &amp; b"),
        ("{{ task.input.image.uri | grant_read_access }}", "s3://bucket/key"),
        ("{{ task.input.labels | to_json | skip_autoescape }}", '["x", "y"]'),
        ("{{ task.input.none }}!", "!"),
        ("{% comment %}{{ nothing }}{% endcomment %}x", "x"),
    ],
)
def test_values_of_the_task_are_put_into_a_template(content: str, shown: str, world: World) -> None:
    task = {"text": "a & b", "image": {"uri": "s3://bucket/key"}, "labels": ["x", "y"]}
    assert rendered(world, content, **task) == (shown, [])


@pytest.mark.parametrize("content", ["{% if x %}y{% endif %}", "{{ other.value }}", "{{ task.input.a | date }}"])
def test_what_is_not_rendered_is_named(content: str, world: World) -> None:
    shown, errors = rendered(world, content, a=1)
    assert shown == content
    assert errors


def test_a_template_is_that_of_the_interface_that_is_named(world: World) -> None:
    template = {"Content": "<p>{{ task.input.a }}</p>"}
    arn = world.ok("CreateHumanTaskUi", HumanTaskUiName="ui", UiTemplate=template)["HumanTaskUiArn"]
    params = {"Task": {"Input": '{"a": 1}'}, "RoleArn": ROLE}
    assert world.ok("RenderUiTemplate", HumanTaskUiArn=arn, **params)["RenderedContent"] == "<p>1</p>"
    assert world.refused("RenderUiTemplate", **params)[0] == "ValidationException"
    assert world.refused("RenderUiTemplate", HumanTaskUiArn=arn + "x", **params)[0] == "ResourceNotFound"
    wrong = {**params, "Task": {"Input": "no JSON"}}
    assert world.refused("RenderUiTemplate", HumanTaskUiArn=arn, **wrong)[0] == "ValidationException"


def test_a_scaling_recommendation_follows_the_expected_traffic(world: World) -> None:
    job = world.make("InferenceRecommendationsJob")["JobName"]
    objective = {"MinInvocationsPerMinute": 40, "MaxInvocationsPerMinute": 100}
    asked = {"InferenceRecommendationsJobName": job, "EndpointName": "e", "ScalingPolicyObjective": objective}
    answer = world.ok("GetScalingConfigurationRecommendation", **asked)
    assert {member: answer[member] for member in asked} == asked
    scaling = answer["DynamicScalingConfiguration"]
    assert (scaling["MinCapacity"], scaling["MaxCapacity"]) == (1, 3)
    assert scaling["ScalingPolicies"][0]["TargetTracking"]["TargetValue"] == 40
    assert answer["TargetCpuUtilizationPerCore"] == 50
    both = {**asked, "RecommendationId": "r"}
    assert world.refused("GetScalingConfigurationRecommendation", **both)[0] == "ValidationException"
    missing = {**asked, "InferenceRecommendationsJobName": "none"}
    assert world.refused("GetScalingConfigurationRecommendation", **missing)[0] == "ResourceNotFound"


def test_schemas_of_job_configurations(world: World) -> None:
    listed = world.ok("ListJobSchemaVersions", JobCategory="AgentRFT")["JobConfigSchemas"]
    version = listed[0]["JobConfigSchemaVersion"]
    shown = world.ok("DescribeJobSchemaVersion", JobCategory="AgentRFT")
    assert shown["JobConfigSchemaVersion"] == version
    assert json.loads(shown["JobConfigSchema"])["type"] == "object"


def test_a_session_needs_its_space(world: World) -> None:
    arn = world.make("Space")["SpaceArn"]
    session = world.ok("StartSession", ResourceIdentifier=arn)
    assert session["SessionId"] in session["StreamUrl"]
    assert session["StreamUrl"].startswith("ws")
    assert world.refused("StartSession", ResourceIdentifier=arn + "x")[0] == "ResourceNotFound"
