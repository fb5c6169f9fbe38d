"""The types of answers that are put together of several: no operation of the model has them as they are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    ShapeDict = dict[str, Any]

#: Names of shapes, which no model can have: a text, and an error of one of several calls.
TEXT, ERROR = "awsshadow.text", "awsshadow.error"


class AnswerShapes:
    """What a ``Slice`` says about its answer: the name of its shape, all shapes, the paginator or None."""

    def __init__(self, output_shape: str, shapes: Mapping[str, ShapeDict], paginator: ShapeDict | None = None) -> None:
        self.output_shape = output_shape
        self.paginator = paginator
        self._shapes = {TEXT: {"type": "string"}, ERROR: structure(Code=TEXT, Message=TEXT), **shapes}

    def all_shapes(self) -> dict[str, ShapeDict]:
        """The shapes by name."""
        return self._shapes


def structure(**members: str) -> ShapeDict:
    """A structure whose members have these shapes."""
    return {"type": "structure", "members": {name: {"shape": shape} for name, shape in members.items()}}


def listing(member: str, item: ShapeDict, shapes: Mapping[str, ShapeDict]) -> AnswerShapes:
    """An answer with one member, a list of ``item``, whose own members may have ``shapes``."""
    answer, items, one = "awsshadow.answer", "awsshadow.items", "awsshadow.item"
    made = {answer: structure(**{member: items}), items: {"type": "list", "member": {"shape": one}}, one: item}
    return AnswerShapes(answer, {**shapes, **made})
