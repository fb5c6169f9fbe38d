"""Each status of each family means something to who waits; a new one has to be classed before it is released."""

from __future__ import annotations

import pytest

from awsshadow.model.families import describing, outcomes, table
from tests.model.test_family_inference import WRITTEN_FROM
from tests.sandbox.conftest import _load_model

MODEL = _load_model()
CLASSES = {outcomes.TRANSIENT, outcomes.SUCCESS, outcomes.STOPPED, outcomes.FAILURE, outcomes.DELETED}
#: Describe operations with a status that belong to no family, with the reason.
NO_FAMILIES = {
    "DescribeClusterOperation": "what is done to a cluster, whose own status says when it is over",
    "DescribeReservedCapacity": "a part of a training plan, which has a status itself",
}


def members(operation: str, wrap: str | None = None) -> dict[str, dict[str, object]]:
    shapes = MODEL["shapes"]
    shape = shapes[MODEL["operations"][operation]["output"]["shape"]]
    if wrap:
        shape = shapes[shape["members"][wrap]["shape"]]
    return {name: shapes[ref["shape"]] for name, ref in shape["members"].items()}


def statuses(title: str) -> list[str]:
    family = table()[title]
    found = members(describing.describe(family), family.wrap)[family.status or ""]["enum"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("title", [family.title for family in describing.with_status().values()])
def test_each_status_of_the_installed_model_has_an_outcome(title: str) -> None:
    family = table()[title]
    unknown = [status for status in statuses(title) if outcomes.outcome(family, status) not in CLASSES]
    assert unknown == [], f"class these in model/families/outcomes.py: what do they mean to who waits for a {title}?"


@pytest.mark.model(WRITTEN_FROM)
def test_each_description_with_a_status_belongs_to_a_family() -> None:
    known = {describing.describe(family) for family in describing.with_status().values()}
    found = {
        operation
        for operation in MODEL["operations"]
        if operation.startswith("Describe") and "output" in MODEL["operations"][operation]
        for name, shape in members(operation).items()
        if name.endswith("Status") and "enum" in shape
    }
    assert found - known == set(NO_FAMILIES)


def test_there_are_as_many_as_there_were() -> None:
    assert len(describing.with_status()) == 50


def test_what_the_sandbox_plays_agrees() -> None:
    """The states of the family table, which the sandbox goes through, mean what their names say."""
    wanted = {
        "failed": {outcomes.FAILURE, outcomes.STOPPED}, "stopping": {outcomes.TRANSIENT},
        "updating": {outcomes.TRANSIENT}, "deleting": {outcomes.TRANSIENT}, "stable": {outcomes.SUCCESS},
    }  # fmt: skip
    for family in describing.with_status().values():
        for name, allowed in wanted.items():
            if name in family.states:
                assert outcomes.outcome(family, family.states[name]) in allowed, (family.title, name)


def test_a_status_that_is_not_known() -> None:
    family = table()["Endpoint"]
    assert outcomes.outcome(family, "Hibernated") is None
    assert [outcomes.looks_transient(s) for s in ("Hibernating", "PENDING_REVIEW", "ReviewInProgress")] == [True] * 3
    assert not outcomes.looks_transient("Hibernated")


def test_jobs_end_and_others_rest() -> None:
    training, endpoint = table()["TrainingJob"], table()["Endpoint"]
    assert [outcomes.is_end(training, s) for s in ("Completed", "Stopped", "Failed", "InProgress")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not outcomes.is_end(endpoint, "InService")
    assert not outcomes.is_end(table()["InferenceExperiment"], "Running")


@pytest.mark.parametrize(
    ("title", "arn", "members"),
    [
        ("Endpoint", "arn:aws:sagemaker:r:1:endpoint/e", {"EndpointName": "e"}),
        ("App", "arn:aws:sagemaker:r:1:app/d-1/u/JupyterLab/default",
         {"DomainId": "d-1", "UserProfileName": "u", "AppType": "JupyterLab", "AppName": "default"}),
        ("ImageVersion", "arn:aws:sagemaker:r:1:image-version/i/3", {"ImageName": "i", "Version": "3"}),
        ("ModelPackage", "arn:aws:sagemaker:r:1:model-package/group/3", {}),
        ("Endpoint", "arn:aws:sagemaker:r:1:model/e", None),
        ("Endpoint", "arn:", None),
    ],
)  # fmt: skip
def test_members_of_an_arn(title: str, arn: str, members: dict[str, str] | None) -> None:
    assert describing.members_of_arn(table()[title], arn) == members


def test_every_operation_that_waits_says_which_resource_it_was() -> None:
    """What an operation is given, or answers, is enough to ask for what it changes."""
    for operation, spec in MODEL["operations"].items():
        found = describing.changed_by(operation)
        if found is None:
            continue
        family = found[0]
        shape = MODEL["shapes"][MODEL["operations"][describing.describe(family)]["input"]["shape"]]
        given = dict.fromkeys(MODEL["shapes"][spec["input"]["shape"]]["members"], "x")
        answer = dict.fromkeys(MODEL["shapes"][spec["output"]["shape"]]["members"], "x") if "output" in spec else {}
        required = [m for m in shape["members"] if m in shape.get("required", ())]
        assert describing.identified(family, shape["members"], required, given, answer), operation


def test_the_operations_that_wait() -> None:
    commands = describing.changing_commands()
    assert {"create-endpoint", "stop-training-job", "import-hub-content", "update-cluster-software"} <= commands
    assert not {"create-model", "list-endpoints", "describe-endpoint", "create-action", "update-model-card"} & commands


def test_an_app_of_a_space_has_no_user() -> None:
    app = table()["App"]
    given = {"DomainId": "d-1", "SpaceName": "s", "AppType": "JupyterLab", "AppName": "default"}
    answer = {"AppArn": "arn:aws:sagemaker:r:1:app/d-1/s/JupyterLab/default"}
    accepts = dict.fromkeys(["DomainId", "UserProfileName", "SpaceName", "AppType", "AppName"])
    assert describing.identified(app, accepts, ["DomainId", "AppType", "AppName"], given, answer) == given
    alone = describing.identified(app, accepts, ["DomainId", "AppType", "AppName"], answer)
    assert alone["UserProfileName"] == "s"
