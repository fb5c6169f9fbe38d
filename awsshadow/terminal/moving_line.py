"""One line with something that turns, drawn by rich and never wider than the terminal.

It is written over itself. The cursor is not hidden meanwhile: a program that is killed could not bring it back.
"""

from __future__ import annotations

from io import StringIO
from time import monotonic

from rich.console import Console
from rich.spinner import Spinner
from rich.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.terminal.appearance import Appearance


class MovingLine:
    """A line for a terminal that looks like ``look``."""

    def __init__(self, look: Appearance) -> None:
        self._text = StringIO()
        # A line that fills its row would leave the cursor in the next one.
        self._room = look.columns - 1
        self._console = Console(
            file=self._text, width=self._room, force_terminal=True, highlight=False, markup=False, emoji=False,
            color_system="standard" if look.is_coloured else None, legacy_windows=False, _environ={},
        )  # fmt: skip
        self._spinner = Spinner("dots" if look.has_unicode else "line", style="cyan")
        self._ellipsis = "…" if look.has_unicode else "~"

    def drawn(self, text: str) -> str:
        """The line that says ``text`` now, cut where it does not fit; without an end of line."""
        turning = self._spinner.render(monotonic())
        assert isinstance(turning, Text)
        line = Text.assemble(turning, " ", text)
        if line.cell_len > self._room:
            line.truncate(self._room - 1)
            line.append(self._ellipsis)
        self._text.seek(0)
        self._text.truncate()
        self._console.print(line, end="", no_wrap=True, overflow="crop")
        return self._text.getvalue()
