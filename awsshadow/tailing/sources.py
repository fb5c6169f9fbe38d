"""Where lines come from: streams that are read on from where they were left, or a filter over them.

Both ask the service by ``Ask`` and know nothing of clients, clocks and terminals.
"""

from __future__ import annotations

from awsshadow.errors import ServiceError
from awsshadow.tailing.lines import Line
from awsshadow.tailing.order import merged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from awsshadow.model.families.log_groups import LogPlace

    Document = dict[str, Any]
    #: Makes one call of CloudWatch Logs. Raises ServiceError.
    Ask = Callable[[str, Document], Document]

    class Source(Protocol):
        """The lines of one place."""

        place: LogPlace
        #: Whether the group was there when it was looked for last.
        is_there: bool
        #: Whether streams were passed over that nothing was written to for long.
        has_older: bool
        #: The streams that are read, by name.
        known: dict[str, Any]
        #: What the hosts of all streams of the place are called, those that are not wanted included.
        hosts: dict[str, None]

        def look(self) -> None:
            """Look for streams that are new."""

        def lines(self) -> Iterator[Line]:
            """What has come since they were read last, by time."""


#: Most lines of one answer, and so many in the memory whatever the number of streams.
_PAGE = 10_000
_SMALLEST_PAGE = 100
#: Most rows of a list of streams: API reference, DescribeLogStreams.
_ROWS = 50
#: So many empty answers in a row that do not say that the stream is at its end are taken for its end, this time.
_MOST_EMPTY = 100
#: For so long the time of a stream's last line may be out of date: API reference, LogStream.
_LATE = 3_600_000
#: Most streams that one filter may name: API reference, FilterLogEvents.
_MOST_NAMES = 100
#: How far behind the last line a filter looks again for lines of other hosts, in milliseconds.
_BEHIND = 30_000
#: So many lines that were shown are remembered by a filter.
_MOST_SEEN = 50_000

NO_GROUP = "ResourceNotFoundException"
_INVALID = "InvalidParameterException"


class Wanted:
    """What is wanted of a log: from ``start`` on, in milliseconds since the epoch; of ``hosts``, all when empty; what
    meets the filter ``pattern``, all when None."""

    def __init__(self, start: int = 0, hosts: Sequence[str] = (), pattern: str | None = None) -> None:
        self.start = start
        self.hosts = hosts
        self.pattern = pattern


def source(ask: Ask, place: LogPlace, wanted: Wanted, step: str = "") -> Source:
    """The source of the lines of a place; ``step`` is what they are marked with."""
    kind = Streams if wanted.pattern is None else Filter
    return kind(ask, place, wanted, step)


def hosts_of(stream: str, place: LogPlace) -> list[str]:
    """By what a host may be called, of a stream: parts of what follows the resource's name, without times.

    ``churn/algo-1-1700000000`` is that of ``algo-1``, ``AllTraffic/i-0abc`` that of ``AllTraffic`` and of ``i-0abc``.
    """
    parts = [part for part in stream.removeprefix(place.stream).split("/") if part]
    return [_without_time(part) for part in parts]


def _without_time(part: str) -> str:
    host, _, time = part.rpartition("-")
    return host if host and len(time) >= 10 and time.isdigit() else part


class _Listed:
    """The streams of a place, found again and again; ``known`` those of the hosts that are wanted."""

    def __init__(self, ask: Ask, place: LogPlace, wanted: Wanted, step: str) -> None:
        self.place = place
        self.is_there = False
        self.has_older = False
        self.known: dict[str, Any] = {}
        #: The hosts of all streams that were seen, whatever is wanted.
        self.hosts: dict[str, None] = {}
        self._ask = ask
        self._wanted = wanted
        self._step = step

    def look(self) -> None:
        """Look for streams that are new. Raises ServiceError, but not for a group that is not there."""
        try:
            for row in self._rows():
                self._take(row)
        except ServiceError as error:
            if error.fields.get("Code") != NO_GROUP:
                raise
            self.is_there = False
        else:
            self.is_there = True

    def _rows(self) -> Iterator[Document]:
        """Streams by name, or, where all of a group are meant, those that were written to last first."""
        place, start = self.place, self._wanted.start
        asked: Document = {"logGroupName": place.group, "limit": _ROWS}
        by_time = not place.stream
        asked |= {"orderBy": "LastEventTime", "descending": True} if by_time else {"logStreamNamePrefix": place.stream}
        while True:
            answer = self._ask("DescribeLogStreams", asked)
            for row in answer.get("logStreams") or ():
                last = row.get("lastEventTimestamp") or row.get("creationTime") or 0
                if last >= start - _LATE:
                    yield row
                    continue
                self.has_older = self.has_older or place.holds(row["logStreamName"])
                if by_time:
                    return
            if not answer.get("nextToken"):
                return
            asked["nextToken"] = answer["nextToken"]

    def _take(self, row: Document) -> None:
        name = row["logStreamName"]
        if name in self.known or not self.place.holds(name):
            return
        hosts = hosts_of(name, self.place)
        self.hosts |= dict.fromkeys(hosts)
        if not self._wanted.hosts or any(host in hosts for host in self._wanted.hosts):
            self.known[name] = _Stream(self._ask, self.place.group, name, self._wanted.start, self._step)


