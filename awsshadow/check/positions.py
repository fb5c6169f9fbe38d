"""Where the parts of a document stand: a path of names and indexes -> a line.

Only looked up once something is wrong, in a document that is known to be well-formed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined] # what json itself reads strings with

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.check.judge import Path

_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^,\]} \t\n\r]+")


class Lines:
    """The lines, from 1, on which the values of a document begin; members begin where their names do."""

    def __init__(self) -> None:
        self._found: dict[Path, int] = {(): 1}

    def add(self, path: Path, line: int) -> None:
        """Say where a value begins; of one name that stands twice the last counts."""
        self._found[path] = line

    def of(self, path: Path) -> int:
        """The line of the value at ``path``, or of the innermost part on the way that is there."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]


def json_lines(text: str) -> Lines:
    """The lines of a well-formed JSON text."""
    lines = Lines()
    # What is nested more deeply than that is on the line of what it is in.
    with suppress(RecursionError):
        _JsonReader(text, lines).value(_skip(text, 0), ())
    return lines


class _JsonReader:
    def __init__(self, text: str, lines: Lines) -> None:
        self._text = text
        self._lines = lines
        #: How far lines have been counted, and how many there were.
        self._counted = (0, 1)

    def value(self, at: int, path: Path, line: int | None = None) -> int:
        """Note the value at ``at`` and what is in it; where it ends."""
        self._lines.add(path, self._line(at) if line is None else line)
        first = self._text[at]
        if first == '"':
            return int(scanstring(self._text, at + 1, False)[1])
        if first == "{":
            return self._object(at, path)
        if first == "[":
            return self._list(at, path)
        found = _SCALAR.match(self._text, at)
        assert found is not None
        return found.end()

    def _object(self, at: int, path: Path) -> int:
        at = _skip(self._text, at + 1)
        while self._text[at] != "}":
            line = self._line(at)
            key, at = scanstring(self._text, at + 1, False)
            at = _skip(self._text, _skip(self._text, at) + 1)
            at = self._after(self.value(at, (*path, key), line))
        return at + 1

    def _list(self, at: int, path: Path) -> int:
        at, index = _skip(self._text, at + 1), 0
        while self._text[at] != "]":
            at = self._after(self.value(at, (*path, index)))
            index += 1
        return at + 1

    def _after(self, at: int) -> int:
        """Where the next element begins, or the end of what they are in."""
        at = _skip(self._text, at)
        return _skip(self._text, at + 1) if self._text[at] == "," else at

    def _line(self, at: int) -> int:
        before, count = self._counted
        count += self._text.count("\n", before, at)
        self._counted = (at, count)
        return count


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()


def yaml_lines(node: Any) -> Lines:
    """The lines of a YAML document, from its nodes; None for an empty one."""
    lines = Lines()
    if node is None:
        return lines
    with suppress(RecursionError):
        _note(node, (), node.start_mark.line + 1, lines, frozenset())
    return lines


def _note(node: Any, path: Path, line: int, lines: Lines, above: frozenset[int]) -> None:
    lines.add(path, line)
    if id(node) in above:
        return  # an anchor within what it names
    above |= {id(node)}
    if node.id == "sequence":
        for index, item in enumerate(node.value):
            _note(item, (*path, index), item.start_mark.line + 1, lines, above)
    elif node.id == "mapping":
        for key, value in node.value:
            if key.id == "scalar":
                _note(value, (*path, key.value), key.start_mark.line + 1, lines, above)
