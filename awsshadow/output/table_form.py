"""``table``: an answer as sections of rows (contract, output 1.3). How they are drawn: ``table_layout``.

::

    object                 a row of its scalars under their keys, then a section for each container
    list of objects        a row each under all their scalar keys; if there are containers, a section each
    any other list         a row for each scalar and for each element that holds only scalars
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.output.printing import BufferedPrinter, write_strictly
from awsshadow.output.screen import Screen
from awsshadow.output.table_layout import Measure, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Any

    from awsshadow.output.table_layout import Columns
    from awsshadow.streams import Streams

#: Lines joined into one write.
_BATCH = 500

_RESET = "\x1b[0m"


class TablePrinter(BufferedPrinter):
    """Prints a table. Widths are known after the last row only, so all pages are kept as values."""

    spoolable = False

    def show(self, operation: str, document: Any) -> None:
        if self.screen.on_terminal:
            document = _cleaned(document, self.screen)
        # The reference resets the terminal after each of its writes, however small.
        reset = _RESET if self._coloured() and not self.screen.paged else ""
        batch: list[tuple[str, ...]] = []

        def put(line: tuple[str, ...]) -> None:
            batch.append(tuple([piece + reset for piece in line]) if reset else line)
            if len(batch) == _BATCH:
                self._put(batch)
                batch.clear()

        draw(operation, document, self.screen.width(), self._coloured(), put)
        if batch:
            self._put(batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._coloured():
            self.screen.reset_colour()

    def _coloured(self) -> bool:
        return self.color == "on" or (self.color == "auto" and self.screen.on_terminal)

    def _put(self, lines: list[tuple[str, ...]]) -> None:
        try:
            self.screen.write("".join(["".join(line) for line in lines]))
        except UnicodeEncodeError:
            for line in lines:
                for piece in line:
                    write_strictly(self.screen, piece)


def _cleaned(value: Any, screen: Screen) -> Any:
    """``value`` with every text as ``screen`` may show it; done before the table adds its colours."""
    if isinstance(value, str):
        return screen.printable(value)
    if isinstance(value, list):
        return [_cleaned(element, screen) for element in value]
    if isinstance(value, dict):
        return {screen.printable(key): _cleaned(member, screen) for key, member in value.items()}
    return value


def render(title: str, document: Any, color: str, streams: Streams | None) -> str:
    """``document`` as a table called ``title``, with its final newline."""
    screen = None if streams is None else Screen(streams, None)
    coloured = color == "on" or (color == "auto" and screen is not None and screen.on_terminal)
    lines: list[tuple[str, ...]] = []
    draw(title, document, 80 if screen is None else screen.width(), coloured, lines.append)
    return "".join(["".join(line) for line in lines])


def draw(title: str, document: Any, terminal: int, coloured: bool, put: Callable[[tuple[str, ...]], None]) -> None:
    """Hand the lines of ``document`` as a table to ``put``, each in the parts the reference writes.

    The document is walked twice, for the widths and for the lines, so that no more than one section
    of it is held besides. Raises AwsShadowError, before any line is put, if rows of one section
    have different lengths, and with Python's words for a list that begins with an object and goes
    on with something else.
    """
    if not document:
        return
    measure = Measure()
    try:
        build(title, document, measure.add)
    except TypeError as error:
        raise AwsShadowError(str(error)) from error
    build(title, document, measure.pen(terminal, coloured, put).add, measure.columns)


def build(title: str, document: Any, take: Callable[[Section], None], columns: Iterable[Columns] | None = None) -> None:
    """Hand the sections of ``document``, which is not empty, to ``take`` one after the other.

    ``columns`` are the widths of their columns, where an earlier walk has found them.
    """
    sections = _Sections(take, None if columns is None else iter(columns))
    _add(sections, title, document, 0)
    sections.close()


class _Sections:
    """The section being filled. The ones before it are handed on as soon as they are whole."""

    def __init__(self, take: Callable[[Section], None], columns: Iterator[Columns] | None) -> None:
        self._take = take
        self._columns = columns
        self._open: Section | None = None

    @property
    def last(self) -> Section:
        assert self._open is not None
        return self._open

    def begin(self, title: str | None, level: int) -> None:
        self.close()
        self._open = Section(title, level, next(self._columns) if self._columns is not None else None)

    def close(self) -> None:
        if self._open is not None:
            self._take(self._open)


def _add(sections: _Sections, title: str | None, value: Any, level: int) -> None:
    """Add ``value`` as a section of its own, or without a ``title`` to the last one."""
    if not value:
        return
    if title is not None:
        sections.begin(title, level)
    if isinstance(value, dict):
        _add_object(sections, value, level)
    elif isinstance(value, list):
        if isinstance(value[0], dict):
            _add_objects(sections, title, value, level)
        else:
            _add_elements(sections, value)


def _add_object(sections: _Sections, value: dict[str, Any], level: int) -> None:
    scalars, containers = _keys([value])
    if len(scalars) == 1:
        sections.last.add_row([scalars[0], value[scalars[0]]])
    elif scalars:
        sections.last.add_header(tuple(scalars))
        sections.last.add_row([value[key] for key in scalars])
    for key in containers:
        _add(sections, key, value[key], level + 1)


def _add_objects(sections: _Sections, title: str | None, elements: list[Any], level: int) -> None:
    scalars, containers = _keys(elements)
    headers = tuple([str(key) for key in scalars])
    sections.last.add_header(headers)
    if not containers:
        rows = (tuple([str(element.get(key, "")) for key in scalars]) for element in elements)
        sections.last.add_rows(len(scalars), rows)
        return
    for number, element in enumerate(elements):
        if number:
            sections.begin(title, level)
            sections.last.add_header(headers)
        sections.last.add_row([element.get(key, "") for key in scalars])
        for key in containers:
            if key in element:
                _add(sections, key, element[key], level + 1)


def _add_elements(sections: _Sections, elements: list[Any]) -> None:
    for element in elements:
        if not isinstance(element, (dict, list)):
            sections.last.add_row([element])
        elif any(isinstance(part, (dict, list)) for part in element):
            _add(sections, None, element, 0)
        else:
            sections.last.add_row(list(element))


def _keys(elements: Iterable[Any]) -> tuple[list[str], list[str]]:
    """The keys that hold a scalar and those that hold a container in any of ``elements``, sorted."""
    scalars: set[str] = set()
    containers: set[str] = set()
    for element in elements:
        for key in element:
            (containers if isinstance(element[key], (dict, list)) else scalars).add(key)
    return sorted(scalars), sorted(containers)
