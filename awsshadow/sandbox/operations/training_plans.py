"""Training plans: offerings for what is asked, plans made from them, extensions, and the capacity that comes with them.

An offering is not kept: its id says all of it, with a checksum, so that the same search gives the same ids and an id
that was never offered is none. There is always capacity, from the next 11:30 UTC on as the service has it, and it
costs nothing: fees are 0.00.
"""

from __future__ import annotations

import json
from base64 import b32decode, b32encode
from binascii import crc32

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer, page
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.state.plans import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.plans import Step
    from awsshadow.sandbox.state.records import Record

FAMILY = "TrainingPlan"
HOUR, DAY = 3600, 86400
#: When a plan can begin: at this second of a day, so many days after the first one that fits.
BEGINS, LATER = 11 * HOUR + 30 * 60, (0, 1, 7)
#: What is offered where the request does not say.
USUAL_TYPE, USUAL_HOURS, USUAL_EXTENSIONS = "ml.p5.48xlarge", 24, (24, 168)
#: The model's own limits: hours of an extension, instances of an offering.
LONGEST_EXTENSION, MOST_INSTANCES = 4368, 256
TARGETS = ("training-job", "hyperpod-cluster", "endpoint", "studio-apps")
#: UltraServers that are offered -> the type and number of instances in one.
ULTRA_SERVERS = {
    "ml.u-p6e-gb200x36": ("ml.p6e-gb200.36xlarge", 9),
    "ml.u-p6e-gb200x72": ("ml.p6e-gb200.36xlarge", 18),
}
FREE = {"UpfrontFee": "0.00", "CurrencyCode": "USD"}
APPROVING = 60


