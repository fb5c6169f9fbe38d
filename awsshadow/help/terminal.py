"""A page as text fitted to a width: plain, or with bold, underlining and links for a terminal.

A link (OSC 8) stands around each word of its text, so that none goes on over the end of a line; words of the same link
have the same id, by which terminals show them as one. Codes take no columns. No line is wider than the page except
those of literal blocks, which are shown as they are.
"""

from __future__ import annotations

import re

from awsshadow.help.blocks import BOLD, CODE, ITALIC, Bullets, Entry, Literal, Note, Paragraph, plain, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.help.blocks import Block, Document, Span

    #: The length of a word as seen, and the word as written.
    Word = tuple[int, str]

#: Narrower than this nothing is readable, and wider than this lines are hard to follow.
MIN_WIDTH = 20
MAX_WIDTH = 100

_BOLD = ("\x1b[1m", "\x1b[22m")
_UNDERLINE = ("\x1b[4m", "\x1b[24m")
_END_OF_LINK = "\x1b]8;;\x1b\\"
#: What a link may lead to: nothing that runs, and nothing that would have to be quoted.
_ADDRESS = re.compile(r"https?://[!-~]+")
_SEQUENCE = re.compile(r"\x1b\[\d+m|\x1b\]8;[^\x1b]*\x1b\\")


def render(document: Document, width: int, ansi: bool, links: bool = False) -> str:
    """The page as text that ends with a newline; ``width`` is in columns.

    ``ansi`` is whether there is bold and underlining, ``links`` whether words lead to the addresses behind them.
    """
    page = _Page(min(max(width, MIN_WIDTH), MAX_WIDTH), ansi, links)
    name = document.title + (f" - {document.summary}" if document.summary else "")
    page.section("Name", [Paragraph([text(name)])])
    for section in document.sections:
        page.section(section.title, section.blocks)
    return page.text()


