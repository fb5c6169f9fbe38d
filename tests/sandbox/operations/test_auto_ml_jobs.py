"""AutoML jobs and their candidates."""

from __future__ import annotations

from typing import Any

import pytest

from awsshadow.sandbox import service

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
OUTPUT = {"OutputDataConfig": {"S3OutputPath": "s3://bucket/out/"}, "RoleArn": ROLE}


def create(world: Any, **more: Any) -> None:
    world.ok(
        "CreateAutoMLJob", AutoMLJobName="auto", InputDataConfig=[{"TargetAttributeName": "y"}], **{**OUTPUT, **more}
    )


def create_v2(world: Any, **problem: Any) -> None:
    world.ok(
        "CreateAutoMLJobV2",
        AutoMLJobName="auto",
        AutoMLJobInputDataConfig=[{"ChannelType": "training"}],
        AutoMLProblemTypeConfig=problem,
        **OUTPUT,
    )


def candidates(world: Any, **asked: Any) -> Any:
    return world.ok("ListCandidatesForAutoMLJob", AutoMLJobName="auto", MaxResults=300, **asked)["Candidates"]


def value(candidate: Any) -> float:
    return float(candidate["FinalAutoMLJobObjectiveMetric"]["Value"])


@pytest.mark.parametrize(
    ("problem", "metric", "kind"),
    [("Regression", "MSE", "Minimize"), ("MulticlassClassification", "Accuracy", "Maximize")],
)
def test_the_best_candidate_has_the_best_value(world: Any, problem: str, metric: str, kind: str) -> None:
    create(world, ProblemType=problem, AutoMLJobConfig={"CompletionCriteria": {"MaxCandidates": 12}})
    found = candidates(world)
    assert len(found) == len({candidate["CandidateName"] for candidate in found}) == 12
    shown = world.ok("DescribeAutoMLJob", AutoMLJobName="auto")
    best = (min if kind == "Minimize" else max)(found, key=value)
    assert shown["BestCandidate"] == best
    assert best["FinalAutoMLJobObjectiveMetric"] == {
        "MetricName": metric,
        "StandardMetricName": metric,
        "Type": kind,
        "Value": value(best),
    }
    assert shown["AutoMLJobSecondaryStatus"] == "Completed"
    assert shown["ResolvedAttributes"] == {
        "AutoMLJobObjective": {"MetricName": metric},
        "CompletionCriteria": {"MaxCandidates": 12},
        "ProblemType": problem,
    }
    assert shown["AutoMLJobArtifacts"]["DataExplorationNotebookLocation"].startswith("s3://bucket/out/auto/sagemaker-")
    # The same again, and what is made of it is a model.
    assert candidates(world) == found
    containers = [{k: c[k] for k in ("Image", "ModelDataUrl", "Environment")} for c in best["InferenceContainers"]]
    world.ok("CreateModel", ModelName="best", Containers=containers, ExecutionRoleArn=ROLE)


def test_candidates_are_sorted_and_filtered(world: Any) -> None:
    create(world)
    names = [candidate["CandidateName"] for candidate in candidates(world)]
    assert names == sorted(names)
    by_value = candidates(world, SortBy="FinalObjectiveMetricValue", SortOrder="Descending")
    assert by_value == sorted(by_value, key=value, reverse=True)
    assert [c["CandidateName"] for c in candidates(world, CandidateNameEquals=names[3])] == [names[3]]
    assert candidates(world, StatusEquals="Failed") == []
    page = world.ok("ListCandidatesForAutoMLJob", AutoMLJobName="auto", MaxResults=4)
    assert len(page["Candidates"]) == 4
    rest = world.ok("ListCandidatesForAutoMLJob", AutoMLJobName="auto", MaxResults=99, NextToken=page["NextToken"])
    assert [c["CandidateName"] for c in page["Candidates"] + rest["Candidates"]] == names


@pytest.mark.parametrize(
    ("problem", "name", "metric", "resolved"),
    [
        (
            {"TabularJobConfig": {"TargetAttributeName": "y", "ProblemType": "Regression"}},
            "Tabular",
            "MSE",
            {"TabularResolvedAttributes": {"ProblemType": "Regression"}},
        ),
        ({"ImageClassificationJobConfig": {}}, "ImageClassification", "Accuracy", None),
        ({"TextGenerationJobConfig": {"BaseModelName": "Falcon7B"}}, "TextGeneration", "Accuracy",
         {"TextGenerationResolvedAttributes": {"BaseModelName": "Falcon7B"}}),
    ],
)  # fmt: skip
def test_version_two(world: Any, problem: Any, name: str, metric: str, resolved: Any) -> None:
    create_v2(world, **problem)
    shown = world.ok("DescribeAutoMLJobV2", AutoMLJobName="auto")
    assert shown["AutoMLProblemTypeConfigName"] == name
    assert shown["ResolvedAttributes"]["AutoMLJobObjective"] == {"MetricName": metric}
    assert shown["ResolvedAttributes"].get("AutoMLProblemTypeResolvedAttributes") == resolved
    assert shown["BestCandidate"]["InferenceContainerDefinitions"]["CPU"][0]["ModelDataUrl"].startswith(
        "s3://bucket/out/auto/"
    )
    assert len(candidates(world)) == 10


def test_there_are_none_before_the_end(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    create(world)
    shown = world.ok("DescribeAutoMLJob", AutoMLJobName="auto")
    assert (shown["AutoMLJobStatus"], shown["AutoMLJobSecondaryStatus"]) == ("InProgress", "Starting")
    assert not {"BestCandidate", "ResolvedAttributes", "AutoMLJobArtifacts"} & set(shown)
    assert candidates(world) == []
    world.ok("StopAutoMLJob", AutoMLJobName="auto")
    service.advance_clock(str(tmp_path), "1h")
    shown = world.ok("DescribeAutoMLJob", AutoMLJobName="auto")
    assert (shown["AutoMLJobSecondaryStatus"], "BestCandidate" in shown) == ("Stopped", False)
    sandbox.close()


def test_definitions_alone_have_no_candidates(world: Any) -> None:
    create(world, GenerateCandidateDefinitionsOnly=True)
    assert candidates(world) == []
    assert "BestCandidate" not in world.ok("DescribeAutoMLJob", AutoMLJobName="auto")


@pytest.mark.parametrize(
    ("problem", "objective"),
    [
        ({"TextClassificationJobConfig": {"ContentColumn": "c", "TargetLabelColumn": "t"}}, {"MetricName": "Accuracy"}),
        ({"TabularJobConfig": {"TargetAttributeName": "y"}}, None),
        ({"TextGenerationJobConfig": {}}, None),
    ],
)
def test_a_problem_with_one_metric_has_it_for_its_objective(world: Any, problem: Any, objective: Any) -> None:
    create_v2(world, **problem)
    assert world.ok("DescribeAutoMLJobV2", AutoMLJobName="auto").get("AutoMLJobObjective") == objective


def test_an_objective_that_is_given_stays(world: Any) -> None:
    create(world, ProblemType="Regression", AutoMLJobObjective={"MetricName": "MAE"})
    assert world.ok("DescribeAutoMLJob", AutoMLJobName="auto")["AutoMLJobObjective"] == {"MetricName": "MAE"}
