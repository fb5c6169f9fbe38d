"""Operations that no table names: served by what the installed model says of them.

Families do what all families do; those that are added to and removed from another one are its parts, and
end with it. An operation of no family answers what is known of the resources it names, which have to
exist, and of what it was given; what its answer must hold beside that is the emptiest value of its shape.
"""

from __future__ import annotations

import re

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages
from awsshadow.sandbox.contract.service_errors import Refusal, invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.durations import DELETING_SECONDS
from awsshadow.sandbox.engine.request import Request, random_text
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.model.families.rows import Batch
    from awsshadow.sandbox.engine.request import View

#: Verbs of operations that change what they name, as far as their members are members of that.
CHANGES = ("Update", "Put", "Set", "Modify")
_PLACES = re.compile(r"\{(\w+)\}")


def serve(request: Request) -> View:
    """Answer an operation that was inferred."""
    found = families.find(request.operation)
    return ROLES[found[1]](request) if found else act(request)


def create(request: Request) -> View:
    """Make a resource, and the parts that its request names. Raises Refusal when what it lies in is missing."""
    family, _ = request.family()
    _owners(request, family)
    record = _make(request, family)
    for member, parts in family.contains.items():
        for doc in request.params.get(member) or ():
            _attach(request, families.family(parts["family"]), record, doc)
    return _shown(request, family, record)


def put(request: Request) -> View:
    """Make a resource, or lay the request over the one there is."""
    family, _ = request.family()
    _owners(request, family)
    record = request.resources.get(family.store, "/".join(str(request.params.get(m, "")) for m in family.id))
    if record is None:
        return _shown(request, family, _make(request, family))
    _lay_over(request, record, dict(request.params))
    return _shown(request, family, record)


def _make(request: Request, family: Family) -> Record:
    """Store a new resource; members that its ARN is made of are made up where the request leaves them out."""
    params = {name: value for name, value in request.params.items() if name not in family.contains}
    made = {*family.generate, *(m for m, ways in family.either.items() if any(way in params for way in ways))}
    left_out = [m for m in _PLACES.findall(family.path) if m not in params and m not in made]
    return lifecycle.make(request, family, {**params, **{m: random_text("@12") for m in left_out}})


def describe(request: Request) -> View:
    """Show one resource with its parts; under the step clock it then moves on."""
    family, _ = request.family()
    record = lifecycle.locate(request, family)
    shown = _shown(request, family, record)
    advance_shown(request, record)
    return shown


def delete(request: Request) -> View:
    """End one resource and its parts."""
    family, _ = request.family()
    try:
        record = lifecycle.locate(request, family)
    except Refusal:
        if not family.deletes_nothing:
            raise
        given = str(request.params[family.id[-1]])
        return {family.arn or "Arn": given} if given.startswith("arn:") else {family.name: given}
    shown = lifecycle.remove(request, family, record)
    for parts in family.contains.values():
        part_family = families.family(parts["family"])
        for part in request.resources.find(part_family.store, parent=record.key):
            _end(request, part_family, part, at_once="deleting" not in family.states)
    return shown


def list_all(request: Request) -> View:
    """A page of the family's resources; of parts, those of what the request names, in the order they were added."""
    family, _ = request.family()
    if "add" not in family.operations.values():
        return lifecycle.list_page(request, family)
    _, owner = _owner(request, family)
    ordered = request if request.params.get("SortOrder") else request.with_params(SortOrder="Ascending")
    return lifecycle.list_page(ordered, family, ("parent", "=", owner.key))


def _owners(request: Request, family: Family) -> None:
    """Raise Refusal unless everything that a new resource lies in is there."""
    for member, title in family.owner.items():
        _named(request, families.family(title), member)


def _owner(request: Request, family: Family) -> tuple[Family, Record]:
    """What the parts of a request lie in."""
    member, title = next(iter(family.owner.items()))
    owner_family = families.family(title)
    record = _named(request, owner_family, member)
    if record is None:
        raise request.no_such(owner_family, str(request.params.get(member, "")))
    return owner_family, record


def _shown(request: Request, family: Family, record: Record) -> View:
    shown = lifecycle.view(request, family, record)
    for member, parts in family.contains.items():
        store = families.family(parts["family"]).store
        shown[member] = [part.doc for part in request.resources.find(store, parent=record.key)]
    return shown


def add(request: Request) -> View:
    """Add a part; one that is there already stays as it is."""
    family, _ = request.family()
    owner_family, owner = _owner(request, family)
    lifecycle.refuse_busy(request, owner_family, owner, "update")
    doc = _part_document(request, family)
    part = request.resources.get(family.store, _key(family, owner, doc)) or _attach(request, family, owner, doc)
    return _with_part(request, owner_family, owner, family, part.doc, part.status)


def remove(request: Request) -> View:
    """Take a part away, if it is there. Raises Refusal for the last one that has to stay."""
    family, _ = request.family()
    owner_family, owner = _owner(request, family)
    lifecycle.refuse_busy(request, owner_family, owner, "update")
    doc = _part_document(request, family)
    part = request.resources.get(family.store, _key(family, owner, doc))
    if part is None:
        return _with_part(request, owner_family, owner, family, doc, None)
    going = family.states.get("deleting")
    staying = [p for p in request.resources.find(family.store, parent=owner.key) if p.status != going]
    least = max((p["least"] for p in owner_family.contains.values() if p["family"] == family.title), default=0)
    if part.status != going:
        if len(staying) <= least:
            raise invalid(f"{owner_family.title} {owner.arn} must have at least {least} {family.title}.")
        _end(request, family, part)
    return _with_part(request, owner_family, owner, family, part.doc, part.status)


