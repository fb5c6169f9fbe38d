"""How fast one operation may be asked for: as fast as it can, until the service says that this is too fast.

The first throttling halves the rate at which the operation was asked for, each later one halves it again; each
answer brings a part of it back. All threads share the pace of an operation. The rules are those by which senders share
a line: additive increase, multiplicative decrease.
"""

from __future__ import annotations

import random
from threading import Event, Lock
from time import monotonic

from awsshadow.call.throttling import THROTTLES
from awsshadow.errors import ServiceError, TimedOutError
from awsshadow.waiting.durations import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import ConnectedOperation

    Document = dict[str, Any]

#: Calls a second: the slowest pace, and that above which there is none.
_SLOWEST, _UNBOUNDED = 0.5, 50.0
#: By how many calls a second the pace grows in a second of answers.
_GROWTH = 1.0
#: By how much of itself a pause is varied, so that programs that were throttled together do not come back together.
_JITTER = 0.2
#: How long throttling is borne when nothing is said of it, in seconds.
USUAL_TIMEOUT = 3600.0


class Stopped(Exception):  # noqa: N818 - no error: nobody wants the answer any more
    """The command has ended while a call was waiting for its turn."""


class Clock:
    """Seconds that pass, or are passed over: ``worth`` is how many seconds a second of waiting takes.

    A sandbox in which time passes faster makes it less. ``stop`` ends every pause.
    """

    def __init__(self, worth: float = 1.0) -> None:
        self.worth = worth
        self.stop = Event()
        self._spared = 0.0
        self._lock = Lock()

    def now(self) -> float:
        """Seconds since some moment, those that were passed over included."""
        return monotonic() + self._spared

    def until(self, moment: float) -> None:
        """Come back when it is ``moment``. Raises Stopped."""
        left = moment - self.now()
        if left > 0 and self.stop.wait(left * self.worth):
            raise Stopped
        with self._lock:
            self._spared = max(self._spared, moment - monotonic())


class Pace:
    """The pace of one operation, shared by all threads; ``rate`` is in calls a second, None for no bound."""

    def __init__(self, clock: Clock) -> None:
        self.rate: float | None = None
        self._clock = clock
        self._lock = Lock()
        self._gate = Lock()
        self._next = 0.0
        self._slowed_at = float("-inf")
        #: When the last calls began, for the rate before there is a bound.
        self._begun: list[float] = []

    def turn(self) -> float:
        """Wait for a turn, and return the moment at which it was given. Raises Stopped."""
        with self._gate:  # one waits at a time: who waits behind it gets the pace that holds then
            at = self._next_turn()
            while at > (now := self._clock.now()):
                self._clock.until(at)
                at = self._next_turn()
            with self._lock:
                if self.rate is not None:
                    self._next = now + 1 / self.rate
                self._begun = [*(moment for moment in self._begun[-99:] if moment > now - 1), now]
        if self._clock.stop.is_set():
            raise Stopped
        return now

    def _next_turn(self) -> float:
        """When the next call may be made, as things are."""
        with self._lock:
            return float("-inf") if self.rate is None else self._next

    def throttled(self, begun: float) -> None:
        """A call that began then was one too many. Those that were on their way together slow it down once."""
        with self._lock:
            if begun < self._slowed_at:
                return
            now = self._slowed_at = self._clock.now()
            before = float(len(self._begun)) if self.rate is None else self.rate
            self.rate = max(_SLOWEST, before / 2)
            pause = 1 / self.rate * random.uniform(1, 1 + _JITTER)  # noqa: S311 - jitter is no secret
            self._next = max(self._next, now + pause)

    def answered(self) -> None:
        """A call was answered: a little faster."""
        with self._lock:
            if self.rate is not None:
                self.rate += _GROWTH / self.rate
                if self.rate > _UNBOUNDED:
                    self.rate = None


class Paces:
    """The paces of all operations of one account and region; ``timeout`` is how long throttling is borne in seconds."""

    def __init__(self, clock: Clock, timeout: float | None = None) -> None:
        self.clock = clock
        self.timeout = USUAL_TIMEOUT if timeout is None else timeout
        self._deadline = clock.now() + self.timeout
        #: How many calls were answered, and how often the service asked to slow down.
        self.answered = self.throttled = 0
        self._lock = Lock()
        self._paces: dict[tuple[str, ...], Pace] = {}

    def call(self, operation: ConnectedOperation, parameters: Document, place: tuple[str, ...] = ()) -> Document:
        """Call when it is its turn, and again as long as the service is asked too often.

        ``place`` are the profile and the region, each of which has limits of its own. Raises Stopped, TimedOutError and
        what a call raises.
        """
        pace = self._pace((*place, operation.name))
        while True:
            begun = pace.turn()
            try:
                document = operation.call(parameters)
            except ServiceError as error:
                if error.fields.get("Code") not in THROTTLES:
                    pace.answered()
                    self._count(answered=1)
                    raise
                pace.throttled(begun)
                self._count(throttled=1)
                if self.clock.now() >= self._deadline:
                    raise TimedOutError(
                        f"{operation.name} is still throttled after {words(self.timeout)}: {error.message}"
                    ) from error
            else:
                pace.answered()
                self._count(answered=1)
                return document

    def _count(self, answered: int = 0, throttled: int = 0) -> None:
        with self._lock:
            self.answered += answered
            self.throttled += throttled

    def _pace(self, key: tuple[str, ...]) -> Pace:
        with self._lock:
            return self._paces.setdefault(key, Pace(self.clock))
