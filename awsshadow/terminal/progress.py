"""A line that says how far something is, kept by a thread of its own while the program waits for the network."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic

from awsshadow.terminal.appearance import LIVE, PLAIN, columns_of
from awsshadow.terminal.pieces import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self, TextIO

    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.moving_line import MovingLine
    from awsshadow.terminal.pieces import Piece

    #: What a line says that has so many columns; nothing for as long as there is nothing to say.
    Saying = Callable[[int], Sequence[Piece]]

#: Seconds before anything is said, between two looks at a line that moves, and between two plain lines.
PATIENCE, PACE, PLAIN_PACE = 0.5, 0.2, 10.0
#: Columns of what turns in front of the line, and the one that stays free behind it.
_TURNING = 2 + 1
#: To the beginning of the line; away with it, and with all below it: what was one line has several rows in a terminal
#: that was made narrower since, and the cursor, left at its beginning, is in the first of them.
_BEGINNING, _AWAY = "\r", "\x1b[J"
#: What is written between these is cut at the edge of a terminal that is narrower than it says, and never wrapped: some
#: tell a program of their new size a moment after they have it.
_UNWRAPPED, _WRAPPED = "\x1b[?7l", "\x1b[?7h"


class Progress:
    """Shows what ``saying`` returns on ``stderr`` from half a second after it is entered until it is left or stopped.

    A line that moves is gone at the end, and as wide as the terminal is at the time. Plain lines
    (``AWSSHADOW_PROGRESS=plain``) stay, one every ten seconds. ``saying`` is called in another thread. A program in
    the background writes nothing: what is typed meanwhile is somebody else's.
    """

    def __init__(self, saying: Saying, stderr: TextIO, look: Appearance) -> None:
        self._saying = saying
        self._stderr = stderr
        self._look = look
        self._ended = Event()
        self._thread: Thread | None = None
        #: Held by whoever writes.
        self._lock = Lock()
        self._shown = self._hidden = False

    def __enter__(self) -> Self:
        if self._look.progress in (LIVE, PLAIN):
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the line away, once and for all; when this returns nothing more is written."""
        self._ended.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def hide(self) -> None:
        """Take the line away until ``unhide``: somebody else may write to the terminal."""
        with self._lock, suppress(OSError, ValueError):
            self._hidden = True
            self._clear()

    def unhide(self) -> None:
        """Show the line again, soon."""
        self._hidden = False

    def write(self, text: str) -> None:
        """Write whole lines that stay, above the line. Raises OSError."""
        with self._lock:
            self._clear()
            self._put(text)

    def _run(self) -> None:
        while not self._ended.wait(PATIENCE) and not self._said():
            pass
        if self._ended.is_set():
            return
        try:
            if self._look.progress == LIVE:
                self._moving()
            else:
                self._plain()
        except (OSError, ValueError):
            return  # the terminal has gone, and a line about progress is nothing to fail for

    def _columns(self) -> int:
        """How wide the terminal is now."""
        return columns_of(self._stderr) or self._look.columns

    def _said(self) -> Sequence[Piece]:
        """What there is to say, in the room for it."""
        return self._saying(max(self._columns() - _TURNING, 1))

    def _moving(self) -> None:
        from awsshadow.terminal.moving_line import MovingLine

        line = MovingLine(self._look)
        try:
            while not self._ended.is_set():
                self._draw(line)
                self._ended.wait(PACE)
        finally:
            with self._lock:
                self._clear()

    def _draw(self, line: MovingLine) -> None:
        with self._lock:
            if self._hidden or self._ended.is_set() or not _is_in_front(self._stderr):
                return
            pieces = self._said()
            if not pieces:
                self._clear()
                return
            drawn = line.drawn(pieces, self._columns())
            self._put(f"{_BEGINNING}{_UNWRAPPED}{drawn}{_WRAPPED}{_AWAY}{_BEGINNING}")
            self._shown = True

    def _clear(self) -> None:
        if self._shown:
            self._shown = False
            self._put(_BEGINNING + _AWAY)

    def _plain(self) -> None:
        said = monotonic()
        self._say()
        while not self._ended.wait(PACE):
            if monotonic() - said >= PLAIN_PACE:
                said = monotonic()
                self._say()

    def _say(self) -> None:
        self._put(plain(self._said()) + "\n")

    def _put(self, text: str) -> None:
        self._stderr.write(text)
        self._stderr.flush()


def _is_in_front(terminal: TextIO) -> bool:
    """Whether the terminal is this program's now; where nobody says, it is."""
    try:
        return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except (OSError, ValueError, AttributeError):
        return True
