"""A request against the shapes of the model, in the wording of the service.

The sentences are those people quote in public issues: ``Value 'x' at 'endpointName' failed to
satisfy constraint: Member must ...`` with lower-camel paths, list places from 1 and ``.member``
(aws/amazon-sagemaker-examples 2236), length before pattern, all problems in one answer, and for
the values of maps ``Map value must satisfy constraint: [...]`` with every constraint of the value
(aws/sagemaker-python-sdk 314). Lists of plain values answer by analogy. The sentence for unions
and the one for values of the wrong JSON type are made up in the style of the service.
"""

from __future__ import annotations

from awsshadow.model.java_patterns import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Shapes = Mapping[str, dict[str, Any]]

#: Beyond this, integers fit no column and no Java type.
_LARGEST = 2**63 - 1

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
    "blob": (str,),
    "list": (list,),
    "map": (dict,),
    "structure": (dict,),
}


def mistyped(params: Any, shape_name: str, shapes: Shapes) -> str | None:
    """What is said of the first value in ``params`` that has the wrong JSON type; None when all have the right one."""
    return _mistyped(params, shape_name, shapes)


def problems(params: Any, shape_name: str, shapes: Shapes) -> list[str]:
    """A sentence for each constraint of the model that ``params``, of the right types, do not meet."""
    return list(_problems(params, shape_name, shapes, ""))


def _mistyped(value: Any, name: str, shapes: Shapes) -> str | None:
    shape = shapes[name]
    kind = shape["type"]
    if isinstance(value, (int, float)) and not -_LARGEST <= value <= _LARGEST:
        return "NUMBER_VALUE is out of range"
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return _wrong_type(value, kind)
    inner = _inside(value, shape)
    return next((found for v, n in inner if v is not None and (found := _mistyped(v, n, shapes))), None)


def _inside(value: Any, shape: dict[str, Any]) -> list[tuple[Any, str]]:
    """The values in a value, with the names of their shapes."""
    if shape["type"] == "structure":
        members = shape["members"]
        return [(v, members[k]["shape"]) for k, v in value.items() if k in members]
    if shape["type"] == "list":
        return [(v, shape["member"]["shape"]) for v in value]
    return [(v, shape["value"]["shape"]) for v in value.values()] if shape["type"] == "map" else []


def _wrong_type(value: Any, kind: str) -> str:
    if isinstance(value, list):
        return "Start of list found where not expected"
    if isinstance(value, dict):
        return "Start of structure or map found where not expected."
    words = {bool: "TRUE_VALUE" if value else "FALSE_VALUE", str: "STRING_VALUE"}
    article = "an" if kind == "integer" else "a"
    return f"{words.get(type(value), 'NUMBER_VALUE')} can not be converted to {article} {kind.capitalize()}"


def _problems(value: Any, name: str, shapes: Shapes, path: str) -> Iterator[str]:
    shape = shapes[name]
    kind = shape["type"]
    for sentence in violated(value, shape):
        yield f"Value '{java_text(value)}' at '{path}' failed to satisfy constraint: {sentence}"
    if kind == "structure":
        yield from _structure(value, shape, shapes, path)
    elif kind == "list":
        yield from _list(value, shape, shapes, path)
    elif kind == "map":
        yield from _map(value, shape, shapes, path)


def _structure(value: dict[str, Any], shape: dict[str, Any], shapes: Shapes, path: str) -> Iterator[str]:
    required = shape.get("required", ())
    if shape.get("union") and sum(v is not None for v in value.values()) != 1:
        yield f"Value at '{path}' failed to satisfy constraint: Member must have exactly one of its members set"
    for member, ref in shape["members"].items():
        below = f"{path}.{_camel(member)}" if path else _camel(member)
        inner = value.get(member)
        if inner is not None:
            yield from _problems(inner, ref["shape"], shapes, below)
        elif member in required:
            yield f"Value null at '{below}' failed to satisfy constraint: Member must not be null"


def _list(value: list[Any], shape: dict[str, Any], shapes: Shapes, path: str) -> Iterator[str]:
    name = shape["member"]["shape"]
    if _plain(shapes[name]):
        if any(v is None or next(violated(v, shapes[name]), None) for v in value):
            rules = ", ".join(constraints(shapes[name]))
            yield (
                f"Value '{java_text(value)}' at '{path}' failed to satisfy constraint: "
                f"Member must satisfy constraint: [{rules}]"
            )
        return
    for place, inner in enumerate(value, 1):
        if inner is None:
            yield f"Value null at '{path}.{place}.member' failed to satisfy constraint: Member must not be null"
        else:
            yield from _problems(inner, name, shapes, f"{path}.{place}.member")


def _map(value: dict[str, Any], shape: dict[str, Any], shapes: Shapes, path: str) -> Iterator[str]:
    for part, texts in (("key", list(value)), ("value", list(value.values()))):
        inner = shapes[shape[part]["shape"]]
        if _plain(inner) and any(v is None or next(violated(v, inner), None) for v in texts):
            rules = ", ".join(constraints(inner))
            yield (
                f"Value '{java_text(value)}' at '{path}' failed to satisfy constraint: "
                f"Map {part} must satisfy constraint: [{rules}]"
            )
    if not _plain(shapes[shape["value"]["shape"]]):
        for key, inner in value.items():
            if inner is not None:
                yield from _problems(inner, shape["value"]["shape"], shapes, f"{path}.{key}.member")


def violated(value: Any, shape: dict[str, Any]) -> Iterator[str]:
    """The constraints of a shape itself (not of what is inside) that a value does not meet."""
    kind = shape["type"]
    if kind in {"string", "list", "map"}:
        size, what = len(value), "length"
    elif kind in {"integer", "long", "float", "double"}:
        size, what = value, "value"
    else:
        return
    if "enum" in shape:
        if value not in shape["enum"]:
            yield _rule("enum", shape)
        return
    if "max" in shape and size > shape["max"]:
        yield f"Member must have {what} less than or equal to {shape['max']}"
    if "min" in shape and size < shape["min"]:
        yield f"Member must have {what} greater than or equal to {shape['min']}"
    if "pattern" in shape and kind == "string" and not matches(shape["pattern"], value):
        yield _rule("pattern", shape)


def constraints(shape: dict[str, Any]) -> Iterator[str]:
    """All constraints of a plain shape, in the order the service lists them."""
    if "enum" in shape:
        yield _rule("enum", shape)
        return
    what = "length" if shape["type"] == "string" else "value"
    if "max" in shape:
        yield f"Member must have {what} less than or equal to {shape['max']}"
    if "min" in shape or ("max" in shape and what == "length"):
        yield f"Member must have {what} greater than or equal to {shape.get('min', 0)}"
    if "pattern" in shape:
        yield _rule("pattern", shape)


def _rule(kind: str, shape: dict[str, Any]) -> str:
    if kind == "enum":
        return f"Member must satisfy enum value set: [{', '.join(shape['enum'])}]"
    return f"Member must satisfy regular expression pattern: {shape['pattern']}"


def _plain(shape: dict[str, Any]) -> bool:
    return shape["type"] not in {"structure", "list", "map"}


def java_text(value: Any) -> str:
    """A value as Java's ``toString`` shows it, which is what the service quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(java_text, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={java_text(inner)}" for key, inner in value.items()) + "}"
    return "null" if value is None else str(value)


def _camel(member: str) -> str:
    """``EndpointName`` -> ``endpointName``, ``AIBenchmarkJobName`` -> ``aIBenchmarkJobName``."""
    return member[:1].lower() + member[1:]
