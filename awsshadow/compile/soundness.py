"""Whether a model of the user's own has the form that botocore's models have.

Only such a model is compiled ahead: of any other one the reference uses what it can, and complains when it comes to
the rest (``damaged``). Looked at is what anything here relies upon; what nobody knows is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from awsshadow.compile.slices import Sources

_NEEDED = ("apiVersion", "endpointPrefix", "jsonVersion", "serviceId", "signatureVersion", "targetPrefix")
_NUMBERS = ("integer", "long", "float", "double")
_SCALARS = {"string", "boolean", "blob", "timestamp", *_NUMBERS}
_WAITERS_VERSION = 2
#: What the number of items of a page may be.
_LIMITS = ("integer", "long")
_MATCHERS = ("path", "pathAll", "pathAny", "status", "error")
_STATES = ("success", "failure", "retry")


def is_sound(sources: Sources, kinds: Collection[str]) -> bool:
    """Whether the documents of a model are in order, of which those of ``kinds`` are the user's.

    Waiters are left for ``waiters_are_sound``. Raises anything where the documents are not in order.
    """
    return (
        ("service-2" not in kinds or _service(sources.model))
        and sources.waiters_version == _WAITERS_VERSION
        and isinstance(sources.waiters, dict)
        and (kinds == ["waiters-2"] or _paginators(sources.paginators, sources.model))
    )


def waiters_are_sound(sources: Sources) -> bool:
    """Whether all waiters are in order: where one is not, the reference has none that works, and all operations."""
    try:
        return all(_waiter(name, row, sources) for name, row in sources.waiters.items())
    except Exception:
        return False


def _service(model: Any) -> bool:
    shapes, metadata = model["shapes"], model["metadata"]
    return (
        all(isinstance(part, Mapping) for part in (model, shapes, metadata, model["operations"]))
        and _is_text(model.get("documentation", ""))
        and _metadata(metadata)
        and all(_shape(shape, shapes) for shape in shapes.values())
        and all(_operation(name, spec, shapes) for name, spec in model["operations"].items())
    )


def _metadata(metadata: dict[str, Any]) -> bool:
    return (
        all(metadata[name] for name in _NEEDED)
        and all(_is_text(value) or name in ("protocols", "auth") for name, value in metadata.items())
        and "json" in metadata.get("protocols", [metadata.get("protocol")])
        and all(map(_are_texts, (metadata.get("protocols", []), metadata.get("auth", []))))
    )


def _operation(name: str, spec: dict[str, Any], shapes: Mapping[str, Any]) -> bool:
    references = [spec[part] for part in ("input", "output") if part in spec] + spec.get("errors", [])
    named = all(_refers(reference, shapes) for reference in references)
    members = shapes[spec["input"]["shape"]].get("members", {}) if named and "input" in spec else {}
    return (
        named
        and name.isascii()
        and name.isalnum()
        and _is_text(spec["name"])
        and _is_text(spec.get("documentation", ""))
        and all(_is_text(spec["http"][key]) for key in ("method", "requestUri"))
        and all(shapes[reference["shape"]]["type"] == "structure" for reference in references)
        and len({argument_name(member) for member in members}) == len(members)
        and all(member and "-" not in member for member in members)
    )


def _shape(shape: dict[str, Any], shapes: Mapping[str, Any]) -> bool:
    kind = shape["type"]
    return _plain(shape) and (
        kind in _SCALARS
        or (kind == "structure" and _structure(shape, shapes))
        or (kind == "list" and _refers(shape["member"], shapes))
        or (
            kind == "map"
            and all(_refers(shape[part], shapes) for part in ("key", "value"))
            and shapes[shape["key"]["shape"]]["type"] == "string"
        )
    )


def _plain(shape: dict[str, Any]) -> bool:
    """Whether what any shape may have is in order."""
    return (
        _is_text(shape.get("documentation", ""))
        and all(isinstance(shape.get(key, 0), int | float) for key in ("min", "max"))
        and all(isinstance(shape.get(key, False), bool) for key in ("union", "exception", "sensitive"))
        and _are_texts(shape.get("enum", []))
        and _is_text(shape.get("pattern", ""))
        and "payload" not in shape
    )


def _structure(shape: dict[str, Any], shapes: Mapping[str, Any]) -> bool:
    members = shape["members"]
    return (
        all(_refers(reference, shapes) for reference in members.values())
        and _are_texts(shape.get("required", []))
        and set(members).issuperset(shape.get("required", []))
        and _is_text(shape.get("error", {}).get("code", ""))
    )


def _refers(reference: dict[str, Any], shapes: Mapping[str, Any]) -> bool:
    plain = "eventstream" not in reference and _is_text(reference.get("documentation", ""))
    return reference["shape"] in shapes and plain


def _paginators(rows: Mapping[str, Any], model: Mapping[str, Any]) -> bool:
    return isinstance(rows, dict) and all(
        _paginator(row, model["shapes"][model["operations"][name]["input"]["shape"]]["members"], model["shapes"])
        for name, row in rows.items()
        if name in model["operations"]
    )


def _paginator(row: dict[str, Any], members: Mapping[str, Any], shapes: Mapping[str, Any]) -> bool:
    sent, answered = _as_list(row["input_token"]), _as_list(row["output_token"])
    expressions = answered + _as_list(row["result_key"]) + _as_list(row.get("non_aggregate_keys", []))
    return (
        set(members).issuperset(sent)
        and len(sent) == len(answered)
        and all(map(_is_plain_expression, [*expressions, row.get("more_results", "x")]))
        and ("limit_key" not in row or shapes[members[row["limit_key"]]["shape"]]["type"] in _LIMITS)
    )


def _waiter(name: str, row: Any, sources: Sources) -> bool:
    return (
        name.isascii()
        and name.isalnum()
        and row["operation"] in sources.model["operations"]
        and row["operation"] not in sources.paginators
        and _is_text(row.get("description", ""))
        and all(type(row[key]) is int for key in ("delay", "maxAttempts"))
        and all(map(_acceptor, row["acceptors"]))
    )


def _acceptor(row: dict[str, Any]) -> bool:
    return (
        row["state"] in _STATES
        and row["matcher"] in _MATCHERS
        and "expected" in row
        and not isinstance(row["expected"], list | dict)
        and (not row["matcher"].startswith("path") or _is_plain_expression(row["argument"]))
    )


def _is_plain_expression(text: Any) -> bool:
    """Whether it names members one below the other, as nearly all expressions of models do."""
    return isinstance(text, str) and all(word.isidentifier() and word.isascii() for word in text.split("."))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
