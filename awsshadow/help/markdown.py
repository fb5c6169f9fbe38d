"""A page as Markdown with the structure of the public reference page (behaviour: output 8.6).

Nested members are quoted once a level, which both CommonMark and Python-Markdown indent.
"""

from __future__ import annotations

import re

from awsshadow.help.blocks import BOLD, CODE, COMMAND_LINK, ITALIC, Bullets, Entry, Literal, Note, Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.help.blocks import Block, Document, Section, Span

#: What may mean something to a reader of Markdown wherever it stands. A bracket does only before
#: what makes it a link, an underscore only at the edge of a word.
_SPECIAL = re.compile(r"[\\`*{]|(?<=\])[(\[:]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;"})
_URL = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})
#: What makes a line more than text when it stands at its beginning.
_LEADING = re.compile(r"^([-+>#]|\d+(?=[.)]))")

#: Deeper than this members stay at the level they are at.
_DEEPEST = 12


def render(document: Document, breadcrumb: str = "") -> str:
    """The page; ``breadcrumb`` is a line of Markdown put above the title, or ""."""
    head = f"{breadcrumb}\n\n" if breadcrumb else ""
    return head + f"# {escape(document.title)}\n\n" + "\n".join(_section(s) for s in document.sections)


def escape(words: str) -> str:
    """``words`` as running text that no reader takes for marks."""
    return _LEADING.sub(_guarded, _within(words))


def inline(spans: Sequence[Span]) -> str:
    """Running text with its marks."""
    parts = []
    for i, (style, words, url) in enumerate(spans):
        body = words.strip()
        before, after = (" " * (words[:1] == " "), " " * (words[-1:] == " ")) if body else ("", words and " ")
        escaped = escape(body) if i == 0 else _within(body)
        out = code(body) if style & CODE else escaped
        mark = "**" * bool(style & BOLD) + "*" * bool(style & ITALIC)
        out = f"{mark}{out}{mark[::-1]}" if body else ""
        target = _target(url) if body else ""
        parts.append(before + (f"[{out}]({target})" if target else out) + after)
    return "".join(parts)


def code(words: str) -> str:
    """``words`` as inline code, whatever backticks it holds."""
    if not words:
        return ""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _section(section: Section) -> str:
    return "\n".join([f"## {section.title}", "", *_blocks(section.blocks, 0)])


def _blocks(blocks: Sequence[Block], depth: int) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += _block(block, depth)
        if lines and lines[-1]:
            lines.append("")
    return lines


def _block(block: Block, depth: int) -> list[str]:
    if isinstance(block, Paragraph):
        return [inline(block.spans)]
    if isinstance(block, Entry):
        inner = _blocks(block.children, depth + 1)
        # An option stands at the left like everything about it; a member is indented below its owner.
        return [inline(block.term), "", *(inner if depth == 0 and _is_option(block) else _quoted(inner, depth))]
    if isinstance(block, Bullets):
        return _bullets(block, depth)
    if isinstance(block, Note):
        return _quoted([f"**{block.label}**", "", *_blocks(block.children, depth + 1)], depth)
    assert isinstance(block, Literal)
    label = [escape(block.label), ""] if block.label else []
    if depth:
        # Python-Markdown knows fences only at the left edge; indentation works everywhere.
        return label + ["    " + line if line else "" for line in block.text.split("\n")]
    fence = "`" * max(3, max((len(run) + 1 for run in re.findall("`+", block.text)), default=0))
    return [*label, fence, *block.text.split("\n"), fence]


def _is_option(entry: Entry) -> bool:
    style, words, _ = entry.term[0]
    return bool(style & CODE) and words.startswith("--")


def _bullets(bullets: Bullets, depth: int) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(bullets.items, 1):
        mark = (f"{number}. " if bullets.ordered else "- ").ljust(4 if not bullets.tight else 2)
        inner = _blocks(item, depth + 1)
        while inner and not inner[-1]:
            inner.pop()
        lines.append(mark + inner[0])
        lines += ["    " + line if line else "" for line in inner[1:]]
        if not bullets.tight:
            lines.append("")
    return lines


def _quoted(lines: list[str], depth: int) -> list[str]:
    if depth > _DEEPEST:
        return lines
    while lines and not lines[-1]:
        lines.pop()
    return [f"> {line}".rstrip() for line in lines]


def _within(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words).translate(_HTML)


def _guarded(match: re.Match[str]) -> str:
    return match[0] + "\\" if match[0].isdigit() else "\\" + match[0]


def _target(url: str) -> str:
    """What stands in the brackets of a link: the address, or nothing for what may not be linked."""
    if url.startswith(COMMAND_LINK):
        return url
    if not url.startswith(("https://", "http://")):
        return ""
    return url.translate(_URL)
