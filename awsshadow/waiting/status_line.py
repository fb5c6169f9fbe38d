"""What who waits is shown on standard error: a line that moves, lines one below the other, or nothing.

Another drawer has the methods of ``Drawer``; nothing that polls knows how a wait is drawn.
"""

from __future__ import annotations

from contextlib import suppress

from awsshadow.streams import visible
from awsshadow.terminal import progress_line
from awsshadow.terminal.appearance import LIVE, PLAIN, appearance, columns_of
from awsshadow.terminal.pieces import USUAL, folded, painted
from awsshadow.waiting import lines
from awsshadow.waiting.durations import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol, TextIO

    from awsshadow.config.settings import Settings
    from awsshadow.streams import Streams
    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.pieces import Piece
    from awsshadow.terminal.progress import Progress as MovingProgress
    from awsshadow.waiting.progress import Progress, States

    class Drawer(Protocol):
        """Shows how far a wait is. ``closes``: how it ended is said."""

        closes: bool

        def begin(self, progress: Progress) -> None:
            """Show ``progress`` from now on; what polls changes it."""

        def asks(self) -> None:
            """The service is about to be asked, for which the terminal may be needed: somebody may be asked first."""

        def rests(self) -> None:
            """It was asked, and will be again."""

        def reached(self, one: States, elapsed: float) -> None:
            """Say of one resource that it is as it should be."""

        def write(self, text: str) -> None:
            """Write whole lines of a log. Raises OSError."""

        def say(self, sentence: str) -> None:
            """Say something that counts in a pipe too: that the wait was interrupted, and what goes on."""

        def close(self) -> None:
            """Show nothing any more; what was said stays."""


#: Keys of a profile with which credentials may be asked for at the terminal, each time they have run out.
_ASKING_KEYS = ("mfa_serial", "credential_process")


def drawer(streams: Streams, settings: Settings, speaks: bool = True) -> Drawer:
    """The drawer for standard error. ``speaks``: what counts is said in a pipe too."""
    stderr = streams.stderr
    look = appearance(streams, "stderr", settings.environ, settings.globals.color)
    if stderr is None or look.progress not in (LIVE, PLAIN):
        return Silence(stderr if speaks else None, stderr)
    if look.progress == PLAIN or settings.globals.debug:
        return PlainLines(stderr, look)
    may_ask = any(key in section for section in settings.files.profiles.values() for key in _ASKING_KEYS)
    return MovingStatus(stderr, look, may_ask)


def limit_in_words(timeout: float | None, most: int | None, delay: float | None = None) -> str:
    """When a wait is given up, for ``Progress``; ``delay`` is what the looks are apart, if that is always the same."""
    if most is not None and delay is not None and (timeout is None or most * delay <= timeout):
        return words(most * delay)
    return words(timeout) if timeout is not None else f"{most} looks"


class Silence:
    """Shows nothing: standard error is no terminal, or nothing is wanted. What is to be said goes to ``speaks_to``,
    lines of a log to ``stderr``; None for nowhere.
    """

    closes = False

    def __init__(self, speaks_to: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self._speaks_to = speaks_to
        self._stderr = stderr

    def begin(self, progress: Progress) -> None:
        """Nothing."""

    def asks(self) -> None:
        """Nothing."""

    def rests(self) -> None:
        """Nothing."""

    def reached(self, one: States, elapsed: float) -> None:
        """Nothing."""

    def write(self, text: str) -> None:
        """Write it down."""
        if self._stderr is not None:
            self._stderr.write(text)

    def say(self, sentence: str) -> None:
        """Write it down: who reads it later wants to know."""
        if self._speaks_to is not None:
            self._speaks_to.write(f"{sentence}\n")
            self._speaks_to.flush()

    def close(self) -> None:
        """Nothing."""


class PlainLines:
    """A line on ``stderr`` for each state, and one for how it ended, without control characters."""

    closes = True

    def __init__(self, stderr: TextIO, look: Appearance) -> None:
        self._stderr = stderr
        self._coloured = look.is_coloured and look.progress == LIVE
        self._progress: Progress | None = None
        self._said: dict[str, str] = {}

    def begin(self, progress: Progress) -> None:
        """Say what comes of ``progress``."""
        self._progress = progress

    def asks(self) -> None:
        """Nothing: what was said stays."""

    def rests(self) -> None:
        """Say which states are new."""
        progress = self._progress
        for one in progress.pending if progress is not None else ():
            if one.state and self._said.get(one.label) != one.state:
                self._said[one.label] = one.state
                assert progress is not None
                self._put([(lines.changed(one, progress.limit), USUAL)])

    def reached(self, one: States, elapsed: float) -> None:
        """Say it."""
        self._put(lines.reached(one, elapsed))

    def write(self, text: str) -> None:
        """Write it."""
        self._stderr.write(text)

    def say(self, sentence: str) -> None:
        """Say it."""
        self._put([(visible(sentence), USUAL)])

    def close(self) -> None:
        """Nothing."""

    def _put(self, pieces: Sequence[Piece]) -> None:
        with suppress(OSError):
            self._stderr.write(painted(pieces, self._coloured) + "\n")
            self._stderr.flush()


class MovingStatus:
    """One line on the terminal ``stderr`` that moves. ``may_ask``: it makes way each time the service is asked."""

    closes = True

    def __init__(self, stderr: TextIO, look: Appearance, may_ask: bool) -> None:
        self._stderr = stderr
        self._look = look
        self._may_ask = may_ask
        self._line: MovingProgress | None = None

    def begin(self, progress: Progress) -> None:
        """Show ``progress``, when it has lasted for a moment."""
        has_unicode = self._look.has_unicode
        self._line = progress_line(
            lambda columns: lines.moving(progress, columns, has_unicode), self._stderr, self._look
        )
        if self._may_ask:
            self._line.hide()
        self._line.__enter__()

    def asks(self) -> None:
        """Make way, if somebody may be asked."""
        if self._may_ask and self._line is not None:
            self._line.hide()

    def rests(self) -> None:
        """Be there again."""
        if self._line is not None:
            self._line.unhide()

    def reached(self, one: States, elapsed: float) -> None:
        """Say it above the line."""
        self._put(lines.reached(one, elapsed))

    def write(self, text: str) -> None:
        """Write it above the line."""
        if self._line is None:
            self._stderr.write(text)
        else:
            self._line.write(text)

    def say(self, sentence: str) -> None:
        """Say it in the place of the line."""
        self.close()
        self._put([(visible(sentence), USUAL)])

    def close(self) -> None:
        """Take the line away."""
        line, self._line = self._line, None
        if line is not None:
            line.stop()

    def _put(self, pieces: Sequence[Piece]) -> None:
        columns = columns_of(self._stderr) or self._look.columns
        with suppress(OSError):
            self.write(painted(folded(pieces, columns), self._look.is_coloured) + "\n")
            self._stderr.flush()
