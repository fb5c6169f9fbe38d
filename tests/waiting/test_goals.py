"""Goals: looks in, verdicts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.model.families import table
from awsshadow.waiting.goals import (
    ELSEWHERE,
    GO_ON,
    GRACE,
    MISSING,
    REACHED,
    Changed,
    Created,
    Deleted,
    Exists,
    Goal,
    InStatus,
    Look,
    Settled,
    Until,
)

if TYPE_CHECKING:
    from typing import Any

ENDPOINT, JOB, NOTEBOOK = table()["Endpoint"], table()["TrainingJob"], table()["NotebookInstance"]
CARD = table()["ModelCard"]


def verdicts(goal: Goal, *states: str | dict[str, Any] | None, every: float = 5) -> list[str]:
    """The verdicts on a status each, or a description; None is a resource that is not there."""
    member = goal.family.status or ""
    looks = [{member: s} if isinstance(s, str) else s for s in states]
    return [goal.judge(Look(goal.family, found, at * every)) for at, found in enumerate(looks)]


@pytest.mark.parametrize(
    ("goal", "states", "last"),
    [
        (Settled(ENDPOINT), ["Creating", "InService"], REACHED),
        (Settled(ENDPOINT), ["Creating", "Failed"], ELSEWHERE),
        (Settled(ENDPOINT), ["RollingBack", "UpdateRollbackFailed"], ELSEWHERE),
        (Settled(ENDPOINT), ["Deleting", None], MISSING),
        (Settled(JOB), ["InProgress", "Stopping", "Stopped"], REACHED),
        (Settled(table()["App"]), ["Deleted"], ELSEWHERE),
        (InStatus(JOB, ["Completed"]), ["InProgress", "Stopped"], ELSEWHERE),
        (InStatus(JOB, ["Completed", "Stopped"]), ["InProgress", "Stopped"], REACHED),
        (InStatus(NOTEBOOK, ["Stopped"]), ["InService", "Stopping", "Stopped"], REACHED),
        (InStatus(NOTEBOOK, ["Stopped"]), ["Updating", "InService"], ELSEWHERE),
        (InStatus(ENDPOINT, ["Updating"]), ["InService", "Updating"], REACHED),
        (InStatus(ENDPOINT, ["InService"]), ["Creating", "Hibernated"], GO_ON),
        (InStatus(ENDPOINT, ["InService"]), [None], MISSING),
        (Exists(ENDPOINT), [None, None, "Failed"], REACHED),
        (Deleted(ENDPOINT), ["InService", "Deleting", None], REACHED),
        (Deleted(ENDPOINT), ["Failed"], GO_ON),
        (Deleted(ENDPOINT), ["Deleting", "Failed"], ELSEWHERE),
        (Deleted(table()["Hub"]), ["DeleteFailed"], ELSEWHERE),
        (Deleted(table()["Hub"], before="DeleteFailed"), ["DeleteFailed"], GO_ON),
        (Deleted(table()["Hub"], before="DeleteFailed"), ["DeleteFailed", "Deleting", "DeleteFailed"], ELSEWHERE),
        (Deleted(table()["App"]), ["Deleting", "Deleted"], REACHED),
        (Created(ENDPOINT), [None, "Creating", "InService"], REACHED),
        (Created(JOB), ["InProgress", "Stopped"], ELSEWHERE),
    ],
)
def test_the_last_look_decides(goal: Goal, states: list[str | None], last: str) -> None:
    found = verdicts(goal, *states)
    assert found[:-1] == [GO_ON] * (len(states) - 1)
    assert found[-1] == last


def test_another_status_at_rest_is_an_end_after_a_minute() -> None:
    assert verdicts(InStatus(NOTEBOOK, ["Stopped"]), "InService", "InService", every=GRACE) == [GO_ON, ELSEWHERE]


def test_a_person_may_set_a_status_at_any_time() -> None:
    assert verdicts(InStatus(CARD, ["Approved"]), "Draft", "Draft", "Approved", every=1e6) == [GO_ON, GO_ON, REACHED]


def test_what_was_just_created_may_not_be_there_for_a_minute() -> None:
    assert verdicts(Created(ENDPOINT), None, None, every=GRACE) == [GO_ON, MISSING]


def test_an_unknown_status_is_final_under_settled_with_a_warning() -> None:
    goal = Settled(ENDPOINT)
    assert verdicts(goal, "Hibernating", "Hibernated") == [GO_ON, REACHED]
    assert "Hibernated" in goal.warning
    assert Settled(ENDPOINT).warning == ""


def test_until() -> None:
    def two(document: Any) -> bool:
        return bool(document.get("n") == 2)

    goal = Until(ENDPOINT, two)
    looks = [{"EndpointStatus": "InService", "n": n} for n in (1, 1, 2)]
    assert verdicts(goal, *looks) == [GO_ON, GO_ON, REACHED]
    assert verdicts(Until(ENDPOINT, two), {"EndpointStatus": "Failed", "n": 1}) == [ELSEWHERE]
    assert verdicts(Until(JOB, two), {"TrainingJobStatus": "Completed", "n": 1}) == [ELSEWHERE]


def shown(state: str, config: str) -> dict[str, Any]:
    return {"EndpointStatus": state, "EndpointConfigName": config}


class TestUpdate:
    """The race after an update: the status of before is no answer."""

    def goal(self, asked: str = "new", before: dict[str, Any] | None = None) -> Changed:
        known = shown("InService", "old") if before is None else before
        return Changed(ENDPOINT, "update", known, {"EndpointName": "e", "EndpointConfigName": asked})

    def test_the_old_status_is_passed_over(self) -> None:
        looks = [shown("InService", "old"), shown("Updating", "old"), shown("InService", "new")]
        assert verdicts(self.goal(), *looks) == [GO_ON, GO_ON, REACHED]

    def test_what_was_asked_and_is_shown_is_an_answer(self) -> None:
        assert verdicts(self.goal(), shown("InService", "old"), shown("InService", "new")) == [GO_ON, REACHED]

    def test_the_same_configuration_again_proves_nothing(self) -> None:
        looks = [shown("InService", "old"), shown("Updating", "old"), shown("InService", "old")]
        assert verdicts(self.goal("old"), *looks) == [GO_ON, GO_ON, REACHED]

    def test_one_that_was_rolled_back_has_not_been_updated(self) -> None:
        looks = [shown("Updating", "old"), shown("RollingBack", "old"), shown("InService", "old")]
        assert verdicts(self.goal(), *looks) == [GO_ON, GO_ON, ELSEWHERE]

    def test_nothing_to_see_is_done_after_a_minute(self) -> None:
        looks = [shown("InService", "old")] * 2
        assert verdicts(self.goal("old"), *looks, every=GRACE) == [GO_ON, REACHED]
        assert verdicts(self.goal("new"), *looks, every=GRACE) == [GO_ON, ELSEWHERE]

    def test_without_a_description_of_before(self) -> None:
        goal = Changed(ENDPOINT, "update", None, {"EndpointConfigName": "new"})
        assert verdicts(goal, shown("InService", "old"), shown("InService", "new")) == [GO_ON, REACHED]

    def test_an_old_failure_is_no_answer_either(self) -> None:
        goal = Changed(NOTEBOOK, "update", {"NotebookInstanceStatus": "Failed"}, {"InstanceType": "ml.m5.large"})
        assert verdicts(goal, "Failed", "Updating", "Stopped") == [GO_ON, GO_ON, REACHED]
        assert verdicts(Changed(ENDPOINT, "update", shown("InService", "a"), {}), "Updating", "Failed")[-1] == ELSEWHERE


@pytest.mark.parametrize(
    ("goal", "states", "last"),
    [
        (Changed(NOTEBOOK, "stop", None, {}), ["InService", "Stopping", "Stopped"], REACHED),
        (Changed(NOTEBOOK, "stop", None, {}), ["Stopping", "InService"], ELSEWHERE),
        (Changed(NOTEBOOK, "stop", None, {}), ["Stopped"], REACHED),
        (Changed(JOB, "stop", None, {}), ["Stopping", "Completed"], REACHED),
        (Changed(JOB, "stop", None, {}), ["Stopping", "Failed"], ELSEWHERE),
        (Changed(NOTEBOOK, "start", {"NotebookInstanceStatus": "Stopped"}, {}), ["Stopped", "Pending", "InService"],
         REACHED),
        (Changed(NOTEBOOK, "start", {"NotebookInstanceStatus": "Stopped"}, {}), ["Stopped", "InService"], REACHED),
        (Changed(NOTEBOOK, "start", {"NotebookInstanceStatus": "Failed"}, {}), ["Failed", "Pending", "Failed"],
         ELSEWHERE),
        (Changed(table()["PipelineExecution"], "start", {"PipelineExecutionStatus": "Failed"}, {}),
         ["Failed", "Executing", "Succeeded"], REACHED),
    ],
)  # fmt: skip
def test_stops_and_starts(goal: Goal, states: list[str], last: str) -> None:
    found = verdicts(goal, *states)
    assert found[:-1] == [GO_ON] * (len(states) - 1)
    assert found[-1] == last
