"""One page of a list: filters and order from rows, and an opaque token for the next.

Resources are read through an index. A page begins after the last row of the page before (its sort
value and id), never at a count, so ten thousand resources cost the same a page as ten and nothing is
shown twice or left out when others come and go between pages. Documents are decoded for the rows of
the page only.

What lies inside one resource is few and in memory. Its filters and orders are rows of the same form
as those of the family table, about members of the views that are listed.
"""

from __future__ import annotations

import binascii
import json
from operator import eq, ge, le

from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine.defaults import asked as with_defaults
from awsshadow.sandbox.state.resources import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeVar

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.conditions import Condition
    from awsshadow.sandbox.state.records import Record

    Item = TypeVar("Item")
    #: Member of the request -> comparison, member of the view.
    Filters = Mapping[str, tuple[str, str]]
    #: Value of SortBy -> member of the view.
    Sort = Mapping[str, str]

#: What a page holds when neither the request says it nor the documentation of the operation.
PAGE = 10

#: Comparison of a value of a view with one of the request, as ``state.conditions`` has it in SQL.
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    ">=": ge,
    "<=": le,
    "contains": lambda value, asked: asked in value,
    "prefix": lambda value, asked: value.startswith(asked),
    "in": lambda value, asked: value in asked,
}

#: Filters by time, under the two names that the service has for them.
MADE: Filters = {
    "CreationTimeAfter": (">=", "CreationTime"),
    "CreationTimeBefore": ("<=", "CreationTime"),
    "CreatedAfter": (">=", "CreationTime"),
    "CreatedBefore": ("<=", "CreationTime"),
}
#: The sort of a list that has one order: what comes in is oldest first, and can be turned round.
BY_AGE: Sort = {}


def page(request: Request, family: Family, *conditions: Condition) -> tuple[list[Record], str | None]:
    """The records of one page and the token of the next, None after the last."""
    params, rules = with_defaults(request), family.listing
    order = rules.get("sort", {}).get(params.get("SortBy", ""), "created")
    asked = [
        (field, comparison, params[member])
        for member, (comparison, field) in rules["filters"].items()
        if params.get(member) is not None and comparison != "ignored"
    ]
    for member, columns in rules.get("named", {}).items():
        asked += [(columns[item["Name"]], "=", item["Value"]) for item in params.get(member) or ()]
    seal = _seal(request)
    after = opened(params["NextToken"], seal) if params.get("NextToken") else None
    size = params.get("MaxResults") or PAGE
    found = request.resources.page(
        family.store,
        [*conditions, *asked],
        order=order,
        ascending=_ascends(params),
        after=after,
        size=size + 1,
    )
    if len(found) <= size:
        return found, None
    return found[:size], sealed(place(found[size - 1], order), seal)


def answer(
    request: Request,
    key: str,
    items: Iterable[Any],
    *,
    filters: Filters | None = None,
    sort: Sort | None = None,
    usual: int | None = None,
) -> View:
    """The view of one page of ``items``, which are in memory, under the output member ``key``.

    ``filters`` and ``sort`` are about views. Without ``sort`` the items stay as they come; with it
    they come oldest first, and the newest is shown first unless the request says Ascending, or the documentation.
    """
    found = [item for item in items if not filters or meets(item, request.params, filters)]
    if sort is not None:
        params = with_defaults(request)
        member = sort.get(params.get("SortBy", ""))
        found = ordered(found, params, (lambda view: _known(view.get(member))) if member else None)
    shown, token = cut(request, found, usual)
    return {key: shown, "NextToken": token}


def meets(view: View, params: Mapping[str, Any], filters: Filters) -> bool:
    """Whether a view meets every filter that a request has; what the view does not say meets none."""
    return all(
        view.get(member) is not None and COMPARISONS[comparison](view[member], params[name])
        for name, (comparison, member) in filters.items()
        if params.get(name) is not None
    )


def ordered(items: Iterable[Item], params: Mapping[str, Any], key: Callable[[Item], Any] | None = None) -> list[Item]:
    """Items by ``key``, as they come without one; last first unless ``params`` say Ascending."""
    found = list(items) if key is None else sorted(items, key=key)
    if not _ascends(params):
        found.reverse()
    return found


def _known(value: Any) -> Any:
    return "" if value is None else value


def _ascends(params: Mapping[str, Any]) -> bool:
    """The order that is asked for; where nothing is, and nothing documented, names, statuses and versions begin with
    the first, times with the newest."""
    order = str(params.get("SortOrder") or ("Ascending" if _is_word(params.get("SortBy", "")) else "Descending"))
    return order.upper().startswith("A")


def _is_word(sort: str) -> bool:
    return sort.upper().endswith(("NAME", "STATUS", "VERSION"))


def cut(request: Request, items: list[Item], usual: int | None = None) -> tuple[list[Item], str | None]:
    """A page of a list that is already in memory: for what lies inside one resource."""
    seal = _seal(request)
    begin = int(opened(request.params["NextToken"], seal)[0]) if request.params.get("NextToken") else 0
    end = begin + (with_defaults(request).get("MaxResults") or usual or PAGE)
    return items[begin:end], sealed([end], seal) if end < len(items) else None


def _seal(request: Request) -> int:
    """A number that differs for another operation, other filters, another account or region."""
    asked = {k: v for k, v in request.params.items() if k not in {"NextToken", "MaxResults"}}
    return binascii.crc32(json.dumps([request.operation, request.resources.scope, asked], sort_keys=True).encode())


def sealed(position: list[Any], seal: int) -> str:
    """An opaque token for a place in a list."""
    return binascii.b2a_base64(json.dumps([seal, *position]).encode(), newline=False).decode()


def opened(token: str, seal: int) -> list[Any]:
    """The place a token stands for. Raises Refusal for a token of another request."""
    try:
        found, *rest = json.loads(binascii.a2b_base64(token, strict_mode=True))
    except (ValueError, TypeError):
        found, rest = None, []
    position: list[Any] = rest
    if found != seal:
        raise invalid("Invalid pagination token: it does not belong to this request")
    return position
