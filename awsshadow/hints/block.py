"""Lines -> one block on standard error, in a quieter colour, as wide as the terminal."""

from __future__ import annotations

import unicodedata
from textwrap import wrap

from awsshadow.call.redaction import SECRETS
from awsshadow.streams import visible
from awsshadow.terminal.appearance import color_choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.hints.scene import Scene

#: Before the first line, and before the others.
_FIRST, _OTHERS = "Hint: ", "      "
_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"
#: Of a long line so much is shown before a place in it, in parts of the width.
_BEFORE = 0.6
_CUT = "..."
#: No lines about more of an argument than this many characters around the place.
_AROUND = 2000


class Verbatim(str):
    """A line that is not to be folded: a part of what was typed, or a mark below it."""

    __slots__ = ()


def write(lines: Sequence[str], scene: Scene) -> None:
    """Write ``lines``; nothing without any. Secrets are struck out, control characters spelled out."""
    stderr = scene.streams.stderr
    if not lines or stderr is None:
        return
    room = scene.width - len(_FIRST)
    folded: list[str] = []
    for line in lines:
        shown = line if isinstance(line, Verbatim) else visible(SECRETS.of_address(SECRETS.of_message(line)))
        folded += [shown] if isinstance(line, Verbatim) else wrap(shown, room, break_on_hyphens=False) or [""]
    dim, plain = (_DIM, _PLAIN) if color_choice(scene.color, scene.environ) != "off" else ("", "")
    encoding = stderr.encoding or "ascii"
    for number, line in enumerate(folded):
        text = f"{_OTHERS if number else _FIRST}{line}"
        stderr.write(f"{dim}{text.encode(encoding, 'replace').decode(encoding)}{plain}\n")
    stderr.flush()


def pointed(text: str, offset: int, room: int) -> list[str]:
    """The line of ``text`` that ``offset`` is in, cut to ``room`` columns, and a caret below the place.

    Without a caret where a secret had to be struck out, as the place is not there any more.
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end]
    if SECRETS.of_message(line) != line:
        return [Verbatim(visible(SECRETS.of_message(line))[:room])]
    at = min(offset - start, len(line))
    first = max(0, at - _AROUND)
    shown = [_shown(char) for char in line[first : at + _AROUND]]
    at -= first
    before, cut_before = _last(shown[:at], int(room * _BEFORE)), _CUT if first else ""
    if len(before) < at:
        cut_before = _CUT
    left = columns(cut_before + "".join(before))
    after = _fitting(shown[at:], room - left - len(_CUT))
    cut_after = _CUT if len(after) < len(shown) - at or at + first + len(after) < len(line) else ""
    excerpt = cut_before + "".join(before) + "".join(after) + cut_after
    return [Verbatim(excerpt), Verbatim(" " * left + "^")]


def _shown(char: str) -> str:
    return " " if char == "\t" else visible(char)


def _last(shown: list[str], most: int) -> list[str]:
    kept: list[str] = []
    for piece in reversed(shown):
        most -= columns(piece)
        if most < 0:
            break
        kept.append(piece)
    return kept[::-1]


def _fitting(shown: list[str], most: int) -> list[str]:
    kept: list[str] = []
    for piece in shown:
        most -= columns(piece)
        if most < 0:
            break
        kept.append(piece)
    return kept


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: two for a wide character, none for a combining one."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
