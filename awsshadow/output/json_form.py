"""``json``: four spaces, members in the order of the document (behaviour: output 1.1)."""

from __future__ import annotations

import re
from contextlib import suppress
from json.encoder import JSONEncoder, encode_basestring

from awsshadow.errors import AwsShadowError
from awsshadow.output.printing import BufferedPrinter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

_INDENT = "    "

_CONSTANTS = {None: "null", True: "true", False: "false"}

_INFINITY = float("inf")

#: Where an object stands and the names of its members -> its text, with places for the values.
_LAYOUTS: dict[tuple[str, ...], list[str]] = {}
_MOST_LAYOUTS = 256
#: An object with more members is a map, and each has names of its own.
_MOST_NAMES = 64


class JsonPrinter(BufferedPrinter):
    """Prints what ``json.dump(..., indent=4, ensure_ascii=False)`` would, in a fraction of its time."""

    def text(self, document: Any) -> str:
        try:
            return render(document)
        except AwsShadowError:
            self.put(_before_refusal(document))
            raise

    def items(self, values: list[Any], first: bool) -> str:
        line = "\n" + _INDENT * 2
        try:
            texts = [encode(value, line) for value in values]
        except RecursionError:
            texts = [_deep(value, line) for value in values]
        return ("[" if first else ",") + line + f",{line}".join(texts)

    def frame(self, key: str, members: dict[str, Any]) -> tuple[str, str]:
        line = "\n" + _INDENT
        rest = [f",{line}{encode_basestring(name)}: {encode(value, line)}" for name, value in members.items()]
        return f"{{{line}{encode_basestring(key)}: ", f"{line}]{''.join(rest)}\n}}\n"

    def unit(self, text: str, index: int) -> tuple[int, int]:
        return unit(text, index)


def render(document: Any) -> str:
    """``document`` as JSON, with its final newline."""
    try:
        return encode(document) + "\n"
    except RecursionError:
        return _deep(document) + "\n"


def _deep(value: Any, line: str = "\n") -> str:
    """What ``encode`` returns, for a value that is too deep for it: as many levels as the reference writes."""
    return "".join(JSONEncoder(indent=4, ensure_ascii=False).iterencode(value)).replace("\n", line)


def pieces(document: Any) -> Iterator[str]:
    """The same in the pieces that ``json.dump`` writes one by one."""
    yield from JSONEncoder(indent=4, ensure_ascii=False).iterencode(document)
    yield "\n"


def encode(value: Any, line: str = "\n") -> str:
    """``value`` as JSON; ``line`` is the newline and the indentation of the line it stands on.

    Numbers are written as Python writes them, so NaN and infinities appear bare.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        return _object(value, line) if value else "{}"
    if isinstance(value, list):
        if not value:
            return "[]"
        inner = line + _INDENT
        return f"[{inner}{(',' + inner).join([encode(element, inner) for element in value])}{line}]"
    return _scalar(value)


def _object(members: dict[str, Any], line: str) -> str:
    """An object that is not empty. The items of a listing have few sets of names: each is laid out once."""
    inner = line + _INDENT
    kind = (line, *members)
    pieces = (_LAYOUTS.get(kind) or _layout(kind, inner)).copy()
    # Most members are texts, and a call of this module for each of them is a fifth of the work.
    pieces[1::2] = [encode_basestring(m) if type(m) is str else encode(m, inner) for m in members.values()]
    return "".join(pieces)


def _layout(kind: tuple[str, ...], inner: str) -> list[str]:
    """What stands before, between and after the values of an object; the values have the odd places."""
    line, *names = kind
    pieces = ["{"]
    for name in names:
        pieces += [f"{pieces.pop()}{inner}{encode_basestring(name)}: ", "", ","]
    pieces[-1] = line + "}"
    if len(_LAYOUTS) < _MOST_LAYOUTS and len(names) <= _MOST_NAMES:
        _LAYOUTS[kind] = pieces
    return pieces


def _scalar(value: float | bool | datetime | None) -> str:
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - only NaN differs from itself
            return "NaN"
        if value in (_INFINITY, -_INFINITY):
            return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, (float, int)):
        return repr(value)
    if not hasattr(value, "isoformat"):  # a query may end in an expression of the query language
        raise AwsShadowError("Encountered unrecognized type in JSON encoder.")
    return encode_basestring(value.isoformat())  # the timestamps of a sample response


def _before_refusal(document: Any) -> str:
    """What ``json.dump`` has written of ``document`` when it comes to a value that JSON has no word for."""
    written: list[str] = []
    with suppress(TypeError):
        written.extend(JSONEncoder(indent=4, ensure_ascii=False).iterencode(document))
    return "".join(written)


def unit(text: str, index: int) -> tuple[int, int]:
    """Start and end of the piece around ``index`` that ``json.dump`` writes at once.

    That is a string, and for an element of a list also the bracket or comma and the line break
    before it.
    """
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"', text, re.DOTALL):
        start, end = token.span()
        if index < end:
            if start and text[start - 2 : start] != ": " and text[end : end + 1] != ":":
                start = len(text[:start].rstrip()) - 1
            return start, end
    return 0, len(text)
