"""What the family table alone can serve: create, describe, list, update, delete, start, stop.

Every function takes a request and returns a view: what is known for the answer. The modules of
``operations`` use the parts and add what is special.
"""

from __future__ import annotations

from awsshadow.sandbox.contract import error_messages
from awsshadow.sandbox.engine.defaults import completed
from awsshadow.sandbox.engine.dependents import check_dependents
from awsshadow.sandbox.engine.durations import DELETING_SECONDS, SHOWN_DELETED_SECONDS, seconds
from awsshadow.sandbox.engine.listing import page
from awsshadow.sandbox.engine.objects import check_objects, missing
from awsshadow.sandbox.engine.references import check_references
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.engine.request_rules import check_rules
from awsshadow.sandbox.engine.revision import revise
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.conditions import Condition
    from awsshadow.sandbox.state.plans import Step

#: Members in which one family or another says why something failed.
REASONS = ("FailureReason", "FailureMessage", "StatusReason")
#: States in which work is under way.
_MOVING = ("start", "updating", "rolling_back", "stopping", "deleting", "starting")
#: Members of requests that are no part of the resource.
NOT_KEPT = ("Tags", "ClientToken", "ClientRequestToken")


def create(request: Request) -> View:
    """Make a resource from the request as it stands."""
    family, _ = request.family()
    return view(request, family, make(request, family, request.params))


def make(
    request: Request,
    family: Family,
    params: Mapping[str, Any],
    *,
    arn: str | None = None,
    key: str | None = None,
    status: str | None = None,
    plan: list[Step] | None = None,
) -> Record:
    """Store a new resource. Raises Refusal when what it refers to is missing or its name is taken."""
    check_rules(request)
    check_references(request)
    check_objects(request)
    given = {name: value for name, value in params.items() if name not in NOT_KEPT and value is not None}
    doc = completed(request, family, given)
    for member, form in family.generate.items():
        doc.setdefault(member, random_text(form))
    for member, ways in family.either.items():
        doc[member] = next((doc[way] for way in ways if way in doc), "")
    path = family.path.format_map(doc)
    arn = arn or request.arn_of(family, path)
    if key is None:
        key = "/".join(str(doc[m]) for m in family.id) if all(m in doc for m in family.id) else path
    parent = "/".join(str(doc.get(m, "")) for m in family.parent)
    name = str(doc.get(family.name, key))
    before = request.resources.get(family.store, key)
    if before and not _is_deleted(family, before):
        raise error_messages.taken(family, name, arn, request.errors)
    if before:
        request.resources.remove(before)
    if plan is None:
        status, plan = beginning(request, family, name, doc)
    record = Record(
        family.store, key, doc, now=request.now, name=name, arn=arn, parent=parent, status=status or "", plan=plan
    )
    if not request.resources.insert(record):
        raise error_messages.taken(family, name, arn, request.errors)
    request.resources.put_tags(arn, params.get("Tags") or [])
    return record


def beginning(request: Request, family: Family, name: str, doc: dict[str, Any]) -> tuple[str, list[Step]]:
    """The first status of a new resource, and what will become of it."""
    if not family.states:
        return str(doc.get(family.status or "", "")), []
    start, stable = family.states["start"], family.states["stable"]
    failure = request.faults.failure(family, name)
    reason = None if failure or "failed" not in family.states else missing(request)
    if reason:
        failure = family.states["failed"], reason
    if failure:
        return start, [{"after": seconds(family), **ending(family, failure[0], failure[1])}]
    if start == stable:
        return stable, []
    return start, [{"after": seconds(family), **ending(family, stable)}]


def ending(family: Family, status: str, reason: str | None = None) -> Step:
    """What a step sets that ends in ``status``: for jobs also the moment, for failures why."""
    step: Step = {"status": status}
    if reason:
        step["patch"] = dict.fromkeys(REASONS, reason)
    if family.is_job:
        step["times"] = family.end_times
    return step


