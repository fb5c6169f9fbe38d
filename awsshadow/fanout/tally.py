"""How far many calls are: threads write it down, and a line on a terminal shows it while there is nothing to print."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from awsshadow.terminal import progress_line
from awsshadow.terminal.appearance import OFF, appearance
from awsshadow.terminal.pieces import USUAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from awsshadow.config.settings import Settings
    from awsshadow.fanout.pace import Paces
    from awsshadow.streams import Streams
    from awsshadow.terminal.pieces import Piece
    from awsshadow.terminal.progress import Progress


class Tally:
    """How many of how many things are done, for each kind of thing; ``name`` is what does it.

    Used as a context manager around the work, and around no printing: the line is gone at its end, or when ``stop``
    returns.
    """

    def __init__(self, name: str, paces: Paces) -> None:
        self._name = name
        self.paces = paces
        self._lock = Lock()
        #: Noun -> how many are done, of how many, and whether more may come.
        self._counts: dict[str, tuple[int, int, bool]] = {}
        self._begun = monotonic()
        self._line: Progress | None = None

    def on(self, streams: Streams, settings: Settings, prints_meanwhile: bool = False) -> Self:
        """Let a line on standard error show it, where that is a terminal.

        ``prints_meanwhile``: results are written before all is done, to the same terminal if standard output is one.
        """
        look = appearance(streams, "stderr", settings.environ, settings.globals.color)
        taken = settings.globals.debug or (prints_meanwhile and streams.is_tty("stdout"))
        if streams.stderr is not None and look.progress != OFF and not taken:
            self._line = progress_line(self.saying, streams.stderr, look)
        return self

    def __enter__(self) -> Self:
        if self._line is not None:
            self._line.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the line away, once and for all."""
        if self._line is not None:
            self._line.stop()

    def expect(self, noun: str, number: int, more: bool = False) -> None:
        """So many more things are to be done; ``more``: they are not all."""
        with self._lock:
            done, total, _ = self._counts.get(noun, (0, 0, False))
            self._counts[noun] = (done, total + number, more)

    def did(self, noun: str) -> None:
        """One more is done."""
        with self._lock:
            done, total, more = self._counts[noun]
            self._counts[noun] = (done + 1, total, more)

    def saying(self, columns: int) -> list[Piece]:
        """The line for so many columns; nothing before the first answer: somebody may be asked for a code first."""
        with self._lock:
            counts = dict(self._counts)
        if not self.paces.answered or not any(total for _, total, _ in counts.values()):
            return []
        told = [f"{done:,} of {total:,}{'+' * more} {noun}s" for noun, (done, total, more) in counts.items() if total]
        done = sum(count[0] for count in counts.values())
        speed = done / max(monotonic() - self._begun, 0.001)
        rate = f", {speed:.{int(speed < 1)}f}/s" if done else ""
        times = self.paces.throttled
        slowed = f", throttled {times:,} time{'s' * (times != 1)}" if times else ""
        whole = ", ".join(told)
        ends = (f"{whole}{rate}{slowed}", f"{whole}{slowed}", f"{told[-1]}{slowed}")
        forms = (f"{self._name}: {ends[0]}", *ends)
        return [(next((form for form in forms if len(form) <= columns), told[-1]), USUAL)]
