"""Sections of rows drawn as a table of a given width (contract, output 1.3, layout and rendering)."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    #: The widths of a section's columns, as it stands and turned upright.
    Columns = tuple[tuple[int, ...], tuple[int, ...]]
    #: The parts of one line: what the reference writes at once, for its nesting level and its text.
    Line = tuple[str, ...]

#: Blanks and edges a cell takes beside its text.
_PADDING = 4

#: A bar that shows a nesting level, in dim yellow.
_BAR = "\x1b[2m\x1b[33m|\x1b[0m"


class Section:
    """A title, column headers, rows of text, and how wide each column must be.

    The title may be None: then none is drawn, but room is kept for the word, as the reference does.
    ``known`` is ``columns()`` of an earlier look at the same section; then nothing is measured again.
    """

    __slots__ = ("_columns", "_first", "_known", "headers", "level", "rows", "title", "widest")

    def __init__(self, title: str | None, level: int, known: Columns | None = None) -> None:
        self.title = title
        self.level = level
        self.headers: tuple[str, ...] = ()
        self.rows: list[Sequence[str]] = []
        self._columns: int | None = None
        self._known = known
        self.widest: tuple[int, ...] = known[0] if known else ()
        #: The widest cell of the first row.
        self._first = 0

    def add_header(self, headers: tuple[str, ...]) -> None:
        """Set the column headers; they decide the number of columns unless a row did."""
        if self._known is None:
            self._stretch(_widths(headers))
        self._columns = len(headers) if self._columns is None else self._columns
        self.headers = headers

    def add_row(self, values: list[Any]) -> None:
        """Add a row. Raises AwsShadowError if it has not as many cells as the first one."""
        texts = [str(value) for value in values]
        self._check(len(texts))
        self.rows.append(texts)
        if self._known is None:
            widths = tuple([len(text) if text.isascii() else display_width(text) for text in texts])
            if len(self.rows) == 1:
                self._first = max(widths, default=0)
            self._stretch(widths)

    def add_rows(self, size: int, rows: Iterable[Sequence[str]]) -> None:
        """Add ``rows`` of ``size`` cells each. Raises AwsShadowError if other rows have more or fewer."""
        self._check(size)
        added = list(rows)
        if self._known is None:
            if added and not self.rows:
                self._first = max(map(display_width, added[0]), default=0)
            self._stretch(tuple([max(map(display_width, cells)) for cells in zip(*added, strict=True)]))
        self.rows.extend(added)

    def widths(self) -> tuple[int, int]:
        """Columns the section needs as it stands and upright, with its own edges and those of the levels above."""
        title = display_width(str(self.title))
        tables = [max(title, sum(widest) + _PADDING * len(widest)) + 2 + 2 * self.level for widest in self.columns()]
        return tables[0], tables[1]

    def column_widths(self, total: int) -> tuple[int, ...]:
        """Widths of the columns, edges included, scaled so that they fill ``total``."""
        return _scaled(self.widest, total)

    def columns(self) -> Columns:
        """The widths of the columns, as the section stands and turned upright."""
        if self._known is not None:
            return self._known
        return self.widest, (max(_widths(self.headers)), self._first) if self.turns else self.widest

    @property
    def turns(self) -> bool:
        """Whether the section has a single row, which can be turned upright."""
        return bool(self.headers) and len(self.rows) == 1

    def fits(self, widths: Sequence[int]) -> bool:
        """Whether every cell fits into ``widths`` with its two leading blanks."""
        return all(
            text + _PADDING - (number > 0) <= width
            for number, (text, width) in enumerate(zip(self.widest, widths, strict=True))
        )

    def upright(self) -> Section:
        """The same with one row for each header and its value, for a section of a single row."""
        widest = self.columns()[1]
        turned = Section(self.title, self.level, (widest, widest))
        turned.add_rows(2, zip(self.headers, self.rows[0], strict=False))
        return turned

    def _check(self, size: int) -> None:
        if self._columns is None:
            self._columns = size
        elif size != self._columns:
            raise AwsShadowError(f"Row should have {self._columns} elements, instead it has {size}")

    def _stretch(self, widths: tuple[int, ...]) -> None:
        if not self.widest:
            self.widest = widths
        elif len(widths) > len(self.widest):
            raise AwsShadowError("list index out of range")
        else:
            self.widest = tuple(map(max, self.widest, widths)) + self.widest[len(widths) :]


def display_width(text: str) -> int:
    """Columns ``text`` takes: two for a wide, fullwidth or ambiguous character, one for any other."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


