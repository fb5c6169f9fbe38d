"""Which records are meant: conditions on columns, members and associations, and their SQL.

A condition is ``(field, comparison, value)``. A field is a column of ``records.COLUMNS`` or a member
of the document, ``$.Path.To.Member``. The comparisons are those of ``COMPARISONS``; they are the
words of the family table, too.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Condition = tuple[str, str, Any]

_LINK = "{{0}} IN (SELECT {} FROM association {} WHERE scope=? AND {} IN (SELECT value FROM json_each(?)))"

#: Comparison -> its SQL. Those whose value is a list bind it as JSON.
COMPARISONS = {
    "=": "{0} = ?",
    ">=": "{0} >= ?",
    "<=": "{0} <= ?",
    "<>": "{0} <> ?",
    "contains": "instr({0}, ?) > 0",
    "prefix": "instr({0}, ?) = 1",
    "in": "{0} IN (SELECT value FROM json_each(?))",
    "not in": "{0} NOT IN (SELECT value FROM json_each(?))",
    # Of associations: the field is an ARN from which, or to which, one of the value leads.
    # By itself SQLite would read all associations of the scope, from an index that has everything asked for.
    "source of": _LINK.format("source", "INDEXED BY association_back", "destination"),
    "destination of": _LINK.format("destination", "", "source"),
}
LINKS = ("source of", "destination of")
LISTS = ("in", "not in", *LINKS)

#: Order -> the fields it sorts by, so that no two records are equal; an order of a member is a field of it.
ORDERS = {
    "created": ("created", "id"),
    "modified": ("modified", "id"),
    "name": ("name", "id"),
    "status": ("status", "created", "id"),
}


def where(conditions: Iterable[Condition], scope: str, order: str = "") -> tuple[str, list[Any]]:
    """The SQL of all conditions together, and the values it binds.

    A list that is read in an ``order`` keeps to that order's index whatever else it selects by.
    """
    clauses: list[str] = ["scope=?"]
    values: list[Any] = [scope]
    for field, comparison, value in conditions:
        plain = order in {"", "created"} or field == "family" or field.startswith("$.") or comparison in LINKS
        # A plus keeps SQLite from preferring this column's index to the one of the order.
        clauses.append(COMPARISONS[comparison].format(expression(field) if plain else f"+{field}"))
        values += [scope] if comparison in LINKS else []
        values.append(_listed(value) if comparison in LISTS else value)
    return " AND ".join(clauses), values


def _listed(value: Any) -> str:
    return json.dumps(value if isinstance(value, list) else [value])


def expression(field: str) -> str:
    """The SQL of a field. Raises ValueError for a path that is none."""
    if not field.startswith("$."):
        return field
    if not field[2:].replace(".", "").isalnum():
        raise ValueError(f"not a path of member names: {field!r}")
    return f"json_extract(doc, '{field}')"


def sorted_by(order: str) -> tuple[str, ...]:
    """The fields of an order."""
    return ORDERS.get(order) or (order, "id")


def place_of(field: str) -> str:
    """The SQL of a field to sort by: records without that member come before all others."""
    return f"coalesce({expression(field)}, '')" if field.startswith("$.") else field
