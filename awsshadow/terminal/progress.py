"""A line that says how far something is, kept by a thread of its own while the program waits for the network."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic

from awsshadow.terminal.appearance import LIVE, PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self, TextIO

    from awsshadow.terminal.appearance import Appearance

#: Seconds before anything is said, between two looks at a line that moves, and between two plain lines.
PATIENCE, PACE, PLAIN_PACE = 0.5, 0.2, 10.0


class Progress:
    """Shows ``text()`` on ``stderr`` from half a second after it is entered until it is left or stopped.

    A line that moves is gone at the end. Plain lines (``AWSSHADOW_PROGRESS=plain``) stay, one every ten seconds.
    ``text`` is called in another thread and returns one line, empty for as long as there is nothing to say.
    """

    def __init__(self, text: Callable[[], str], stderr: TextIO, look: Appearance) -> None:
        self._text = text
        self._stderr = stderr
        self._look = look
        self._ended = Event()
        self._thread: Thread | None = None

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

    def _run(self) -> None:
        while not self._ended.wait(PATIENCE) and not self._text():
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

    def _moving(self) -> None:
        from awsshadow.terminal.moving_line import MovingLine

        line = MovingLine(self._look)
        shown = False
        try:
            while not self._ended.is_set():
                self._put("\r" + line.drawn(self._text()) + "\x1b[K")
                shown = True
                self._ended.wait(PACE)
        finally:
            if shown:
                self._put("\r\x1b[K")

    def _plain(self) -> None:
        said = monotonic()
        self._say()
        while not self._ended.wait(PACE):
            if monotonic() - said >= PLAIN_PACE:
                said = monotonic()
                self._say()

    def _say(self) -> None:
        self._put(self._text() + "\n")

    def _put(self, text: str) -> None:
        self._stderr.write(text)
        self._stderr.flush()