def locate(request: Request, family: Family) -> Record:
    """The resource the request names. Raises Refusal when there is none."""
    given = dict(request.params)
    for member, ways in family.either.items():
        given[member] = next((given[way] for way in ways if way in given), "")
    values = [str(given.get(member, "")) for member in family.id]
    key = values[-1] if values[-1].startswith("arn:") else "/".join(values)
    record = request.find(family, key) or by_alias(request, family, values[-1])
    if record is None:
        raise request.no_such(family, key)
    return record


def by_alias(request: Request, family: Family, value: str) -> Record | None:
    """The resource of a family that has ``value`` as one of its other names."""
    found = (r for alias in family.aliases for r in request.resources.where_member(family.store, alias, value))
    return next(found, None)


def describe(request: Request) -> View:
    """Show one resource; under the step clock it then moves on."""
    family, _ = request.family()
    record = locate(request, family)
    shown = view(request, family, record)
    advance_shown(request, record)
    return shown


def view(request: Request, family: Family, record: Record) -> View:
    """All that is known of a resource, under every name an output may ask for."""
    known: View = {
        **dict.fromkeys(("CreationTime", "CreatedAt", "CreateDate", "RegistrationTime"), record.created),
        **dict.fromkeys(("LastModifiedTime", "LastModifiedAt", "LastUpdatedDate"), record.modified),
        **record.doc,
        "_family": family.title,
    }
    if record.arn:
        known["Arn"] = record.arn
        if family.arn:
            known[family.arn] = record.arn
        known["Tags"] = request.resources.tags(record.arn)
    known.setdefault(family.name, record.name)
    if family.status:
        known[family.status] = record.status
        known["Status"] = record.status
    if family.wrap:
        known[family.wrap] = dict(known)
    return known


def list_all(request: Request) -> View:
    """A page of the family's resources, selected and sorted as the table says."""
    family, _ = request.family()
    return list_page(request, family)


def list_page(request: Request, family: Family, *conditions: Condition) -> View:
    """The same of those that meet more conditions. Raises Refusal when what the request names is missing."""
    check_references(request)
    records, token = page(request, family, *conditions)
    answer: View = {family.listing["items"]: [view(request, family, record) for record in records]}
    if token:
        answer["NextToken"] = token
    return answer


def update(request: Request) -> View:
    """Change one resource as the request says."""
    family, _ = request.family()
    return view(request, family, change(request, family, request.params))


def change(request: Request, family: Family, params: Mapping[str, Any]) -> Record:
    """Lay the members of an update over a resource. Raises Refusal while other work is under way.

    An update that was asked to fail changes nothing but the status.
    """
    record = locate(request, family)
    refuse_busy(request, family, record, "update")
    check_references(request)
    failing = failed_update(request, family, record)
    if failing:
        begin_update(request, family, record, failing)
        return record
    revise(request, family, record.doc, {k: v for k, v in params.items() if k not in family.id and k not in NOT_KEPT})
    status: str | None = None
    plan = record.plan
    if "updating" in family.states:
        final = family.states.get("updated", record.status)
        if record.status in {family.states.get("failed"), family.states.get("update_failed")}:
            final = family.states["stable"]
        status, plan = family.states["updating"], [{"after": seconds(family), "status": final}]
        forget_failure(record)
    elif family.status and not family.states:
        status = record.doc.get(family.status)
    record.become(status, plan, request.now)
    request.resources.save(record)
    request.resources.put_tags(record.arn or "", params.get("Tags") or [])
    return record


def failed_update(request: Request, family: Family, record: Record) -> list[Step]:
    """What becomes of a resource whose update was asked to fail, nothing when it was not."""
    failure = request.faults.failure(family, record.name, "update")
    if failure is None:
        return []
    step: Step = {"after": seconds(family), **ending(family, failure[0] or record.status, failure[1])}
    back = family.states.get("rolling_back")
    return [{"after": seconds(family), "status": back}, step] if back else [step]


