"""Logs without a service, and whole commands as for waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awsshadow.errors import ServiceError
from tests.waiting.conftest import kept, model, run, stepping, time

if TYPE_CHECKING:
    from typing import Any

    Document = dict[str, Any]

__all__ = ["kept", "model", "run", "stepping", "time"]


def refused(code: str) -> ServiceError:
    return ServiceError(f"An error occurred ({code})", {"Code": code, "Message": "no"})


class Logs:
    """One group. ``streams`` are times and messages by name; a token is the number of events before it.

    ``page`` is the most of an answer; ``calls`` are the operations that were asked for, with their parameters.
    """

    def __init__(self, streams: dict[str, list[tuple[int, str]]] | None, page: int = 10_000) -> None:
        self.streams = streams
        self.page = page
        self.calls: list[tuple[str, Document]] = []

    def asked(self, operation: str) -> list[Document]:
        return [parameters for name, parameters in self.calls if name == operation]

    def __call__(self, operation: str, parameters: Document) -> Document:
        self.calls.append((operation, dict(parameters)))
        if self.streams is None:
            raise refused("ResourceNotFoundException")
        answer: Document = getattr(self, f"_{operation}")(parameters)
        return answer

    def _DescribeLogStreams(self, parameters: Document) -> Document:
        assert self.streams is not None
        names = sorted(name for name in self.streams if name.startswith(parameters.get("logStreamNamePrefix", "")))
        if parameters.get("orderBy") == "LastEventTime":
            names.sort(key=lambda name: -max((time for time, _ in (self.streams or {})[name]), default=0))
        begin = int(parameters.get("nextToken", 0))
        shown = names[begin : begin + parameters["limit"]]
        rows = [{"logStreamName": name, "creationTime": 0, **self._last(name)} for name in shown]
        return {"logStreams": rows, **({"nextToken": str(begin + len(rows))} if names[begin + len(rows) :] else {})}

    def _last(self, name: str) -> Document:
        times = [time for time, _ in (self.streams or {})[name]]
        return {"lastEventTimestamp": max(times)} if times else {}

    def _GetLogEvents(self, parameters: Document) -> Document:
        events = (self.streams or {})[parameters["logStreamName"]]
        begin = int(parameters.get("nextToken", "0").removeprefix("f/"))
        if "nextToken" not in parameters:
            begin = next((n for n, (time, _) in enumerate(events) if time >= parameters["startTime"]), len(events))
        page = events[begin : begin + min(parameters["limit"], self.page)]
        found = [{"timestamp": time, "message": message} for time, message in page]
        return {"events": found, "nextForwardToken": f"f/{begin + len(page)}", "nextBackwardToken": "b/0"}

    def _FilterLogEvents(self, parameters: Document) -> Document:
        prefix, names = parameters.get("logStreamNamePrefix", ""), parameters.get("logStreamNames")
        found = sorted(
            (time, name, number, message)
            for name, events in (self.streams or {}).items()
            for number, (time, message) in enumerate(events)
            if (name in names if names else name.startswith(prefix))
            and time >= parameters["startTime"]
            and parameters["filterPattern"] in message
        )
        begin = int(parameters.get("nextToken", 0))
        page = [
            {"timestamp": time, "logStreamName": name, "message": message, "eventId": f"{name}/{number}"}
            for time, name, number, message in found[begin : begin + self.page]
        ]
        return {"events": page, **({"nextToken": str(begin + len(page))} if found[begin + len(page) :] else {})}
