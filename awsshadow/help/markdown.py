"""A page as Markdown with the structure of the public reference page (behaviour: output 8.6).

Nested members are quoted once a level, which both CommonMark and Python-Markdown indent. What has a name of its own, an
option or a member, is a heading with an id, so that a link and a search can lead to it: ``--containers.Image``.
Attributes in braces are those of Python-Markdown.
"""

from __future__ import annotations

import re

from awsshadow.help.blocks import BOLD, CODE, COMMAND_LINK, ITALIC, Bullets, Entry, Literal, Note, Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from awsshadow.help.blocks import Block, Document, Section, Span

#: What may mean something to a reader of Markdown wherever it stands. A bracket does only before
#: what makes it a link, an underscore only at the edge of a word.
_SPECIAL = re.compile(r"[\\`*{]|(?<=\])[(\[:]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;"})
_URL = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})
#: Amazon's sites all speak TLS; a few old addresses of theirs do not say so.
_AMAZON = re.compile(r"^http://(?=(?:[a-z0-9-]+\.)*amazon\.com(?:/|$))")
#: What makes a line more than text when it stands at its beginning.
_LEADING = re.compile(r"^([-+>#]|\d+(?=[.)]))")

#: Deeper than this members stay at the level they are at.
_DEEPEST = 12
#: The headings of options; those of members are one further for each level, down to the last that HTML has.
_OPTION_HEADING, _LAST_HEADING = 3, 6
#: Keeps a block, or what is below a heading, out of the search.
_UNSEARCHED = "data-search-exclude"


def render(
    document: Document, breadcrumb: str = "", everywhere: Container[str] = (), common: Container[str] = ()
) -> str:
    """The page; ``breadcrumb`` is a line of Markdown put below the title, or "".

    ``everywhere`` are the titles of the sections that every page has, ``common`` the names of the options that many
    commands have: a search does not look into these.
    """
    trail = f"{breadcrumb}\n{{ {_UNSEARCHED} }}\n\n" if breadcrumb else ""
    sections = [_Section(section, section.title in everywhere, common).markdown() for section in document.sections]
    return f"# {escape(document.title)}\n\n{trail}" + "\n".join(sections)


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


class _Section:
    """One section; ``is_everywhere`` says that every page has the same, and that it has no headings inside."""

    def __init__(self, section: Section, is_everywhere: bool, common: Container[str]) -> None:
        self._section = section
        self._is_everywhere = is_everywhere
        self._common = common

    def markdown(self) -> str:
        title = self._section.title
        mark = f" {{ {_UNSEARCHED} }}" if self._is_everywhere else ""
        return "\n".join([f"## {title}{mark}", "", *self._blocks(self._section.blocks, 0, title.lower())])

    def _blocks(self, blocks: Sequence[Block], depth: int, above: str) -> list[str]:
        """``depth`` counts the blocks around these, ``above`` is the id of the nearest that has one."""
        lines: list[str] = []
        for block in blocks:
            lines += self._block(block, depth, above)
            if lines and lines[-1]:
                lines.append("")
        return lines

    def _block(self, block: Block, depth: int, above: str) -> list[str]:
        if isinstance(block, Paragraph):
            return [inline(block.spans)]
        if isinstance(block, Entry):
            return self._entry(block, depth, above)
        if isinstance(block, Bullets):
            return self._bullets(block, depth, above)
        if isinstance(block, Note):
            return _quoted([f"**{block.label}**", "", *self._blocks(block.children, depth + 1, above)], depth)
        assert isinstance(block, Literal)
        return _literal(block, depth)

    def _entry(self, entry: Entry, depth: int, above: str) -> list[str]:
        is_option = entry.name.startswith("--")
        place = "" if self._is_everywhere or not entry.name else entry.name if is_option else f"{above}.{entry.name}"
        inner = self._blocks(entry.children, depth + 1, place or above)
        # An option stands at the left like everything about it; a member is indented below its owner.
        below = inner if depth == 0 and _is_option(entry) else _quoted(inner, depth)
        return [self._heading(entry, depth, place) if place else inline(entry.term), "", *below]

    def _heading(self, entry: Entry, depth: int, place: str) -> str:
        marks = f"#{place} data-toc-label='{entry.name}'" + f" {_UNSEARCHED}" * (entry.name in self._common)
        return f"{'#' * min(_OPTION_HEADING + depth, _LAST_HEADING)} {inline(entry.term)} {{ {marks} }}"

    def _bullets(self, bullets: Bullets, depth: int, above: str) -> list[str]:
        lines: list[str] = []
        for number, item in enumerate(bullets.items, 1):
            mark = (f"{number}. " if bullets.ordered else "- ").ljust(4 if not bullets.tight else 2)
            inner = self._blocks(item, depth + 1, above)
            while inner and not inner[-1]:
                inner.pop()
            lines.append(mark + inner[0])
            lines += ["    " + line if line else "" for line in inner[1:]]
            if not bullets.tight:
                lines.append("")
        return lines


def _literal(block: Literal, depth: int) -> list[str]:
    lines = block.text.split("\n")
    if depth:
        # Python-Markdown knows fences only at the left edge; indentation works everywhere.
        label = [escape(block.label), ""] if block.label else []
        return label + ["    " + line if line else "" for line in lines]
    fence = "`" * max(3, max((len(run) + 1 for run in re.findall("`+", block.text)), default=0))
    if not block.label:
        return [fence, *lines, fence]
    # In a form of an option a search would find nothing but names that have their own headings.
    mark = f"{{ {_UNSEARCHED} }}"
    return [escape(block.label), mark, "", f"{fence} {mark}", *lines, fence]


def _is_option(entry: Entry) -> bool:
    style, words, _ = entry.term[0]
    return bool(style & CODE) and words.startswith("--")


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
    return _AMAZON.sub("https://", url).translate(_URL)
