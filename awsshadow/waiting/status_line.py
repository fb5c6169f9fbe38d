"""What who waits is shown: a line on a terminal that is drawn over itself, and nothing in a pipe.

Another drawer has the two methods of ``Drawer``; nothing that polls knows how a line is drawn.
"""

from __future__ import annotations

import os

from awsshadow.streams import visible
from awsshadow.waiting.durations import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TextIO

    from awsshadow.streams import Streams

    class Drawer(Protocol):
        """Shows how far a wait is. ``is_live``: it wants to be shown the same again while time passes."""

        is_live: bool

        def show(self, progress: Progress) -> None:
            """Show ``progress`` in the place of what was shown before."""

        def close(self, sentence: str = "") -> None:
            """Show nothing any more but ``sentence``, if there is one."""

        def say(self, sentence: str) -> None:
            """Say something that counts in a pipe too: that the wait was interrupted, and what goes on."""


#: Goes to the beginning of the line and clears it.
_CLEAR = "\r\x1b[K"
_USUAL_WIDTH = 80
_CUT = "..."
#: To how many letters a name may be cut: so that it can be told from others, and so that it can be guessed.
_TOLD_APART, _GUESSED = 20, 7


class Progress:
    """How far a wait is.

    ``name`` is what is waited for, ``state`` what was seen last, empty before. ``elapsed`` is in seconds,
    ``attempt`` the number of the look. ``limit`` is when the wait is given up, in words.
    """

    __slots__ = ("attempt", "elapsed", "limit", "name", "state")

    def __init__(self, name: str, state: str, elapsed: float, attempt: int, limit: str) -> None:
        self.name = name
        self.state = state
        self.elapsed = elapsed
        self.attempt = attempt
        self.limit = limit


def drawer(streams: Streams, extras: bool = True, speaks: bool = True) -> Drawer:
    """The drawer for standard error.

    ``extras``: a last sentence stays. ``speaks``: what counts is said in a pipe too.
    """
    if streams.stderr is not None and streams.is_tty("stderr"):
        return StatusLine(streams.stderr, extras)
    return NoLine(streams.stderr if speaks else None)


def limit_in_words(timeout: float | None, most: int | None, delay: float | None = None) -> str:
    """When a wait is given up, for ``Progress``; ``delay`` is what the looks are apart, if that is always the same."""
    if most is not None and delay is not None and (timeout is None or most * delay <= timeout):
        return words(most * delay)
    return words(timeout) if timeout is not None else f"{most} looks"


class NoLine:
    """Shows nothing: standard error is no terminal. What is to be said goes to ``stream``, None for nowhere."""

    is_live = False

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def show(self, progress: Progress) -> None:
        """Nothing."""

    def close(self, sentence: str = "") -> None:
        """Nothing."""

    def say(self, sentence: str) -> None:
        """Write it down: who reads it later wants to know."""
        if self._stream is not None:
            self._stream.write(f"{sentence}\n")
            self._stream.flush()


class StatusLine:
    """One line on the terminal ``stream``. ``closes``: the last sentence stays there; else nothing remains."""

    is_live = True

    def __init__(self, stream: TextIO, closes: bool = True) -> None:
        self._stream = stream
        self._closes = closes
        self._shown = False

    def show(self, progress: Progress) -> None:
        """Draw the line anew; it is never longer than the terminal is wide."""
        self._shown = True
        self._write(_CLEAR + fitted(progress, self._width()))

    def close(self, sentence: str = "") -> None:
        """Remove the line."""
        text = f"{visible(sentence)}\n" if sentence and self._closes else ""
        if self._shown or text:
            self._write((_CLEAR if self._shown else "") + text)
        self._shown = False

    def say(self, sentence: str) -> None:
        """Leave the sentence in the place of the line, which may come again below."""
        self.close(sentence)

    def _width(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or _USUAL_WIDTH
        except (OSError, ValueError):
            return _USUAL_WIDTH

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def fitted(progress: Progress, width: int) -> str:
    """The line for a terminal of ``width`` columns, one of which stays free.

    What there is no room for is left out whole: the number of the look, the kind of resource; then the limit is said
    shorter, and a long name is cut in its middle.
    """
    name, state, elapsed = visible(progress.name), visible(progress.state) or "asking", words(progress.elapsed)
    alone = name.rpartition(" ")[2]
    limit, room = progress.limit, max(width - 1, 1)
    forms = (
        (f": {state}, {elapsed}, attempt {progress.attempt}, gives up after {limit}", _TOLD_APART),
        (f": {state}, {elapsed}, gives up after {limit}", _TOLD_APART),
        (f": {state}, {elapsed}, at most {limit}", _GUESSED),
        (f": {state}, {elapsed}", _GUESSED),
        (f": {state}", 0),
    )
    tail = next((tail for tail, least in forms if min(len(alone), least) + len(tail) <= room), forms[-1][0])
    shown = name if len(name) + len(tail) <= room else alone
    return (_shortened(shown, room - len(tail)) + tail)[:room]


def _shortened(name: str, room: int) -> str:
    if len(name) <= room:
        return name
    kept = max(room - len(_CUT), 0)
    return name[: (kept + 1) // 2] + _CUT[:room] + name[len(name) - kept // 2 :]