class _Page:
    """The lines written so far, and what decides how the next ones look."""

    def __init__(self, width: int, ansi: bool, links: bool) -> None:
        self._width = width
        self._ansi = ansi
        self._links = links
        self._count = 0
        self._step = 4 if width >= 60 else 2
        # However deep the nesting, this much of a line is left for text.
        self._deepest = width - max(width // 2, 16)
        self._lines: list[str] = []

    def text(self) -> str:
        return "\n".join(self._lines).strip("\n") + "\n"

    def section(self, title: str, blocks: Sequence[Block]) -> None:
        self._gap()
        self._lines.append(self._bold(title.upper()))
        self._blocks(blocks, self._step)

    def _blocks(self, blocks: Sequence[Block], indent: int) -> None:
        before: Block | None = None
        for block in blocks:
            if before is not None and not _announces(before, block):
                self._gap()
            before = block
            if isinstance(block, Paragraph):
                self._paragraph(block.spans, " " * indent, " " * indent)
            elif isinstance(block, Entry):
                self._entry(block, indent)
            elif isinstance(block, Bullets):
                self._bullets(block, indent)
            elif isinstance(block, Literal):
                self._literal(block, indent)
            elif isinstance(block, Note):
                self._lines.append(" " * indent + self._bold(block.label.upper() + ":"))
                self._blocks(block.children, self._deeper(indent))

    def _entry(self, entry: Entry, indent: int) -> None:
        margin = " " * indent
        (style, name, url), *rest = entry.term or [text("")]
        term = [(style if name.startswith("(") else style | BOLD, name, url), *rest]
        self._paragraph(term, margin, margin)
        self._blocks(entry.children, self._deeper(indent))

    def _bullets(self, bullets: Bullets, indent: int) -> None:
        tight = bullets.tight
        marks = [f"{i}. " for i in range(1, len(bullets.items) + 1)] if bullets.ordered else ["* "] * len(bullets.items)
        wide = max(map(len, marks))
        inner = indent + wide
        for i, item in enumerate(bullets.items):
            if i and not tight:
                self._gap()
            mark = " " * indent + marks[i].ljust(wide)
            rest: Sequence[Block] = item
            first = item[0]
            if isinstance(first, Paragraph):
                self._paragraph(first.spans, mark, " " * inner)
                rest = item[1:]
                if rest:
                    self._gap()
            else:
                self._lines.append(mark.rstrip())
            self._blocks(rest, min(inner, max(self._deepest, indent)))

    def _literal(self, block: Literal, indent: int) -> None:
        if block.label:
            self._lines += [" " * indent + block.label, ""]
        margin = " " * (indent + self._step if block.label else indent)
        self._lines += [(margin + line).rstrip() for line in block.text.split("\n")]

    def _paragraph(self, spans: Sequence[Span], first: str, rest: str) -> None:
        """Fill lines with words, breaking a word only where it alone is wider than a line."""
        room = self._width - len(rest)
        marked = self._ansi or self._links
        words = self._styled(spans) if marked else [(len(word), word) for word in plain(spans).split()]
        line: list[str] = []
        used = 0
        margin = first
        for length, word in words:
            if line and used + 1 + length > room:
                self._lines.append(margin + " ".join(line))
                margin, line, used = rest, [], 0
            if length > room:
                *pieces, word = _pieces(word, room)  # noqa: PLW2901 - what is left of it goes on as the word
                for piece in pieces:
                    self._lines.append(margin + piece)
                    margin = rest
                length = _seen(word)  # noqa: PLW2901
            used += length + bool(line)
            line.append(word)
        if line:
            self._lines.append(margin + " ".join(line))

    def _styled(self, spans: Sequence[Span]) -> list[Word]:
        """The words of ``spans`` with the codes of styles and links; a word may be made of several spans."""
        words: list[Word] = []
        joined = False
        for style, raw, url in spans:
            begin, end = self._codes(style, url)
            if raw[:1].isspace():
                joined = False
            for part in raw.split():
                styled = begin + part + end
                if joined:
                    length, word = words[-1]
                    words[-1] = (length + len(part), word + styled)
                else:
                    words.append((len(part), styled))
                joined = False
            joined = bool(raw) and not raw[-1].isspace() and bool(words)
        return words

    def _codes(self, style: int, url: str) -> tuple[str, str]:
        """What stands before and behind each word of a span."""
        begin, end = "", ""
        if self._ansi and (style & BOLD or style & CODE):
            begin, end = _BOLD
        elif self._ansi and (style & ITALIC or url):
            begin, end = _UNDERLINE
        if self._links and _ADDRESS.fullmatch(url):
            self._count += 1
            return f"\x1b]8;id={self._count};{url}\x1b\\{begin}", end + _END_OF_LINK
        return begin, end

    def _bold(self, words: str) -> str:
        return _BOLD[0] + words + _BOLD[1] if self._ansi else words

    def _deeper(self, indent: int) -> int:
        return max(indent, min(indent + self._step, self._deepest))

    def _gap(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")


def _announces(before: Block, block: Block) -> bool:
    """Whether ``before`` is the line above a short list, so that no gap belongs between them."""
    announcement = isinstance(before, Paragraph) and plain(before.spans).endswith(":")
    return announcement and isinstance(block, Bullets) and block.tight


def _pieces(word: str, room: int) -> list[str]:
    """``word`` cut into pieces of ``room`` columns; a style and a link go on in the next piece."""
    pieces, piece, used, at = [], "", 0, 0
    style, link = ("", ""), ("", "")
    while at < len(word):
        sequence = _SEQUENCE.match(word, at)
        if sequence:
            if sequence[0].startswith("\x1b]"):
                link = ("", "") if sequence[0] == _END_OF_LINK else (sequence[0], _END_OF_LINK)
            else:
                style = next((codes for codes in (_BOLD, _UNDERLINE) if codes[0] == sequence[0]), ("", ""))
            piece += sequence[0]
            at = sequence.end()
            continue
        if used == room:
            pieces.append(piece + style[1] + link[1])
            piece, used = link[0] + style[0], 0
        piece += word[at]
        used += 1
        at += 1
    return [*pieces, piece]


def _seen(word: str) -> int:
    return len(_SEQUENCE.sub("", word))
