"""Failures on request."""

from typing import Any

import pytest

from awsshadow.errors import ParameterError
from awsshadow.model.families import table
from awsshadow.sandbox import service
from awsshadow.sandbox.engine.lifecycle import REASONS
from tests.sandbox.engine.test_lifecycle import ROLES, ids, inner


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
        ({"fail": [{"on": "stop"}]}, "'on' must be create, update or delete"),
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


UPDATED = [
    title
    for title, family in table().items()
    if "updating" in family.states and family.operation("update") and title not in {"InferenceExperiment", "Endpoint"}
]


@pytest.mark.parametrize("title", UPDATED)
def test_an_update_fails_and_changes_nothing(faulty: Any, title: Any) -> None:
    family, update, describe = table()[title], ROLES[title]["update"], ROLES[title]["describe"]
    known = faulty.make(title)
    if title == "NotebookInstance":
        faulty.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    before = inner(title, faulty.ok(describe, **ids(title, known, faulty)))
    rule = {"family": title, "on": "update", "reason": "no luck", "times": 1}
    faulty.faults({"fail": [rule]})
    members = faulty.model["shapes"][faulty.model["operations"][update]["input"]["shape"]]["members"]
    texts = {m: "changed" for m in members if m.endswith("Description")}
    asked = {**faulty.input(update, faulty.minimal), **ids(title, known, faulty, update), **texts}
    if "TargetVersion" in asked:
        asked["TargetVersion"] = 1
    faulty.ok(update, **asked)
    after = inner(title, faulty.ok(describe, **ids(title, known, faulty)))
    back = family.states["stable"] if title == "Cluster" else family.states["failed"]
    assert after[family.status] == family.states.get("update_failed", back)
    said = {after.get(m) for m in REASONS if m in shown_members(faulty, title)}
    assert said in ({"no luck"}, set())
    changing = {family.status, *REASONS, "LastModifiedTime", "LastUpdatedDate"}
    assert {m: v for m, v in after.items() if m not in changing} == {
        m: v for m, v in before.items() if m not in changing
    }
    # The next one is through, and nothing is left of the failure.
    if title == "NotebookInstance":
        return
    faulty.ok(update, **asked)
    after = inner(title, faulty.ok(describe, **ids(title, known, faulty)))
    assert after[family.status] in {family.states["stable"], family.states.get("updated")}
    assert not {m for m in REASONS if after.get(m) == "no luck"}


DELETED = [t for t, family in table().items() if "delete_failed" in family.states and family.operation("delete")]


@pytest.mark.parametrize("title", DELETED)
def test_a_deletion_fails_and_the_next_one_does_not(faulty: Any, title: Any) -> None:
    family, delete, describe = table()[title], ROLES[title]["delete"], ROLES[title]["describe"]
    known = faulty.make(title)
    named = {**ids(title, known, faulty, delete), **({"Version": known["Version"]} if "Version" in family.id else {})}
    if "HubContentVersion" in family.id:
        named["HubContentVersion"] = known["HubContentVersion"]
    faulty.faults({"fail": [{"family": title, "on": "delete", "reason": "no luck", "times": 1}]})
    faulty.ok(delete, **named)
    after = inner(title, faulty.ok(describe, **ids(title, known, faulty)))
    assert after[family.status] == family.states["delete_failed"]
    assert {after.get(m) for m in REASONS if m in shown_members(faulty, title)} in ({"no luck"}, set())
    faulty.ok(delete, **named)
    assert faulty.call(describe, **ids(title, known, faulty))[0] == 400


def shown_members(world: Any, title: Any) -> Any:
    """The members that describing a resource shows."""
    shape = world.model["operations"][ROLES[title]["describe"]]["output"]["shape"]
    members = world.model["shapes"][shape]["members"]
    wrap = table()[title].wrap
    return world.model["shapes"][members[wrap]["shape"]]["members"] if wrap else members


