"""Tuning jobs and the training jobs they launch."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from awsshadow.sandbox import service

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
RANGES = {
    "CategoricalParameterRanges": [{"Name": "optimizer", "Values": ["sgd", "adam"]}],
    "ContinuousParameterRanges": [
        {"Name": "momentum", "MinValue": "0.1", "MaxValue": "0.9", "ScalingType": "ReverseLogarithmic"},
        {"Name": "rate", "MinValue": "1e-5", "MaxValue": "0.1", "ScalingType": "Logarithmic"},
    ],
    "IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "5"}],
}
DEFINITION = {
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/models/"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30},
    "RoleArn": ROLE,
    "StaticHyperParameters": {"epochs": "3"},
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
}
NAME = {"HyperParameterTuningJobName": "tune"}


def create(world: Any, jobs: int | None = 7, parallel: int = 3, best: str = "Maximize", **config: Any) -> None:
    limits = {"MaxParallelTrainingJobs": parallel, **({} if jobs is None else {"MaxNumberOfTrainingJobs": jobs})}
    world.ok(
        "CreateHyperParameterTuningJob",
        **NAME,
        HyperParameterTuningJobConfig={
            "HyperParameterTuningJobObjective": {"MetricName": "score", "Type": best},
            "ParameterRanges": RANGES,
            "ResourceLimits": limits,
            "Strategy": "Bayesian",
            **config,
        },
        TrainingJobDefinition=DEFINITION,
    )


def describe(world: Any) -> Any:
    return world.ok("DescribeHyperParameterTuningJob", **NAME)


def launched(world: Any, **asked: Any) -> Any:
    return world.ok("ListTrainingJobsForHyperParameterTuningJob", **NAME, MaxResults=100, **asked)[
        "TrainingJobSummaries"
    ]


def test_training_jobs_have_values_from_the_ranges(world: Any) -> None:
    create(world, 40, 10)
    shown = launched(world)
    assert [job["TrainingJobName"][:8] for job in shown] == [f"tune-{n:03}" for n in range(1, 41)]
    tuned = [job["TunedHyperParameters"] for job in shown]
    assert {values["depth"] for values in tuned} == {"2", "3", "4", "5"}
    assert {values["optimizer"] for values in tuned} == {"sgd", "adam"}
    assert all(0.1 <= float(values["momentum"]) <= 0.9 for values in tuned)
    rates = sorted(float(values["rate"]) for values in tuned)
    assert 1e-5 <= rates[0] < 1e-3 < rates[-1] <= 0.1
    # Nothing is there twice, and another sandbox draws the same for a tuning job of this name.
    assert len({json.dumps(values) for values in tuned}) == 40
    assert tuned[0]["depth"] == "3"


def test_its_training_jobs_are_training_jobs(world: Any) -> None:
    create(world)
    first = launched(world)[0]
    assert re.fullmatch(r"tune-001-[0-9a-f]{8}", first["TrainingJobName"])
    shown = world.ok("DescribeTrainingJob", TrainingJobName=first["TrainingJobName"])
    assert shown["TrainingJobArn"] == first["TrainingJobArn"]
    assert shown["TuningJobArn"] == describe(world)["HyperParameterTuningJobArn"]
    static = {"epochs": "3", "_tuning_objective_metric": "score"}
    assert shown["HyperParameters"] == {**static, **first["TunedHyperParameters"]}
    path = f"s3://bucket/models/{first['TrainingJobName']}/output/model.tar.gz"
    assert shown["ModelArtifacts"]["S3ModelArtifacts"] == path
    metric = first["FinalHyperParameterTuningJobObjectiveMetric"]
    measured = {k: v for k, v in shown["FinalMetricDataList"][0].items() if k != "Timestamp"}
    assert measured == {"MetricName": "score", "Value": pytest.approx(metric["Value"])}
    names = {job["TrainingJobName"] for job in world.ok("ListTrainingJobs", MaxResults=100)["TrainingJobSummaries"]}
    assert names == {job["TrainingJobName"] for job in launched(world)}


@pytest.mark.parametrize(("kind", "choose"), [("Maximize", max), ("Minimize", min)])
def test_the_best_has_the_best_value(world: Any, kind: str, choose: Any) -> None:
    create(world, best=kind)
    shown = describe(world)
    values = {
        job["TrainingJobName"]: job["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] for job in launched(world)
    }
    best = shown["BestTrainingJob"]
    assert best["FinalHyperParameterTuningJobObjectiveMetric"] == {
        "MetricName": "score",
        "Type": kind,
        "Value": choose(values.values()),
    }
    assert values[best["TrainingJobName"]] == choose(values.values())
    assert (best["ObjectiveStatus"], best["TrainingJobStatus"]) == ("Succeeded", "Completed")
    sort = {"SortBy": "FinalObjectiveMetricValue", "SortOrder": "Descending"}
    assert [job["TrainingJobName"] for job in launched(world, **sort)] == sorted(values, key=values.__getitem__)[::-1]


def counters(world: Any) -> tuple[int, int, int]:
    shown = describe(world)
    (listed,) = world.ok("ListHyperParameterTuningJobs")["HyperParameterTuningJobSummaries"]
    assert listed["TrainingJobStatusCounters"] == shown["TrainingJobStatusCounters"]
    counts = shown["TrainingJobStatusCounters"]
    assert sum(shown["ObjectiveStatusCounters"].values()) == sum(counts.values()) == len(launched(world))
    return counts["Completed"], counts["InProgress"], counts["Stopped"]


def test_rounds_follow_each_other(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    create(world)
    assert counters(world) == (0, 3, 0)
    assert "BestTrainingJob" not in describe(world)
    service.advance_clock(str(tmp_path), "201s")
    assert counters(world) == (3, 3, 0)
    assert "BestTrainingJob" in describe(world)
    service.advance_clock(str(tmp_path), "200s")
    assert counters(world) == (6, 1, 0)
    assert len(launched(world, StatusEquals="InProgress")) == 1
    service.advance_clock(str(tmp_path), "200s")
    assert counters(world) == (7, 0, 0)
    shown = describe(world)
    assert (shown["HyperParameterTuningJobStatus"], shown["HyperParameterTuningEndTime"]) == ("Completed", 1600)
    assert shown["ConsumedResources"] == {"RuntimeInSeconds": 600}
    sandbox.close()


def test_stopping_it_stops_what_runs(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    create(world)
    service.advance_clock(str(tmp_path), "201s")
    world.ok("StopHyperParameterTuningJob", **NAME)
    assert {job["TrainingJobStatus"] for job in launched(world)} == {"Completed", "Stopping"}
    service.advance_clock(str(tmp_path), "1h")
    assert counters(world) == (3, 0, 3)
    assert describe(world)["HyperParameterTuningJobStatus"] == "Stopped"
    sandbox.close()


def test_every_look_moves_it_a_round_on(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="step")
    world = make_world(sandbox)
    create(world, 2, 1)
    looks = [describe(world) for _ in range(3)]
    assert [look["HyperParameterTuningJobStatus"] for look in looks] == ["InProgress", "InProgress", "Completed"]
    assert [look["TrainingJobStatusCounters"]["Completed"] for look in looks] == [0, 1, 2]
    sandbox.close()


def test_a_training_job_may_fail_alone(sandbox: Any, make_world: Any, tmp_path: Any) -> None:
    world = make_world(sandbox)
    rule = {"family": "TrainingJob", "name": "tune-002-*", "reason": "Out of memory."}
    service.set_faults(str(tmp_path / "sandbox"), {"fail": [rule]})
    create(world, 3, 2)
    shown = describe(world)
    assert shown["HyperParameterTuningJobStatus"] == "Completed"
    assert shown["TrainingJobStatusCounters"]["NonRetryableError"] == shown["ObjectiveStatusCounters"]["Failed"] == 1
    (failed,) = launched(world, StatusEquals="Failed")
    assert (failed["FailureReason"], failed["ObjectiveStatus"]) == ("Out of memory.", "Failed")
    assert len(launched(world, SortBy="FinalObjectiveMetricValue")) == 2


def test_a_grid_has_each_combination_once(world: Any) -> None:
    categories = [{"Name": "a", "Values": ["x", "y", "z"]}, {"Name": "b", "Values": ["1", "2"]}]
    create(world, None, 4, Strategy="Grid", ParameterRanges={"CategoricalParameterRanges": categories})
    tuned = [(job["TunedHyperParameters"]["a"], job["TunedHyperParameters"]["b"]) for job in launched(world)]
    assert sorted(tuned) == [(a, b) for a in "xyz" for b in "12"]


def test_a_name_can_be_used_again(world: Any) -> None:
    create(world, 2, 2)
    first = launched(world)
    world.ok("DeleteHyperParameterTuningJob", **NAME)
    create(world, 1, 1)
    assert len(launched(world)) == 1
    assert world.ok("DescribeTrainingJob", TrainingJobName=first[0]["TrainingJobName"])


def test_a_warm_start_knows_the_best_of_all(world: Any) -> None:
    create(world, 5, 5)
    before = describe(world)["BestTrainingJob"]
    parents = [{"HyperParameterTuningJobName": "tune"}]
    config = describe(world)["HyperParameterTuningJobConfig"]
    world.ok(
        "CreateHyperParameterTuningJob",
        HyperParameterTuningJobName="warm",
        HyperParameterTuningJobConfig={
            **config,
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
        },
        TrainingJobDefinition=DEFINITION,
        WarmStartConfig={"ParentHyperParameterTuningJobs": parents, "WarmStartType": "IdenticalDataAndAlgorithm"},
    )
    shown = world.ok("DescribeHyperParameterTuningJob", HyperParameterTuningJobName="warm")
    both = [job["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] for job in (before, shown["BestTrainingJob"])]
    assert shown["OverallBestTrainingJob"]["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] == max(both)


def test_an_empty_range_is_refused(world: Any) -> None:
    ranges = {"IntegerParameterRanges": [{"Name": "depth", "MinValue": "5", "MaxValue": "2"}]}
    config = {
        "ParameterRanges": ranges,
        "ResourceLimits": {"MaxParallelTrainingJobs": 1},
        "Strategy": "Random",
    }
    code, message = world.refused(
        "CreateHyperParameterTuningJob",
        **NAME,
        HyperParameterTuningJobConfig=config,
        TrainingJobDefinition=DEFINITION,
    )
    assert (code, "depth" in message) == ("ValidationException", True)
