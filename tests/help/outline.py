"""A page as its outline: everything but the prose, one line each, to compare and to record."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from awsshadow.help.blocks import Block, Bullets, Document, Entry, Literal, Note, Paragraph, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def outline(page: Document) -> list[str]:
    """Headings, entries (two spaces a level), and literal blocks with their labels."""
    lines = []
    for section in page.sections:
        lines += [f"# {section.title}", *_outline(section.blocks, "")]
    return lines


def _outline(blocks: Sequence[Block], margin: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Entry):
            yield margin + plain(block.term)
            yield from _outline(block.children, margin + "  ")
        elif isinstance(block, Literal):
            yield margin + block.label
            yield from (f"{margin}| {line}" for line in block.text.split("\n"))


def literal_lines(page: Document) -> set[str]:
    """The lines of the literal blocks of a page, without the space around them."""
    lines = (line.lstrip(" ") for line in outline(page))
    return {line[2:].strip() for line in lines if line.startswith("| ")}


def letters(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of ``blocks`` in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.spans)
        elif isinstance(block, Entry):
            yield plain(block.term)
            yield from letters(block.children)
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from letters(item)
        elif isinstance(block, Note):
            yield from letters(block.children)
        elif isinstance(block, Literal):
            yield block.label + block.text


#: Sections and entries whose words are this project's own; the rest of a page is the model's.
OWN_SECTIONS = ("Global Options",)


def digest(page: Document) -> str:
    """A short hash of the outline and of the letters of the model's own texts, white space left out."""
    parts = outline(page)
    for section in page.sections:
        for block in section.blocks if section.title not in OWN_SECTIONS else ():
            generated = isinstance(block, Entry) and not _of_member(block)
            paging = section.title == "Description" and "is a paginated operation" in "".join(letters([block]))
            if not generated and not paging:
                parts.append("".join("".join(letters([block])).split()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _of_member(entry: Entry) -> bool:
    names = ("--cli-input-json", "--starting-token", "--page-size", "--max-items", "--generate-cli-skeleton")
    return not plain(entry.term).startswith(names)
