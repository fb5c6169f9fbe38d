"""``table``: an answer as sections of rows (behaviour: output 1.3). How they are drawn: ``table_layout``.

::

    object                 a row of its scalars under their keys, then a section for each container
    list of objects        a row each under all their scalar keys; if there are containers, a section each
    any other list         a row for each scalar and for each element that holds only scalars
"""

from __future__ import annotations

from functools import lru_cache

from awsshadow.errors import AwsShadowError
from awsshadow.output.destination import Destination
from awsshadow.output.printing import BufferedPrinter, write_strictly
from awsshadow.output.table_layout import Table
from awsshadow.streams import RESET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from awsshadow.streams import Streams

#: Lines joined into one write.
_BATCH = 500


class TablePrinter(BufferedPrinter):
    """Prints a table. Widths are known after the last row only, so all pages are kept as values."""

    spoolable = False

    def show(self, operation: str, document: Any) -> None:
        if self.screen.on_terminal:
            document = _cleaned(document, self.screen)
        view = self.screen.view
        if view is not None and view.times:
            document = view.value(document)
        # The reference resets the terminal after each of its writes, however small.
        reset = RESET if self._coloured() and not self.screen.paged else ""
        batch: list[tuple[str, ...]] = []

        def put(line: tuple[str, ...]) -> None:
            batch.append(tuple([piece + reset for piece in line]) if reset else line)
            if len(batch) == _BATCH:
                self._put(batch)
                batch.clear()

        fitted = None if view is None or view.fits is None else (view.fits, view.links)
        draw(operation, document, self.screen.width(), self._coloured(), put, fitted)
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


def _cleaned(value: Any, screen: Destination) -> Any:
    """``value`` with every text as ``screen`` may show it; done before the table adds its colours."""
    if isinstance(value, str):
        return screen.printable(value)
    if isinstance(value, list):
        return [_cleaned(element, screen) for element in value]
    if isinstance(value, dict):
        return {screen.printable(key): _cleaned(member, screen) for key, member in value.items()}
    return value


def pieces(title: str, document: Any, color: str, streams: Streams | None) -> list[str]:
    """``document`` as a table called ``title``, with its final newline, in the parts that ``draw`` puts."""
    screen = None if streams is None else Destination(streams, None)
    coloured = color == "on" or (color == "auto" and screen is not None and screen.on_terminal)
    lines: list[tuple[str, ...]] = []
    draw(title, document, 80 if screen is None else screen.width(), coloured, lines.append)
    return [piece for line in lines for piece in line]


def draw(
    title: str,
    document: Any,
    terminal: int,
    coloured: bool,
    put: Callable[[tuple[str, ...]], None],
    fitted: tuple[int, bool] | None = None,
) -> None:
    """Hand ``document`` as a table to ``put``, in the parts the reference writes or larger ones of plain ASCII.

    ``fitted``, the width of the window and whether it has links: a table that is wider is folded to it.

    Raises AwsShadowError, before anything is put, if rows of one section have different lengths,
    and with Python's words for a list that begins with an object and goes on with something else.
    """
    if not document:
        return
    table = Table()
    try:
        _add(table, title, document, 0)
    except (AttributeError, IndexError, TypeError) as error:
        raise AwsShadowError(str(error)) from error
    if fitted is not None and table.width(terminal) > fitted[0]:
        from awsshadow.output import table_fitted

        table_fitted.draw(table.sections, fitted[0], coloured, fitted[1], put)
        return
    if fitted is not None and fitted[1]:
        from awsshadow.output.console_links import linked_arns

        table.draw(terminal, coloured, lambda line: put(tuple(map(linked_arns, line))))
        return
    table.draw(terminal, coloured, put)


def _add(table: Table, title: str | None, value: Any, level: int) -> None:
    """Add ``value`` as a section of its own, or without a ``title`` to the last one."""
    if not value:
        return
    if title is not None:
        table.begin(title, level)
    if isinstance(value, dict):
        _add_object(table, value, level)
    elif isinstance(value, list):
        if isinstance(value[0], dict):
            _add_objects(table, title, value, level)
        else:
            _add_elements(table, value)


def _add_object(table: Table, value: dict[str, Any], level: int) -> None:
    scalars, containers = _split(tuple(value), tuple(map(type, value.values())))
    if len(scalars) == 1:
        table.last.add_row([scalars[0], value[scalars[0]]])
    elif scalars:
        table.last.add_header(tuple(scalars))
        table.last.add_row([value[key] for key in scalars])
    for key in containers:
        _add(table, key, value[key], level + 1)


def _add_objects(table: Table, title: str | None, elements: list[Any], level: int) -> None:
    scalars, containers = _keys(elements)
    headers = tuple([str(key) for key in scalars])
    table.last.add_header(headers)
    if not containers:
        rows = (tuple([str(element.get(key, "")) for key in scalars]) for element in elements)
        table.last.add_rows(len(scalars), rows)
        return
    for number, element in enumerate(elements):
        if number:
            table.begin(title, level)
            table.last.add_header(headers)
        table.last.add_row([element.get(key, "") for key in scalars])
        for key in containers:
            if key in element:
                _add(table, key, element[key], level + 1)


def _add_elements(table: Table, elements: list[Any]) -> None:
    for element in elements:
        if not isinstance(element, (dict, list)):
            table.last.add_row([element])
        elif any(isinstance(part, (dict, list)) for part in element):
            if isinstance(element, list) and not isinstance(element[0], dict):
                _add_elements(table, element)  # a call a level, as in the reference, which bounds how deep lists may be
            else:
                _add(table, None, element, 0)
        else:
            table.last.add_row(list(element))


def _keys(elements: list[Any]) -> tuple[list[str], list[str]]:
    """The keys that hold a scalar and those that hold a container in any of ``elements``, sorted."""
    scalars: set[str] = set()
    containers: set[str] = set()
    if all(type(element) is dict for element in elements):
        # The elements of a listing are mostly alike.
        for keys, kinds in {(tuple(element), tuple(map(type, element.values()))) for element in elements}:
            some, others = _split(keys, kinds)
            scalars.update(some)
            containers.update(others)
    else:
        for element in elements:
            for key in element:
                (containers if isinstance(element[key], (dict, list)) else scalars).add(key)
    return sorted(scalars), sorted(containers)


@lru_cache(maxsize=1000)
def _split(keys: tuple[str, ...], kinds: tuple[type, ...]) -> tuple[list[str], list[str]]:
    """The ``keys`` of an object that hold a scalar and those that hold a container, sorted; do not change them."""
    containers = {key for key, kind in zip(keys, kinds, strict=True) if issubclass(kind, (dict, list))}
    return sorted(set(keys) - containers), sorted(containers)
