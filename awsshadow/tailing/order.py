"""Lines of several streams in the order of their times.

What lies there already is merged exactly. Of what is being written, one host's lines arrive later than another's: they
are held back for a moment, so that those of the other may come before them.
"""

from __future__ import annotations

from heapq import heappop, heappush, merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from awsshadow.tailing.lines import Line

#: For how long a line is held back, in milliseconds of the log and of the clock.
WINDOW = 2000
#: So many lines are held back at most.
_MOST = 10_000


def merged(sources: Iterable[Iterator[Line]]) -> Iterator[Line]:
    """The lines of all ``sources``, each in order, as one sequence in order; a line of each is held at a time."""
    return merge(*sources, key=_time)


def _time(line: Line) -> int:
    return line.time


class Window:
    """Holds lines back until no earlier one is to be expected."""

    def __init__(self) -> None:
        #: By time, and as they came: (time, number, moment it came at in seconds, line).
        self._held: list[tuple[int, int, float, Line]] = []
        self._number = 0
        self._newest = 0

    def put(self, line: Line, now: float) -> Iterator[Line]:
        """Take in a line that came at ``now``, in seconds of any clock; yields what is not held back any more."""
        self._number += 1
        heappush(self._held, (line.time, self._number, now, line))
        self._newest = max(self._newest, line.time)
        while self._held and (self._held[0][0] <= self._newest - WINDOW or len(self._held) > _MOST):
            yield heappop(self._held)[3]

    def ripe(self, now: float) -> Iterator[Line]:
        """What has been held back for long enough, and what is older than that."""
        came = [time for time, _, moment, _ in self._held if moment <= now - WINDOW / 1000]
        until = max(came, default=-1)
        while self._held and self._held[0][0] <= until:
            yield heappop(self._held)[3]

    def rest(self) -> Iterator[Line]:
        """All that is left."""
        while self._held:
            yield heappop(self._held)[3]
