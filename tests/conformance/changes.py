"""What one service model says otherwise than another, in lines for a person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.support.models import Model

Document = dict[str, Any]

#: Keys of a shape that lists of names stand under, and what is said of them.
_LISTS = {"required": "required", "enum": "values"}
#: Keys that are told by themselves or say nothing of a command.
_APART = {"members", "documentation", *_LISTS}


def changes(old: Model, new: Model) -> list[str]:
    """One line for each thing that ``new`` says otherwise; none where the two agree.

    Of operations that ``new`` has beside those of ``old`` only the name is told.
    """
    before, after = old.service["operations"], new.service["operations"]
    return [
        *_names("operations", before, after),
        *(f"{name}: {line}" for name in _common(before, after) for line in _operation(before[name], after[name])),
        *_shapes(old, new),
        *_table("pagination", *(model.files["paginators-1"].get("pagination", {}) for model in (old, new))),
        *_table("waiters", *(model.files["waiters-2"].get("waiters", {}) for model in (old, new))),
        *_endpoint_rules(old.files["endpoint-rule-set-1"], new.files["endpoint-rule-set-1"]),
        *_documentation(old, new),
    ]


def touched(old: Model, new: Model) -> list[str]:
    """The operations of ``new`` whose commands may do something else than with ``old``, the new ones among them."""
    before, after = old.service["operations"], new.service["operations"]
    different = set(_changed_shapes(old, new))
    pages = [model.files["paginators-1"].get("pagination", {}) for model in (old, new)]
    return [
        name
        for name, operation in after.items()
        if name not in before
        or list(_operation(before[name], operation))
        or different & set(_reached(new, operation))
        or pages[0].get(name) != pages[1].get(name)
    ]


def _names(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    for word, names in (("added", set(after) - set(before)), ("removed", set(before) - set(after))):
        if names:
            yield f"{what} {word}: {', '.join(sorted(names))}"


def _common(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in after if name in before)


def _operation(before: Document, after: Document) -> Iterator[str]:
    for key in sorted(set(before) | set(after)):
        one, other = before.get(key), after.get(key)
        if key == "errors":
            yield from _names("errors", *({error["shape"] for error in errors or ()} for errors in (one, other)))
        elif key != "documentation" and _bare(one) != _bare(other):
            yield f"{key} is {_bare(other)}, was {_bare(one)}"


def _shapes(old: Model, new: Model) -> Iterator[str]:
    changed = _changed_shapes(old, new)
    reached = {op: _reached(new, said) for op, said in new.service["operations"].items()} if changed else {}
    for name in changed:
        commands = [op for op, shapes in reached.items() if name in shapes]
        where = ", ".join(sorted(commands)) or "no operation"
        for line in _shape(old.service["shapes"][name], new.service["shapes"][name]):
            yield f"{name} (of {where}): {line}"


def _changed_shapes(old: Model, new: Model) -> list[str]:
    before, after = old.service["shapes"], new.service["shapes"]
    return [name for name in _common(before, after) if list(_shape(before[name], after[name]))]


def _shape(before: Document, after: Document) -> Iterator[str]:
    one, other = before.get("members", {}), after.get("members", {})
    yield from _names("members", one, other)
    for member in _common(one, other):
        if _bare(one[member]) != _bare(other[member]):
            yield f"member {member} is {_bare(other[member])}, was {_bare(one[member])}"
    for key, what in _LISTS.items():
        yield from _names(what, before.get(key, ()), after.get(key, ()))
    for key in sorted((set(before) | set(after)) - _APART):
        if _bare(before.get(key)) != _bare(after.get(key)):
            yield f"{key} is {_bare(after.get(key))}, was {_bare(before.get(key))}"


def _reached(model: Model, operation: Document) -> set[str]:
    sides = (operation.get(side, {}).get("shape") for side in ("input", "output"))
    return {shape for side in sides for shape in model.reachable(side)}


def _table(what: str, before: Document, after: Document) -> Iterator[str]:
    yield from _names(what, before, after)
    for name in _common(before, after):
        if before[name] != after[name]:
            yield f"{what} of {name} is {after[name]}, was {before[name]}"


def _endpoint_rules(before: Document, after: Document) -> Iterator[str]:
    one, other = before.get("parameters", {}), after.get("parameters", {})
    yield from _names("parameters of the endpoint rules", one, other)
    if before.get("rules") != after.get("rules"):
        yield "endpoint rules: others than before"


def _documentation(old: Model, new: Model) -> Iterator[str]:
    alike = [name for name in new.commands.values() if name in old.service["operations"]]
    different = [name for name in alike if old.input_digest(name) != new.input_digest(name)]
    if different:
        yield f"inputs with other members or other documentation: {', '.join(sorted(different))}"


def _bare(value: Any) -> Any:
    """``value`` without the documentation in it."""
    return {k: v for k, v in value.items() if k != "documentation"} if isinstance(value, dict) else value