@lru_cache(maxsize=1000)
def _widths(texts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(map(display_width, texts))


class Measure:
    """The widths of a table, found by looking at each of its sections once.

    ``columns`` are those of each section, in order; most are alike, and equal ones are one object.
    """

    def __init__(self) -> None:
        self._width = 0
        self._upright = 0
        self._distinct: dict[Columns, Columns] = {}
        self.columns: list[Columns] = []

    def add(self, section: Section) -> None:
        """Take ``section`` into account."""
        columns = section.columns()
        self.columns.append(self._distinct.setdefault(columns, columns))
        width, upright = section.widths()
        self._width = max(self._width, width)
        self._upright = max(self._upright, upright)

    def pen(self, terminal: int, coloured: bool, put: Callable[[Line], None]) -> Pen:
        """What draws the sections; a table wider than ``terminal`` columns gets its single rows turned upright."""
        turned = self._width > terminal
        return Pen(self._upright if turned else self._width, turned, coloured, put)


class Pen:
    """Draws section after section, a line at a time through ``put``; the table is never cut."""

    def __init__(self, width: int, turned: bool, coloured: bool, put: Callable[[Line], None]) -> None:
        self._width = width
        self._turned = turned
        self._coloured = coloured
        self._put = put
        put(("-" * width + "\n",))

    def add(self, section: Section) -> None:
        """Draw ``section``."""
        if self._turned and section.turns:
            section = section.upright()
        bars = (_BAR if self._coloured else "|") * section.level
        for text in _lines(section, self._width - 2 * section.level, self._coloured):
            self._put((bars, text, bars, "\n"))


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


# Most sections of a listing look alike: these are asked the same again and again.
@lru_cache(maxsize=1000)
def _scaled(widest: tuple[int, ...], total: int) -> tuple[int, ...]:
    natural = [width + _PADDING for width in widest]
    if not natural:
        return ()
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
    return tuple(scaled)


@lru_cache(maxsize=1000)
def _rule(widths: tuple[int, ...]) -> str:
    return "".join([("" if number else "+") + "-" * (w - 1 - (not number)) + "+" for number, w in enumerate(widths)])


def _rows(section: Section, widths: tuple[int, ...]) -> Iterator[str]:
    """The rows without colours: a template where each character takes one column and all cells fit."""
    template = _template(widths) if section.fits(widths) else None
    for row in section.rows:
        line = template % tuple(row) if template else ""
        yield line if line and line.isascii() else _row(row, row, widths)


@lru_cache(maxsize=1000)
def _template(widths: tuple[int, ...]) -> str:
    return "".join(["|", *[f"  %-{width - 3 - (not number)}s|" for number, width in enumerate(widths)]])


def _coloured_rows(rows: list[Sequence[str]], widths: tuple[int, ...]) -> Iterator[str]:
    for row in rows:
        yield _row(row, [f"\x1b[1m\x1b[34m{text}\x1b[0m" for text in row], widths)


def _row(row: Sequence[str], shown: Sequence[str], widths: tuple[int, ...]) -> str:
    """A row whose cells are written as ``shown``, aligned by the width of what is in ``row``."""
    parts = ["|"]
    for number, (text, written, width) in enumerate(zip(row, shown, widths, strict=False)):
        room = width - 1 - (not number) - display_width(text)
        padding = 2 if room >= 2 else 0
        parts.append(f"{' ' * padding}{written}{' ' * (room - padding)}|")
    return "".join(parts)


@lru_cache(maxsize=1000)
def _centred(text: str, width: int, edge: str) -> str:
    """``text`` in the middle of ``width`` columns, between the left ``edge`` and a bar."""
    size = display_width(text)
    before = width // 2 - size // 2 - 1
    return f"{edge}{' ' * before}{text}{' ' * (width - 1 - len(edge) - max(before, 0) - size)}|"
