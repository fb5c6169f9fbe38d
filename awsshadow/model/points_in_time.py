"""Timestamps of a request: where the model has them, and which number stands for one as most people write them.

botocore makes numbers of timestamps itself, and needs dateutil and its time zones for it, which a call has no other
use for: with Python 3.15, where such modules are loaded when they are used, that is 29 million instructions.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
#: Makes a form of a text: what is no digit stays.
_DIGITS = str.maketrans("123456789", "000000000")
_DATE, _DATE_AND_TIME = "0000-00-00", "0000-00-00T00:00:00"
_ZONES = ("", "Z", "+00:00", "-00:00")
#: Years with fewer digits, or of other calendars, mean something else to dateutil.
_FIRST, _BEYOND = "1900", "2100"


class _Unusual(Exception):  # noqa: N818 - no error: it only ends a walk
    """A timestamp that is written in another way."""


def with_timestamps(value: Any, name: str, shapes: Shapes, change: Callable[[Any, Mapping[str, Any]], Any]) -> Any:
    """``value`` of the shape ``name`` with ``change(timestamp, its shape)`` in the place of each timestamp.

    What does not fit the model is left as it is, and ``value`` itself too: parts that hold others are copied, each
    as what it is, since messages show the class.
    """
    shape = shapes[name]
    kind = shape["type"]
    if kind == "timestamp":
        return change(value, shape)
    if kind == "list" and isinstance(value, list):
        return [with_timestamps(item, shape["member"]["shape"], shapes, change) for item in value]
    if kind == "structure" and isinstance(value, dict):
        members = shape["members"]
        inner = {key: members[key]["shape"] for key in value if key in members}
    elif kind == "map" and isinstance(value, dict):
        inner = dict.fromkeys(value, shape["value"]["shape"])
    else:
        return value
    copy = value.copy()
    for key, of in inner.items():
        copy[key] = with_timestamps(value[key], of, shapes, change)
    return copy


def in_seconds(parameters: Any, name: str, shapes: Shapes) -> Any:
    """``parameters`` of the shape ``name`` with all timestamps as the seconds that botocore would send for them.

    None where one of them is no text that ``seconds_of`` knows, or is sent in another form.
    """

    def change(value: Any, shape: Mapping[str, Any]) -> int:
        seconds = seconds_of(value) if isinstance(value, str) and "timestampFormat" not in shape else None
        if seconds is None:
            raise _Unusual
        return seconds

    try:
        return with_timestamps(parameters, name, shapes, change)
    except (_Unusual, RecursionError):
        return None


def seconds_of(text: str) -> int | None:
    """The seconds since the epoch, fractions cut off, at which a date, or a date and a time, of ISO 8601 is.

    A text without a zone is in UTC, as in requests. None for one in another form, and for what no calendar has.
    """
    form = text.translate(_DIGITS)
    if form != _DATE:
        if not form.startswith(_DATE_AND_TIME) or text[11:13] == "24":
            return None
        rest = form[len(_DATE_AND_TIME) :]
        if rest.startswith("."):
            fraction, rest = len(rest), rest[1:].lstrip("0")
            if not 2 <= fraction - len(rest) <= 7:
                return None
        if rest not in _ZONES:
            return None
    if not _FIRST <= text < _BEYOND:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _SECOND
