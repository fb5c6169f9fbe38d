"""One page of a list: filters and order from the table, read through an index, an opaque token.

A page begins after the last row of the page before (its sort value and id), never at a count, so
ten thousand resources cost the same a page as ten and nothing is shown twice or left out when
others come and go between pages. Documents are decoded for the rows of the page only.
"""

from __future__ import annotations

import binascii
import json

from awsshadow.sandbox.contract.service_errors import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Record

#: What a page holds when the request does not say; the service documents it in prose only.
PAGE = 10
_ORDERS = {
    "created": ("created", "id"),
    "modified": ("modified", "id"),
    "name": ("name", "id"),
    "status": ("status", "created", "id"),
}


def page(
    request: Request, family: Family, where: str = "", values: tuple[Any, ...] = ()
) -> tuple[list[Record], str | None]:
    """The records of one page and the token of the next, None after the last."""
    params, listing = request.params, family.listing
    columns = _order(listing.get("sort", {}).get(params.get("SortBy", ""), "created"))
    clauses, bound = ["family=?"], [family.store]
    if where:
        clauses.append(where)
        bound += values
    for member, (kind, field) in listing["filters"].items():
        if params.get(member) is not None and kind != "ignored":
            clauses.append(_clause(kind, field, by_created=columns[0] == "created"))
            bound.append(params[member])
    up = params.get("SortOrder", "Descending").startswith("A")
    seal = _seal(request)
    if params.get("NextToken"):
        after = opened(params["NextToken"], seal)
        clauses.append(f"({', '.join(columns)}) {'>' if up else '<'} ({', '.join('?' * len(columns))})")
        bound += after
    size = params.get("MaxResults") or PAGE
    direction = "ASC" if up else "DESC"
    rest = f"ORDER BY {', '.join(f'{c} {direction}' for c in columns)} LIMIT {size + 1}"
    found = list(request.resources.select(" AND ".join(clauses), bound, rest))
    if len(found) <= size:
        return found, None
    return found[:size], sealed(_place(found[size - 1], columns), seal)


def cut(request: Request, items: list[Any], usual: int = PAGE) -> tuple[list[Any], str | None]:
    """A page of a list that is already in memory: for what lies inside one resource."""
    seal = _seal(request)
    begin = int(opened(request.params["NextToken"], seal)[0]) if request.params.get("NextToken") else 0
    end = begin + (request.params.get("MaxResults") or usual)
    return items[begin:end], sealed([end], seal) if end < len(items) else None


def answer(request: Request, key: str, items: list[Any], usual: int = PAGE) -> dict[str, Any]:
    """The view of one page of ``items``, which are in memory, under the output member ``key``."""
    shown, token = cut(request, items, usual)
    return {key: shown, "NextToken": token}


def _order(column: str) -> tuple[str, ...]:
    return _ORDERS.get(column) or (f"coalesce(json_extract(doc, '{column}'), '')", "id")


def _place(record: Record, columns: tuple[str, ...]) -> list[Any]:
    place = []
    for column in columns:
        if column.startswith("coalesce"):
            value: Any = record.doc
            for part in column.split("'")[1].removeprefix("$.").split("."):
                value = value.get(part) if isinstance(value, dict) else None
            place.append("" if value is None else value)
        else:
            place.append(getattr(record, column))
    return place


def _clause(kind: str, field: str, by_created: bool) -> str:
    if field.startswith("$"):
        field = f"json_extract(doc, '{field}')"
    elif not by_created:
        # A plus keeps SQLite from preferring this column's index to the one of the order.
        field = f"+{field}"
    if kind == "contains":
        return f"instr({field}, ?) > 0"
    if kind == "prefix":
        return f"instr({field}, ?) = 1"
    return f"{field} {kind} ?"


def _seal(request: Request) -> int:
    """A number that differs for another operation, other filters, another account or region."""
    asked = {k: v for k, v in request.params.items() if k not in {"NextToken", "MaxResults"}}
    return binascii.crc32(json.dumps([request.operation, request.resources.scope, asked], sort_keys=True).encode())


def sealed(place: list[Any], seal: int) -> str:
    """An opaque token for a place in a list."""
    return binascii.b2a_base64(json.dumps([seal, *place]).encode(), newline=False).decode()


def opened(token: str, seal: int) -> list[Any]:
    """The place a token stands for. Raises Refusal for a token of another request."""
    try:
        found, *rest = json.loads(binascii.a2b_base64(token, strict_mode=True))
    except (ValueError, TypeError):
        found, rest = None, []
    place: list[Any] = rest
    if found != seal:
        raise invalid("Invalid pagination token: it does not belong to this request")
    return place
