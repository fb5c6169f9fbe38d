"""Timestamps of responses as ISO 8601 text, fast, and equal to what dateutil makes of them (behaviour: output 0.3)."""

from __future__ import annotations

from datetime import datetime, timezone

from botocore.utils import parse_timestamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Seconds for which one offset from UTC is remembered.
_SPAN = 3600
_MINUTE = 60
#: So many minutes, and fractions of a second, are remembered at a time.
_KEPT = 10_000
_SECONDS = tuple(f"{second:02}" for second in range(_MINUTE))
_MICRO = 1_000_000
#: A minute far beyond the last year that a date can have; seconds up to it are exact as floats, fractions included.
_END = 2.0**34


def iso_clock() -> Callable[[Any], str]:
    """A function from epoch seconds to ISO text of the local time zone, for one value at a time.

    Whatever is not a plain number of seconds since 1970 goes dateutil's way; the function raises ValueError or
    RuntimeError with dateutil's messages.
    """
    known = _Known()
    minutes, fractions = known.minutes, known.fractions

    def clock(value: Any) -> str:
        kind = type(value)
        if kind is not float and kind is not int:
            return _slow(value)
        minute = value // _MINUTE
        if minute not in minutes and not known.learn_minute(minute):
            return _slow(value)
        # Exact, as a number of seconds and its minute are near each other.
        rest = value - minute * _MINUTE
        second = int(rest)
        fraction = rest - second
        if fraction not in fractions and not known.learn_fraction(fraction):
            return _slow(value)
        before, after = minutes[minute]
        return f"{before}{_SECONDS[second]}{fractions[fraction]}{after}"

    return clock


class _Known:
    """What the texts of some minutes and of some fractions of a second are made of.

    dateutil finds the offset of every single value by asking the C library, which is nearly all the time that a
    listing takes. Here it is asked about both ends of an hour, and only when they agree is the offset
    kept for what lies between. Services send milliseconds, so there are not many fractions.
    """

    def __init__(self) -> None:
        #: Minute since 1970 -> what stands before and after the seconds.
        self.minutes: dict[float, tuple[str, str]] = {}
        #: Fraction of a second -> its digits, with the dot.
        self.fractions: dict[float, str] = {}
        #: Hour since 1970 -> the one offset in it, None if there are two.
        self._zones: dict[int, timezone | None] = {}

    def learn_minute(self, minute: float) -> bool:
        """Keep a whole ``minute``; False if its seconds do not all have texts of one form."""
        if not 0 <= minute < _END:  # NaN is neither
            return False
        around = _around(int(minute), self._zone(int(minute) * _MINUTE // _SPAN))
        if around is None:
            return False
        if len(self.minutes) >= _KEPT:
            self.minutes.clear()
        self.minutes[minute] = around
        return True

    def learn_fraction(self, fraction: float) -> bool:
        """Keep the digits of a fraction; False if it is rounded up to a second."""
        digits = _digits(fraction)
        if digits is None:
            return False
        if len(self.fractions) >= _KEPT:
            self.fractions.clear()
        self.fractions[fraction] = digits
        return True

    def _zone(self, span: int) -> timezone | None:
        if span not in self._zones:
            self._zones[span] = _shared_zone(span * _SPAN, (span + 1) * _SPAN - 1)
        return self._zones[span]


def _around(minute: int, zone: timezone | None) -> tuple[str, str] | None:
    """What stands before and after the seconds in every text of a minute; None if that varies."""
    if zone is None:
        return None
    text = datetime.fromtimestamp(minute * _MINUTE, zone).isoformat()
    # Not so where a historic offset has seconds of its own.
    return (text[:17], text[19:]) if text[17:19] == "00" else None


def _digits(fraction: float) -> str | None:
    """The text of a fraction of a second; None if it is rounded up to a second."""
    # As datetime rounds: the fraction is exact, its millionths are rounded half to even.
    micro = round(fraction * _MICRO)
    if micro >= _MICRO:
        return None
    return f".{micro:06}" if micro else ""


def _shared_zone(first: int, last: int) -> timezone | None:
    try:
        start, end = parse_timestamp(first).utcoffset(), parse_timestamp(last).utcoffset()
    except (OverflowError, ValueError, RuntimeError):
        return None
    return timezone(start) if start is not None and start == end else None


def _slow(value: Any) -> str:
    text: str = parse_timestamp(value).isoformat()
    return text
