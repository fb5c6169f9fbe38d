"""Colour, width, movement and links: what may be written to a stream that somebody looks at.

The one place that decides. ``--color`` means what it means in the reference. Without it, in this order: ``NO_COLOR``
(not empty) takes colour away; ``FORCE_COLOR`` and ``CLICOLOR_FORCE`` (neither empty, ``0`` nor ``false``) give it to a
terminal that says it has none; ``TERM=dumb`` and ``CLICOLOR=0`` take it away. None of them makes a pipe a terminal.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from awsshadow.streams import Streams

#: How what takes a while is shown: a line that moves, lines one below the other, or not at all.
LIVE, PLAIN, OFF = "live", "plain", "off"
PROGRESS_VARIABLE = "AWSSHADOW_PROGRESS"

#: The width where nobody says one, and the smallest that is laid out for.
USUAL_COLUMNS = 80
LEAST_COLUMNS = 20

_OFF_WORDS = frozenset(("", "0", "false", "off", "no"))
#: ``TERM_PROGRAM`` of terminals that have links (OSC 8), and variables that others set.
_LINKING_PROGRAMS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal"))
_LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "ALACRITTY_WINDOW_ID")
_LINKING_TERMS = ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm")
#: The first VTE with links: 0.50.
_LINKING_VTE = 5000


class Appearance:
    """What one stream shows.

    ``columns`` and ``rows`` are those of the terminal, 80 and 0 where nobody says. ``progress`` is one of the above.
    """

    def __init__(
        self, is_terminal: bool, is_coloured: bool, columns: int, rows: int = 0, progress: str = OFF,
        has_links: bool = False, has_unicode: bool = True,
    ) -> None:  # fmt: skip
        self.is_terminal = is_terminal
        self.is_coloured = is_coloured
        self.columns = columns
        self.rows = rows
        self.progress = progress
        self.has_links = has_links
        self.has_unicode = has_unicode


def appearance(streams: Streams, name: str, environ: Mapping[str, str], color: str = "auto") -> Appearance:
    """The appearance of the stream ``name``, ``stdout`` or ``stderr``; ``color`` is what ``--color`` says."""
    stream: TextIO | None = getattr(streams, name)
    is_terminal = streams.is_tty(name)
    columns, rows = _size(stream)
    coloured = is_terminal and color_choice(color, environ) != OFF
    has_unicode = (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")
    progress = _progress(is_terminal, environ)
    return Appearance(is_terminal, coloured, columns, rows, progress, _has_links(environ), has_unicode)


def color_choice(given: str, environ: Mapping[str, str]) -> str:
    """``on``, ``off`` or ``auto``: what ``--color`` says, or else the environment; ``auto`` is for terminals."""
    if given != "auto" or not environ.get("NO_COLOR"):
        forced = is_set(environ, "FORCE_COLOR") or is_set(environ, "CLICOLOR_FORCE")
        plain = _is_dumb(environ) or environ.get("CLICOLOR") == "0"
        return "off" if given == "auto" and plain and not forced else given
    return "off"


def is_set(environ: Mapping[str, str], name: str) -> bool:
    """Whether a variable that is a switch is on."""
    return environ.get(name, "").lower() not in _OFF_WORDS


def _is_dumb(environ: Mapping[str, str]) -> bool:
    return environ.get("TERM") == "dumb"


def columns_of(stream: TextIO | None) -> int:
    """How many columns a terminal has at this moment, however few; 0 where nobody says."""
    return _measured(stream)[0]


def _size(stream: TextIO | None) -> tuple[int, int]:
    columns, rows = _measured(stream)
    return (max(columns, LEAST_COLUMNS), rows) if columns else (USUAL_COLUMNS, 0)


def _measured(stream: TextIO | None) -> tuple[int, int]:
    try:
        size = os.get_terminal_size(stream.fileno()) if stream is not None else (0, 0)
    except (OSError, ValueError):
        return 0, 0
    return size[0], size[1]


def _progress(is_terminal: bool, environ: Mapping[str, str]) -> str:
    asked = environ.get(PROGRESS_VARIABLE, "").lower()
    if not is_terminal or asked == OFF:
        return OFF
    return PLAIN if asked == PLAIN or _is_dumb(environ) else LIVE


def _has_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to have links; ``FORCE_HYPERLINK`` says it otherwise."""
    if "FORCE_HYPERLINK" in environ:
        return is_set(environ, "FORCE_HYPERLINK")
    if _is_dumb(environ):
        return False
    vte = environ.get("VTE_VERSION", "")
    return (
        environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or any(environ.get(name) for name in _LINKING_VARIABLES)
        or environ.get("TERM", "").startswith(_LINKING_TERMS)
        or (vte.isascii() and vte.isdigit() and int(vte) >= _LINKING_VTE)
    )
