"""``csv`` and ``tsv``: a row an item, for spreadsheets and ``cut``.

::

    object          its members under a header; those that the model or the query has, in their order
    list            its elements; no header
    scalar          one cell
    cell            text as it is, true, false, a number, nothing for null, else compact JSON

``csv`` is that of RFC 4180 with ``\\n`` at the end of a line. ``tsv`` has no quotes: a tab, a line break and
a backslash in a cell are written as ``\\t``, ``\\n``, ``\\r`` and ``\\\\``. Characters that a spreadsheet takes for
the beginning of a formula are left as they are.
"""

from __future__ import annotations

from csv import writer
from io import StringIO

from awsshadow.errors import AwsShadowError
from awsshadow.output.jsonl_form import compact
from awsshadow.output.rows import RowPrinter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class SeparatedPrinter(RowPrinter):
    """Prints rows; all of one result have the same shape."""

    def line(self, cells: list[str]) -> str:
        """One row, with its line break."""
        raise NotImplementedError

    def begin(self, columns: list[str] | None) -> None:
        self._columns = columns
        #: Whether rows may lack columns: which they are is known without them.
        self._known = columns is not None
        self._shape: str | None = None
        self._rows = 0

    def alone(self, result: Any) -> list[Any]:
        return [] if result is None else [result]

    def finish(self) -> str:
        return self.line(self._columns) if self._columns and not self._rows else ""

    def text(self, values: list[Any]) -> str:
        lines: list[str] = []
        try:
            for value in values:
                lines += self._lines(value)
        finally:
            self.written = "".join(lines)
        return self.written

    def _lines(self, value: Any) -> list[str]:
        """The row of an item, before the first one the header. Raises AwsShadowError for one that does not fit."""
        self._rows += 1
        header: list[str] = []
        if isinstance(value, dict):
            if self._columns is None:
                self._columns = list(value)
            columns = self._columns
            fits = value.keys() <= set(columns) if self._known else value.keys() == set(columns)
            shape = _object(columns if fits else value)
            header = [self.line(columns)] if self._rows == 1 else []
            cells = [value.get(column) for column in columns]
        elif isinstance(value, list):
            shape, cells = f"a list of {len(value)}", value
        else:
            shape, cells = "a scalar", [value]
        if self._shape is None:
            self._shape = _object(self._columns) if isinstance(value, dict) and self._columns else shape
        if shape != self._shape:
            raise AwsShadowError(f"Row {self._rows} has another shape than those before it: {shape}, not {self._shape}")
        return [*header, self.line([_cell(cell) for cell in cells])]


def _object(members: Iterable[str]) -> str:
    return f"an object with {', '.join(members) or 'no members'}"


class CsvPrinter(SeparatedPrinter):
    """``csv``."""

    def line(self, cells: list[str]) -> str:
        text = StringIO()
        writer(text, lineterminator="\n").writerow(cells)
        return text.getvalue()


class TsvPrinter(SeparatedPrinter):
    """``tsv``."""

    def line(self, cells: list[str]) -> str:
        return "\t".join([cell.translate(_ESCAPES) for cell in cells]) + "\n"


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    text: str = compact(value)
    return text if not hasattr(value, "isoformat") else text[1:-1]
