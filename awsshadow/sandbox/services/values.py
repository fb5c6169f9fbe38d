"""Values between Python and the text of a protocol, by the types of the model."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

from awsshadow.sandbox.contract.service_errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def from_text(text: str, shape: dict[str, Any]) -> Any:
    """The value that a label, a header, a query or a form gives as text. Raises Refusal for what is none."""
    kind = shape["type"]
    try:
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
        if kind == "timestamp":
            return moment(text)
    except ValueError:
        raise Refusal("SerializationException", f"STRING_VALUE can not be converted to a {kind.capitalize()}") from None
    return text == "true" if kind == "boolean" else text


def moment(value: Any) -> float:
    """Seconds since the epoch of a timestamp in either of its forms. Raises ValueError."""
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value)
    except ValueError:
        date = datetime.fromisoformat(value)
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()


def iso(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC, in whole milliseconds where there are any."""
    date = datetime.fromtimestamp(seconds, UTC)
    return date.isoformat(timespec="milliseconds" if date.microsecond else "seconds").replace("+00:00", "Z")


def to_text(value: Any) -> str:
    """A scalar as XML and headers have it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def read(value: Any, name: str, shapes: dict[str, dict[str, Any]]) -> Any:
    """A value of JSON with its members under the names of the model and its timestamps as numbers."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure" and isinstance(value, dict):
        members = {ref.get("locationName", member): (member, ref["shape"]) for member, ref in shape["members"].items()}
        return {
            members[key][0]: read(inner, members[key][1], shapes)
            for key, inner in value.items()
            if key in members and inner is not None
        }
    if kind == "list" and isinstance(value, list):
        return [read(inner, shape["member"]["shape"], shapes) for inner in value]
    if kind == "map" and isinstance(value, dict):
        return {key: read(inner, shape["value"]["shape"], shapes) for key, inner in value.items()}
    if kind == "timestamp" and isinstance(value, str):
        return from_text(value, shape)
    return value


def written(value: Any, name: str, shapes: dict[str, dict[str, Any]]) -> Any:
    """A value as JSON has it: what the shape has no room for is left out, blobs are in base64."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        return {
            ref.get("locationName", member): written(value[member], ref["shape"], shapes)
            for member, ref in shape["members"].items()
            if value.get(member) is not None
        }
    if kind == "list":
        return [written(inner, shape["member"]["shape"], shapes) for inner in value]
    if kind == "map":
        return {key: written(inner, shape["value"]["shape"], shapes) for key, inner in value.items()}
    if kind == "timestamp" and shape.get("timestampFormat") == "iso8601":
        return iso(value)
    return b64encode(value).decode() if isinstance(value, bytes) else value
