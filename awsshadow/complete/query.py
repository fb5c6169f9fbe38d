"""Member names for the expression typed after ``--query``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Shapes = dict[str, dict[str, Any]]

_OPERATORS = " \t|&!<>=,:"


class _Place:
    """Where in the output a half-typed expression has arrived: shape names, None when unknown."""

    def __init__(self, shapes: Shapes, root: str) -> None:
        self._shapes = shapes
        self.bases: list[str | None] = [root]
        self.current: str | None = root

    def members(self) -> list[str]:
        return list(self._shapes[self.current].get("members", {})) if self.current else []

    def step(self, name: str) -> None:
        """Into the member ``name`` of the current structure."""
        ref = self._shapes[self.current].get("members", {}).get(name) if self.current else None
        self.current = ref["shape"] if ref else None

    def into_items(self) -> None:
        """From a list to its items, or from a map to its values."""
        shape = self._shapes[self.current] if self.current else {}
        ref = shape.get("member") or shape.get("value")
        self.current = ref["shape"] if ref else None

    def enter(self) -> None:
        self.bases.append(self.current)

    def leave(self) -> None:
        if len(self.bases) > 1:
            self.bases.pop()


def member_candidates(expression: str, shapes: Shapes, root: str) -> list[str]:
    """The expressions that continue ``expression`` by one member name of the output shape ``root``."""
    end = len(expression)
    while end and (expression[end - 1].isalnum() or expression[end - 1] == "_"):
        end -= 1
    place = _walk(expression[:end], _Place(shapes, root))
    return [expression[:end] + name for name in place.members() if name.startswith(expression[end:])]


def _walk(text: str, place: _Place) -> _Place:
    i = 0
    while i < len(text):
        char = text[i]
        if char.isalnum() or char == "_":
            begin = i
            while i < len(text) and (text[i].isalnum() or text[i] == "_"):
                i += 1
            place.step(text[begin:i])
            continue
        if char == "[":
            i = _bracket(text, i + 1, place)
            continue
        if char in "{(":
            if char == "(":
                place.current = place.bases[-1]
            place.enter()
        elif char in "}])":
            if char == "]":
                place.current = place.bases[-1]
            place.leave()
            if char != "]":
                place.current = None
        elif char in _OPERATORS:
            place.current = place.bases[-1]
        i += 1
    return place


def _bracket(text: str, i: int, place: _Place) -> int:
    """After ``[``: an index, a slice or a projection is skipped; a filter or selection is entered."""
    end = i
    while end < len(text) and text[end] in "0123456789-:*":
        end += 1
    if end < len(text) and text[end] == "]":
        place.into_items()
        return end + 1
    if i < len(text) and text[i] == "?":
        place.into_items()
        i += 1
    place.enter()
    return i
