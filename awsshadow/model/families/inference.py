"""Service model -> the family table.

A family is a kind of resource with the operations that make, show, change and end it. What the
model says by its names and shapes is read from it here; what it does not say is a row in
``overrides``. The result is checked in as ``families.json`` so that a start pays nothing for it
and a new model that changes a family shows as a difference. Write it again with::

    python -m awsshadow.model.families.inference
"""

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from awsshadow.compile.sources import load
from awsshadow.model.families.overrides import FAMILIES, NOT_A_FAMILY
from awsshadow.names import argument_name

VERBS = ("Create", "Describe", "Update", "Delete", "Start", "Stop")

STARTING = (
    "creating",
    "pending",
    "inprogress",
    "starting",
    "initializing",
    "createinprogress",
    "importing",
    "executing",
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
)
STATES = {
    "start": STARTING,
    "stable": STABLE,
    "failed": ("failed", "createfailed", "create_failed", "importfailed"),
    "updating": ("updating", "updateinprogress"),
    "updated": ("updated", "updatecompleted"),
    "update_failed": ("updatefailed", "update_failed"),
    "rolling_back": ("rollingback",),
    "stopping": ("stopping",),
    "stopped": ("stopped",),
    "deleting": ("deleting", "deleteinprogress"),
}

#: What a filter's name says by itself: how it compares, and with which column.
FILTERS = {
    "NameContains": ("contains", "name"),
    "CreationTimeAfter": (">=", "created"),
    "CreatedAfter": (">=", "created"),
    "CreationTimeBefore": ("<=", "created"),
    "CreatedBefore": ("<=", "created"),
    "LastModifiedTimeAfter": (">=", "modified"),
    "ModifiedTimeAfter": (">=", "modified"),
    "LastModifiedTimeBefore": ("<=", "modified"),
    "ModifiedTimeBefore": ("<=", "modified"),
}
SORT = {
    "name": "name",
    "creationtime": "created",
    "createdate": "created",
    "lastmodifiedtime": "modified",
    "status": "status",
}
PAGING = ("MaxResults", "NextToken", "SortBy", "SortOrder")
_ARN_TYPE = re.compile(r":([a-z][a-z0-9-]*)\\?/[^:]*$")


class Model:
    """Members of inputs and outputs by operation name."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.shapes: dict[str, dict[str, Any]] = document["shapes"]
        self.operations: dict[str, dict[str, Any]] = document["operations"]

    def shape(self, operation: str, side: str) -> dict[str, Any]:
        """The input or output shape; an empty structure when there is none."""
        spec = self.operations.get(operation, {})
        return self.shapes[spec[side]["shape"]] if side in spec else {"members": {}}

    def members(self, operation: str, side: str) -> dict[str, dict[str, Any]]:
        """Member name -> its shape."""
        return {name: self.shapes[ref["shape"]] for name, ref in self.shape(operation, side)["members"].items()}

    def required(self, operation: str, side: str) -> list[str]:
        """The required members, in the order of the shape."""
        needed = self.shape(operation, side).get("required", [])
        return [name for name in self.shape(operation, side)["members"] if name in needed]


def families(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Family name -> row, for a parsed ``service-2`` document."""
    model = Model(document)
    table = {}
    for name in _names(model):
        row = _family(model, name)
        _overlay(row, FAMILIES.get(name, {}))
        table[name] = row
    return table


def _overlay(row: dict[str, Any], override: Mapping[str, object]) -> None:
    for key, value in override.items():
        if key in {"filters", "sort"}:
            row["list"].setdefault(key, {}).update(value)
        elif key == "states" and value:
            row["states"].update(value)
        else:
            row[key] = value


def _names(model: Model) -> list[str]:
    named = {o.removeprefix(v) for o in model.operations for v in VERBS[:2] if o.startswith(v)}
    return sorted(n for n in named if f"Describe{n}" in model.operations and n not in NOT_A_FAMILY)


