"""Text in lines of a given width, broken where a person would break it."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

#: Blanks; or a part of a path, an ARN, a name: up to what separates it from the next (not the colon and the point
#: inside a time or a version), or to the next capital.
_PARTS = re.compile(
    r"""\s+ | [A-Z]* (?:[^\sA-Z/\\,;=_:.-] | [:.](?=\d\d(?!\d)))* (?:[/\\,;=_-] | [:.](?!\d\d(?!\d)))*""", re.VERBOSE
)


def display_width(text: str) -> int:
    """Columns that a terminal takes for ``text``."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def fold(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns: broken at blanks, else in paths and names between
    their parts.

    Only a part that is wider than a whole line is broken in its middle.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _folded(paragraph, max(width, 1))
    return lines


def _folded(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in re.findall(r"\s*\S+", text):
        if display_width(line) + display_width(word) <= width:
            line += word
            continue
        bare = word.lstrip() if line or lines else word
        if line and display_width(bare) > width:
            # What does not fit on a line of its own either begins where there is room.
            parts = _PARTS.findall(word)
        else:
            if line:
                lines.append(line)
            line, parts = "", _PARTS.findall(bare)
        for part in parts:
            if line and display_width(line) + display_width(part) > width:
                lines.append(line.rstrip())
                line = ""
                part = part.lstrip()  # noqa: PLW2901 - blanks do not begin a line
            while display_width(part) > width:
                cut = _cut(part, width)
                lines.append(part[:cut])
                part = part[cut:]  # noqa: PLW2901 - what is left of it
            line += part
    return [*lines, line] if line or not lines else lines


def _cut(text: str, width: int) -> int:
    """How many characters of ``text`` fit into ``width`` columns; at least one."""
    used = 0
    for at, character in enumerate(text):
        used += display_width(character)
        if used > width:
            return max(at, 1)
    return len(text)
