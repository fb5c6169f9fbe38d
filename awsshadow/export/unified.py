"""Two documents as a unified diff of their YAML."""

from __future__ import annotations

from difflib import unified_diff

from awsshadow.export.yaml_text import document, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: What a line begins with -> how it is coloured: as programs that show differences do.
_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}


def unified(before: dict[str, Any], after: dict[str, Any], names: tuple[str, str], coloured: bool) -> str:
    """The lines of ``before`` and ``after`` that differ, with three around them."""
    sides = document(before).splitlines(), document(after).splitlines()
    lines = unified_diff(*sides, printable(names[0]), printable(names[1]), lineterm="")
    return "".join(f"{_painted(line) if coloured else line}\n" for line in lines)


def _painted(line: str) -> str:
    code = next((code for start, code in _COLOURS.items() if line.startswith(start)), None)
    return line if code is None else f"\x1b[{code}m{line}\x1b[0m"
