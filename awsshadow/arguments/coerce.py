"""Text -> typed values, along the shapes of the model (behaviour: input 2.7).

Conversion failures carry Python's own sentence and no name of an option: that is the reference's
way, and its exit code is 255.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, NumberError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Shapes = Mapping[str, dict[str, Any]]

INTEGERS = ("integer", "long")
FLOATS = ("float", "double")


def number(value: Any, kind: str) -> int | float:
    """``value`` as Python's ``int`` or ``float`` reads it. Raises NumberError with its sentence."""
    try:
        return int(value) if kind in INTEGERS else float(value)
    except (TypeError, ValueError) as error:
        raise NumberError(str(error), value) from None


def typed(value: Any, name: str, shapes: Shapes) -> Any:
    """A value of the shorthand syntax as the shape ``name`` wants it; containers change in place.

    Numbers and booleans are converted; text and timestamps stay text. A list may be written as
    its only element, which then is taken as it is, unconverted. What does not fit the shape is
    left for validation to report. Raises NumberError, which knows its place in ``value``, for a number that is none.
    """
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        return _structure(value, shape, shapes)
    if kind == "map":
        if isinstance(value, dict):
            for key in value:
                value[key] = _typed_at(f".{key}", value[key], shape["value"]["shape"], shapes)
        return value
    if kind == "list":
        if not isinstance(value, list):
            return [value]
        member = shape["member"]["shape"]
        value[:] = [_typed_at(f"[{place}]", item, member, shapes) for place, item in enumerate(value)]
        return value
    return _scalar(value, kind)


def _structure(value: Any, shape: dict[str, Any], shapes: Shapes) -> Any:
    if isinstance(value, dict):
        for member, reference in shape["members"].items():
            if member in value:
                value[member] = _typed_at(f".{member}", value[member], reference["shape"], shapes)
    return value


def _typed_at(place: str, value: Any, name: str, shapes: Shapes) -> Any:
    try:
        return typed(value, name, shapes)
    except NumberError as error:
        error.path = place + error.path
        raise


def _scalar(value: Any, kind: str) -> Any:
    if kind in INTEGERS or kind in FLOATS:
        return number(value, kind)
    if kind == "boolean":
        if isinstance(value, list | dict):
            raise AwsShadowError(f"{type(value).__name__!r} object has no attribute 'lower'")
        return {"true": True, "false": False}.get(value.lower(), value)
    return value
