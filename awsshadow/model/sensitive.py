"""What the model marks as sensitive: it is struck out of logs and messages."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]

STRUCK_OUT = "***"


def sensitive_members(shapes: Shapes) -> set[str]:
    """The wire names of all members whose shape, or the shape of whose elements, is sensitive."""
    found = set()
    for shape in shapes.values():
        for name, ref in shape.get("members", {}).items():
            if ref.get("sensitive") or is_sensitive(ref["shape"], shapes):
                found.add(ref.get("locationName", name))
    return found


def is_sensitive(name: str, shapes: Shapes) -> bool:
    """Whether the shape ``name``, or the shape of its elements, is sensitive."""
    shape = shapes[name]
    if shape.get("sensitive"):
        return True
    return any(shapes[shape[key]["shape"]].get("sensitive") for key in ("member", "key", "value") if key in shape)


def without(value: Any, members: Collection[str]) -> Any:
    """``value`` with the values of ``members`` struck out, wherever in it they stand; kinds of objects are kept.

    However deep it is: Python's limit is for those who show it.
    """
    whole = [value]
    waiting: list[tuple[Any, Any]] = [(whole, 0)]
    #: Copies by what they are of, for a value of YAML that stands in several places, or in itself.
    copies: dict[int, Any] = {}
    while waiting:
        holder, key = waiting.pop()
        found = holder[key]
        copy = copies.get(id(found))
        if copy is None:
            if isinstance(found, dict):
                copy = type(found)((name, STRUCK_OUT if name in members else item) for name, item in found.items())
                waiting += [(copy, name) for name in copy if name not in members]
            elif isinstance(found, list):
                copy = list(found)
                waiting += [(copy, index) for index in range(len(copy))]
            else:
                continue
            copies[id(found)] = copy
        holder[key] = copy
    return whole[0]
