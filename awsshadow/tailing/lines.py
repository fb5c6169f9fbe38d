"""A line of a log, and the forms in which it is shown. The first two are those of ``aws logs tail --format``."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: Form -> what it is.
FORMATS = {
    "detailed": "The time to the millisecond, the stream and the line",
    "short": "The time to the second and the line",
    "json": "A JSON object a line, with the members timestamp, group, stream and message",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Line:
    """``time`` in milliseconds since the epoch; ``step`` is that of the pipeline, empty without one."""

    __slots__ = ("group", "message", "step", "stream", "time")

    def __init__(self, time: int, group: str, stream: str, message: str, step: str = "") -> None:
        self.time = time
        self.group = group
        self.stream = stream
        self.message = message
        self.step = step


def form(name: str) -> Callable[[Line], str]:
    """What makes a line of text, without its end, in one of ``FORMATS``."""
    return {"detailed": _detailed, "short": _short, "json": _json}[name]


def _detailed(line: Line) -> str:
    time = _moment(line).isoformat(timespec="microseconds")
    return f"{_step(line)}{time} {line.stream} {_message(line)}"


def _short(line: Line) -> str:
    return f"{_step(line)}{_moment(line):%Y-%m-%dT%H:%M:%S} {_message(line)}"


def _json(line: Line) -> str:
    shown = {
        "timestamp": _moment(line).isoformat(timespec="milliseconds"),
        **({"step": line.step} if line.step else {}),
        "group": line.group,
        "stream": line.stream,
        "message": line.message,
    }
    return json.dumps(shown)


def _step(line: Line) -> str:
    return f"[{line.step}] " if line.step else ""


def _message(line: Line) -> str:
    """The message without the end of line that some writers leave on it."""
    return line.message.rstrip("\r\n")


def _moment(line: Line) -> datetime:
    return _EPOCH + timedelta(milliseconds=line.time)
