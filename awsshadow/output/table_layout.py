"""Sections of rows drawn as a table of a given width (behaviour: output 1.3)."""

from __future__ import annotations

from functools import lru_cache
from operator import gt
from unicodedata import east_asian_width

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    #: A width for each column.
    Widths = tuple[int, ...]
    #: Lines, or the parts of one that the reference writes at once, for its nesting level and its text.
    Pieces = tuple[str, ...]

#: Blanks and edges a cell takes beside its text.
_PADDING = 4

#: A bar that shows a nesting level, in dim yellow.
_BAR = "\x1b[2m\x1b[33m|\x1b[0m"


class Section:
    """A title, column headers, rows of text, and how wide each column must be.

    The title may be None: then none is drawn, but room is kept for the word, as the reference does.
    """

    __slots__ = ("_columns", "_first", "_widest_header", "ascii", "headers", "level", "rows", "title", "widest")

    def __init__(self, title: str | None, level: int) -> None:
        self.title = title
        self.level = level
        self.headers: tuple[str, ...] = ()
        self.rows: list[tuple[str, ...]] = []
        #: Whether the cells of the rows hold nothing else.
        self.ascii = True
        self.widest: Widths = ()
        self._columns: int | None = None
        #: The widest cell of the first row.
        self._first = 0
        self._widest_header = 0

    def add_header(self, headers: tuple[str, ...]) -> None:
        """Set the column headers; they decide the number of columns unless a row did."""
        widths, self._widest_header = _header_widths(headers)
        self._stretch(widths)
        self._columns = len(headers) if self._columns is None else self._columns
        self.headers = headers

    def add_row(self, values: Iterable[Any]) -> None:
        """Add a row. Raises AwsShadowError if it has not as many cells as the first one."""
        texts = tuple(map(str, values))
        if len(texts) != self._columns:
            self._check(len(texts))
        if "".join(texts).isascii():
            widths = tuple(map(len, texts))
        else:
            widths = tuple(map(display_width, texts))
            self.ascii = False
        if not self.rows:
            self._first = max(widths, default=0)
        self._stretch(widths)
        self.rows.append(texts)

    def add_rows(self, size: int, rows: Iterable[tuple[str, ...]]) -> None:
        """Add ``rows`` of ``size`` cells each. Raises AwsShadowError if other rows have more or fewer."""
        self._check(size)
        added = list(rows)
        if added and not self.rows:
            self._first = max(map(display_width, added[0]), default=0)
        widths = []
        for cells in zip(*added, strict=True):
            plain = all(map(str.isascii, cells))
            self.ascii = self.ascii and plain
            widths.append(max(map(len if plain else display_width, cells)))
        self._stretch(tuple(widths))
        self.rows.extend(added)

    @property
    def turns(self) -> bool:
        """Whether the section has a single row, which can be turned upright."""
        return bool(self.headers) and len(self.rows) == 1

    @property
    def widest_upright(self) -> Widths:
        """How wide each column must be when what can be turned upright is."""
        return (self._widest_header, self._first) if self.headers and len(self.rows) == 1 else self.widest

    def upright(self) -> Section:
        """The same with one row for each header and its value, for a section of a single row."""
        turned = Section(self.title, self.level)
        turned.rows = list(zip(self.headers, self.rows[0], strict=False))
        turned.widest = self.widest_upright
        return turned

    def _check(self, size: int) -> None:
        if self._columns is None:
            self._columns = size
        elif size != self._columns:
            raise AwsShadowError(f"Row should have {self._columns} elements, instead it has {size}")

    def _stretch(self, widths: Widths) -> None:
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
def _header_widths(headers: tuple[str, ...]) -> tuple[Widths, int]:
    """The width of each header, and the greatest of them."""
    widths = tuple(map(display_width, headers))
    return widths, max(widths, default=0)


class Table:
    """Sections one below the other, drawn when all of them are known; a table is never cut."""

    def __init__(self) -> None:
        self.sections: list[Section] = []

    def begin(self, title: str | None, level: int) -> None:
        """Begin a section."""
        self.sections.append(Section(title, level))

    @property
    def last(self) -> Section:
        """The section begun last."""
        return self.sections[-1]

    def width(self, terminal: int) -> int:
        """Columns the table takes on a terminal of so many."""
        turned = self._turned(terminal)
        return max([_width(section, section.widest_upright if turned else section.widest) for section in self.sections])

    def _turned(self, terminal: int) -> bool:
        return max([_width(section, section.widest) for section in self.sections]) > terminal

    def draw(self, terminal: int, coloured: bool, put: Callable[[Pieces], None]) -> None:
        """Hand the lines to ``put``; a table wider than ``terminal`` columns gets its single rows turned upright."""
        sections = self.sections
        turned = self._turned(terminal)
        width = self.width(terminal)
        put(("-" * width + "\n",))
        for section in sections:
            if coloured or not section.ascii or not _fill_in(section, width, turned, put):
                _draw(section.upright() if turned and section.turns else section, width, coloured, put)


