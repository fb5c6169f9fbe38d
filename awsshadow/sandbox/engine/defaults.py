"""What a request leaves out and the service fills in: members of what it creates, order and size of a list.

The values are those of ``model.families.stated``. For an operation that is newer than its table they are read
from the documentation of the installed model.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache

from awsshadow.model.families import STATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request

    Values = Mapping[str, Any]


@cache
def _table() -> dict[str, dict[str, Values]]:
    """``lists`` and ``created``, as ``stated.table`` has them."""
    with open(STATED, encoding="utf-8") as file:
        found: dict[str, dict[str, Values]] = json.load(file)
    return found


def asked(request: Request) -> dict[str, Any]:
    """The parameters of a list request, with the order and size that the service takes when they are left out."""
    return {**_listing(request), **request.params}


def _listing(request: Request) -> Values:
    found = _table()["lists"].get(request.operation)
    if found is None:
        from awsshadow.model.families import stated

        model = request.model(request.operation)
        found = stated.listing(model.shapes, model.docs(), model.input) if model.input else {}
        _table()["lists"][request.operation] = found
    return found


def completed(request: Request, family: Family, given: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a new resource, those that were left out filled in."""
    doc = dict(given)
    create = family.operation("create")
    values = _created(request, family, create) if create else {}
    if values:
        doc = deepcopy(doc)
        for path, value in values.items():
            of = value.get("of") if isinstance(value, dict) else None
            _fill(doc, path.split("."), deepcopy(value) if of is None else doc.get(of))
    return doc


def _created(request: Request, family: Family, create: str) -> Values:
    found = _table()["created"].get(create)
    if found is None:
        found, describe = {}, family.operation("describe")
        model, shown = request.model(create), request.model(describe) if describe else None
        if model.input and shown and shown.output:
            from awsshadow.model.families import stated

            shapes = {**shown.all_shapes(), **model.shapes}
            output = shapes[shown.output]["members"][family.wrap]["shape"] if family.wrap else shown.output
            found = stated.created(shapes, model.docs(), model.input, output)
        _table()["created"][create] = found
    return found


def _fill(value: Any, path: list[str], default: Any) -> None:
    """Set the member at the end of a path where what it lies in is there and it is not."""
    if path[0] == "*":
        for inner in value if isinstance(value, list) else ():
            _fill(inner, path[1:], default)
    elif isinstance(value, dict):
        if len(path) > 1:
            _fill(value.get(path[0]), path[1:], default)
        elif default is not None:
            value.setdefault(path[0], default)
