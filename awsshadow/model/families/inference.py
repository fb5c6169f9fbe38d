"""Service model -> the family table.

A family is a kind of resource with the operations that make, show, change and end it. What the
model says by its names and shapes is read from it here; what it does not say is a row in
``overrides``. The result for one model is checked in as ``families.json`` so that a start pays nothing
for it and a new model that changes a family shows as a difference; what a newer model has beside that
is inferred when it is asked for. Write the table again with::

    python -m awsshadow.model.families.inference
"""

from __future__ import annotations

import json
import os

from awsshadow.compile.sources import load
from awsshadow.model.families.document import Model
from awsshadow.model.families.listings import item, list_operation, listing
from awsshadow.model.families.overrides import FAMILIES, NOT_A_FAMILY
from awsshadow.model.families.relations import action, arn_type, contained, owner, relate
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from typing import Any

    from awsshadow.model.families.document import Shape
    from awsshadow.model.families.rows import Action

#: Verbs of the operations on one resource, each of them its role; ``Get`` describes where nothing else does.
VERBS = ("Create", "Import", "Describe", "Get", "Update", "Delete", "Start", "Stop", "Put", "Add", "Remove")
#: Verbs that make a family of what no operation describes, when one of each pair is there.
_MAKE, _END = ("Create", "Put", "Add"), ("Delete", "Remove")
#: Verbs that make what is described and cannot be created.
_BEGIN = ("Import", "Start")

#: Roles of parts -> the same of what is no part of anything.
_ALONE = {"add": "put", "remove": "delete"}

STARTING = (
    "creating",
    "pending",
    "inprogress",
    "starting",
    "initializing",
    "createinprogress",
    "importing",
    "executing",
    "adding",
    "provisioning",
    "queued",
    "submitted",
    "running",
)
STABLE = (
    "inservice",
    "completed",
    "created",
    "available",
    "active",
    "scheduled",
    "succeeded",
    "createcompleted",
    "started",
    "createcomplete",
    "success",
    "ready",
    "running",
    "enabled",
)
STATES = {
    "start": STARTING,
    "stable": STABLE,
    "failed": ("failed", "createfailed", "create_failed", "importfailed", "error"),
    "updating": ("updating", "updateinprogress", "modifying"),
    "updated": ("updated", "updatecompleted"),
    "update_failed": ("updatefailed", "update_failed"),
    "rolling_back": ("rollingback",),
    "stopping": ("stopping",),
    "stopped": ("stopped",),
    "deleting": ("deleting", "deleteinprogress", "removing", "terminating"),
    "delete_failed": ("deletefailed", "delete_failed"),
}


def families(
    document: Mapping[str, Any],
    overrides: Mapping[str, Mapping[str, object]] = FAMILIES,
    but: Container[str] = NOT_A_FAMILY,
) -> dict[str, dict[str, Any]]:
    """Family name -> row, for a parsed ``service-2`` document: what it says, with ``overrides`` laid over it."""
    model = Model(document)
    table = {name: _family(model, name) for name in names(model) if name not in but}
    owners = {name: owner(model, _shown_by(model, name), name, row, table) for name, row in table.items()}
    for name, row in table.items():
        if owners[name]:
            row["owner"] = owners[name]
        elif "add" in row["operations"].values():
            # What is added to nothing is made, and what is removed from nothing is deleted.
            row["operations"] = {o: _ALONE.get(role, role) for o, role in row["operations"].items()}
        if any(table[title]["type"] == row["type"] for title in owners[name].values()):
            # The ARN that is shown with a part is that of what it lies in.
            row["arn"], row["type"] = None, argument_name(name)
    for name, row in table.items():
        made = _made_by(model, name)
        relate(model, name, (made, _shown_by(model, name)), row, table)
        operation = next((o for o, role in row["operations"].items() if role == "list"), None)
        if operation:
            row["list"] = listing(model, name, operation, row)
        parts = contained(model, row, made, table)
        if parts:
            row["contains"] = parts
        _overlay(row, overrides.get(name, {}))
        if "stopped" not in row.get("states", {}):
            # What the model has no word for cannot be a state: these are actions then.
            row["operations"] = {o: role for o, role in row["operations"].items() if role not in {"start", "stop"}}
    return table


def actions(document: Mapping[str, Any], table: Mapping[str, dict[str, Any]]) -> dict[str, Action]:
    """Operation -> what it is about, for those of a document that belong to no family of its table."""
    model = Model(document)
    claimed = {operation for row in table.values() for operation in row["operations"]}
    return {operation: action(model, operation, table) for operation in model.operations if operation not in claimed}


def _overlay(row: dict[str, Any], override: Mapping[str, Any]) -> None:
    for key, value in override.items():
        if key in {"filters", "sort"}:
            row.get("list", {}).setdefault(key, {}).update(value)
        elif key == "states" and value:
            row.setdefault("states", {}).update(value)
        else:
            row[key] = value


def names(model: Model) -> list[str]:
    """The families of a model: what is described, and what can be made, ended and listed without that."""
    named = {o.removeprefix(v) for o in model.operations for v in (*_MAKE, "Describe", "Get") if o.startswith(v)}
    return sorted(n for n in named if _is_family(model, n))


def _is_family(model: Model, name: str) -> bool:
    if f"Describe{name}" in model.operations:
        return True
    made = any(f"{verb}{name}" in model.operations for verb in _MAKE)
    ended = any(f"{verb}{name}" in model.operations for verb in _END)
    return made and (ended or f"Get{name}" in model.operations or bool(list_operation(model, name)))


