"""The groups, streams and events of CloudWatch Logs: what resources have written, and what clients have put.

Only the latter is kept, as records of three families. A group and a stream are there when a resource writes to
them or somebody made them.
"""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.services import log_sources
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from awsshadow.sandbox.services.log_sources import Stream
    from awsshadow.sandbox.state.resources import Resources

GROUP = "LogGroup"
STREAM = "LogStream"
EVENT = "LogEvent"
NOT_FOUND = "ResourceNotFoundException"
#: Behind the lines that resources have written at the same moment.
_BEHIND = 1_000_000


class Event:
    """``time`` and ``ingested`` in milliseconds since the epoch; ``order`` among those of the same time."""

    __slots__ = ("ingested", "message", "order", "stream", "time")

    def __init__(self, stream: str, time: int, order: int, message: str, ingested: int) -> None:
        self.stream = stream
        self.time = time
        self.order = order
        self.message = message
        self.ingested = ingested

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in its stream."""
        return self.time, self.order


class Logs:
    """The logs of one account and region."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def groups(self) -> dict[str, int]:
        """The groups by name, and when each was made, in milliseconds since the epoch."""
        deleted = {record.key: record for record in self._resources.find(GROUP)}
        found = {
            name: milliseconds(created)
            for name, created in log_sources.groups(self._resources).items()
            if name not in deleted or self._derived(name, "")
        }
        kept = {name: milliseconds(r.created) for name, r in deleted.items() if r.status != "Deleted"}
        return dict(sorted({**found, **kept}.items()))

    def has_group(self, group: str) -> bool:
        """Whether a group is there."""
        record = self._resources.get(GROUP, group)
        return (record is not None and record.status != "Deleted") or bool(self._derived(group, ""))

    def streams(self, group: str, prefix: str = "") -> dict[str, int]:
        """The streams of a group whose names begin with ``prefix``, by name, and when each was made.

        Raises Refusal when there is no such group.
        """
        found = {stream.name: milliseconds(stream.created) for stream in self._derived(group, prefix)}
        made = self._resources.find(STREAM, ("name", "prefix", prefix), parent=group)
        found |= {record.name: milliseconds(record.created) for record in made if record.name not in found}
        if not found and not self.has_group(group):
            raise Refusal(NOT_FOUND, "The specified log group does not exist.")
        return dict(sorted(found.items()))

    def events(self, group: str, stream: str) -> list[Event]:
        """The events of a stream, oldest first. Raises Refusal when there is no such stream."""
        derived = next((s for s in self._derived(group, stream) if s.name == stream), None)
        if derived is None and self._resources.get(STREAM, _key(group, stream)) is None:
            missing = "stream" if self.has_group(group) else "group"
            raise Refusal(NOT_FOUND, f"The specified log {missing} does not exist.")
        lines = [] if derived is None else derived.lines
        found = [
            Event(stream, milliseconds(moment), place, line, milliseconds(moment))
            for place, (moment, line) in enumerate(lines)
        ]
        found += [
            Event(stream, milliseconds(r.created), _BEHIND + r.id, r.doc["Message"], milliseconds(r.modified))
            for r in self._resources.find(EVENT, parent=_key(group, stream))
        ]
        return sorted(found, key=lambda event: event.place)

    def make_group(self, group: str) -> bool:
        """Make a group; False when it is there."""
        if self.has_group(group):
            return False
        self._forget_mark(group)
        return self._resources.insert(Record(GROUP, group, {}, now=self._resources.now, status="Active"))

    def make_stream(self, group: str, stream: str) -> bool:
        """Make a stream in a group that is there; False when it is there. Raises Refusal."""
        if stream in self.streams(group, stream):
            return False
        return self._insert_stream(group, stream)

    def put(self, group: str, stream: str, events: Iterable[tuple[int, str]]) -> None:
        """Add events, each a time in milliseconds and a line, to a stream that is there. Raises Refusal."""
        self.events(group, stream)
        self._insert_stream(group, stream)
        parent = _key(group, stream)
        for time, message in events:
            number = self._resources.next_number("log-event", parent)
            record = Record(
                EVENT, f"{parent}:{number}", {"Message": message}, now=time / 1000, name=stream, parent=parent
            )
            record.modified = self._resources.now
            self._resources.insert(record)

    def delete_group(self, group: str) -> None:
        """Forget a group; what resources have written until now is not shown again. Raises Refusal."""
        for stream in self.streams(group):
            self._forget_stream(group, stream)
        self._forget_mark(group)
        self._resources.insert(Record(GROUP, group, {}, now=self._resources.now, status="Deleted"))

    def delete_stream(self, group: str, stream: str) -> None:
        """Forget a stream that was made. Raises Refusal."""
        self.events(group, stream)
        self._forget_stream(group, stream)

    def _derived(self, group: str, prefix: str) -> list[Stream]:
        record = self._resources.get(GROUP, group)
        since = record.created if record is not None and record.status == "Deleted" else -1.0
        return [stream for stream in log_sources.streams(self._resources, group, prefix) if stream.created > since]

    def _insert_stream(self, group: str, stream: str) -> bool:
        now = self._resources.now
        return self._resources.insert(Record(STREAM, _key(group, stream), {}, now=now, name=stream, parent=group))

    def _forget_mark(self, group: str) -> None:
        record = self._resources.get(GROUP, group)
        if record is not None:
            self._resources.remove(record)

    def _forget_stream(self, group: str, stream: str) -> None:
        kept = self._resources.get(STREAM, _key(group, stream))
        if kept is not None:
            self._resources.remove(kept)


def milliseconds(seconds: float) -> int:
    """Seconds since the epoch in whole milliseconds."""
    return round(seconds * 1000)


def _key(group: str, stream: str) -> str:
    """The key of a stream: a colon is in no name of a group or a stream."""
    return f"{group}:{stream}"