def _width(section: Section, widest: Widths) -> int:
    """Columns ``section`` needs, with its own edges and those of the levels above."""
    columns = sum(widest) + _PADDING * len(widest)
    title = str(section.title)
    # A title takes at most two columns a character.
    return (columns if 2 * len(title) <= columns else max(display_width(title), columns)) + 2 + 2 * section.level


def _draw(section: Section, width: int, coloured: bool, put: Callable[[Pieces], None]) -> None:
    """Draw ``section`` line by line, as the reference writes it."""
    bars = (_BAR if coloured else "|") * section.level
    for line in _lines(section, width - 2 * section.level, coloured):
        put((bars, line, bars, "\n"))


def _lines(section: Section, width: int, coloured: bool) -> Iterator[str]:
    widths = _scaled(section.widest, width)
    yield from _head(section.title, section.headers, widths, width)
    if section.rows and widths:
        yield _rule(widths)
        for row in section.rows:
            yield _row(row, [f"\x1b[1m\x1b[34m{text}\x1b[0m" for text in row] if coloured else row, widths)
        yield _rule(widths)
    elif section.title and not section.headers and not section.rows:
        yield f"+{'-' * (width - 2)}+"


def _head(title: str | None, headers: Sequence[str], widths: Widths, width: int) -> list[str]:
    """The lines above the rows: the title, if there is one, and what the columns are called."""
    lines = [_centred(title, width, "|")] if title else []
    if headers:
        cells = zip(headers, widths, strict=False)
        names = [_centred(text, size, "" if number else "|") for number, (text, size) in enumerate(cells)]
        lines += [_rule(widths), "".join(names)]
    return lines


def _fill_in(section: Section, width: int, turned: bool, put: Callable[[Pieces], None]) -> bool:
    """Draw ``section``, whose cells are ASCII, by filling in a form; False if there is none for it."""
    rows = section.rows
    turned = turned and section.turns
    widest = section.widest_upright if turned else section.widest
    form = _form(section.title, section.level, section.headers, widest, width, turned)
    if form is None or not rows:
        return False
    above, row, below = form
    if len(rows) == 1:
        put((above + row % rows[0] + below,))
        return True
    put((above,))
    for texts in rows:
        put((row % texts,))
    put((below,))
    return True


# Most sections of a listing look alike: these are asked the same again and again.
@lru_cache(maxsize=1000)
def _form(
    title: str | None, level: int, headers: tuple[str, ...], widest: Widths, width: int, turned: bool
) -> tuple[str, str, str] | None:
    """What stands above the rows of a section, a row with ``%s`` for each of its cells, what stands below.

    ``turned`` is for a row that is turned upright: it has a line for each header. None if not all
    of it is ASCII, or if some cell has no room for its two leading blanks.
    """
    width -= 2 * level
    widths = _scaled(widest, width)
    room = [size - _PADDING + bool(number) for number, size in enumerate(widths)]
    if not room or any(map(gt, widest, room)):
        return None
    above = _head(title, () if turned else headers, widths, width)
    blanks = [f"  %-{size}s|" for size in room]
    if turned:
        row = ["|" + (blanks[0] % name).replace("%", "%%") + blanks[1] for name in headers]
    else:
        row = ["|" + "".join(blanks)]
    bars, rule = "|" * level, _rule(widths)
    texts = ["".join([f"{bars}{line}{bars}\n" for line in lines]) for lines in ([*above, rule], row, [rule])]
    return (texts[0], texts[1], texts[2]) if "".join(texts).isascii() else None


@lru_cache(maxsize=1000)
def _scaled(widest: Widths, total: int) -> Widths:
    """Widths of the columns, edges included, scaled so that they fill ``total``."""
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
def _rule(widths: Widths) -> str:
    return "".join([("" if number else "+") + "-" * (w - 1 - (not number)) + "+" for number, w in enumerate(widths)])


def _row(row: Sequence[str], shown: Sequence[str], widths: Widths) -> str:
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
