"""Timestamps of responses as ISO 8601 text, fast, and equal to what dateutil makes of them (behaviour: output 0.3)."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

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
        try:
            before, after = minutes[minute]
            # Exact, as a number of seconds and its minute are near each other.
            rest = value - minute * _MINUTE
            second = int(rest)
            return f"{before}{_SECONDS[second]}{fractions[rest - second]}{after}"
        except KeyError:
            return clock(value) if known.learn(value, minute) else _slow(value)

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

    def learn(self, value: float, minute: float) -> bool:
        """Keep the ``minute`` and the fraction of ``value``; False if its text follows from neither."""
        if not 0 <= minute < _END:  # NaN is neither
            return False
        fraction = value % 1
        around, digits = _around(int(minute), self._zone(int(minute) * _MINUTE // _SPAN)), _digits(fraction)
        if around is None or digits is None:
            return False
        if max(len(self.minutes), len(self.fractions)) >= _KEPT:
            self.minutes.clear()
            self.fractions.clear()
        self.minutes[minute], self.fractions[fraction] = around, digits
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
    if not time.daylight:  # no summer time this year: dateutil takes all others to have had none, too
        return timezone(timedelta(seconds=-time.timezone))
    try:
        start, end = parse_timestamp(first).utcoffset(), parse_timestamp(last).utcoffset()
    except (OverflowError, ValueError, RuntimeError):
        return None
    return timezone(start) if start is not None and start == end else None


def _slow(value: Any) -> str:
    try:
        text: str = parse_timestamp(value).isoformat()
    except (ValueError, RuntimeError) as error:
        error.timestamp = value  # type: ignore[union-attr] # for whoever says what is wrong
        raise
    return text
