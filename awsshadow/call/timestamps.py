"""Timestamps of responses as ISO 8601 text, fast, and equal to what dateutil makes of them."""

from __future__ import annotations

from datetime import datetime, timezone

from botocore.utils import parse_timestamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Seconds for which one offset from UTC is remembered.
_SPAN = 900
_MINUTE = 60
#: So many minutes are remembered at a time.
_KEPT = 10_000
_SECONDS = tuple(f"{second:02}" for second in range(_MINUTE))
_MICRO = 1_000_000
#: Far beyond the last year that a date can have, and exact as a float.
_END = 2.0**40


class IsoClock:
    """Turns epoch seconds into ISO text of the local time zone; call it with one value.

    dateutil finds the offset of every single value by asking the C library, which is nearly all
    the time that a listing takes. Here it is asked about both ends of a quarter of an hour, and
    only when they agree is the offset kept for what lies between. A minute that has been written
    once is kept as text, to which only the seconds are added. Whatever is not a plain number of
    seconds since 1970 goes dateutil's way, errors included.
    """

    def __init__(self) -> None:
        self._zones: dict[int, timezone | None] = {}
        self._minutes: dict[int, tuple[str, str] | None] = {}

    def __call__(self, value: Any) -> str:
        """The ISO text of ``value``. Raises ValueError or RuntimeError with dateutil's messages."""
        kind = type(value)
        if kind is int:
            whole, micro = value, 0
        elif kind is float and 0 <= value < _END:
            whole = int(value)
            # As datetime rounds: the fraction is exact, its millionths are rounded half to even.
            micro = round((value - whole) * _MICRO)
        else:
            return _slow(value)
        minute = whole // _MINUTE
        try:
            around = self._minutes[minute]
        except KeyError:
            around = self._minute(minute)
        if around is None or micro >= _MICRO:
            return _slow(value)
        before, after = around
        second = _SECONDS[whole - minute * _MINUTE]
        return f"{before}{second}.{micro:06}{after}" if micro else f"{before}{second}{after}"

    def _minute(self, minute: int) -> tuple[str, str] | None:
        """What stands before and after the seconds in every text of a minute; None if that varies."""
        if len(self._minutes) >= _KEPT:
            self._minutes.clear()
        zone = self._zone(minute * _MINUTE // _SPAN)
        found = None
        if zone is not None:
            text = datetime.fromtimestamp(minute * _MINUTE, zone).isoformat()
            if text[17:19] == "00":  # not so where a historic offset has seconds of its own
                found = text[:17], text[19:]
        self._minutes[minute] = found
        return found

    def _zone(self, span: int) -> timezone | None:
        if span not in self._zones:
            self._zones[span] = _shared_zone(span * _SPAN, (span + 1) * _SPAN - 1)
        return self._zones[span]


def _shared_zone(first: int, last: int) -> timezone | None:
    try:
        start, end = parse_timestamp(first).utcoffset(), parse_timestamp(last).utcoffset()
    except (OverflowError, ValueError, RuntimeError):
        return None
    return timezone(start) if start is not None and start == end else None


def _slow(value: Any) -> str:
    text: str = parse_timestamp(value).isoformat()
    return text