class Streams(_Listed):
    """The streams of a place, each read on from where it was left."""

    def lines(self) -> Iterator[Line]:
        """What has come since they were read last, by time. Raises ServiceError."""
        page = max(_SMALLEST_PAGE, _PAGE // max(1, len(self.known)))
        return merged([stream.lines(page) for stream in self.known.values()])


class _Stream:
    """How far one stream has been read."""

    def __init__(self, ask: Ask, group: str, name: str, start: int, step: str) -> None:
        self._ask = ask
        self._group = group
        self._name = name
        self._start = start
        self._step = step
        self._token: str | None = None
        #: The time of the last line, and how many lines with that time were read: where to go on without a token.
        self._last, self._at_last = start, 0
        #: So many lines at ``_start`` were read already.
        self._skipped = 0

    def lines(self, page: int) -> Iterator[Line]:
        """What has come since it was read last, ``page`` lines an answer."""
        empty = 0
        while empty < _MOST_EMPTY:
            before = self._token
            answer = self._answer(page)
            if answer is None:
                continue
            events = answer.get("events") or ()
            empty = 0 if events else empty + 1
            for event in events:
                line = self._line(event)
                if line is not None:
                    yield line
            # The token is kept once its lines have been taken: who stops in between reads them again.
            self._token = answer.get("nextForwardToken") or before
            if self._token == before:
                return

    def _answer(self, page: int) -> Document | None:
        """The next answer; None when the token was one no more, which is given up then."""
        asked: Document = {"logGroupName": self._group, "logStreamName": self._name, "startFromHead": True}
        asked |= {"startTime": self._start, "limit": page}
        if self._token is not None:
            asked["nextToken"] = self._token
        try:
            return self._ask("GetLogEvents", asked)
        except ServiceError as error:
            if self._token is None or error.fields.get("Code") != _INVALID:
                raise
            self._token, self._start, self._skipped = None, self._last, self._at_last
            return None

    def _line(self, event: Document) -> Line | None:
        """The line of an event; None for one that was read before a token was lost."""
        time = event.get("timestamp") or 0
        if self._skipped and time == self._start:
            self._skipped -= 1
            return None
        self._at_last = self._at_last + 1 if time == self._last else 1
        self._last = time
        return Line(time, self._group, self._name, event.get("message") or "", self._step)


class Filter(_Listed):
    """What meets a filter in the streams of a place. A filter has no token to go on from: it looks again, a little
    behind where it was, and passes over what was shown."""

    def __init__(self, ask: Ask, place: LogPlace, wanted: Wanted, step: str) -> None:
        super().__init__(ask, place, wanted, step)
        self._start = wanted.start
        self._seen: dict[str, int] = {}

    def lines(self) -> Iterator[Line]:
        """What has come since it was looked last, by time. Raises ServiceError."""
        if not self.known:
            return
        asked: Document = {"logGroupName": self.place.group, "startTime": self._start}
        asked["filterPattern"] = self._wanted.pattern
        if self._wanted.hosts and len(self.known) <= _MOST_NAMES:
            asked["logStreamNames"] = list(self.known)
        elif self.place.stream:
            asked["logStreamNamePrefix"] = self.place.stream
        while True:
            answer = self._ask("FilterLogEvents", asked)
            yield from self._new(answer.get("events") or ())
            if not answer.get("nextToken"):
                break
            asked["nextToken"] = answer["nextToken"]
        self._forget()

    def _new(self, events: Iterable[Document]) -> Iterator[Line]:
        for event in events:
            name, time = event.get("logStreamName") or "", event.get("timestamp") or 0
            key = event.get("eventId") or f"{time}{name}{event.get('message')}"
            if key in self._seen or not self._is_wanted(name):
                continue
            self._seen[key] = time
            if len(self._seen) > 2 * _MOST_SEEN:
                self._forget()
            yield Line(time, self.place.group, name, event.get("message") or "", self._step)

    def _is_wanted(self, name: str) -> bool:
        return name in self.known or (not self._wanted.hosts and self.place.holds(name))

    def _forget(self) -> None:
        """Remember what was shown only as far back as is looked again."""
        newest = max(self._seen.values(), default=self._start)
        self._start = max(self._start, newest - _BEHIND)
        kept = [(key, time) for key, time in self._seen.items() if time >= self._start]
        if len(kept) > _MOST_SEEN:
            kept = kept[-_MOST_SEEN:]
            self._start = kept[0][1]
        self._seen = dict(kept)
