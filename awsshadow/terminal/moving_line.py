"""One line with something that turns, drawn by rich and never wider than the terminal.

It is written over itself. The cursor is not hidden meanwhile: a program that is killed could not bring it back.
"""

from __future__ import annotations

from io import StringIO
from time import monotonic

from rich.console import Console
from rich.spinner import Spinner
from rich.text import Text

from awsshadow.terminal.pieces import BADLY, QUIET, STOPPED, UNDERWAY, WELL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.pieces import Piece

_STYLES = {UNDERWAY: "cyan", WELL: "green", STOPPED: "yellow", BADLY: "red", QUIET: "dim"}


class MovingLine:
    """A line for a terminal that looks like ``look``."""

    def __init__(self, look: Appearance) -> None:
        self._text = StringIO()
        self._console = Console(
            file=self._text, width=look.columns, force_terminal=True, highlight=False, markup=False, emoji=False,
            color_system="standard" if look.is_coloured else None, legacy_windows=False, _environ={},
        )  # fmt: skip
        self._spinner = Spinner("dots" if look.has_unicode else "line", style="cyan")
        self._ellipsis = "…" if look.has_unicode else "~"

    def drawn(self, pieces: Sequence[Piece], columns: int) -> str:
        """The line that says ``pieces`` now, cut where it does not fit into ``columns``; without an end of line."""
        # A line that fills its row would leave the cursor in the next one.
        room = max(columns - 1, 1)
        turning = self._spinner.render(monotonic())
        assert isinstance(turning, Text)
        line = Text.assemble(turning, " ", *((text, _STYLES.get(tone, "")) for text, tone in pieces))
        if line.cell_len > room:
            line.truncate(room - 1)
            line.append(self._ellipsis)
        self._console.width = room
        self._text.seek(0)
        self._text.truncate()
        self._console.print(line, end="", no_wrap=True, overflow="crop")
        return self._text.getvalue()
