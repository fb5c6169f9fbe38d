"""The page about the options that many commands have, each said once: what a search for one of them finds."""

from __future__ import annotations

from collections import Counter

from awsshadow import extra_options
from awsshadow.help import global_options as texts
from awsshadow.help import prose
from awsshadow.help.blocks import Document, Entry, Paragraph, Section, code, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from awsshadow.extra_options import ExtraOption
    from awsshadow.help.blocks import Block, Span

#: Where the page is, as if it were a command.
LINEAGE = ("options",)

#: Found more often than this, an option says nothing about the page that it is found on.
_MANY = 20

#: What an operation has to be for the generated options that not all of them have.
_PAGING = ("starting-token", "page-size", "max-items")


def names() -> set[str]:
    """The options that are on this page, with their hyphens."""
    return {f"--{name}" for name in texts.GENERATED_OPTIONS} | set(extra_options.EXTRA_OPTIONS)


def shared(pages: Iterable[Document]) -> set[str]:
    """The options that many of the commands in groups have: those of ``wait`` and ``tail`` on every kind."""
    found = Counter(
        block.name
        for page in pages
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Entry) and len(page.lineage) > 1
    )
    return {name for name, times in found.items() if name and times > _MANY}


def document() -> Document:
    """The page."""
    generated: list[Block] = []
    for name, words in texts.GENERATED_OPTIONS.items():
        blocks = prose.blocks(words)
        if name in _PAGING:
            blocks.append(Paragraph([text("Of operations that answer page by page.")]))
        generated.append(Entry([code(f"--{name}")], blocks, f"--{name}"))
    extra: list[Block] = []
    for name, option in extra_options.EXTRA_OPTIONS.items():
        term = [code(name), *([text(option.synopsis)] if option.synopsis else [])]
        extra.append(Entry(term, [*prose.blocks(f"{option.summary}."), Paragraph(list(_takers(option)))], name))
    return Document(
        LINEAGE,
        "Options of many commands",
        "What operations have besides their members",
        [Section("Options of the AWS CLI", generated), Section("Options of awsshadow", extra)],
    )


def _takers(option: ExtraOption) -> Iterator[Span]:
    """Which commands have it."""
    yield text("Of ")
    if "call" in option.kinds:
        yield text("operations that begin with " if option.beginnings else "every operation")
        for at, beginning in enumerate(option.beginnings):
            if at:
                yield text(", ")
            yield code(beginning)
    if "wait" in option.kinds:
        yield text(", and of waiters" if "call" in option.kinds else "waiters")
    yield text(".")
