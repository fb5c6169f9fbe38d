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

MODES = ("instant", "step", "real", "frozen")
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
    def from_row(cls, row: list[float | str]) -> Clock:
        """The inverse of ``to_row``."""
        mode, *numbers = row
        return cls(str(mode), *map(float, numbers))

    def to_row(self) -> list[float | str]:
        """A form that JSON can hold."""
        return [self.mode, self.time, self.wall, self.factor]

    def now(self) -> float:
        """The time in the sandbox, in whole milliseconds as the service answers it."""
        return round(self.time + (time.time() - self.wall) * self.factor, 3)

    def changed(self, spec: str) -> Clock:
        """This clock from now on as ``spec`` says; time never jumps unless a start is given.

        ``spec`` is ``instant``, ``step``, ``real``, ``real:FACTOR``, ``frozen`` or
        ``frozen:TIME`` with an ISO 8601 time or seconds since the epoch. Raises ValueError.
        """
        mode, _, rest = spec.partition(":")
        if mode not in MODES or (rest and mode in {"instant", "step"}):
            raise ValueError(f"not a clock: {spec!r}; use instant, step, real[:FACTOR] or frozen[:TIME]")
        factor = 0.0 if mode == "frozen" else float(rest) if mode == "real" and rest else 1.0
        if not 0 <= factor < float("inf"):
            raise ValueError(f"not a factor: {rest!r}")
        start = _moment(rest) if mode == "frozen" and rest else self.now()
        return Clock(mode, start, time.time(), factor)

    def advanced(self, duration: str) -> Clock:
        """This clock moved forward by a ``duration`` such as ``7d``. Raises ValueError."""
        return Clock(self.mode, self.time + seconds(duration), self.wall, self.factor)


def seconds(duration: str) -> float:
    """``7d``, ``1h30m``, ``90s`` or ``2.5`` (seconds) in seconds. Raises ValueError for anything else."""
    text = duration.strip().lower()
    if text.replace(".", "", 1).isdigit():
        return float(text)
    if not text or _DURATION.sub("", text):
        raise ValueError(f"not a duration: {duration!r}; write it like 7d, 12h, 1h30m or 90s")
    return sum(float(number) * UNITS[unit] for number, unit in _DURATION.findall(text))


def _moment(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
