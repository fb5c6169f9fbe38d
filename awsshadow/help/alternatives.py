"""What the second of two options that share an entry does: a person is told, where the reference's page is silent."""

from __future__ import annotations

from awsshadow.help import global_options as texts
from awsshadow.help import prose
from awsshadow.help.blocks import Document, Entry, Paragraph, Section, code, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.help.blocks import Block

_NEGATION = "--no-"


def explained(page: Document) -> Document:
    """``page`` with a sentence about each option that follows another one in the same entry."""
    sections = [Section(section.title, [_explained(block) for block in section.blocks]) for section in page.sections]
    return Document(page.lineage, page.title, page.summary, sections)


def _explained(block: Block) -> Block:
    if not isinstance(block, Entry) or not block.name.startswith("--"):
        return block
    names = [words for _, words, _ in block.term if words.startswith("--")]
    sentences = [sentence for name in names[1:] for sentence in _about(name, names[0])]
    return Entry(block.term, [*block.children, *sentences], block.name) if sentences else block


def _about(name: str, first: str) -> list[Block]:
    if name == _NEGATION + first.removeprefix("--"):
        return [Paragraph([code(name), text(" sends false. Without either of the two nothing is sent.")])]
    if name.removeprefix("--") in texts.GENERATED_OPTIONS:
        (about,) = prose.blocks(texts.GENERATED_OPTIONS[name.removeprefix("--")])
        assert isinstance(about, Paragraph)
        return [Paragraph([code(name), text(": "), *about.spans])]
    return []