def _shown_by(model: Model, name: str) -> str:
    """The operation that shows one resource, and says what identifies it."""
    verbs = ("Describe", "Get", "Remove", "Delete", "Update", "Create", "Put", "Add")
    return next(f"{verb}{name}" for verb in verbs if f"{verb}{name}" in model.operations)


def _made_by(model: Model, name: str) -> str:
    found = (f"{verb}{name}" for verb in (*_MAKE, *_BEGIN))
    return next((o for o in found if o in model.operations), f"Create{name}")


def _family(model: Model, name: str) -> dict[str, Any]:
    shown = _shown_by(model, name)
    describe = model.members(shown, "output")
    row: dict[str, Any] = {"id": _ids(model, name, shown)}
    wrap = _wrap(model, shown)
    if wrap:
        row["wrap"] = wrap
        describe = {**describe, **model.inner(describe[wrap])} if shown[0] in "RA" else model.inner(describe[wrap])
    listed = list_operation(model, name)
    if not shown.startswith(("Describe", "Get")) and listed:
        describe = {**item(model, listed), **describe}
    arn = _arn_member(model, name, describe)
    row["arn"] = arn
    row["type"] = _arn_type(model, name, arn, describe)
    row["name"] = _name_member(model, name, row["id"])
    status = _status_member(name, describe)
    if status:
        row["status"] = status
        row["states"] = _states(describe[status]["enum"])
    row["missing"] = _missing(model, name, shown)
    row["operations"] = dict(_operations(model, name))
    if listed:
        row["operations"][listed] = "list"
    return row


def _ids(model: Model, name: str, shown: str) -> list[str]:
    given = model.members(shown, "input")
    required = [m for m in model.required(shown, "input") if given[m]["type"] in {"string", "integer"}]
    if shown.startswith(("Create", "Put", "Add")):
        required = [m for m in required if m.endswith(("Name", "Arn", "Id", "Identifier"))]
    own = (f"{name}Name", f"{name}Arn", f"{name}Id")
    return sorted(required, key=lambda m: (m in own, "enum" not in given[m])) or list(given)[:1]


def _wrap(model: Model, shown: str) -> str | None:
    """The member that holds all of a description, None where the answer itself does."""
    output = model.members(shown, "output")
    if shown.startswith(("Add", "Remove")):
        given = set(model.members(shown.replace("Remove", "Add", 1), "input"))
        inside = (m for m, shape in output.items() if shape["type"] == "structure" and set(shape["members"]) <= given)
        return next(inside, None)
    if not shown.startswith(("Describe", "Get")):
        return None
    required = model.required(shown, "output")
    only = required if len(required) == 1 else list(output) if len(output) == 1 else []
    return only[0] if only and output[only[0]]["type"] == "structure" else None


def _operations(model: Model, name: str) -> Iterator[tuple[str, str]]:
    described = f"Describe{name}" in model.operations
    for verb in VERBS:
        operation = f"{verb}{name}"
        if operation not in model.operations or (verb == "Get" and described):
            continue
        made = operation == _made_by(model, name) and verb in _BEGIN
        yield operation, "create" if made else "describe" if verb == "Get" else verb.lower()


def _missing(model: Model, name: str, shown: str) -> str:
    """The type of the error for one that is not there: as the operation that shows it says, or any other."""
    others = (f"{verb}{name}" for verb in VERBS if not shown.startswith("Describe"))
    listed = (error for operation in (shown, *others) for error in model.errors(operation))
    return next((error for error in listed if "NotFound" in error), "ValidationException")


def _arn_member(model: Model, name: str, describe: dict[str, Shape]) -> str | None:
    created = [m for m in model.members(f"Create{name}", "output") if m.endswith("Arn")]
    if created:
        return created[0]
    return next((m for m in (f"{name}Arn", "Arn") if m in describe), None)


def _arn_type(model: Model, name: str, arn: str | None, describe: dict[str, Shape]) -> str:
    members = {**describe, **model.members(f"Create{name}", "output")}
    return arn_type(members.get(arn or "", {})) or argument_name(name)


def _name_member(model: Model, name: str, ids: list[str]) -> str:
    given = model.members(_made_by(model, name), "input")
    if ids and ids[-1] in given:
        return ids[-1]
    return next((m for m in (f"{name}Name", "Name") if m in given), ids[-1] if ids else f"{name}Name")


def _status_member(name: str, describe: dict[str, Shape]) -> str | None:
    wanted = (f"{name}Status", f"{name.removesuffix('V2')}Status", "Status", f"{name}State", "State")
    found = [m for m in wanted if "enum" in describe.get(m, {})]
    found += [m for m in describe if m.endswith(f"{name[-3:]}Status") and "enum" in describe[m]]
    found += [m for m in describe if m in {"TrackingServerStatus", "JobStatus"}]
    return found[0] if found else None


def _states(enum: list[str]) -> dict[str, str]:
    by_lower = {value.lower().replace("_", "") if value.isupper() else value.lower(): value for value in enum}
    states = {}
    for state, candidates in STATES.items():
        found = next((by_lower[c] for c in candidates if c in by_lower), None)
        if found:
            states[state] = found
    states.setdefault("stable", enum[0])
    states.setdefault("start", states["stable"])
    return states


def render(table: Mapping[str, dict[str, Any]]) -> str:
    """The table as JSON with one family a line, so that a difference reads well."""
    rows = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(table.items())]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def main() -> None:
    """Write ``families.json`` beside this module from the installed botocore's model."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "families.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(render(families({**load().model})))


if __name__ == "__main__":
    main()
