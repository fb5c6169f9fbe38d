"""``jsonl``: one compact JSON value a line for each item of the result."""

from __future__ import annotations

from json import JSONEncoder

from awsshadow.errors import AwsShadowError
from awsshadow.output.rows import RowPrinter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class JsonLinesPrinter(RowPrinter):
    """Prints what ``json`` would as the elements of a list, without blanks and line breaks."""

    def text(self, values: list[Any]) -> str:
        lines: list[str] = []
        try:
            for value in values:
                lines.append(compact(value) + "\n")
        finally:
            self.written = "".join(lines)
        return self.written


def _other(value: Any) -> str:
    if not hasattr(value, "isoformat"):  # a query may end in an expression of the query language
        raise AwsShadowError("Encountered unrecognized type in JSON encoder.")
    return str(value.isoformat())  # the timestamps of a sample response


#: ``value`` as JSON on one line.
compact = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_other).encode
