"""A page as a manual page in roff, with the ``man`` macros that groff and mandoc share."""

from __future__ import annotations

import os
import re
import time
from itertools import chain

from awsshadow.help.blocks import BOLD, CODE, ITALIC, Bullets, Entry, Literal, Note, Paragraph
from awsshadow.help.document import SERVICE, WAIT, document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from awsshadow.help.blocks import Block, Document, Span
    from awsshadow.model.store import Store

#: What roff takes for something else, and how to say that it is meant.
_ESCAPES = str.maketrans(
    {
        "\\": "\\e",
        "-": "\\-",
        "'": "\\(aq",
        "`": "\\(ga",
        "^": "\\(ha",
        "~": "\\(ti",
        '"': "\\(dq",
        "\u2013": "\\(en",
        "\u2014": "\\(em",
    }
)
_PROSE = str.maketrans({k: v for k, v in _ESCAPES.items() if k != ord("-")})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_LONGEST_TITLE = 28

#: In words longer than this, lines may be broken after the characters below.
_LONG_WORD = 40
_BREAKS = re.compile(r"(?<=[/:,|)\]}])(?=\S)")

#: Deeper than this the page would have no room left for words.
_DEEPEST = 10


def write_pages(
    folder: str, store: Store, program: str = "awsshadow", date: str = "", own: Iterable[Document] = ()
) -> list[str]:
    """Write ``folder/man1`` with a page for every command; returns their paths in order.

    ``own`` are the pages of commands that the store knows nothing of.

    A page is called as git calls its own, the words joined by hyphens: ``awsshadow-sagemaker-wait.1``
    is read with ``man awsshadow-sagemaker-wait``. ``date`` (``2026-01-31``) stands at their foot, today's
    by default. Raises OSError.
    """
    section = os.path.join(folder, "man1")
    os.makedirs(section, exist_ok=True)
    date = date or time.strftime("%Y-%m-%d")
    paths = []
    for page in chain((document(lineage, store, program) for lineage in lineages(store)), own):
        path = os.path.join(section, page_name(program, page.lineage) + ".1")
        _show(path, render(page, program, date))
        paths.append(path)
    return paths


def _show(path: str, text: str) -> None:
    """Put ``text`` into the place of ``path`` by one rename: no half of a page is left. Raises OSError."""
    made = f"{path}.{os.getpid()}"
    try:
        with open(made, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(made, path)
    except OSError:
        if os.path.exists(made):
            os.unlink(made)
        raise


def lineages(store: Store) -> Iterator[tuple[str, ...]]:
    """Every command path that has a page: the program, the service, its operations, its waiters."""
    index = store.index()
    yield ()
    yield (SERVICE,)
    yield from ((SERVICE, name) for name in index["operations"])
    yield (SERVICE, WAIT)
    yield from ((SERVICE, WAIT, name) for name in index["waiters"])


def page_name(program: str, lineage: tuple[str, ...]) -> str:
    """What to give to ``man``."""
    return "-".join((program, *lineage))


def render(page: Document, program: str = "awsshadow", date: str = "") -> str:
    """The page as roff source in ASCII."""
    name = page_name(program, page.lineage)
    # The title stands twice at the head of the page, so a long one would meet itself.
    title = page.title if len(page.title) <= _LONGEST_TITLE else program
    lines = [f'.TH "{_escaped(title.upper())}" "1" "{date}" "{_escaped(program)}" "{_escaped(program)}"']
    lines += [".ad l", ".nh", ".SH NAME"]
    lines.append(_escaped(name) + (f" \\- {_escaped(page.summary)}" if page.summary else ""))
    for section in page.sections:
        lines.append(f".SH {_escaped(section.title.upper())}")
        lines += _blocks(section.blocks, 0, after_heading=True)
    return "\n".join(lines) + "\n"


def _blocks(blocks: Sequence[Block], depth: int, after_heading: bool = False) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [] if after_heading else [".PP"]
            lines.append(_inline(block.spans))
        elif isinstance(block, Entry):
            lines += [] if after_heading else [".PP"]
            lines += [_inline(block.term), *_indented(block.children, depth)]
        elif isinstance(block, Bullets):
            lines += _bullets(block, depth)
        elif isinstance(block, Note):
            lines += [".PP", f"\\fB{block.label}:\\fR", *_indented(block.children, depth)]
        elif isinstance(block, Literal):
            lines += _literal(block, depth)
        after_heading = False
    return lines


def _indented(blocks: Sequence[Block], depth: int) -> list[str]:
    """A step to the right: the first paragraph follows its term without a gap."""
    if not blocks:
        return []
    inner = _blocks(blocks, depth + 1, after_heading=True)
    return [".RS 4", *inner, ".RE"] if depth < _DEEPEST else [".br", *inner]


def _bullets(bullets: Bullets, depth: int) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(bullets.items, 1):
        mark = f"{number}." if bullets.ordered else "\\(bu"
        if bullets.tight and number > 1:
            lines += [".PD 0"] if number == 2 else []
        lines.append(f'.IP "{mark}" 4')
        first, rest = item[0], item[1:]
        if isinstance(first, Paragraph):
            lines.append(_inline(first.spans))
        else:
            rest = item
        lines += _indented(rest, depth) if rest else []
    if bullets.tight and len(bullets.items) > 1:
        lines.append(".PD")
    return lines


def _literal(block: Literal, depth: int) -> list[str]:
    label = [".PP", _escaped(block.label)] if block.label else []
    shown = [_line(_escaped(line)) for line in block.text.split("\n")]
    inner = [".PP" if block.label else "", ".nf", *shown, ".fi"]
    inner = [line for i, line in enumerate(inner) if line or i > 1]
    indent = block.label and depth < _DEEPEST
    return [*label, *([".RS 4"] if indent else []), *inner, *([".RE"] if indent else [])]


def _inline(spans: Sequence[Span]) -> str:
    parts = []
    for style, words, url in spans:
        if style & CODE:
            pieces = _BREAKS.split(words) if len(words) > _LONG_WORD else [words]
            out = "\\fB" + "\\:".join(map(_escaped, pieces)) + "\\fR"
        elif style & BOLD:
            out = f"\\fB{_escaped(words)}\\fR"
        else:
            out = _BEYOND_ASCII.sub(_named, words.translate(_PROSE).replace("--", "\\-\\-"))
            out = f"\\fI{out}\\fR" if style & ITALIC or url else out
        parts.append(out)
    return _line("".join(parts))


def _escaped(words: str) -> str:
    return _BEYOND_ASCII.sub(_named, words.translate(_ESCAPES))


def _line(source: str) -> str:
    """A line of text: one that begins like a request is guarded."""
    return "\\&" + source if source[:1] in (".", "'") else source


def _named(match: re.Match[str]) -> str:
    return f"\\[u{ord(match[0]):04X}]"
