"""Timestamps of responses as ISO 8601 text, fast, and equal to what dateutil makes of them (behaviour: output 0.3)."""

from __future__ import annotations

from datetime import datetime, timezone

from botocore.utils import parse_timestamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Seconds for which one offset from UTC is remembered.
_SPAN = 900
_MINUTE = 60
#: So many minutes, and fractions of a second, are remembered at a time.
_KEPT = 10_000
_SECONDS = tuple(f"{second:02}" for second in range(_MINUTE))
_MICRO = 1_000_000
#: Far beyond the last year that a date can have, and exact as a float.
_END = 2.0**40


def iso_clock() -> Callable[[Any], str]:
    """A function from epoch seconds to ISO text of the local time zone, for one value at a time.

    dateutil finds the offset of every single value by asking the C library, which is nearly all
    the time that a listing takes. Here it is asked about both ends of a quarter of an hour, and
    only when they agree is the offset kept for what lies between. What stands before and after the
    seconds is kept for every minute that has been met, and the text of every fraction of a second:
    services send milliseconds. Whatever is not a plain number of seconds since 1970 goes dateutil's
    way; the function raises ValueError or RuntimeError with dateutil's messages.
    """
    minutes: dict[int, tuple[str, str]] = {}
    fractions: dict[float, str] = {}
    zones: dict[int, timezone | None] = {}

    def clock(value: Any) -> str:
        kind = type(value)
        if kind is float and 0 <= value < _END:
            whole = int(value)
        elif kind is int:
            whole = value
        else:
            return _slow(value)
        try:
            before, after = minutes[whole // _MINUTE]
            return f"{before}{_SECONDS[whole % _MINUTE]}{fractions[value - whole]}{after}"
        except KeyError:
            return clock(value) if learn(whole // _MINUTE, value - whole) else _slow(value)

    def learn(minute: int, fraction: float) -> bool:
        """Make both known; False if one of them differs from value to value."""
        if max(len(minutes), len(fractions)) >= _KEPT:
            minutes.clear()
            fractions.clear()
        span = minute * _MINUTE // _SPAN
        if span not in zones:
            zones[span] = _shared_zone(span * _SPAN, (span + 1) * _SPAN - 1)
        around, digits = _around(minute, zones[span]), _digits(fraction)
        if around is None or digits is None:
            return False
        minutes[minute], fractions[fraction] = around, digits
        return True

    return clock


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
