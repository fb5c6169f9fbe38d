"""The input or the output of one operation as a JSON Schema 2020-12, from its slice.

A definition a shape, under the shape's name, so recursion is a reference like any other. Members are in the order of
the model, and nothing depends on when or where it is asked: the same model gives the same bytes.
"""

from __future__ import annotations

import html
import re

from awsshadow.json_schema.patterns import ecma_pattern
from awsshadow.model.sensitive import is_sensitive
from awsshadow.model.shapes import reachable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model import Slice

    Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: How a document says which schema it follows: editors look for it, and ``check`` reads the operation from it.
NAMES_ITSELF = "$schema"

_TAG = re.compile(r"<[^>]*>")
_TYPES = {
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "blob": "string",
}
#: Kind of shape -> the words for the least and the most of it.
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "list": ("minItems", "maxItems"),
    "map": ("minProperties", "maxProperties"),
    **dict.fromkeys(("integer", "long", "float", "double"), ("minimum", "maximum")),
}


def schema(slice: Slice, *, strict: bool = False, full: bool = False, output: bool = False) -> Schema:
    """The schema of what the operation takes, or with ``output`` of what it answers.

    An enum allows other texts, since the service may know values that the model does not, unless ``strict``.
    Descriptions are first sentences, or with ``full`` all that the model says. Input allows no members that
    the model does not have, output does. An operation without input takes, or answers, an object without members.
    """
    return _Builder(slice, strict, full, output).document()


class _Builder:
    def __init__(self, slice: Slice, strict: bool, full: bool, output: bool) -> None:
        self._slice = slice
        self._strict = strict
        self._full = full
        self._output = output
        self._shapes: Mapping[str, dict[str, Any]] = slice.all_shapes() if output else slice.shapes
        self._docs: Mapping[str, Any] = slice.docs()["shapes"]

    def document(self) -> Schema:
        name = self._slice.output_shape if self._output else self._slice.input_shape
        found: Schema = {
            "$schema": DIALECT,
            "title": f"{self._slice.operation} {'output' if self._output else 'input'}",
            "description": self._text(self._slice.docs()["operation"]),
        }
        if name is None:
            return {**found, "type": "object", "properties": self._itself(), "additionalProperties": self._output}
        root = self._structure(name, self._shapes[name], top=True)
        described = self._described(name, {})
        below = [(inner, shape) for inner, shape in reachable(self._shapes, name) if inner != name]  # type: ignore[arg-type]
        definitions = {inner: self._definition(inner, self._shapes[inner]) for inner, _ in sorted(below)}
        if any(_refers(shape, name) for _, shape in [(name, self._shapes[name]), *below]):
            definitions[name] = self._definition(name, self._shapes[name])
        return {**found, **described, **root, **({"$defs": definitions} if definitions else {})}

    def _itself(self) -> Schema:
        return {} if self._output else {NAMES_ITSELF: {"type": "string"}}

    def _definition(self, name: str, shape: dict[str, Any]) -> Schema:
        found: Schema = {}
        kind = shape["type"]
        if kind == "structure":
            found = self._structure(name, shape)
        elif kind == "list":
            found = {"type": "array", "items": _reference(shape["member"]["shape"])}
        elif kind == "map":
            found = {
                "type": "object",
                "propertyNames": _reference(shape["key"]["shape"]),
                "additionalProperties": _reference(shape["value"]["shape"]),
            }
        elif kind == "timestamp":
            # Seconds since the epoch, or a date and time; which texts are one no format of JSON Schema says.
            found = {"type": ["string", "number"]}
        elif kind == "string":
            found = self._string(shape)
        else:
            found = {"type": _TYPES[kind]}
        if "enum" not in shape:
            least, most = _BOUNDS.get(kind, ("", ""))
            found |= {word: shape[key] for key, word in (("min", least), ("max", most)) if key in shape and word}
        return self._described(name, found)

    def _described(self, name: str, found: Schema) -> Schema:
        text = self._text(self._docs.get(name, {}).get("doc", ""))
        if text:
            found["description"] = text
        if is_sensitive(name, self._shapes):
            found["x-sensitive"] = True
        return found

    def _string(self, shape: dict[str, Any]) -> Schema:
        if "enum" in shape:
            known = {"type": "string", "enum": list(shape["enum"])}
            return known if self._strict else {"anyOf": [{"enum": list(shape["enum"])}, {"type": "string"}]}
        found: Schema = {"type": "string"}
        pattern = ecma_pattern(shape["pattern"]) if "pattern" in shape else None
        if pattern is not None:
            found["pattern"] = pattern
        return found

    def _structure(self, name: str, shape: dict[str, Any], top: bool = False) -> Schema:
        members = shape["members"]
        docs = self._docs.get(name, {}).get("members", {})
        properties = self._itself() if top else {}
        for member, reference in members.items():
            properties[member] = self._member(reference, docs.get(member, ""))
        # A token that nobody gave is made up when the request is sent.
        drawn = {member for member, reference in members.items() if top and reference.get("idempotencyToken")}
        required = [member for member in shape.get("required", ()) if member not in drawn]
        found: Schema = {"type": "object", "properties": properties, "additionalProperties": self._output}
        if required:
            found["required"] = required
        if shape.get("union"):
            found |= {"minProperties": 1, "maxProperties": 1}
        return found

    def _member(self, reference: Mapping[str, Any], documentation: str) -> Schema:
        found = _reference(reference["shape"])
        text = self._text(documentation)
        if text:
            found["description"] = text
        if reference.get("sensitive"):
            found["x-sensitive"] = True
        return found

    def _text(self, documentation: str) -> str:
        """Documentation as plain text on one line: its first sentence, or all of it."""
        text = " ".join(html.unescape(_TAG.sub(" " if self._full else "", documentation)).split())
        if self._full:
            return text
        first, stop, _ = text.partition(". ")
        return first + ("." if stop else "")


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _refers(shape: Mapping[str, Any], name: str) -> bool:
    inner = [*shape.get("members", {}).values(), *(shape[key] for key in ("member", "key", "value") if key in shape)]
    return any(reference["shape"] == name for reference in inner)