def begin_update(request: Request, family: Family, record: Record, plan: list[Step]) -> None:
    """Set a resource to its updating state; what a failure before had left is gone."""
    forget_failure(record)
    record.become(family.states["updating"], plan, request.now)
    request.resources.save(record)


def forget_failure(record: Record) -> None:
    """A new update takes away why an earlier one failed (aws-controllers-k8s/sagemaker-controller pull 7)."""
    for member in REASONS:
        record.doc.pop(member, None)


def refuse_busy(request: Request, family: Family, record: Record, role: str) -> None:
    """Raise Refusal when the state of a resource does not allow a change."""
    states = family.states
    moving = {states.get(s) for s in _MOVING} - {states.get("stable")}
    if role == "update" and "updating" not in states:
        moving = {states.get("deleting")}
    allowed = family.allowed.get(role, (record.status,))
    if record.status in moving - {None} or record.status not in allowed:
        raise error_messages.busy(family, role, record.status, record.arn, request.errors)


def delete(request: Request) -> View:
    """End one resource."""
    family, _ = request.family()
    record = locate(request, family)
    return remove(request, family, record)


def remove(request: Request, family: Family, record: Record) -> View:
    """End a resource, at once or by way of its deleting state."""
    if _is_deleted(family, record):
        raise request.no_such(family, record.key)
    refuse_busy(request, family, record, "delete")
    check_dependents(request, family, record)
    shown = view(request, family, record)
    if "deleting" in family.states:
        failure = request.faults.failure(family, record.name, "delete")
        end: list[Step] = [{"after": DELETING_SECONDS, **(ending(family, *failure) if failure else {"gone": True})}]
        if "deleted" in family.states:
            gone = request.now + DELETING_SECONDS + SHOWN_DELETED_SECONDS
            end = [{"after": DELETING_SECONDS, "status": family.states["deleted"]}, {"at": gone, "gone": True}]
        record.become(family.states["deleting"], end, request.now)
        request.resources.save(record)
    else:
        request.resources.remove(record)
    return {**shown, "Success": True}


def _is_deleted(family: Family, record: Record) -> bool:
    """Whether a resource is only shown still: its name is free, and nothing can be done with it."""
    return "deleted" in family.states and record.status == family.states["deleted"]


def stop(request: Request) -> View:
    """Stop one resource that runs. Raises Refusal in every other state."""
    family, _ = request.family()
    record = locate(request, family)
    states = family.states
    ended = {states.get("stopped"), states.get("failed"), states.get("stopping"), states.get("deleting")}
    if family.is_job:
        ended.add(states["stable"])
    if record.status in ended or record.status not in family.allowed.get("stop", (record.status,)):
        raise error_messages.busy(family, "stop", record.status, record.arn, request.errors)
    if "stopping" in states:
        step: Step = {"after": seconds(family, "stop"), **ending(family, states["stopped"])}
        # Who waits for its end waits for this one.
        if record.plan and "effect" in record.plan[-1]:
            step["effect"] = record.plan[-1]["effect"]
        record.become(states["stopping"], [step], request.now)
    else:
        record.become(states["stopped"], [], request.now)
    request.resources.save(record)
    return view(request, family, record)


def start(request: Request) -> View:
    """Start one resource that is stopped. Raises Refusal while it is on its way to another state."""
    family, _ = request.family()
    record = locate(request, family)
    states = family.states
    if record.status not in {states["stopped"], states.get("failed")}:
        if "stopping" not in states and record.status == states["stable"]:
            return view(request, family, record)
        raise error_messages.busy(family, "start", record.status, record.arn, request.errors)
    final = states.get("started", states["stable"])
    moving = states.get("starting", states["start"])
    if "stopping" in states:
        record.become(moving, [{"after": seconds(family), "status": final}], request.now)
    else:
        record.become(final, [], request.now)
    request.resources.save(record)
    return view(request, family, record)


ROLES = {
    "create": create,
    "describe": describe,
    "list": list_all,
    "update": update,
    "delete": delete,
    "stop": stop,
    "start": start,
}
