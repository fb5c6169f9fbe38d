"""Sections of rows drawn no wider than the window: cells are folded, and rows with too many columns turned upright."""

from __future__ import annotations

from awsshadow.output.console_links import ARN, linked
from awsshadow.output.table_layout import Section, display_width
from awsshadow.terminal.folding import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    #: Line after line, as one piece.
    Put = Callable[[tuple[str, ...]], None]

#: Edges and blanks of a cell beside its text, and the least room for it.
_PADDING, _LEAST = 3, 8
_BOLD_BLUE, _RESET = "\x1b[1m\x1b[34m", "\x1b[0m"


def draw(sections: Iterable[Section], total: int, coloured: bool, links: bool, put: Put) -> None:
    """Hand the lines of ``sections``, none wider than ``total`` columns, to ``put``."""
    put(("-" * total + "\n",))
    for section in sections:
        bars = "|" * section.level
        width = max(total - 2 * section.level, _LEAST)
        for line in _lines(section, width, coloured, links):
            put((f"{bars}{line}{bars}\n",))


def _lines(section: Section, width: int, coloured: bool, links: bool) -> Iterator[str]:
    if section.title:
        for line in fold(section.title, width - 4):
            yield f"|{line.center(width - 2)}|"
    if not section.rows:
        yield f"+{'-' * (width - 2)}+"
        return
    columns = len(section.rows[0])
    upright = bool(section.headers) and (len(section.rows) == 1 or columns * (_LEAST + _PADDING) + 1 > width)
    if not upright:
        yield from _grid([section.headers] if section.headers else [], section.rows, width, coloured, links)
        return
    for row in section.rows:
        yield from _grid([], list(zip(section.headers, row, strict=False)), width, coloured, links)


def _grid(
    heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], width: int, coloured: bool, links: bool
) -> Iterator[str]:
    widths = _widths([*heads, *rows], width)
    rule = "+" + "+".join("-" * (size + 2) for size in widths) + "+"
    for head in heads:
        yield rule
        yield from _row(head, widths, False, False)
    yield rule
    folded = any(display_width(text) > size for row in rows for text, size in zip(row, widths, strict=False))
    for number, row in enumerate(rows):
        if folded and number:
            yield rule  # where one row ends could not be told otherwise
        yield from _row(row, widths, coloured, links)
    yield rule


def _row(row: Sequence[str], widths: Sequence[int], coloured: bool, links: bool) -> Iterator[str]:
    cells = [fold(text, size) for text, size in zip(row, widths, strict=False)]
    for number in range(max(map(len, cells))):
        parts = []
        for text, lines, size in zip(row, cells, widths, strict=False):
            line = lines[number] if number < len(lines) else ""
            blanks = " " * (size - display_width(line))
            shown = f"{_BOLD_BLUE}{line}{_RESET}" if coloured and line else line
            if links and line and ARN.fullmatch(text):
                shown = linked(text, shown)
            parts.append(f" {shown}{blanks} ")
        yield "|" + "|".join(parts) + "|"


def _widths(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """The room of each column: what it needs, the widest cut until all fit and the last stretched until they fill."""
    columns = len(rows[-1])
    widths = [max((display_width(row[c]) for row in rows if c < len(row)), default=0) for c in range(columns)]
    room = max(total - 1 - _PADDING * columns, columns)
    while sum(widths) > room:
        widest = max(range(columns), key=lambda column: widths[column])
        widths[widest] -= 1
    widths[-1] += room - sum(widths)
    return widths
