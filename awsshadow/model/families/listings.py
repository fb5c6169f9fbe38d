"""Service model -> how a family is listed: the operation, its items, its filters, its orders."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.families.document import Model, Shape
    from awsshadow.model.families.rows import Filter

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
#: Endings of filters -> how they compare; those about moments are of moments only.
_COMPARED = {"Contains": "contains", "After": ">=", "Before": "<="}


def plurals(name: str) -> tuple[str, ...]:
    """How more than one of a family may be called."""
    ends = {"y": "ies", "f": "ves", "is": "es"}
    changed = [name.removesuffix(end) + plural for end, plural in ends.items() if name.endswith(end)]
    return (f"{name}s", f"{name}es", *changed)


def list_operation(model: Model, name: str) -> str | None:
    """The operation that lists a family, None without one whose answer holds a list."""
    found = (f"List{plural}" for plural in plurals(name))
    return next((o for o in found if o in model.operations and _items(model, o)), None)


def _items(model: Model, operation: str) -> str | None:
    return next((m for m, shape in model.members(operation, "output").items() if shape["type"] == "list"), None)


def item(model: Model, operation: str) -> dict[str, Shape]:
    """The members of what a list operation lists; none for plain values."""
    member = _items(model, operation)
    if member is None:
        return {}
    shape = model.shapes[model.members(operation, "output")[member]["member"]["shape"]]
    return model.inner(shape) if shape["type"] == "structure" else {}


def listing(model: Model, name: str, operation: str, row: dict[str, Any]) -> dict[str, Any]:
    """The column ``list`` of a row."""
    given = model.members(operation, "input")
    owners = row.get("owner", {}) if "add" in row["operations"].values() else {}
    filters = {m: _filter(model, name, m, given[m], row) for m in given if m not in PAGING and m not in owners}
    found: dict[str, Any] = {"items": _items(model, operation), "filters": filters}
    sort = {value: _sort_column(name, value, row) for value in given.get("SortBy", {}).get("enum", [])}
    if sort:
        found["sort"] = sort
    named = {m: columns for m, shape in given.items() if (columns := _named(model, name, shape, row))}
    if named:
        found["named"] = named
    return found


def _filter(model: Model, name: str, member: str, shape: Shape, row: dict[str, Any]) -> Filter:
    status, about = row.get("status", ""), member.removesuffix("Equals")
    known = {
        **dict.fromkeys(("Status", status) if status else ("StatusEquals",), ("=", "status")),
        f"{name}NameContains": ("contains", "name"),
        f"{name}NamePrefix": ("prefix", "name"),
        **FILTERS,
    }
    ending = next((end for end in _COMPARED if member.endswith(end)), "")
    if shape["type"] in {"structure", "map"} or _named(model, name, shape, row):
        return ["ignored", ""]
    if member in known or about in known:
        return list(known[member if member in known else about])
    if about in row.get("parent", []) and len(row["parent"]) == 1:
        return ["=", "parent"]
    if ending and (ending == "Contains" or shape["type"] == "timestamp"):
        return [_COMPARED[ending], f"$.{member.removesuffix(ending)}"]
    return ["in" if shape["type"] == "list" else "=", f"$.{about}"]


def _named(model: Model, name: str, shape: Shape, row: dict[str, Any]) -> dict[str, str]:
    """Of a list of names with values that filters: each name -> its column. Empty for any other shape."""
    inner = model.shapes[shape["member"]["shape"]] if shape["type"] == "list" else {"type": ""}
    if inner["type"] != "structure" or set(inner["members"]) != {"Name", "Value"}:
        return {}
    return {value: _sort_column(name, value, row) for value in model.inner(inner)["Name"].get("enum", ())}


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
