"""A shape -> its description: documentation, possible values, constraints and what lies inside."""

from __future__ import annotations

from awsshadow.help import prose
from awsshadow.help.blocks import Bullets, Entry, Note, Paragraph, code, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.help.blocks import Block

_CONSTRAINTS = ("min", "max", "pattern")


class Members:
    """Describes shapes of one page: ``shapes`` as in the model, ``docs`` as the slice keeps them."""

    def __init__(self, shapes: dict[str, dict[str, Any]], docs: dict[str, dict[str, Any]]) -> None:
        self.shapes = shapes
        self._docs = docs
        self._read: dict[str, list[Block]] = {}

    def type(self, shape: str) -> str:
        """The type as a page names it."""
        kind: str = self.shapes[shape]["type"]
        return "tagged union structure" if self.shapes[shape].get("union") else kind

    def member(self, owner: str, member: str, shape: str) -> list[Block]:
        """Everything about the member of the top-level shape ``owner``."""
        return self._about(owner, member, shape, (shape,))

    def constraints(self, shape: str) -> list[Block]:
        """The limits of a shape, none when it has none."""
        known = self.shapes[shape]
        rows = [[Paragraph([text(f"{key}: "), code(str(known[key]))])] for key in _CONSTRAINTS if key in known]
        return [Paragraph([text("Constraints:")]), Bullets([[row] for (row,) in rows])] if rows else []

    def output(self, shape: str) -> list[Block]:
        """An entry for each member of an answer; at the top none is marked as required."""
        return self._inside(shape, (shape,), marks=False)

    def _inside(self, shape: str, path: tuple[str, ...], marks: bool = True) -> list[Block]:
        """An entry for each thing inside ``shape``; ``path`` holds the shapes around it and ends with it."""
        known = self.shapes[shape]
        kind = known["type"]
        required = known.get("required", ()) if marks else ()
        blocks: list[Block] = []
        if kind == "list":
            blocks += self._entry("", shape, "member", known["member"]["shape"], path, "")
        elif kind == "map":
            for side in ("key", "value"):
                blocks += self._entry(side, shape, side, known[side]["shape"], path, "")
        elif kind == "structure":
            for name, ref in known.get("members", {}).items():
                mark = " [required]" if name in required else ""
                blocks += self._entry(name, shape, name, ref["shape"], path, mark)
        return blocks

    def _entry(self, name: str, owner: str, member: str, shape: str, path: tuple[str, ...], mark: str) -> list[Block]:
        """The entry of one thing inside ``owner``.

        A shape that stands in itself is opened once more; the third time a structure is only said
        to recur and anything else left out.
        """
        if path.count(shape) > 1:
            recurs = self.shapes[shape]["type"] == "structure"
            return [Paragraph([text("( ... recursive ... )")])] if recurs else []
        term = [text(name), text(f" -> ({self.type(shape)}){mark}")] if name else [text(f"({self.type(shape)})")]
        # The sides of a map are called alike everywhere: nobody looks for a "key".
        found = name if self.shapes[owner]["type"] == "structure" else ""
        return [Entry(term, self._about(owner, member, shape, (*path, shape)), found)]

    def _about(self, owner: str, member: str, shape: str, path: tuple[str, ...]) -> list[Block]:
        known = self.shapes[shape]
        blocks = list(self._documentation(owner, member, shape))
        if known.get("union"):
            blocks.append(_union(known))
        if known["type"] == "string" and "enum" in known:
            blocks.append(Paragraph([text("Possible values:")]))
            blocks.append(Bullets([[Paragraph([code(value)])] for value in known["enum"]]))
        return blocks + self.constraints(shape) + self._inside(shape, path)

    def _documentation(self, owner: str, member: str, shape: str) -> list[Block]:
        """What the member's own documentation says, else that of its shape."""
        docs = self._docs
        html = docs.get(owner, {}).get("members", {}).get(member) or docs.get(shape, {}).get("doc", "")
        if html not in self._read:
            self._read[html] = prose.blocks(html)
        return self._read[html]


def _union(shape: dict[str, Any]) -> Note:
    spans = [text("This is a Tagged Union structure. Only one of the following top level keys can be set: ")]
    for i, name in enumerate(shape["members"]):
        spans += [text(", ")] * bool(i) + [code(name)]
    return Note("Note", [Paragraph([*spans, text(".")])])
