"""Timestamps of responses as ISO 8601 text, fast, and equal to what dateutil makes of them."""

from __future__ import annotations

from datetime import datetime, timezone

from botocore.utils import parse_timestamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Seconds for which one offset from UTC is remembered.
_SPAN = 900
#: A fraction above this may be rounded into the next second, and so into another span.
_ROUNDS_UP = 0.999999


class IsoClock:
    """Turns epoch seconds into ISO text of the local time zone; call it with one value.

    dateutil finds the offset of every single value by asking the C library, which is nearly all
    the time that a listing takes. Here it is asked about both ends of a quarter of an hour, and
    only when they agree is the offset kept for what lies between. Whatever is not a plain number
    of seconds goes dateutil's way, errors included.
    """

    def __init__(self) -> None:
        self._zones: dict[int, timezone | None] = {}

    def __call__(self, value: Any) -> str:
        """The ISO text of ``value``. Raises ValueError or RuntimeError with dateutil's messages."""
        kind = type(value)
        if kind is int or (kind is float and value % 1 < _ROUNDS_UP):
            zone = self._zone(int(value // _SPAN))
            if zone is not None:
                return datetime.fromtimestamp(value, zone).isoformat()
        return _slow(value)

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