@pytest.fixture
def endpoint(faulty: Any) -> Any:
    """An endpoint ``e`` with the configuration ``one``; there is another, ``two``."""
    model = faulty.make("Model")["ModelName"]
    for name, count in (("one", 1), ("two", 2)):
        variant = {"VariantName": "v", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": count}
        faulty.ok("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=[variant])
    faulty.ok("CreateEndpoint", EndpointName="e", EndpointConfigName="one")
    return faulty


def test_an_endpoint_rolls_back(endpoint: Any) -> None:
    before = endpoint.ok("DescribeEndpoint", EndpointName="e")
    endpoint.faults({"fail": [{"name": "e", "on": "update", "reason": "The model did not answer."}]})
    service.set_clock(core_folder(endpoint), "step")
    endpoint.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="two")
    seen = [endpoint.ok("DescribeEndpoint", EndpointName="e")["EndpointStatus"] for _ in range(2)]
    assert seen == ["Updating", "RollingBack"]
    after = endpoint.ok("DescribeEndpoint", EndpointName="e")
    assert (after["EndpointStatus"], after["FailureReason"]) == ("InService", "The model did not answer.")
    assert after["EndpointConfigName"] == "one"
    assert after["ProductionVariants"] == before["ProductionVariants"]
    weights = [{"VariantName": "v", "DesiredInstanceCount": 5}]
    service.set_clock(core_folder(endpoint), "instant")
    endpoint.ok("UpdateEndpointWeightsAndCapacities", EndpointName="e", DesiredWeightsAndCapacities=weights)
    after = endpoint.ok("DescribeEndpoint", EndpointName="e")
    assert after["ProductionVariants"] == before["ProductionVariants"]
    endpoint.faults(None)
    endpoint.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="two")
    after = endpoint.ok("DescribeEndpoint", EndpointName="e")
    assert (after["EndpointConfigName"], after.get("FailureReason")) == ("two", None)


def test_an_endpoint_that_cannot_be_changed_while_it_rolls_back(endpoint: Any) -> None:
    endpoint.faults({"fail": [{"name": "e", "on": "update"}]})
    service.set_clock(core_folder(endpoint), "step")
    endpoint.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="two")
    endpoint.ok("DescribeEndpoint", EndpointName="e")
    assert endpoint.ok("ListEndpoints")["Endpoints"][0]["EndpointStatus"] == "RollingBack"
    assert endpoint.refused("DeleteEndpoint", EndpointName="e")[0] == "ValidationException"


def test_a_rollback_fails_when_asked(endpoint: Any) -> None:
    rule = {"family": "Endpoint", "on": "update", "status": "UpdateRollbackFailed", "times": 1}
    endpoint.faults({"fail": [rule]})
    endpoint.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="two")
    after = endpoint.ok("DescribeEndpoint", EndpointName="e")
    assert (after["EndpointStatus"], after["EndpointConfigName"]) == ("UpdateRollbackFailed", "one")
    assert after["FailureReason"]
    endpoint.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="two")
    assert endpoint.ok("DescribeEndpoint", EndpointName="e")["EndpointStatus"] == "InService"


def test_updates_of_feature_groups_and_experiments_fail(faulty: Any) -> None:
    faulty.faults({"fail": [{"on": "update", "reason": "no luck"}]})
    name = faulty.make("FeatureGroup")["FeatureGroupName"]
    before = faulty.ok("DescribeFeatureGroup", FeatureGroupName=name)
    addition = {"FeatureName": "more", "FeatureType": "String"}
    faulty.ok("UpdateFeatureGroup", FeatureGroupName=name, FeatureAdditions=[addition])
    after = faulty.ok("DescribeFeatureGroup", FeatureGroupName=name)
    assert after["LastUpdateStatus"] == {"Status": "Failed", "FailureReason": "no luck"}
    assert after["FeatureDefinitions"] == before["FeatureDefinitions"]
    assert after["FeatureGroupStatus"] == "Created"
    name = faulty.make("InferenceExperiment")["Name"]
    faulty.ok("UpdateInferenceExperiment", Name=name, Description="changed")
    shown = faulty.ok("DescribeInferenceExperiment", Name=name)
    assert (shown["Status"], shown["StatusReason"], shown.get("Description")) == ("Cancelled", "no luck", None)
    assert faulty.ok("DescribeEndpoint", EndpointName=shown["EndpointMetadata"]["EndpointName"])


def test_creations_do_not_fail_by_rules_for_updates(faulty: Any) -> None:
    faulty.faults({"fail": [{"on": "update"}]})
    name = faulty.make("Endpoint")["EndpointName"]
    assert faulty.ok("DescribeEndpoint", EndpointName=name)["EndpointStatus"] == "InService"


def test_failures_of_creations_are_counted(faulty: Any) -> None:
    faulty.faults({"fail": [{"family": "Domain", "times": 1}]})
    domains = [faulty.make("Domain")["DomainArn"].rpartition("/")[2] for _ in range(2)]
    assert [faulty.ok("DescribeDomain", DomainId=d)["Status"] for d in domains] == ["Failed", "InService"]
