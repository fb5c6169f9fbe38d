"""Results as a person reads them on a terminal, when that was asked for: colour, links, times, tables that fit.

Text is painted line by line as it is written, so that a listing of any size streams. Control characters have been
made visible before; the only ones here are those of the painting itself.
"""

from __future__ import annotations

import re
from time import time

from awsshadow.output.console_links import ARN, linked, linked_arns
from awsshadow.terminal.times import local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_KEY, _TEXT, _NUMBER, _WORD = "\x1b[34;1m", "\x1b[32m", "\x1b[36m", "\x1b[33m"
_RESET = "\x1b[0m"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

#: Indentation, perhaps a name and a colon, a value, and what ends the line.
_JSON_LINE = re.compile(r'(\s*)(?:("(?:[^"\\]|\\.)*")(: ))?(.*?)(,?)', re.DOTALL)
#: Indentation with dashes, perhaps a name and a colon, a value.
_YAML_LINE = re.compile(
    r"""(\s*(?:-[ ])*)
        (?:("(?:[^"\\]|\\.)*" | '(?:[^']|'')*' | [^\s'"\#\[{&*!|>%@`][^:]*?)(:)(?=\s|$))?
        (.*)""",
    re.DOTALL | re.VERBOSE,
)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|-?Infinity|NaN|-?\.inf|\.nan")
_WORDS = frozenset(("true", "false", "null"))
_BRACKETS = frozenset(("", "{", "}", "[", "]", "{}", "[]", "-"))


class TerminalView:
    """How results are shown. ``fits`` is the width tables are folded to, None for as wide as they are."""

    def __init__(self, colours: bool, links: bool, times: bool, fits: int | None) -> None:
        self.colours = colours
        self.links = links
        self.times = times
        self.fits = fits
        self._now = time()
        self._unfinished = ""
        #: The quote that a text of several YAML lines began with.
        self._quote = ""

    def painted(self, text: str, form: str) -> str:
        """``text``, a part of a result in ``form`` (``json``, ``yaml`` or ``text``): the lines that end in it."""
        paint = self._painter(form)
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        return "".join([paint(line) + "\n" for line in lines])

    def rest(self, form: str) -> str:
        """What has not been returned: a last line without an end."""
        unfinished, self._unfinished = self._unfinished, ""
        return self._painter(form)(unfinished) if unfinished else ""

    def value(self, value: Any) -> Any:
        """A value of a table, times as they are read."""
        if isinstance(value, str):
            return self._moment(value) or value
        if isinstance(value, list):
            return [self.value(element) for element in value]
        if isinstance(value, dict):
            return {key: self.value(member) for key, member in value.items()}
        return value

    def _painter(self, form: str) -> Callable[[str], str]:
        return {"json": self._json, "yaml": self._yaml}.get(form, self._plain)

    def _plain(self, line: str) -> str:
        if self.times:
            line = _MOMENT.sub(lambda found: self._moment(found[0]) or found[0], line)
        return linked_arns(line) if self.links else line

    def _json(self, line: str) -> str:
        found = _JSON_LINE.fullmatch(line)
        assert found is not None
        indent, name, colon, value, comma = found.groups()
        head = "" if name is None else self._coloured(name, _KEY) + colon
        return f"{indent}{head}{self._value(value)}{comma}"

    def _yaml(self, line: str) -> str:
        if self._quote:
            return self._coloured(self._continued(line), _TEXT)
        found = _YAML_LINE.fullmatch(line)
        assert found is not None
        indent, name, colon, value = found.groups()
        head = "" if name is None else self._coloured(name, _KEY) + colon
        bare = value.lstrip(" ")
        blanks = value[: len(value) - len(bare)]
        if bare[:1] in ("'", '"') and not _is_closed(bare):
            self._quote = bare[0]
            return f"{indent}{head}{blanks}{self._coloured(bare, _TEXT)}"
        return f"{indent}{head}{blanks}{self._value(bare)}"

    def _continued(self, line: str) -> str:
        if _is_closed(self._quote + line.lstrip(" ")):
            self._quote = ""
        return line

    def _value(self, value: str) -> str:
        """A value of JSON or YAML, with its quotes if it has some."""
        if value in _BRACKETS:
            return value
        if value in _WORDS:
            return self._coloured(value, _WORD)
        if _NUMBERS.fullmatch(value):
            return self._coloured(value, _NUMBER)
        quote = value[0] if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1 else ""
        inner = value[1:-1] if quote else value
        shown = self._moment(inner) or inner
        if self.links and ARN.fullmatch(inner):
            shown = linked(inner)
        return self._coloured(f"{quote}{shown}{quote}", _TEXT)

    def _moment(self, text: str) -> str | None:
        return local(text, self._now) if self.times and _MOMENT.fullmatch(text) else None

    def _coloured(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_RESET}" if self.colours and text else text


def _is_closed(text: str) -> bool:
    """Whether a quoted text of YAML that begins ``text`` ends in it, too."""
    quote, rest = text[0], text[1:]
    if quote == "'":
        return (len(rest) - len(rest.rstrip("'"))) % 2 == 1
    bare = re.sub(r"\\.", "", rest)
    return bare.endswith('"')
