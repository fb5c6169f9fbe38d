"""Sections of rows drawn as a table of a given width (contract, output 1.3, layout and rendering)."""

from __future__ import annotations

from unicodedata import east_asian_width

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    #: The parts of one line: what the reference writes at once, for its nesting level and its text.
    Line = tuple[str, ...]

#: Blanks and edges a cell takes beside its text.
_PADDING = 4

#: A bar that shows a nesting level, in dim yellow.
_BAR = "\x1b[2m\x1b[33m|\x1b[0m"


class Section:
    """A title, column headers, rows of text, and how wide each column must be.

    The title may be None: then none is drawn, but room is kept for the word, as the reference does.
    """

    def __init__(self, title: str | None, level: int) -> None:
        self.title = title
        self.level = level
        self.headers: Sequence[str] = ()
        self.rows: list[Sequence[str]] = []
        self._columns: int | None = None
        self._widest: list[int] = []

    def add_header(self, headers: list[str]) -> None:
        """Set the column headers; they decide the number of columns unless a row did."""
        self._stretch([headers])
        self._columns = len(headers) if self._columns is None else self._columns
        self.headers = headers

    def add_row(self, values: list[Any]) -> None:
        """Add a row. Raises AwsShadowError if it has not as many cells as the first one."""
        self.add_rows(len(values), [[str(value) for value in values]])

    def add_rows(self, size: int, rows: Iterable[Sequence[str]]) -> None:
        """Add ``rows`` of ``size`` cells each. Raises AwsShadowError if other rows have more or fewer."""
        self._columns = size if self._columns is None else self._columns
        if size != self._columns:
            raise AwsShadowError(f"Row should have {self._columns} elements, instead it has {size}")
        added = list(rows)
        self.rows.extend(added)
        self._stretch(added)

    def width(self) -> int:
        """Columns the section needs, with its own edges and those of the levels above."""
        table = sum(self._widest) + _PADDING * len(self._widest)
        return max(display_width(str(self.title)), table) + 2 + 2 * self.level

    def column_widths(self, total: int) -> list[int]:
        """Widths of the columns, edges included, scaled so that they fill ``total``."""
        natural = [width + _PADDING for width in self._widest]
        if not natural:
            return []
        scale = total / sum(natural)
        scaled = [round(scale * width) for width in natural]
        excess = sum(scaled) - total
        while excess:
            step = -1 if excess > 0 else 1
            order = range(len(scaled)) if excess > 0 else range(len(scaled) - 1, -1, -1)
            for column in order:
                scaled[column] += step
                excess += step
                if not excess:
                    break
        return scaled

    def fits(self, widths: list[int]) -> bool:
        """Whether every cell fits into ``widths`` with its two leading blanks."""
        return all(
            text + _PADDING - (number > 0) <= width
            for number, (text, width) in enumerate(zip(self._widest, widths, strict=True))
        )

    def upright(self) -> Section:
        """The same with one row for each header and its value, for a section of a single row."""
        turned = Section(self.title, self.level)
        turned.add_rows(2, zip(self.headers, self.rows[0], strict=False))
        return turned

    def _stretch(self, rows: list[Sequence[str]]) -> None:
        widest = [max(map(display_width, cells)) for cells in zip(*rows, strict=True)]
        if not self._widest:
            self._widest = widest
        elif len(widest) > len(self._widest):
            raise AwsShadowError("list index out of range")
        else:
            for column, width in enumerate(widest):
                self._widest[column] = max(width, self._widest[column])


def display_width(text: str) -> int:
    """Columns ``text`` takes: two for a wide, fullwidth or ambiguous character, one for any other."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def draw(sections: list[Section], terminal: int, coloured: bool) -> Iterator[Line]:
    """The lines of a table of ``sections``, of which there is at least one.

    One wider than ``terminal`` columns gets its single rows turned upright; it is never cut.
    """
    width = max(section.width() for section in sections)
    if width > terminal:
        sections = [s.upright() if s.headers and len(s.rows) == 1 else s for s in sections]
        width = max(section.width() for section in sections)
    yield ("-" * width + "\n",)
    for section in sections:
        bars = (_BAR if coloured else "|") * section.level
        for text in _lines(section, width - 2 * section.level, coloured):
            yield bars, text, bars, "\n"


def _lines(section: Section, width: int, coloured: bool) -> Iterator[str]:
    if section.title:
        yield _centred(section.title, width, "|")
        if not section.headers and not section.rows:
            yield f"+{'-' * (width - 2)}+"
    widths = section.column_widths(width)
    if not widths:
        return
    rule = _rule(widths)
    if section.headers:
        yield rule
        cells = zip(section.headers, widths, strict=False)
        yield "".join([_centred(text, size, "" if number else "|") for number, (text, size) in enumerate(cells)])
    if section.rows:
        yield rule
        yield from _coloured_rows(section.rows, widths) if coloured else _rows(section, widths)
        yield rule


def _rule(widths: list[int]) -> str:
    return "".join([("" if number else "+") + "-" * (w - 1 - (not number)) + "+" for number, w in enumerate(widths)])


def _rows(section: Section, widths: list[int]) -> Iterator[str]:
    """The rows without colours: a template where each character takes one column and all cells fit."""
    template = None
    if section.fits(widths):
        template = "".join(["|", *[f"  %-{width - 3 - (not number)}s|" for number, width in enumerate(widths)]])
    for row in section.rows:
        line = template % tuple(row) if template else ""
        yield line if line and line.isascii() else _row(row, row, widths)


def _coloured_rows(rows: list[Sequence[str]], widths: list[int]) -> Iterator[str]:
    for row in rows:
        yield _row(row, [f"\x1b[1m\x1b[34m{text}\x1b[0m" for text in row], widths)


def _row(row: Sequence[str], shown: Sequence[str], widths: list[int]) -> str:
    """A row whose cells are written as ``shown``, aligned by the width of what is in ``row``."""
    parts = ["|"]
    for number, (text, written, width) in enumerate(zip(row, shown, widths, strict=False)):
        room = width - 1 - (not number) - display_width(text)
        padding = 2 if room >= 2 else 0
        parts.append(f"{' ' * padding}{written}{' ' * (room - padding)}|")
    return "".join(parts)


def _centred(text: str, width: int, edge: str) -> str:
    """``text`` in the middle of ``width`` columns, between the left ``edge`` and a bar."""
    size = display_width(text)
    before = width // 2 - size // 2 - 1
    return f"{edge}{' ' * before}{text}{' ' * (width - 1 - len(edge) - max(before, 0) - size)}|"
