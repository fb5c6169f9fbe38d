"""Moments and spans as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

#: Seconds of a unit -> its letter, the longest first.
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
#: After so many days an age is said in days alone.
_LONG = 7 * 86400


def span(seconds: float) -> str:
    """A length of time in its two largest units: ``45s``, ``12m 3s``, ``3h 5m``, ``2d 4h``, ``30d``."""
    left = max(int(seconds), 0)
    if left < 60:
        return f"{left}s"
    found = []
    for size, letter in _UNITS[: 1 if left >= _LONG else None]:
        count, left = divmod(left, size)
        if count:
            found.append(f"{count}{letter}")
        elif found:
            break
    return " ".join(found[:2])


def ago(moment: float, now: float) -> str:
    """How long before ``now`` a moment was, both in seconds since the epoch: ``3h 5m ago``, ``in 2d``."""
    if abs(now - moment) < 1:
        return "now"
    return f"{span(now - moment)} ago" if moment <= now else f"in {span(moment - now)}"


def local(text: str, now: float) -> str | None:
    """An ISO 8601 time in the zone of this machine, and how long ago it was; None for what is no such time."""
    try:
        parsed = datetime.fromisoformat(text)
        if parsed.tzinfo is None:
            return None
        here = parsed.astimezone()
        return f"{here:%Y-%m-%d %H:%M:%S} ({ago(parsed.astimezone(UTC).timestamp(), now)})"
    except (ValueError, OverflowError, OSError):
        return None
