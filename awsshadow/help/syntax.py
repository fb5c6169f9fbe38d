"""The two forms in which a structured option can be typed, as the reference page shows them.

Grammar and layout are the reference's (behaviour: output 8.3).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Shapes = dict[str, dict[str, Any]]

#: The model's types that have an inside.
COMPLEX = ("structure", "list", "map")

#: Structures, lists and maps below an option that shorthand is shown for; deeper ones need JSON.
MAX_SHORTHAND_DEPTH = 3

_RECURSION = "( ... recursive ... )"


def words(shapes: Shapes, name: str) -> str | None:
    """The form of a list of scalars, ``"string" "string" ...``; None for any other shape."""
    shape = shapes[name]
    if shape["type"] != "list":
        return None
    kind = shapes[shape["member"]["shape"]]["type"]
    if kind in COMPLEX:
        return None
    word = f'"{kind}"' if kind == "string" else kind
    return f"{word} {word} ..."


def shorthand(shapes: Shapes, name: str) -> str | None:
    """The shorthand form of the shape ``name``, None when it lies too deep for shorthand."""
    shape = shapes[name]
    if shape["type"] == "list":
        element = shape["member"]["shape"]
        inner = _shorthand(shapes, element, 0, (name, element))
        return None if inner is None else inner + " ..."
    found = _shorthand(shapes, name, 0, (name,))
    if found is not None and shape["type"] == "map" and "enum" in shapes[shape["key"]["shape"]]:
        keys = "".join(f"  {key}\n" for key in shapes[shape["key"]["shape"]]["enum"])
        found += "\n\nWhere valid key names are:\n" + keys.rstrip("\n")
    return found


def _shorthand(shapes: Shapes, name: str, depth: int, path: tuple[str, ...]) -> str | None:
    """``path`` holds the shapes around and including this one; ``depth`` counts the levels above it."""
    if depth > MAX_SHORTHAND_DEPTH:
        return None
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        return _structure(shapes, shape, depth, path)
    if kind == "list":
        element = shape["member"]["shape"]
        inner = _shorthand(shapes, element, depth + 1, (*path, element))
        bare = depth <= 1 and shapes[element]["type"] not in COMPLEX
        return None if inner is None else f"{inner},{inner}" if bare else f"[{inner},{inner}]"
    if kind == "map":
        value = shape["value"]["shape"]
        inner = _shorthand(shapes, value, depth + 1, (*path, value))
        if inner is None:
            return None
        pairs = f"KeyName1={inner},KeyName2={inner}"
        return pairs if depth == 0 else f"{{{pairs}}}"
    return str(kind)


def _structure(shapes: Shapes, shape: dict[str, Any], depth: int, path: tuple[str, ...]) -> str | None:
    parts = []
    for member, ref in shape.get("members", {}).items():
        if ref["shape"] in path:
            parts.append(_RECURSION)
            continue
        inner = _shorthand(shapes, ref["shape"], depth + 1, (*path, ref["shape"]))
        if inner is None:
            return None
        parts.append(f"{member}={inner}")
    joined = ",".join(parts)
    return joined if depth == 0 else f"{{{joined}}}"


def json_form(shapes: Shapes, name: str) -> str:
    """The JSON form of the shape ``name``, over several lines, two spaces a level."""
    return _json(shapes, name, "", ())


def _json(shapes: Shapes, name: str, indent: str, path: tuple[str, ...]) -> str:
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        if path.count(name) > 1:
            return "{ ... recursive ... }"
        deeper = indent + "  "
        members = shape.get("members", {})
        inner = [f'{deeper}"{m}": {_json(shapes, r["shape"], deeper, (*path, name))}' for m, r in members.items()]
        return "{\n" + ",\n".join(inner) + f"\n{indent}}}"
    if kind == "list":
        element = shape["member"]["shape"]
        if shapes[element]["type"] not in COMPLEX:
            return f"[{_scalar(shapes[element])}, ...]"
        deeper = indent + "  "
        return f"[\n{deeper}{_json(shapes, element, deeper, (*path, name))}\n{deeper}...\n{indent}]"
    if kind == "map":
        key, value = _scalar(shapes[shape["key"]["shape"]]), shape["value"]["shape"]
        inside = indent + ("    " if shapes[value]["type"] in COMPLEX else "  ")
        return f"{{{key}: {_json(shapes, value, inside, (*path, name))}\n{indent}  ...}}"
    return _scalar(shape)


def _scalar(shape: dict[str, Any]) -> str:
    kind: str = shape["type"]
    if kind == "string":
        return "|".join(f'"{value}"' for value in shape["enum"]) if "enum" in shape else '"string"'
    return "true|false" if kind == "boolean" else kind
