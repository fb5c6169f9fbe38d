"""Training plans are made from offerings, and nothing else; capacity comes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.records import Record
from awsshadow.sandbox.state.resources import Resources

if TYPE_CHECKING:
    from awsshadow.sandbox.service import Sandbox
    from tests.sandbox.conftest import MakeWorld, World

HOUR, DAY = 3600, 86400
ASKED: dict[str, Any] = {"InstanceType": "ml.p5.48xlarge", "InstanceCount": 4, "DurationHours": 48}


def search(world: World, **params: Any) -> list[dict[str, Any]]:
    offered: list[dict[str, Any]] = world.ok("SearchTrainingPlanOfferings", **params)["TrainingPlanOfferings"]
    return offered


def test_offerings_follow_from_the_request(frozen_world: World) -> None:
    offered = search(frozen_world, **ASKED, TargetResources=["hyperpod-cluster"])
    assert offered == search(frozen_world, **ASKED, TargetResources=["hyperpod-cluster"])
    assert len({offering["TrainingPlanOfferingId"] for offering in offered}) == len(offered) > 1
    for offering in offered:
        capacity = offering["ReservedCapacityOfferings"][0]
        assert (capacity["InstanceType"], capacity["InstanceCount"]) == ("ml.p5.48xlarge", 4)
        assert capacity["EndTime"] - capacity["StartTime"] == 48 * HOUR
        assert offering["DurationHours"] == 48
        assert offering["TargetResources"] == ["hyperpod-cluster"]
    starts = [offering["ReservedCapacityOfferings"][0]["StartTime"] for offering in offered]
    soon = search(frozen_world, **ASKED, EndTimeBefore=starts[0] + 48 * HOUR)
    assert len(soon) == 1
    later = search(frozen_world, **ASKED, StartTimeAfter=starts[0] + 10 * DAY)
    assert later[0]["ReservedCapacityOfferings"][0]["StartTime"] >= starts[0] + 10 * DAY
    assert search(frozen_world, UltraServerType="ml.none") == []
    assert search(frozen_world, UltraServerType="ml.u-p6e-gb200x72", UltraServerCount=100) == []
    assert search(frozen_world, **ASKED, StartTimeAfter=253_370_764_000) == []


def test_a_plan_has_what_its_offering_said(sandbox: Sandbox, make_world: MakeWorld) -> None:
    world = make_world(sandbox)
    offering = search(world, **ASKED)[0]
    id = offering["TrainingPlanOfferingId"]
    made = world.ok("CreateTrainingPlan", TrainingPlanName="plan", TrainingPlanOfferingId=id)

    def plan() -> dict[str, Any]:
        shown: dict[str, Any] = world.ok("DescribeTrainingPlan", TrainingPlanName=made["TrainingPlanArn"])
        assert [c["Status"] for c in shown["ReservedCapacitySummaries"]] == [shown["Status"]]
        return shown

    def advance(seconds: float) -> None:
        with database.writing(sandbox._connection):
            clock = database.get_clock(sandbox._connection).advanced(f"{int(seconds)}s")
            database.put_clock(sandbox._connection, clock)

    shown = plan()
    assert (shown["Status"], shown["TotalInstanceCount"], shown["DurationHours"]) == ("Scheduled", 4, 48)
    assert shown["UpfrontFee"] == offering["UpfrontFee"]
    capacity = shown["ReservedCapacitySummaries"][0]
    described = world.ok("DescribeReservedCapacity", ReservedCapacityArn=capacity["ReservedCapacityArn"])
    assert described["TotalInstanceCount"] == 4
    active = [{"Name": "Status", "Value": "Active"}]
    assert world.ok("ListTrainingPlans", Filters=active)["TrainingPlanSummaries"] == []
    advance(shown["StartTime"] - sandbox.clock().now() + HOUR)
    assert plan()["Status"] == "Active"
    assert len(world.ok("ListTrainingPlans", Filters=active)["TrainingPlanSummaries"]) == 1
    more = world.ok("SearchTrainingPlanOfferings", TrainingPlanArn=made["TrainingPlanArn"])
    extended = more["TrainingPlanExtensionOfferings"][0]["TrainingPlanExtensionOfferingId"]
    extension = world.ok("ExtendTrainingPlan", TrainingPlanExtensionOfferingId=extended)["TrainingPlanExtensions"][0]
    assert extension["StartDate"] == shown["EndTime"]
    assert plan()["EndTime"] == extension["EndDate"]
    assert world.refused("ExtendTrainingPlan", TrainingPlanExtensionOfferingId=extended)[0] == "ResourceNotFound"
    history = world.ok("DescribeTrainingPlanExtensionHistory", TrainingPlanArn=made["TrainingPlanArn"])
    assert history["TrainingPlanExtensions"] == [extension]
    advance(49 * HOUR)
    assert plan()["Status"] == "Active"
    advance(30 * DAY)
    assert plan()["Status"] == "Expired"


@pytest.mark.parametrize("change", ["other", "cut", "mixed"])
def test_what_was_never_offered_is_refused(change: str, world: World) -> None:
    id = search(world, **ASKED)[0]["TrainingPlanOfferingId"]
    wrong = {"other": "tpo-unknown", "cut": id[:-1], "mixed": id.replace("a", "b", 1)}[change]
    code, message = world.refused("CreateTrainingPlan", TrainingPlanName="plan", TrainingPlanOfferingId=wrong)
    assert code == "ResourceNotFound"
    assert wrong in message


def test_a_plan_that_was_made_before_there_were_offerings(sandbox: Sandbox, make_world: MakeWorld) -> None:
    """As files of version 0.1.0 hold it."""
    world = make_world(sandbox)
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:training-plan/old"
    doc = {"TrainingPlanName": "old", "TrainingPlanOfferingId": "any"}
    with database.writing(sandbox._connection):
        resources = Resources(sandbox._connection, "123456789012", "eu-west-1", sandbox.clock())
        resources.insert(Record("TrainingPlan", "old", doc, now=1.0, arn=arn, status="Active"))
    assert world.ok("DescribeTrainingPlan", TrainingPlanName="old")["Status"] == "Active"
    assert len(world.ok("ListTrainingPlans")["TrainingPlanSummaries"]) == 1
    assert world.ok("SearchTrainingPlanOfferings", TrainingPlanArn=arn)["TrainingPlanExtensionOfferings"] == []
    assert world.ok("DescribeTrainingPlanExtensionHistory", TrainingPlanArn=arn)["TrainingPlanExtensions"] == []


def test_ultra_servers_of_a_plan(world: World) -> None:
    id = search(world, UltraServerType="ml.u-p6e-gb200x72", UltraServerCount=2)[0]["TrainingPlanOfferingId"]
    world.ok("CreateTrainingPlan", TrainingPlanName="plan", TrainingPlanOfferingId=id)
    plan = world.ok("DescribeTrainingPlan", TrainingPlanName="plan")
    assert (plan["TotalUltraServerCount"], plan["TotalInstanceCount"]) == (2, 36)
    arn = plan["ReservedCapacitySummaries"][0]["ReservedCapacityArn"]
    assert world.ok("DescribeReservedCapacity", ReservedCapacityArn=arn)["UltraServerSummary"]["UltraServerCount"] == 2
    servers = world.ok("ListUltraServersByReservedCapacity", ReservedCapacityArn=arn)["UltraServers"]
    assert [server["TotalInstanceCount"] for server in servers] == [18, 18]
