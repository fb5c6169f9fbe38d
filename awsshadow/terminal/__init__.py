"""What a person looks at: tables, facts, a line of progress (decision 12).

The only part that knows rich, which costs more to load than most commands take: this door loads it when something is
about to be laid out or stays on the screen, and only for a stream that is a terminal. Errors, help and coloured
results write their few codes themselves. ``appearance`` decides about colour, width and movement for everybody.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.checks import Check
    from awsshadow.terminal.progress import Progress, Saying

__all__ = ["draw_checks", "draw_table", "progress_line"]


def draw_table(titles: Sequence[str], rows: Sequence[Sequence[str]], look: Appearance, note: str = "") -> str:
    """Rows under titles, fitted to the width of ``look``, and a ``note`` below them; with its final newline.

    Where columns cannot be made narrow enough, each row becomes a paragraph. Cells hold no control characters.
    """
    from awsshadow.terminal import tables

    return tables.table(titles, rows, look, note)


def draw_checks(found: Sequence[Check], look: Appearance, sentence: str | None = None) -> str:
    """Facts with a mark for each, and below a fact what to do about it; with the final newline.

    The last line is ``sentence``; None for how many problems there are.
    """
    from awsshadow.terminal import tables

    return tables.checks(found, look, sentence)


def progress_line(saying: Saying, stderr: TextIO, look: Appearance) -> Progress:
    """A line on a terminal that says what ``saying`` returns, once half a second has passed; see ``Progress``."""
    from awsshadow.terminal.progress import Progress

    return Progress(saying, stderr, look)
