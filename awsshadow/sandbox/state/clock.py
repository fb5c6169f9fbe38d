"""What time it is in a sandbox, and how long work takes there.

A clock is four numbers: at wall time ``wall`` it was ``time`` in the sandbox, and sandbox time
has passed ``factor`` times as fast since. ``mode`` says when work that is under way ends:

``instant``  as soon as anything looks at it
``step``     each describe of a resource shows its state and then moves it to the next one
``real``     when its time has come; ``real:60`` makes a minute of a second
``frozen``   when its time has come, and time only moves by ``advance``
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

from awsshadow.sandbox.state.plans import MOST, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MODES = ("instant", "step", "real", "frozen")
#: How many times as fast as real time a clock may go, if it goes.
SLOWEST, FASTEST = 0.000001, 1_000_000_000
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhdw])")


class Clock:
    """See the module docstring. Times are seconds since the epoch."""

    __slots__ = ("factor", "mode", "time", "wall")

    def __init__(self, mode: str, time: float, wall: float, factor: float) -> None:
        self.mode = mode
        self.time = time
        self.wall = wall
        self.factor = factor

    @classmethod
    def new(cls) -> Clock:
        """The clock of a fresh sandbox: instant, at wall time."""
        return cls("instant", time.time(), time.time(), 1.0)

    @classmethod
    def from_row(cls, row: Any) -> Clock:
        """The inverse of ``to_row``. Raises ValueError for anything else."""
        if not (isinstance(row, list) and len(row) == 4 and row[0] in MODES and all(map(is_number, row[1:]))):
            raise ValueError("a clock is a mode and three numbers")
        mode, *numbers = row
        return cls(mode, *map(float, numbers))

    def to_row(self) -> list[float | str]:
        """A form that JSON can hold."""
        return [self.mode, self.time, self.wall, self.factor]

    def now(self) -> float:
        """The time in the sandbox, in whole milliseconds as the service answers it; it stands still at ``MOST``."""
        return min(max(round(self.time + (time.time() - self.wall) * self.factor, 3), 0.0), float(MOST))

    def changed(self, spec: str) -> Clock:
        """This clock from now on as ``spec`` says; time never jumps unless a start is given.

        ``spec`` is ``instant``, ``step``, ``real``, ``real:FACTOR``, ``frozen`` or
        ``frozen:TIME`` with an ISO 8601 time or seconds since the epoch. Raises ValueError.
        """
        mode, _, rest = spec.partition(":")
        if mode not in MODES or (rest and mode in {"instant", "step"}):
            raise ValueError(f"not a clock: {spec!r}; use instant, step, real[:FACTOR] or frozen[:TIME]")
        factor = 0.0 if mode == "frozen" else _factor(rest) if mode == "real" and rest else 1.0
        start = _moment(rest) if mode == "frozen" and rest else self.now()
        return Clock(mode, start, time.time(), factor)

    def advanced(self, duration: str) -> Clock:
        """This clock moved forward by a ``duration`` such as ``7d``. Raises ValueError."""
        now = self.now()
        span = seconds(duration)
        if not now + span <= MOST:
            raise ValueError(f"a clock cannot be advanced by {duration!r}: the year 9999 is the last one")
        return Clock(self.mode, now + span, time.time(), self.factor)


def seconds(duration: str) -> float:
    """``7d``, ``1h30m``, ``90s`` or ``2.5`` (seconds) in seconds. Raises ValueError for anything else."""
    text = duration.strip().lower()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    if not text or not text.isascii() or _DURATION.sub("", text):
        raise ValueError(f"not a duration: {duration!r}; write it like 7d, 12h, 1h30m or 90s")
    return sum(float(number) * UNITS[unit] for number, unit in _DURATION.findall(text))


def _factor(text: str) -> float:
    try:
        factor = float(text)
    except ValueError:
        factor = -1
    if factor != 0 and not SLOWEST <= factor <= FASTEST:
        raise ValueError(f"not a factor: {text!r}; it is 0 or a number from {SLOWEST:f} to {FASTEST}")
    return factor


def _moment(text: str) -> float:
    try:
        moment = float(text)
    except ValueError:
        moment = _date(text)
    if not 0 <= moment <= MOST:
        raise ValueError(f"not a time: {text!r}; a clock goes from the year 1970 to the year 9999")
    return moment


def _date(text: str) -> float:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"not a time: {text!r}; write it like 2030-01-31T12:00:00Z, or in seconds since 1970"
        ) from None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
