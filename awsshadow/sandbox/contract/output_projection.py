"""What is known of a resource -> the part of it that an output shape has room for.

An answer must be whole: a required member that nothing is known about gets the emptiest value
its shape allows. The rows of ``derived_members`` keep these rare.
"""

from __future__ import annotations

import re

from awsshadow.model.constraints import violated
from awsshadow.names import SANDBOX_REGION
from awsshadow.sandbox.contract.derived_members import derive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Shapes = dict[str, dict[str, Any]]
    View = dict[str, Any]

#: Deeper than any output of the model; recursive shapes of required members would not end otherwise.
DEEPEST = 40

#: Texts that say nothing, for patterns of several kinds; the last ones are filled up to the length that is asked for.
NOTHING = ("", "none", "s3://none/none", "0", "0.0.0", "https://none.invalid", "aa-none-0a", "non0-az0")
_FILLING = "-a0A"
_ARN_TYPE = re.compile(r":(sagemaker|iam):.*?:([a-z][a-z-]*)\\?/")


def project(view: View, name: str, shapes: Shapes) -> dict[str, Any]:
    """The members of structure ``name`` that ``view`` has, required ones whole."""
    return _structure(view, name, shapes, view)


def emptiest(name: str, shapes: Shapes, view: View, depth: int = 0) -> Any:
    """The smallest value of a shape."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        needed = shape.get("required", ())
        members = {m: shape["members"][m]["shape"] for m in needed}
        if shape.get("union") and not members:
            member, ref = next(iter(shape["members"].items()))
            members = {member: ref["shape"]}
        return {m: _whole(m, n, shapes, view, depth + 1) for m, n in members.items()} if depth < DEEPEST else {}
    if kind == "list":
        return [emptiest(shape["member"]["shape"], shapes, view, depth + 1) for _ in range(shape.get("min", 0))]
    if kind == "map":
        return {}
    if kind == "string":
        return _text(name, shape, view)
    if kind == "timestamp":
        return view.get("CreationTime", 0)
    return False if kind == "boolean" else shape.get("min", 0)


def _text(name: str, shape: dict[str, Any], view: View) -> str:
    if "enum" in shape:
        return str(shape["enum"][0])
    arns = [str(view["Arn"])] if name.endswith("Arn") and view.get("Arn") else []
    fits = (text for text in (*arns, *NOTHING, *_forms(shape)) if not any(violated(text, shape)))
    return next(fits, "-" * shape.get("min", 0))


def _forms(shape: dict[str, Any]) -> Iterator[str]:
    """Texts of the length, and of the kind of ARN, that a shape asks for."""
    least = shape.get("min", 0)
    yield from (letter * (least or 1) for letter in _FILLING)
    kind = _ARN_TYPE.search(shape.get("pattern", ""))
    if kind:
        region = "" if kind[1] == "iam" else SANDBOX_REGION
        for name in ("none", "none/none", "none/none/none", "none/1", "none00000000"):
            yield f"arn:aws:{kind[1]}:{region}:000000000000:{kind[2]}/{name}".ljust(least, "e")


def _whole(member: str, name: str, shapes: Shapes, view: View, depth: int) -> Any:
    known = _fitted(view.get(member), name, shapes, view)
    return emptiest(name, shapes, view, depth) if known is None else known


def _structure(value: dict[str, Any], name: str, shapes: Shapes, view: View) -> dict[str, Any]:
    shape = shapes[name]
    needed = shape.get("required", ())
    out = {}
    for member, ref in shape["members"].items():
        known = value.get(member)
        if known is None:
            known = derive(name, member, value)
        fitted = _fitted(known, ref["shape"], shapes, view)
        if fitted is None and member in needed:
            fitted = emptiest(ref["shape"], shapes, view)
        if fitted is not None:
            out[member] = fitted
    return out


def _fitted(value: Any, name: str, shapes: Shapes, view: View) -> Any:
    """``value`` cut to a shape; None when it is of another kind."""
    if value is None:
        return None
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        return _structure(value, name, shapes, view) if isinstance(value, dict) else None
    if kind == "list" and isinstance(value, list):
        fitted = (_fitted(v, shape["member"]["shape"], shapes, view) for v in value)
        return [v for v in fitted if v is not None]
    if kind == "map" and isinstance(value, dict):
        pairs = ((k, _fitted(v, shape["value"]["shape"], shapes, view)) for k, v in value.items())
        return {k: v for k, v in pairs if v is not None}
    return _scalar(value, shape)


def _scalar(value: Any, shape: dict[str, Any]) -> Any:
    kind = shape["type"]
    if kind == "string":
        return value if isinstance(value, str) and value in shape.get("enum", (value,)) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    whole = kind not in {"integer", "long"} or value == int(value)
    return value if whole else None
