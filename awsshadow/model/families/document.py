"""The service model as inference asks it: what goes into an operation, what comes out, how it fails."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Shape = dict[str, Any]


class Model:
    """A parsed ``service-2`` document; operations that it does not have are empty."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.shapes: Mapping[str, Shape] = document["shapes"]
        self.operations: Mapping[str, Shape] = document["operations"]

    def shape(self, operation: str, side: str) -> Shape:
        """The shape of the side ``input`` or ``output``; an empty structure when there is none."""
        spec = self.operations.get(operation, {})
        return self.shapes[spec[side]["shape"]] if side in spec else {"type": "structure", "members": {}}

    def members(self, operation: str, side: str) -> dict[str, Shape]:
        """Member name -> its shape."""
        return {name: self.shapes[ref["shape"]] for name, ref in self.shape(operation, side)["members"].items()}

    def names(self, operation: str, side: str) -> dict[str, str]:
        """Member name -> the name of its shape."""
        return {name: ref["shape"] for name, ref in self.shape(operation, side)["members"].items()}

    def required(self, operation: str, side: str) -> list[str]:
        """The required members, in the order of the shape."""
        needed = self.shape(operation, side).get("required", [])
        return [name for name in self.shape(operation, side)["members"] if name in needed]

    def inner(self, shape: Shape) -> dict[str, Shape]:
        """The members of a structure."""
        return {name: self.shapes[ref["shape"]] for name, ref in shape["members"].items()}

    def errors(self, operation: str) -> list[str]:
        """The types of errors that an operation lists."""
        spec = self.operations.get(operation, {})
        return [error["shape"] for error in spec.get("errors", ())]
