"""Rounds of looks: how long between two of them, and when to give up. Knows nothing of what is looked at."""

from __future__ import annotations

import random
from time import monotonic, sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds between looks: the first, the longest, and by which factor they grow.
_FIRST, _LONGEST, _GROWTH = 5.0, 30.0, 1.5
#: By how much of itself a delay is varied, so that many who wait do not ask at the same moment.
_JITTER = 0.1


class GaveUp(Exception):  # noqa: N818 - no error yet: who waits says what it means
    """The time is over, or there were as many looks as were allowed: ``of_time`` says which."""

    def __init__(self, of_time: bool) -> None:
        super().__init__()
        self.of_time = of_time


def growing() -> Iterator[float]:
    """Delays in seconds that grow from 5 to 30, each varied a little."""
    delay = _FIRST
    while True:
        yield delay * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - jitter is no secret
        delay = min(delay * _GROWTH, _LONGEST)


def steady(delay: float) -> Iterator[float]:
    """The same delay again and again."""
    while True:
        yield delay


def rest(seconds: float) -> None:
    """Do nothing for so long."""
    if seconds > 0:
        sleep(seconds)


class Rounds:
    """The rounds of one wait.

    ``delays`` are the seconds between looks, ``timeout`` is how long to go on, in seconds, ``most`` how many looks
    there may be; None for no limit. ``worth`` is how many seconds a second is: a sandbox in which time passes faster
    makes it less.
    """

    def __init__(
        self,
        delays: Iterator[float],
        timeout: float | None = None,
        most: int | None = None,
        worth: float = 1.0,
    ) -> None:
        self.timeout = timeout
        self.most = most
        self.attempt = 0
        self._delays = delays
        self._worth = worth
        self._begin = monotonic()
        self._spared = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the wait began, those that were spared included."""
        return monotonic() - self._begin + self._spared

    def begin(self) -> None:
        """Count one more round."""
        self.attempt += 1

    def pause(self) -> None:
        """Sleep until the next round, which is the last one when the time is over. Raises GaveUp."""
        if self.most is not None and self.attempt >= self.most:
            raise GaveUp(of_time=False)
        delay = next(self._delays)
        if self.timeout is not None:
            left = self.timeout - self.elapsed
            if left <= 0:
                raise GaveUp(of_time=True)
            delay = min(delay, left)
        self._spared += delay * (1 - self._worth)
        rest(delay * self._worth)