def _family(model: Model, name: str) -> dict[str, Any]:
    describe = model.members(f"Describe{name}", "output")
    required = model.required(f"Describe{name}", "output")
    row: dict[str, Any] = {"id": model.required(f"Describe{name}", "input")}
    wrap = required[0] if len(required) == 1 and describe[required[0]]["type"] == "structure" else None
    if wrap:
        row["wrap"] = wrap
        describe = {k: model.shapes[ref["shape"]] for k, ref in describe[wrap]["members"].items()}
    arn = _arn_member(model, name, describe)
    row["arn"] = arn
    row["type"] = _arn_type(model, name, arn, describe)
    row["name"] = _name_member(model, name, row["id"])
    status = _status_member(name, describe)
    if status:
        row["status"] = status
        row["states"] = _states(describe[status]["enum"])
    row["missing"] = "ResourceNotFound" if "ResourceNotFound" in _errors(model, name) else "ValidationException"
    row["operations"] = {f"{verb}{name}": verb.lower() for verb in VERBS if f"{verb}{name}" in model.operations}
    listing = _list_operation(model, name)
    if listing:
        row["operations"][listing] = "list"
        row["list"] = _listing(model, name, listing, row)
    return row


def _errors(model: Model, name: str) -> list[str]:
    return [error["shape"] for error in model.operations[f"Describe{name}"].get("errors", [])]


def _arn_member(model: Model, name: str, describe: dict[str, Any]) -> str | None:
    created = [m for m in model.members(f"Create{name}", "output") if m.endswith("Arn")]
    if created:
        return created[0]
    return next((m for m in (f"{name}Arn", "Arn") if m in describe), None)


def _arn_type(model: Model, name: str, arn: str | None, describe: dict[str, Any]) -> str:
    members = {**describe, **model.members(f"Create{name}", "output")}
    found = _ARN_TYPE.search(members.get(arn or "", {}).get("pattern", ""))
    return found.group(1) if found else argument_name(name)


def _name_member(model: Model, name: str, ids: list[str]) -> str:
    given = model.members(f"Create{name}", "input")
    if ids and ids[-1] in given:
        return ids[-1]
    return next((m for m in (f"{name}Name", "Name") if m in given), ids[-1] if ids else f"{name}Name")


def _status_member(name: str, describe: dict[str, Any]) -> str | None:
    wanted = (f"{name}Status", f"{name.removesuffix('V2')}Status", "Status")
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


def _plurals(name: str) -> tuple[str, ...]:
    return (f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies")


def _list_operation(model: Model, name: str) -> str | None:
    return next((f"List{p}" for p in _plurals(name) if f"List{p}" in model.operations), None)


def _listing(model: Model, name: str, operation: str, row: dict[str, Any]) -> dict[str, Any]:
    output = model.members(operation, "output")
    items = next(m for m, shape in output.items() if shape["type"] == "list")
    given = model.members(operation, "input")
    filters = {m: _filter(name, m, row) for m in given if m not in PAGING}
    listing: dict[str, Any] = {"items": items, "filters": filters}
    sort = {value: _sort_column(name, value, row) for value in given.get("SortBy", {}).get("enum", [])}
    if sort:
        listing["sort"] = sort
    return listing


def _filter(name: str, member: str, row: dict[str, Any]) -> list[str]:
    if member in FILTERS:
        return list(FILTERS[member])
    status = row.get("status", "")
    if member in {"StatusEquals", status, f"{status}Equals"}:
        return ["=", "status"]
    if member.endswith("Contains"):
        about = member.removesuffix("Contains")
        return ["contains", "name"] if about == f"{name}Name" else ["contains", f"$.{about}"]
    if member == f"{name}NamePrefix":
        return ["prefix", "name"]
    about = member.removesuffix("Equals")
    return ["=", f"$.{about}"]


def _sort_column(name: str, value: str, row: dict[str, Any]) -> str:
    plain = value.lower().replace("_", "")
    if plain in SORT:
        return SORT[plain]
    if plain == f"{name}Name".lower():
        return "name"
    if plain == row.get("status", "").lower():
        return "status"
    if value.isupper():
        value = "".join(word.capitalize() for word in value.split("_"))
    return f"$.{value}"


def render(table: dict[str, dict[str, Any]]) -> str:
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
