"""A request against the shapes of the model, refused as the service refuses it."""

from __future__ import annotations

from awsshadow.model.constraints import mistyped, problems
from awsshadow.sandbox.contract.service_errors import Refusal, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.constraints import Shapes


def check(params: Any, shape_name: str | None, shapes: Shapes) -> None:
    """Raise Refusal when ``params`` are not what the shape ``shape_name`` asks for.

    A value of the wrong JSON type is a SerializationException by itself, as it is found while
    reading; everything else is collected into one ValidationException.
    """
    if shape_name is None:
        return
    wrong = mistyped(params, shape_name, shapes)
    if wrong:
        raise Refusal("SerializationException", wrong)
    found = problems(params, shape_name, shapes)
    if found:
        noun = "error" if len(found) == 1 else "errors"
        raise invalid(f"{len(found)} validation {noun} detected: {'; '.join(found)}")
