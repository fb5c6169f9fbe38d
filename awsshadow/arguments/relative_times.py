"""Points in time that are counted from now: ``now``, ``now-7d``, ``now+30m``.

awsshadow's own: the reference refuses each of these, so no script depends on what they would mean.
Spellings without ``now`` are not free: ``-1h`` is one o'clock today to the reference. The unit is one of
those of ``aws logs tail --since``, and weeks.
"""

from __future__ import annotations

from awsshadow.model.points_in_time import with_timestamps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]

_NOW = "now"
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
#: Seconds either way; what lies beyond a thousand years is a slip of the finger.
_FARTHEST = 1000 * 365 * 86400


def resolved(value: Any, name: str, shapes: Shapes, now: int) -> Any:
    """``value`` of the shape ``name`` with every such text in the place of a timestamp as seconds since the epoch.

    ``now`` is the moment they are counted from, the same for all of one command. What is no such
    text, or stands where the model has no timestamp, is left as it is.
    """

    def change(value: Any, _: Mapping[str, Any]) -> Any:
        moment = _moment(value, now) if isinstance(value, str) else None
        return value if moment is None else moment

    return with_timestamps(value, name, shapes, change)


def _moment(text: str, now: int) -> int | None:
    if text == _NOW:
        return now
    sign, number, unit = text[3:4], text[4:-1], text[-1:]
    if not text.startswith(_NOW) or sign not in ("+", "-") or unit not in _SECONDS:
        return None
    if not (number.isascii() and number.isdigit()) or len(number) > len(str(_FARTHEST)):
        return None
    seconds = int(number) * _SECONDS[unit]
    if seconds > _FARTHEST:
        return None
    return now + seconds if sign == "+" else now - seconds
