"""Service model -> what families have to do with each other and with operations: by names, ARNs and shared shapes."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families.document import Model, Shape
    from awsshadow.model.families.rows import Action, Batch

    Table = Mapping[str, dict[str, Any]]

#: How the name of a member, or of its shape, ends that names a resource of a family.
ENDINGS = ("NameOrArn", "Name", "Arn", "Id", "Identifier")
#: Names that any family may have for what identifies it.
_GENERAL = {"Arn", "Name", "Id", "Identifier", "ResourceArn", "ResourceIdentifier"}
_ARN_TYPE = re.compile(r":([a-z][a-z0-9-]*)\\?/[^:]*$")
#: The beginning that the pattern of a generated id asks for, and digits where the model does not fix their number.
_ID_HEAD = re.compile(r"\^?([a-z]+-)[(\[]")
_ID_DIGITS = 12
#: The pattern of an ARN that lies in that of another family.
_NESTED = re.compile(r":(?P<type>[a-z-]+)\\?/[^/]+/(?P<literal>[a-z-]+)\\?/[^/]+$")
#: The end of the pattern of an ARN whose last part the service draws: of a fixed length.
_DRAWN = re.compile(r"/(?P<head>[a-z]*-?)\[(?P<class>[a-zA-Z0-9-]+)\]\{(?P<digits>\d+)\}\$?$")
#: Verbs of operations on many resources -> role of the operation on one.
_BATCHED = {"Delete": "delete", "Describe": "describe", "Get": "describe", "Stop": "stop", "Start": "start"}
_FAILED = re.compile("Fail|Error|Unprocessed|Invalid")


def arn_type(shape: Shape) -> str:
    """The resource type in the pattern of an ARN, empty without one."""
    found = _ARN_TYPE.search(shape.get("pattern", ""))
    return found.group(1) if found else ""


def named_family(model: Model, operation: str, member: str, table: Table, but: str = "") -> str | None:
    """The family of the resource that a member of a request names, None when it names none."""
    shape_name = model.names(operation, "input")[member]
    shape = model.shapes[shape_name]
    if shape["type"] != "string" or "enum" in shape:
        return None
    titles = sorted((title for title in table if title != but), key=len, reverse=True)
    if member not in _GENERAL:
        same = [title for title in titles if table[title]["id"] and table[title]["id"][-1] == member]
        called = (title for title in same if member in _spellings(title, table[title]["id"]))
        about = next(called, None) or next((title for title in same if title in operation), None)
        if about or len({table[title].get("store", title) for title in same}) == 1:
            return about or same[-1]
    for text in (member, shape_name):
        found = next((t for t in titles if text.endswith(_spellings(t, table[t]["id"]))), None)
        if found:
            return found
    type = arn_type(shape)
    return next((t for t in titles if type and table[t]["type"] == type and table[t]["id"]), None)


def _spellings(title: str, ids: list[str]) -> tuple[str, ...]:
    """How a member may be called that names a resource of a family: by an id only where that identifies it."""
    return tuple(title + end for end in ENDINGS if "Id" not in end or (ids and ids[-1].endswith(end)))


def owner(model: Model, shown: str, title: str, row: Mapping[str, Any], table: Table) -> dict[str, str]:
    """Members of the id that name a resource of another family, in which this one lies -> that family."""
    given = model.members(shown, "input")
    found = {m: named_family(model, shown, m, table, title) for m in row["id"] if m in given}
    own = {f"{title}{ending}" for ending in ENDINGS}
    if row.get("wrap") and shown.startswith(("Add", "Remove")):
        # What identifies a part itself is shown with it; what is not is where it lies.
        own |= set(model.members(shown, "output")[row["wrap"]]["members"])
    owners = {m: family for m, family in found.items() if family and m not in own}
    return owners if len(owners) < len(row["id"]) or f"Put{title}" in model.operations else {}


def relate(model: Model, title: str, by: tuple[str, str], row: dict[str, Any], table: Table) -> None:
    """Add to a row what the operations that make and show a resource say: ids, its place in ARNs, its other names."""
    made, shown = by
    given, answered, named = (model.members(*of) for of in ((made, "input"), (made, "output"), (shown, "input")))
    pattern = answered.get(row["arn"] or "", {}).get("pattern", "")
    ids = {m: answered[m] for m in ("Id", f"{title}Id") if m in answered and m not in given}
    ids.update({m: named[m] for m in row["id"] if m.endswith("Id") and m not in given and m not in ids})
    last = row["id"][-1] if row["id"] else ""
    if made.startswith("Create"):
        if ids:
            row["generate"] = {member: _id_form(shape) for member, shape in ids.items()}
            if last not in given:
                row["path"] = "{" + next(iter(ids)) + "}"
        else:
            _draw(title, pattern, row)
    _nest(title, pattern, row, given, table)
    if len(row["id"]) > 1 and all(m in given for m in row["id"]):
        row["path"] = "/".join("{" + m + "}" for m in row["id"])
        if not made.startswith("Add"):
            row["parent"] = row["id"][:-1]
    if last and last not in {*given, *ids} and not last.endswith("Arn") and row["name"] in given:
        row["either"] = {last: [last, row["name"]]}
        if ids:
            row["aliases"] = list(ids)
    ways = dict.fromkeys(way for operation in row["operations"] if (way := _other_way(model, operation, title, last)))
    if ways and last in given:
        row["either"] = {last: [last, *ways]}


def _draw(title: str, pattern: str, row: dict[str, Any]) -> None:
    """Give a resource an id for its ARN where the pattern of that asks for one of a fixed length."""
    drawn = _DRAWN.search(pattern)
    if drawn is None:
        return
    capitals = "A-Z" in drawn["class"]
    row["generate"] = {f"{title}Id": f"{drawn['head']}{'#' if capitals else '@'}{drawn['digits']}"}
    row["path"] = "{" + title + "Id}"
    if capitals:
        row["keeps_case"] = True


def _nest(title: str, pattern: str, row: dict[str, Any], given: Mapping[str, Shape], table: Table) -> None:
    """Put a resource into the one that its ARN lies in, if its create operation names that."""
    nested = _NESTED.search(pattern)
    above = next((other["name"] for other in table.values() if nested and other["type"] == nested["type"]), None)
    if nested is None or above not in given:
        return
    name = row["name"]
    if name not in given:
        name = f"{title}Id"
        row["generate"] = {name: f"@{_ID_DIGITS}"}
    row["path"] = "{" + str(above) + "}/" + nested["literal"] + "/{" + name + "}"
    row["parent"] = [above]


def _other_way(model: Model, operation: str, title: str, last: str) -> str | None:
    """The member by which an operation on one resource names it, where that is not the usual one."""
    required = model.required(operation, "input")
    if last in model.members(operation, "input") or not operation.endswith(title):
        return None
    return next((m for m in required if m in _spellings(title, [last]) or m == "Arn"), None)


def _id_form(shape: Shape) -> str:
    pattern, least, most = shape.get("pattern", ""), shape.get("min"), shape.get("max")
    head = _ID_HEAD.match(pattern)
    digits = least - len(head.group(1) if head else "") if least and least == most else _ID_DIGITS
    return f"{head.group(1) if head else ''}@{digits}"


def contained(model: Model, row: Mapping[str, Any], made: str, table: Table) -> dict[str, dict[str, Any]]:
    """Members of a create request that hold parts, each kept as a resource of its own -> the family, how few may stay.

    They are lists of the very shape that the operations on one part answer.
    """
    found: dict[str, dict[str, Any]] = {}
    for member, shape in model.members(made, "input").items():
        if shape["type"] != "list":
            continue
        for title, other in table.items():
            adds = next((o for o, role in other["operations"].items() if role == "add"), None)
            wrap = other.get("wrap")
            shown = model.names(adds, "output")[wrap] if adds and wrap and _is_of(other, row, table) else None
            if shown == shape["member"]["shape"]:
                found[member] = {"family": title, "least": shape.get("min", 0)}
    return found


def _is_of(part: Mapping[str, Any], row: Mapping[str, Any], table: Table) -> bool:
    return any(table[title] is row for title in part.get("owner", {}).values())


def action(model: Model, operation: str, table: Table) -> Action:
    """What an operation that belongs to no family is about: the resources it names, and what it does to many."""
    reads = operation.startswith(("List", "Search", "Query"))
    looked_at = model.required(operation, "input") if reads else list(model.members(operation, "input"))
    found = {m: named_family(model, operation, m, table) for m in looked_at}
    if operation.startswith("Import"):
        found = {m: title for m, title in found.items() if title and title not in operation}
    row: Action = {"names": {m: title for m, title in found.items() if title}}
    batch = _batch(model, operation, table)
    if batch:
        row["batch"] = batch
    return row


def _batch(model: Model, operation: str, table: Table) -> Batch | None:
    """How an operation on many resources of a family is answered, None when it is no such operation."""
    verb = next((v for v in _BATCHED if operation.startswith(f"Batch{v}")), None)
    rest = operation.removeprefix(f"Batch{verb}")
    titles = [t for t in sorted(table, key=len, reverse=True) if rest.removesuffix("s") in {t, t.removesuffix("s")}]
    lists = [m for m, shape in model.members(operation, "input").items() if shape["type"] == "list"]
    if verb is None or not titles or len(lists) != 1:
        return None
    answered = model.members(operation, "output")
    bad = next((m for m in answered if _FAILED.search(m)), None)
    good = next((m for m, s in answered.items() if m != bad and s["type"] in {"list", "map"}), None)
    element = model.shapes[model.members(operation, "input")[lists[0]]["member"]["shape"]]["type"]
    if element != "string":
        return None
    return {
        "role": _BATCHED[verb],
        "family": titles[0],
        "member": lists[0],
        "good": good,
        "bad": bad,
        "forms": {m: _form(model, shape) for m, shape in answered.items() if m in {good, bad}},
    }


def _form(model: Model, shape: Shape) -> list[str]:
    """The type of a member that holds one entry a resource, and the type of an entry."""
    inner = shape["member"] if shape["type"] == "list" else shape["value"]
    return [shape["type"], model.shapes[inner["shape"]]["type"]]
