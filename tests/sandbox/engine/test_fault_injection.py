"""Failures on request."""

from typing import Any

import pytest

from awsshadow.errors import ParameterError
from awsshadow.sandbox import service


@pytest.fixture
def faulty(tmp_path: Any, make_world: Any) -> Any:
    sandbox = service.Sandbox(str(tmp_path))
    world = make_world(sandbox)
    world.faults = lambda document: service.set_faults(str(tmp_path), document)
    yield world
    sandbox.close()


def test_a_named_resource_fails(faulty: Any) -> None:
    faulty.faults({"fail": [{"family": "TrainingJob", "name": "bad*", "reason": "no luck"}]})
    bad, good = (faulty.create_input("TrainingJob", faulty.minimal) for _ in range(2))
    bad["TrainingJobName"] = "bad-one"
    faulty.ok("CreateTrainingJob", **bad)
    faulty.ok("CreateTrainingJob", **good)
    shown = faulty.ok("DescribeTrainingJob", TrainingJobName="bad-one")
    assert (shown["TrainingJobStatus"], shown["FailureReason"]) == ("Failed", "no luck")
    shown = faulty.ok("DescribeTrainingJob", TrainingJobName=good["TrainingJobName"])
    assert shown["TrainingJobStatus"] == "Completed"


def test_failures_come_by_way_of_the_first_state(faulty: Any) -> None:
    faulty.faults({"fail": [{"family": "Endpoint"}]})
    service.set_clock(core_folder(faulty), "step")
    name = faulty.make("Endpoint")["EndpointName"]
    seen = [faulty.ok("DescribeEndpoint", EndpointName=name)["EndpointStatus"] for _ in range(2)]
    assert seen == ["Creating", "Failed"]


def core_folder(world: Any) -> Any:
    return world.sandbox._connection.execute("PRAGMA database_list").fetchone()[2].rpartition("/")[0]


def test_pipelines_and_experiments_fail(faulty: Any) -> None:
    faulty.faults({"fail": [{"family": "PipelineExecution"}, {"family": "InferenceExperiment", "reason": "why"}]})
    arn = faulty.make("PipelineExecution")["PipelineExecutionArn"]
    assert faulty.ok("DescribePipelineExecution", PipelineExecutionArn=arn)["PipelineExecutionStatus"] == "Failed"
    steps = faulty.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert [s["StepStatus"] for s in steps] == ["Failed"]
    name = faulty.make("InferenceExperiment")["Name"]
    shown = faulty.ok("DescribeInferenceExperiment", Name=name)
    assert (shown["Status"], shown["StatusReason"]) == ("Cancelled", "why")


def test_throttling_counts_down(faulty: Any) -> None:
    faulty.faults({"throttle": [{"operation": "List*", "times": 2}]})
    assert faulty.refused("ListModels") == ("ThrottlingException", "Rate exceeded")
    faulty.ok("DescribeLineageGroup", LineageGroupName="sagemaker-default-lineage-group")
    faulty.refused("ListEndpoints")
    faulty.ok("ListModels")
    faulty.faults({"throttle": [{}]})
    for _ in range(3):
        faulty.refused("ListModels")
    faulty.faults(None)
    faulty.ok("ListModels")


def test_quotas_of_resources(faulty: Any) -> None:
    faulty.faults({"quota": [{"operation": "CreateExperiment", "limit": 1}]})
    faulty.ok("CreateExperiment", ExperimentName="one")
    code, message = faulty.refused("CreateExperiment", ExperimentName="two")
    assert code == "ResourceLimitExceeded"
    assert "is 1 Resources, with current utilization of 1 Resources and a request delta of 1 Resources" in message
    faulty.ok("CreateModel", ModelName="other", ExecutionRoleArn="arn:aws:iam::123456789012:role/sandbox-role")


def test_quotas_of_instances(faulty: Any) -> None:
    faulty.faults({"quota": [{"instance": "ml.m5.large", "usage": "endpoint", "limit": 2}]})
    model = faulty.make("Model")["ModelName"]
    variant = {"VariantName": "v", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 2}
    faulty.ok("CreateEndpointConfig", EndpointConfigName="two", ProductionVariants=[variant])
    faulty.ok("CreateEndpoint", EndpointName="first", EndpointConfigName="two")
    assert faulty.refused("CreateEndpoint", EndpointName="second", EndpointConfigName="two") == (
        "ResourceLimitExceeded",
        (
            "The account-level service limit 'ml.m5.large for endpoint usage' is 2 Instances, with current utilization "
            "of 2 Instances and a request delta of 2 Instances. "
            "Please contact AWS support to request an increase for this limit."
        ),
    )
    faulty.ok("DeleteEndpoint", EndpointName="first")
    faulty.ok("CreateEndpoint", EndpointName="second", EndpointConfigName="two")


def test_late_and_cut_are_told_to_the_carrier(faulty: Any) -> None:
    faulty.faults(
        {"late": [{"operation": "ListModels", "seconds": 1.5, "times": 1}], "cut": [{"operation": "ListModels"}]}
    )
    answers = [faulty.sandbox.answer("SageMaker.ListModels", b"{}", "eu-west-1") for _ in range(2)]
    assert [(a.delay, a.cut) for a in answers] == [(1.5, True), (0, True)]
    other = faulty.sandbox.answer("SageMaker.ListEndpoints", b"{}", "eu-west-1")
    assert (other.delay, other.cut) == (0, False)
    assert other.body


@pytest.mark.parametrize(
    ("document", "part"),
    [
        ([], "JSON object"),
        ({"explode": []}, "unknown fault"),
        ({"fail": {}}, "list of rules"),
        ({"fail": ["x"]}, "cannot read 'x'"),
        ({"fail": [{"nam": "x"}]}, "cannot read 'nam'"),
        ({"throttle": [{"times": "3"}]}, "'times' must be a whole number"),
        ({"late": [{"operation": "x"}]}, "needs 'seconds'"),
        ({"quota": [{}]}, "needs 'limit'"),
        ({"quota": [{"limit": 10**400}]}, "'limit' must be a whole number from 0 to 1000000000"),
        ({"throttle": [{"times": True}]}, "'times' must be a whole number"),
        ({"cut": [{"times": -1}]}, "'times' must be a whole number"),
        ({"fail": [{"name": 5}]}, "'name' must be text"),
        ({"fail": [{"reason": "\ud800"}]}, "'reason' must be text"),
        *(
            ({"late": [{"seconds": seconds}]}, "'seconds' must be a number from 0 to 3600")
            for seconds in (-5, 3601, 1e308, float("inf"), float("nan"), "5", None, False)
        ),
        (0, "JSON object"),
        ("", "JSON object"),
        (False, "JSON object"),
    ],
)
def test_documents_that_are_no_faults(tmp_path: Any, document: Any, part: Any) -> None:
    before = {"cut": [{"times": 1}]}
    service.set_faults(str(tmp_path), before)
    with pytest.raises(ParameterError, match=part):
        service.set_faults(str(tmp_path), document)
    assert service.show_faults(str(tmp_path)) == before
