"""The HTML of the service model's documentation strings -> blocks.

The strings are fragments written by many hands, so nothing is an error here: a tag that is never
closed ends with its surroundings, an unknown one is dropped and its text kept, a ``<`` that begins
no tag is text. What the tags mean is a rule (behaviour: output 8.5); where the reference loses
structure (definition lists, numbered lists) this parser keeps it.
"""

from __future__ import annotations

import re

from awsshadow.help.blocks import BOLD, CODE, ITALIC, MAX_DEPTH, Block, Bullets, Entry, Literal, Note, Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.help.blocks import Span

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s([^<>]*))?/?>|<!--.*?-->", re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]+);")

_ENTITIES = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "ndash": "\u2013", "mdash": "\u2014",
    "hellip": "...", "lsquo": "'", "rsquo": "'", "ldquo": '"', "rdquo": '"', "copy": "\u00a9", "reg": "\u00ae",
    "trade": "\u2122", "times": "\u00d7",
}  # fmt: skip

_STYLES = {"code": CODE, "b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC}
_NOTES = {"note": "Note", "important": "Warning", "danger": "Danger", "caution": "Warning", "warning": "Warning"}
_LISTS = ("ul", "ol")
_CONTAINERS = {*_LISTS, *_NOTES, "dl", "pre"}
#: Tag of an item -> the tags of the lists it may stand in.
_ITEMS = {"li": _LISTS, "dt": ("dl",), "dd": ("dl",)}
#: Tags that end the paragraph before them and hold nothing else.
_BREAKS = {"p", "br", "div", "title", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"}
_DROPPED = ("examples", "fullname")


def blocks(html: str) -> list[Block]:
    """Read one documentation string. Never raises; text without any tag is one paragraph."""
    reader = _Reader()
    at = 0
    for match in _TAG.finditer(html):
        reader.text(html[at : match.start()])
        at = match.end()
        name = match[2]
        if name and match[1]:
            reader.close(name.lower())
        elif name:
            reader.open(name.lower(), match[3] or "")
    reader.text(html[at:])
    return reader.finish()


class _Frame:
    """A container that is open: the tag that opened it and where the blocks inside it go.

    ``node`` is the list for ``ul`` and ``ol``, whose blocks go into items, and the entry for ``dt``,
    whose text is the term; None for all others.
    """

    __slots__ = ("blocks", "name", "node")

    def __init__(self, name: str, blocks: list[Block], node: Bullets | Entry | None = None) -> None:
        self.name = name
        self.blocks = blocks
        self.node = node


class _Reader:
    """Keeps the containers that are open and the paragraph being written."""

    def __init__(self) -> None:
        self._open = [_Frame("", [])]
        self._inline: list[tuple[str, int, str]] = []
        self._spans: list[Span] = []
        self._dropping = ""

    def text(self, raw: str) -> None:
        if not raw or self._dropping:
            return
        words = _ENTITY.sub(_character, raw) if "&" in raw else raw
        style, url = 0, ""
        for _, bit, target in self._inline:
            style |= bit
            url = target or url
        self._spans.append((style, words, url))

    def open(self, name: str, attributes: str) -> None:
        if self._dropping:
            return
        if name in _DROPPED:
            self._dropping = name
        elif name in _STYLES:
            self._inline.append((name, _STYLES[name], ""))
        elif name == "a":
            found = _HREF.search(attributes)
            url = (found[1] or found[2] or found[3] or "") if found else ""
            self._inline.append((name, 0, _ENTITY.sub(_character, url)))
        elif name in _BREAKS:
            self._flush()
        elif name in _CONTAINERS:
            self._flush()
            self._push(name)
        elif name in _ITEMS:
            self._flush()
            self._item(name, _ITEMS[name])

    def close(self, name: str) -> None:
        if self._dropping:
            self._dropping = "" if name == self._dropping else self._dropping
        elif name in _STYLES or name == "a":
            for i in range(len(self._inline) - 1, -1, -1):
                if self._inline[i][0] == name:
                    del self._inline[i]
                    break
        elif name in _BREAKS:
            self._flush()
        elif any(frame.name == name for frame in self._open[1:]):
            self._flush()
            while self._open.pop().name != name:
                pass

    def finish(self) -> list[Block]:
        self._flush()
        return _pruned(self._open[0].blocks)

    def _place(self) -> list[Block]:
        """Where a block goes now; text between the items of a list is an item of its own."""
        frame = self._open[-1]
        if isinstance(frame.node, Bullets):
            item: list[Block] = []
            frame.node.items.append(item)
            return item
        return frame.blocks

    def _push(self, name: str) -> None:
        """Open a container in the present one; too deep a nesting is flattened."""
        if len(self._open) > MAX_DEPTH:
            return
        place = self._place()
        if name in _LISTS:
            bullets = Bullets([], name == "ol")
            place.append(bullets)
            self._open.append(_Frame(name, place, bullets))
        elif name in _NOTES:
            note = Note(_NOTES[name], [])
            place.append(note)
            self._open.append(_Frame(name, note.children))
        else:
            self._open.append(_Frame(name, place))

    def _item(self, name: str, lists: tuple[str, ...]) -> None:
        """Begin an item of the nearest list; it ends the item before it. Without a list, make one."""
        if not any(frame.name in lists for frame in self._open):
            self._push(lists[0])
        if not any(frame.name in lists for frame in self._open):
            return
        while self._open[-1].name not in lists:
            self._open.pop()
        if len(self._open) > MAX_DEPTH + 1:
            return
        if name == "li":
            self._open.append(_Frame(name, self._place()))
            return
        blocks = self._open[-1].blocks
        if name == "dt" or not (blocks and isinstance(blocks[-1], Entry)):
            blocks.append(Entry([], []))
        entry = blocks[-1]
        assert isinstance(entry, Entry)
        self._open.append(_Frame(name, entry.children, entry if name == "dt" else None))

    def _flush(self) -> None:
        """End the paragraph being written and put it where it belongs."""
        spans, self._spans = self._spans, []
        frame = self._open[-1]
        if frame.name == "pre":
            words = "".join(span[1] for span in spans).strip("\n")
            if words.strip():
                frame.blocks.append(Literal(words))
            return
        tidy = _tidy(spans)
        if not tidy:
            return
        if isinstance(frame.node, Entry):
            frame.node.term = [*frame.node.term, *tidy]
        else:
            self._place().append(Paragraph(tidy))


def _pruned(found: list[Block]) -> list[Block]:
    """``found`` without lists, notes and definitions that hold nothing."""
    kept: list[Block] = []
    for block in found:
        if isinstance(block, Bullets):
            block.items = [item for item in map(_pruned, block.items) if item]
            if not block.items:
                continue
        elif isinstance(block, (Note, Entry)):
            block.children = _pruned(block.children)
            if not block.children and not (isinstance(block, Entry) and block.term):
                continue
            if isinstance(block, Entry) and not block.term:
                kept.extend(block.children)
                continue
        kept.append(block)
    return kept


def _tidy(spans: list[Span]) -> list[Span]:
    """Collapse white space within and between ``spans``; none stands at either end.

    A space at the edge of code, bold or a link moves out of it, and equal neighbours become one.
    """
    out: list[Span] = []
    space = False
    for style, raw, url in spans:
        words = " ".join(raw.split())
        if not words:
            space = space or bool(raw)
            continue
        if (space or raw[0].isspace()) and out:
            last = out[-1]
            if last[0] == 0 and not last[2]:
                out[-1] = (0, last[1] + " ", "")
            elif style == 0 and not url:
                words = " " + words
            else:
                out.append((0, " ", ""))
        if out and out[-1][0] == style and out[-1][2] == url:
            out[-1] = (style, out[-1][1] + words, url)
        else:
            out.append((style, words, url))
        space = raw[-1].isspace()
    return out


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return _ENTITIES.get(name, match[0])
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    # Control characters and halves of surrogate pairs have no place in a page.
    fits = 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if fits else match[0]
