"""A description cut to what an operation takes: the input that would make another resource like it.

Nothing is guessed. What the description has beyond the input, and what the input takes and no description says, is
told apart and listed.
"""

from __future__ import annotations

from awsshadow.model.families.creating import ASKED_OF, DESIRED, KEPT, LEFT_OUT_BESIDE, SERVICE_MADE, TAKEN_FROM, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Document = dict[str, Any]
    Shapes = Mapping[str, Mapping[str, Any]]

TAGS = "Tags"
#: What the parser makes of the member of a union that the model does not have.
_UNKNOWN_MEMBER = "SDK_UNKNOWN_MEMBER"
_NUMBERS = ("integer", "long", "float", "double")


class Pruned:
    """What came of a description.

    ``document`` is the input, members in the order of the model. ``left_out`` are paths and values that it does not
    take; ``unseen`` are paths of what it takes and descriptions have no place for, where what it is in is there; each
    with whether the input has to have it.
    """

    def __init__(self) -> None:
        self.document: Document = {}
        self.left_out: list[tuple[str, Any]] = []
        self.unseen: list[tuple[str, bool]] = []


def pruned(
    title: str, described: Document, taken: tuple[str, Shapes], shown: tuple[str, Shapes], is_create: bool = True
) -> Pruned:
    """The description of a resource of the family ``title`` as input.

    ``taken`` are the name of the input shape and its shapes, ``shown`` those of the description; ``is_create``: it is
    the input that creates, to which the rows of ``families.creating`` apply whole.
    """
    found = Pruned()
    walk = _Walk(title, taken[1], shown[1], found)
    beside = LEFT_OUT_BESIDE.get(title, {}) if is_create else {}
    kept = {member: value for member, value in described.items() if described.get(beside.get(member, "")) is None}
    found.left_out += [(member, value) for member, value in described.items() if member not in kept]
    found.document = walk.structure(kept, taken[0], shown[0], "", "")
    return found


class _Walk:
    def __init__(self, title: str, taken: Shapes, shown: Shapes, found: Pruned) -> None:
        self._sources = TAKEN_FROM.get(title, {})
        self._made = SERVICE_MADE.get(title, frozenset())
        self._elsewhere = {TAGS, *ASKED_OF.get(title, ())}
        self._taken = taken
        self._shown = shown
        self._found = found

    def structure(self, value: Document, taken: str, shown: str, pattern: str, path: str) -> Document:
        """The members of ``value`` that the shape ``taken`` has; ``shown`` is the shape that it has itself."""
        members, required = self._taken[taken]["members"], self._taken[taken].get("required", ())
        described = self._shown[shown].get("members", {})
        result: Document = {}
        used: set[str] = set()
        for member, reference in members.items():
            at = f"{pattern}{member}"
            if reference.get("idempotencyToken") or at in self._made:
                continue
            source = self._source(at, member, described)
            if source is None:
                if at not in self._elsewhere:
                    self._found.unseen.append((f"{path}{member}", member in required))
                continue
            used |= {source.path[0]} if len(source.path) == 1 else set()
            item, of = source.value(value), _shape_at(source, described, self._shown)
            if item is None:
                continue
            inner = self._value(item, reference["shape"], of, at, f"{path}{member}")
            if inner is not None:
                result[member] = inner
        for member, item in value.items():
            if member not in used and member != _UNKNOWN_MEMBER:
                self._found.left_out.append((f"{path}{member}", item))
        return result

    def _source(self, at: str, member: str, described: Document) -> Source | None:
        """Where the value of a member stands in a description; None if its model has no place for it."""
        if member in described:
            return Source(member)
        known = self._sources.get(at) or Source(f"{DESIRED}{member}")
        return known if known.path[0] in described else None

    def _value(self, value: Any, taken: str, shown: str | None, pattern: str, path: str) -> Any:
        """A value as the shape ``taken`` has it, None where nothing of it can be taken; ``shown`` None is the same."""
        shape = self._taken[taken]
        kind = shape["type"]
        of = shape if shown is None else self._shown[shown]
        if not _fits(value, kind) or (kind in ("structure", "list", "map") and of["type"] != kind):
            self._found.left_out.append((path, value))
            return None
        if shown is None:  # made from what was found
            return value
        if kind == "structure" and shape.get("members"):
            inner = self.structure(value, taken, shown, f"{pattern}.", f"{path}.")
            return inner if inner or not value else None
        if kind in ("list", "map"):
            return self._elements(value, shape, of, f"{pattern}[]", path)
        return value

    def _elements(self, value: Any, shape: Mapping[str, Any], of: Mapping[str, Any], pattern: str, path: str) -> Any:
        """A list or a map of what can be taken of each element."""
        key = "member" if shape["type"] == "list" else "value"
        below = (shape[key]["shape"], of[key]["shape"], pattern)
        if key == "value":
            named = {name: self._value(item, *below, f"{path}.{name}") for name, item in value.items()}
            return {name: item for name, item in named.items() if item is not None}
        items = [self._value(item, *below, f"{path}[{at}]") for at, item in enumerate(value)]
        kept = [item for item in items if item is not None]
        # What the service shows as an empty list and takes none of was not given.
        return kept if kept or not shape.get("min") else None


def _shape_at(source: Source, members: Mapping[str, Any], shapes: Shapes) -> str | None:
    """The shape of what a source leads to; None if the value is made from that."""
    name: str | None = None
    for member in source.path:
        name = members[member]["shape"]
        members = shapes[name].get("members", {})
    return name if source.how == KEPT else None


def _fits(value: Any, kind: str) -> bool:
    if kind in ("structure", "map"):
        return isinstance(value, dict)
    if kind == "list":
        return isinstance(value, list)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in _NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) or (kind == "timestamp" and isinstance(value, int | float))


def unknown(raw: Any, name: str, shapes: Shapes, path: str = "") -> Iterator[tuple[str, Any]]:
    """The members in an answer as it was sent that its shape ``name`` does not have: those of a newer service."""
    shape = shapes[name]
    if shape["type"] == "structure" and isinstance(raw, dict) and not shape.get("document"):
        members = {ref.get("locationName", member): ref["shape"] for member, ref in shape.get("members", {}).items()}
        for key, value in raw.items():
            if value is None or (key == "__type" and shape.get("union")):
                continue
            if key in members:
                yield from unknown(value, members[key], shapes, f"{path}{key}.")
            else:
                yield f"{path}{key}", value
    elif shape["type"] == "list" and isinstance(raw, list):
        for at, value in enumerate(raw):
            yield from unknown(value, shape["member"]["shape"], shapes, f"{path.removesuffix('.')}[{at}].")
    elif shape["type"] == "map" and isinstance(raw, dict):
        for key, value in raw.items():
            yield from unknown(value, shape["value"]["shape"], shapes, f"{path}{key}.")