def _part_document(request: Request, family: Family) -> dict[str, Any]:
    return {m: v for m, v in request.params.items() if m not in family.owner and m not in lifecycle.NOT_KEPT}


def _key(family: Family, owner: Record, doc: Mapping[str, Any]) -> str:
    own = [str(doc.get(member, "")) for member in family.id if member not in family.owner]
    return "/".join([owner.key.rpartition(":")[2], *own])


def _attach(request: Request, family: Family, owner: Record, doc: dict[str, Any]) -> Record:
    """Store a new part. Raises Refusal when it is one of another owner and can have only one."""
    name = str(doc.get(family.name, ""))
    same = [(f"$.{m}", "=", doc.get(m)) for m in family.id if m not in family.owner]
    if family.exclusive and request.resources.any(family.store, [*same, ("parent", "<>", owner.key)]):
        raise error_messages.taken(family, name, name, request.errors)
    status, plan = lifecycle.beginning(request, family, name, doc)
    key = _key(family, owner, doc)
    part = Record(family.store, key, doc, now=request.now, name=name, parent=owner.key, status=status, plan=plan)
    if not request.resources.insert(part):
        raise error_messages.taken(family, name, name, request.errors)
    return part


def _end(request: Request, family: Family, part: Record, *, at_once: bool = False) -> None:
    if at_once or "deleting" not in family.states:
        request.resources.remove(part)
    else:
        part.become(family.states["deleting"], [{"after": DELETING_SECONDS, "gone": True}], request.now)
        request.resources.save(part)


def _with_part(
    request: Request, owner_family: Family, owner: Record, family: Family, doc: dict[str, Any], status: str | None
) -> View:
    """What is answered about a part: what is known of its owner, the part itself, and its status."""
    known = lifecycle.view(request, owner_family, owner)
    for member in {"Status", family.status or "Status"}:
        known[member] = status
    return {**known, family.wrap: dict(doc)} if family.wrap else {**known, **doc}


def act(request: Request) -> View:
    """Answer an operation of no family. Raises Refusal when a resource that it names is not there."""
    row = families.action(request.operation)
    if "batch" in row:
        return _each(request, row["batch"])
    known: View = {}
    found: list[Record] = []
    for member, title in row.get("names", {}).items():
        family = families.family(title)
        record = _named(request, family, member)
        if record is not None:
            known.update(lifecycle.view(request, family, record))
            found.append(record)
    if len(found) == 1 and request.operation.startswith(CHANGES):
        changes = {m: v for m, v in request.params.items() if m not in row["names"]}
        _lay_over(request, found[0], changes)
    return {**known, **request.params}


def _named(request: Request, family: Family, member: str) -> Record | None:
    """The resource that a member names; None when the request does not say enough to tell. Raises Refusal."""
    value = request.params.get(member)
    if not isinstance(value, str):
        return None
    others = [request.params.get(m) for m in family.id[:-1]]
    if not value.startswith("arn:") and not all(isinstance(other, str) for other in others):
        return None
    key = value if value.startswith("arn:") else "/".join([*map(str, others), value])
    record = request.resources.get(family.store, key) or lifecycle.by_alias(request, family, value)
    if record is None:
        raise request.no_such(family, key)
    return record


def _lay_over(request: Request, record: Record, changes: dict[str, Any]) -> None:
    record.doc.update({m: v for m, v in changes.items() if m not in lifecycle.NOT_KEPT})
    record.become(None, record.plan, request.now)
    request.resources.save(record)


def _each(request: Request, batch: Batch) -> View:
    """Do to each resource that is named what the operation on one does; what went well, and what did not."""
    family = families.family(batch["family"])
    operation = next((o for o, role in family.operations.items() if role == batch["role"]), request.operation)
    good: dict[str, View] = {}
    bad: dict[str, View] = {}
    for value in request.params[batch["member"]]:
        single = request.for_operation(operation, {**request.params, family.id[-1]: value})
        names = {family.id[-1]: value, f"{family.title}Arn": value, "Arn": value, "Id": value}
        try:
            good[value] = {**names, **ROLES[batch["role"]](single)}
        except Refusal as refusal:
            text = dict.fromkeys(("Message", "ErrorMessage", "ErrorResponse", "Reason"), refusal.message)
            bad[value] = {**names, **text, "Code": refusal.code, "ErrorCode": refusal.code}
    entries = {batch["good"]: good, batch["bad"]: bad}
    return {m: _entries(found, batch["forms"][m]) for m, found in entries.items() if m and found}


def _entries(found: dict[str, View], form: list[str]) -> Any:
    """What was found in the form of a member: a list or a map, of texts or of structures."""
    shown = {key: view if form[1] == "structure" else key for key, view in found.items()}
    return shown if form[0] == "map" else list(shown.values())


ROLES = {
    **lifecycle.ROLES,
    "create": create,
    "put": put,
    "describe": describe,
    "delete": delete,
    "list": list_all,
    "add": add,
    "remove": remove,
}
