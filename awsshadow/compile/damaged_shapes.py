"""The shapes of a damaged model: each as good as any other until it is used, and then it is complained of.

What is complained of, when, and in which words is the reference's (behaviour: output 9.3). A shape that is none, or
that names one that is none, is found out when it is asked for; the members of a structure are all looked at when one
of them is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: Types of shapes that are another class in the reference than the rest, whose messages name the class.
_CLASSES = {"structure": "StructureShape", "list": "ListShape", "map": "MapShape", "string": "StringShape"}
_REFERENCES = ("member", "key", "value")


class DamagedShapes(Mapping[str, "DamagedShape"]):
    """The ``shapes`` of a ``service-2`` document by name.

    Walked through, those that are whole are there. Asked for a name it raises what the reference does: AwsShadowError,
    or an error of Python's own, where the document is nothing that has names.
    """

    def __init__(self, documents: Any) -> None:
        self._documents = documents

    def __getitem__(self, name: Any) -> DamagedShape:
        try:
            document = self._documents[name]
        except KeyError:
            raise AwsShadowError(str(name)) from None
        try:
            kind = document["type"]
        except KeyError:
            raise AwsShadowError(f"Shape is missing required key 'type': {document}") from None
        _CLASSES.get(kind)
        return DamagedShape(document, self)

    def resolve(self, reference: Any) -> DamagedShape:
        """The shape that ``reference`` names, with what the reference says of it. Raises what asking for one does."""
        if len(reference) == 1 and "shape" in reference:
            return self[reference["shape"]]
        said = reference.copy()
        try:
            name = said.pop("shape")
        except KeyError:
            raise AwsShadowError(f"Invalid model, missing shape reference: {reference}") from None
        return DamagedShape({**self[name], **said}, self)

    def __contains__(self, name: object) -> bool:
        return any(name == whole for whole in self)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._documents if self._is_whole(name)) if self._has_names() else iter(())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _has_names(self) -> bool:
        return isinstance(self._documents, Mapping)

    def _is_whole(self, name: str) -> bool:
        try:
            shape = self[name]
            kind = shape["type"]
            parts = {"list": ("member",), "map": ("key", "value"), "structure": ("members",)}.get(kind, ())
            return isinstance(kind, str) and all(isinstance(shape[part], Mapping) for part in parts)
        except Exception:
            return False


class DamagedShape(dict[str, "Any"]):
    """A shape of such a model. What it refers to is looked at when it is asked for."""

    def __init__(self, document: Any, shapes: DamagedShapes) -> None:
        super().__init__(document)
        self._shapes = shapes

    def __getitem__(self, key: str) -> Any:
        if key == "members" and super().get("type") == "structure":
            return self._members()
        found = super().__getitem__(key)
        if key in _REFERENCES:
            self._shapes.resolve(found)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """As of a dict, but what is referred to is looked at."""
        try:
            return self[key] if key == "members" or key in _REFERENCES else super().get(key, default)
        except KeyError:
            return default

    @property
    def members(self) -> Any:
        """The members. Raises AttributeError in the reference's words for what is no structure."""
        kind: Any = super().get("type")
        if kind != "structure":
            raise AttributeError(f"{_CLASSES.get(kind, 'Shape')!r} object has no attribute 'members'")
        return self._members()

    def _members(self) -> Any:
        members = super().get("members", {})
        for _, reference in members.items():
            self._shapes.resolve(reference)
        return members
