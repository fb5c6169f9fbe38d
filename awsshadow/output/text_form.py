"""``text``: rows of scalars separated by tabs, page by page (behaviour: output 1.2, output 3.5).

::

    value   scalar               str(value)
            object               [LABEL] scalars in key order, then each container member, labelled by its key
            list with objects    one row an element over the union of their scalar keys, then their containers
            list with lists      its scalars, then each list, under the same label
            list of scalars      one row; one a scalar if there is a label
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.output.merge_pages import find, place
from awsshadow.output.printing import Printer, write_strictly

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from awsshadow.output.merge_pages import Pages


class TextPrinter(Printer):
    """Prints rows as soon as they are known; a reader that goes away is an error here."""

    prints_as_it_reads = True

    def document(self, operation: str, document: Any) -> None:  # noqa: ARG002 - the interface of a printer
        try:
            self._show(document)
        except OSError as error:
            self._unread(error)
        finally:
            self.screen.flush()

    def pages(self, operation: str, pages: Pages) -> None:  # noqa: ARG002 - the interface of a printer
        try:
            first = True
            for page in pages:
                part = dict(pages.non_aggregate) if first else {}
                first = False
                for key in pages.result_keys:
                    place(part, key, find(key, page))
                self._show(part)
            if pages.resume_token:
                self._show({"NextToken": {"NextToken": pages.resume_token}})
        except OSError as error:
            self._unread(error)
        finally:
            self.screen.flush()

    def _show(self, document: Any) -> None:
        rows: list[str] = []
        try:
            add_rows(rows, self.selected(document))
        finally:
            if rows:
                self._put([self.screen.painted(row, "text") for row in rows])

    def _put(self, rows: list[str]) -> None:
        try:
            self.screen.write("".join(rows))
        except UnicodeEncodeError:
            for row in rows:
                write_strictly(self.screen, row)

    def _unread(self, error: OSError) -> None:
        if not self.screen.paged:
            self.screen.forget()
            raise AwsShadowError(str(error)) from error


def render(document: Any) -> str:
    """``document`` as text, with its final newline."""
    rows: list[str] = []
    add_rows(rows, document)
    return "".join(rows)


def pieces(document: Any) -> list[str]:
    """The same, each row apart from its newline."""
    rows: list[str] = []
    add_rows(rows, document)
    return [piece for row in rows for piece in (row[:-1], "\n")]


def add_rows(rows: list[str], value: Any, label: str | None = None) -> None:
    """Add the rows of ``value``, each with its newline, under ``label`` (a key) to ``rows``.

    Raises AwsShadowError for a list that holds objects and other things, after the rows before it.
    """
    if isinstance(value, dict):
        scalars, containers = [], []
        for key in sorted(value):
            if isinstance(value[key], (dict, list)):
                containers.append(key)
            else:
                scalars.append(str(value[key]))
        if scalars:
            rows.append(_row(scalars, label))
        for key in containers:
            add_rows(rows, value[key], key)
    elif isinstance(value, list):
        _add_list(rows, value, label)
    else:
        rows.append(f"{value}\n")


def _add_list(rows: list[str], values: list[Any], label: str | None) -> None:
    if any(isinstance(element, dict) for element in values):
        _add_objects(rows, values, label)
        return
    scalars = [str(element) for element in values if not isinstance(element, list)]
    if scalars:
        rows.extend([f"{label.upper()}\t{text}\n" for text in scalars] if label is not None else [_row(scalars)])
    for element in values:
        if isinstance(element, list):
            add_rows(rows, element, label)


def _add_objects(rows: list[str], elements: list[Any], label: str | None) -> None:
    columns = sorted(_scalar_keys(elements))
    known = set(columns)
    for element in elements:
        if columns:
            rows.append(_row([str(element.get(key, "")) for key in columns], label))
        for key in sorted(set(element) - known):
            add_rows(rows, element[key], key)


def _scalar_keys(elements: Iterable[Any]) -> set[str]:
    """The keys under which at least one of the objects ``elements`` holds a scalar."""
    keys: set[str] = set()
    for element in elements:
        if not isinstance(element, dict):
            raise AwsShadowError(f"'{type(element).__name__}' object has no attribute 'items'")
        for key, value in element.items():
            if key not in keys and not isinstance(value, (dict, list)):
                keys.add(key)
    return keys


def _row(cells: list[str], label: str | None = None) -> str:
    row = "\t".join(cells)
    return f"{row}\n" if label is None else f"{label.upper()}\t{row}\n"