def search(request: Request) -> View:
    """Answer ``SearchTrainingPlanOfferings``: new plans, or extensions of the plan that is named."""
    params = request.params
    if "TrainingPlanArn" in params:
        return {"TrainingPlanOfferings": [], "TrainingPlanExtensionOfferings": _extensions_offered(request)}
    offered = _capacity(params)
    if offered is None:
        return {"TrainingPlanOfferings": []}
    after = max(params.get("StartTimeAfter", request.now), request.now)
    first = int(-(-(after - BEGINS) // DAY) * DAY + BEGINS)
    hours = params.get("DurationHours", USUAL_HOURS)
    latest = min(params.get("EndTimeBefore", MOST), MOST) - hours * HOUR
    fitting = [start for days in LATER if (start := first + days * DAY) <= latest]
    return {"TrainingPlanOfferings": [_offering(request, [*offered, start, hours]) for start in fitting]}


def _extensions_offered(request: Request) -> list[View]:
    plan = request.named(FAMILY, "TrainingPlanArn")
    asked = request.params.get("DurationHours")
    if "EndTime" not in plan.doc:  # it was made before plans had offerings
        return []
    hours = USUAL_EXTENSIONS if asked is None else (asked,) if asked <= LONGEST_EXTENSION else ()
    return [_extension(request, plan, h) for h in hours if plan.doc["EndTime"] + h * HOUR <= MOST]


def _capacity(params: Any) -> list[Any] | None:
    """Type and number of instances and of UltraServers, letters for the targets; None for what is not offered."""
    targets = "".join(t[0] for t in TARGETS if t in params.get("TargetResources", TARGETS[:1]))
    kind = params.get("UltraServerType")
    if kind is None:
        return [params.get("InstanceType", USUAL_TYPE), params.get("InstanceCount", 1), None, 0, targets]
    if kind not in ULTRA_SERVERS or params.get("InstanceType", ULTRA_SERVERS[kind][0]) != ULTRA_SERVERS[kind][0]:
        return None
    type, each = ULTRA_SERVERS[kind]
    count = params.get("UltraServerCount", 1)
    return [type, count * each, kind, count, targets] if count * each <= MOST_INSTANCES else None


def _offering(request: Request, offered: list[Any]) -> View:
    known = _members(request, offered)
    asked = {"RequestedStartTimeAfter": "StartTimeAfter", "RequestedEndTimeBefore": "EndTimeBefore"}
    return {
        **known,
        "TrainingPlanOfferingId": _sealed(request, "tpo-", offered),
        **{member: request.params.get(given) for member, given in asked.items()},
        "ReservedCapacityOfferings": [{**known, "InstanceCount": known["TotalInstanceCount"]}],
    }


def _members(request: Request, offered: list[Any]) -> View:
    """What an offering says of the plan that is made from it, and of its capacity."""
    type, count, ultra, ultra_count, targets, start, hours = offered
    known = {
        "InstanceType": type,
        "TotalInstanceCount": count,
        "ReservedCapacityType": "UltraServer" if ultra else "Instance",
        "TargetResources": [target for target in TARGETS if target[0] in targets],
        "StartTime": start,
        "EndTime": start + hours * HOUR,
        "DurationHours": hours,
        "DurationMinutes": 0,
        "AvailabilityZone": f"{request.resources.region}a",
        **FREE,
    }
    return {**known, "UltraServerType": ultra, "UltraServerCount": ultra_count} if ultra else known


def _extension(request: Request, plan: Record, hours: int) -> View:
    start = plan.doc["EndTime"]
    return {
        "TrainingPlanExtensionOfferingId": _sealed(request, "tpeo-", [plan.name, start, hours]),
        "AvailabilityZone": f"{request.resources.region}a",
        "StartDate": start,
        "EndDate": start + hours * HOUR,
        "DurationHours": hours,
        **FREE,
    }


def _sealed(request: Request, head: str, offered: list[Any]) -> str:
    """The id of an offering of this account and region."""
    text = json.dumps(offered, separators=(",", ":")).encode()
    written = b32encode(text).decode().lower().rstrip("=")
    return f"{head}{written}-{_checksum(request, head, text)}"


def _checksum(request: Request, head: str, text: bytes) -> str:
    return f"{crc32(f'{head}{request.resources.scope}'.encode() + text):08x}"


def _opened(request: Request, head: str, id: str) -> list[Any]:
    """What an id offers. Raises Refusal for one that was never offered."""
    written, _, checksum = id.removeprefix(head).rpartition("-")
    try:
        text = b32decode(written.upper() + "=" * (-len(written) % 8))
    except ValueError:
        text = b""
    if not id.startswith(head) or not text or checksum != _checksum(request, head, text):
        raise Refusal(NOT_FOUND, f"The offering {id} does not exist.")
    offered: list[Any] = json.loads(text)
    return offered


def create(request: Request) -> View:
    """Answer ``CreateTrainingPlan``: the plan has what the offering said."""
    family = families.family(FAMILY)
    name, id = request.params["TrainingPlanName"], request.params["TrainingPlanOfferingId"]
    known = _members(request, _opened(request, "tpo-", id))
    if known["StartTime"] < request.now:
        raise Refusal(NOT_FOUND, f"The offering {id} is no longer available.")
    capacity = {**known, "ReservedCapacityArn": request.arn("reserved-capacity", name)}
    doc = {
        **request.params,
        **capacity,
        "AvailableInstanceCount": known["TotalInstanceCount"],
        "InUseInstanceCount": 0,
        "UnhealthyInstanceCount": 0,
        "TotalUltraServerCount": known.get("UltraServerCount"),
        "ReservedCapacitySummaries": [capacity],
        "TrainingPlanExtensions": [],
    }
    failure = request.faults.failure(family, name)
    plan: list[Step] = [
        {"after": APPROVING, "status": "Scheduled"},
        {"at": known["StartTime"], "status": "Active"},
        {"at": known["EndTime"], "status": "Expired"},
    ]
    if failure:
        plan = [{"after": APPROVING, "status": failure[0], "patch": {"StatusMessage": failure[1]}}]
    return _shown(request, lifecycle.make(request, family, doc, status="Pending", plan=plan))


def _shown(request: Request, plan: Record) -> View:
    view = lifecycle.view(request, families.family(FAMILY), plan)
    capacities = plan.doc.get("ReservedCapacitySummaries", ())
    return {**view, "ReservedCapacitySummaries": [{**c, "Status": plan.status} for c in capacities]}


def describe(request: Request) -> View:
    """Answer ``DescribeTrainingPlan``."""
    plan = request.named(FAMILY, "TrainingPlanName")
    shown = _shown(request, plan)
    advance_shown(request, plan)
    return shown


def list_plans(request: Request) -> View:
    """Answer ``ListTrainingPlans``."""
    plans, token = page(request, families.family(FAMILY))
    return {"TrainingPlanSummaries": [_shown(request, plan) for plan in plans], "NextToken": token}


def extend(request: Request) -> View:
    """Answer ``ExtendTrainingPlan``: the plan ends later, by what the offering said."""
    id = request.params["TrainingPlanExtensionOfferingId"]
    name, start, hours = _opened(request, "tpeo-", id)
    plan = request.need(FAMILY, name)
    if plan.doc["EndTime"] != start or plan.status in {"Expired", "Failed"}:
        raise Refusal(NOT_FOUND, f"The offering {id} is no longer available.")
    made = {**_extension(request, plan, hours), "TrainingPlanExtensionOfferingId": id, "ExtendedAt": request.now}
    later = {"EndTime": made["EndDate"], "DurationHours": plan.doc["DurationHours"] + hours}
    plan.doc["TrainingPlanExtensions"].append(made)
    for document in (plan.doc, *plan.doc["ReservedCapacitySummaries"]):
        document.update(later)
    plan.become(None, [{**s, "at": made["EndDate"]} if s["status"] == "Expired" else s for s in plan.plan], request.now)
    request.resources.save(plan)
    return {"TrainingPlanExtensions": _extensions(request, plan)}


def extensions(request: Request) -> View:
    """Answer ``DescribeTrainingPlanExtensionHistory``."""
    return answer(request, "TrainingPlanExtensions", _extensions(request, request.named(FAMILY, "TrainingPlanArn")))


def _extensions(request: Request, plan: Record) -> list[View]:
    def status(extension: View) -> str:
        if request.now < extension["StartDate"]:
            return "Scheduled"
        return "Active" if request.now < extension["EndDate"] else "Expired"

    return [{**extension, "Status": status(extension)} for extension in plan.doc.get("TrainingPlanExtensions", ())]


def _plan_of(request: Request) -> Record:
    """The plan that a reserved capacity came with. Raises Refusal."""
    arn = request.params["ReservedCapacityArn"]
    found = request.resources.where_member(FAMILY, "ReservedCapacityArn", arn)
    if not found:
        raise Refusal(NOT_FOUND, f"Reserved capacity {arn} does not exist.")
    return found[0]


def describe_capacity(request: Request) -> View:
    """Answer ``DescribeReservedCapacity``."""
    plan = _plan_of(request)
    shown = _shown(request, plan)
    return {**shown, "UltraServerSummary": shown if "UltraServerType" in plan.doc else None}


def ultra_servers(request: Request) -> View:
    """Answer ``ListUltraServersByReservedCapacity``."""
    plan = _plan_of(request)
    count = plan.doc.get("UltraServerCount", 0)
    each = plan.doc["TotalInstanceCount"] // count if count else 0
    shared = {"TotalInstanceCount": each, "AvailableInstanceCount": each, "InUseInstanceCount": 0, "HealthStatus": "OK"}
    id = crc32(plan.key.encode())
    servers = [{**plan.doc, **shared, "UltraServerId": f"us-{id:08x}-{n}"} for n in range(1, count + 1)]
    return answer(request, "UltraServers", servers)
