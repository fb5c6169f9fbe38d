"""The stages of reading a log: where it is, its lines in order, and how what writes it has ended.

Where a resource writes is in ``log_places``, which lines come next in ``tailing``; here clients are asked, lines are
written, and the end is told.
"""

from __future__ import annotations

from datetime import datetime
from time import time

from awsshadow import arguments
from awsshadow.errors import ServiceError
from awsshadow.log_calls import LONGEST_REST, PatientClient
from awsshadow.log_places import Steps, places
from awsshadow.model.families import describing
from awsshadow.resource_stages import Asking, Resource, conclude
from awsshadow.streams import visible
from awsshadow.tailing.lines import form
from awsshadow.tailing.order import Window, merged
from awsshadow.tailing.sources import NO_GROUP, Wanted, source
from awsshadow.waiting.durations import words
from awsshadow.waiting.goals import GO_ON, Ended
from awsshadow.waiting.progress import Progress
from awsshadow.waiting.rounds import Rounds
from awsshadow.waiting.status_line import drawer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from awsshadow.invocation import Globals
    from awsshadow.model.families import Family
    from awsshadow.stages import Stages
    from awsshadow.tailing.lines import Line
    from awsshadow.tailing.sources import Source
    from awsshadow.waiting.status_line import Drawer

    Document = dict[str, Any]

    class Out(Protocol):
        """Where lines go to."""

        def write(self, text: str) -> None: ...
        def flush(self) -> None: ...


#: Seconds between descriptions, and between two looks for new streams.
LOOK = 10.0
#: Seconds between two readings of all streams; so many once what writes them has ended, since the last lines are late.
_POLL, _LAST_POLL = 2.0, 5.0
#: So many streams are read a second, whatever the number of them: a fifth of what an account may.
_STREAMS_A_SECOND = 5.0
#: So many readings in a row bring nothing before the log of what has ended is taken to be at its end.
_EMPTY_POLLS = 2
#: What ended so many seconds ago has no lines on their way.
_LONG_AGO = 300.0
#: A sandbox in which time need not pass still has a moment between two readings.
_SMALLEST_WORTH = 0.02
#: How far back the log of what is no job is read, in seconds, where nothing is said: as ``aws logs tail`` does.
USUAL_SINCE = 600.0
_ONLY_THE_LOG = "it goes on, only the reading of its log has ended"


class Asked:
    """What was asked of a log: ``since`` in seconds since the epoch, None where nothing was said."""

    def __init__(
        self,
        since: float | None = None,
        hosts: Sequence[str] = (),
        pattern: str | None = None,
        format: str = "detailed",
        group: str | None = None,
    ) -> None:
        self.since = since
        self.hosts = hosts
        self.pattern = pattern
        self.format = format
        self.group = group

    def wanted(self, resource: Resource) -> Wanted:
        """All of a job is wanted, and the last minutes of what stays."""
        since = self.since
        if since is None:
            since = 0.0 if resource.family.is_job else time() - USUAL_SINCE
        return Wanted(max(0, int(since * 1000)), self.hosts, self.pattern)


class Tail:
    """The log of one resource on its way to ``out``; ``live`` where a terminal shows it."""

    def __init__(
        self, stages: Stages, resource: Resource, options: Globals, asked: Asked, out: Out, live: bool
    ) -> None:
        self.resource = resource
        self._stages = stages
        self._asked = asked
        self._wanted = asked.wanted(resource)
        self._out = out
        self._live = live
        self._form = form(asked.format)
        self.client = PatientClient(stages, resource, options)
        self._steps = Steps(stages, options) if Steps.has(resource.family) else None
        self._sources: dict[tuple[str, str], Source] = {}
        #: How many lines there were.
        self.count = 0
        #: How long it was followed, in seconds.
        self.elapsed = 0.0

    def once(self, say: Callable[[str], None]) -> None:
        """Write what is there; ``say`` why there is nothing. Raises what a call raises, ReaderGone."""
        self._describe()
        self._look()
        self.refuse_missing()
        self._write(self._lines())
        if not self.count:
            reason = self.why_nothing()
            if reason:
                say(reason)

    def follow(self, timeout: float | None = None, every: float = LOOK, shown: Drawer | None = None) -> None:
        """Write what is there and what comes, until the resource has come to its end and no line comes any more.

        It is looked at ``every`` so many seconds, and ``shown`` how far that is. Raises GaveUp when ``timeout``, in
        seconds, is over before, and what a call raises.
        """
        window, quiet, next_look = Window(), 0, 0.0
        worth = max(self.resource.asking.operation.worth, _SMALLEST_WORTH)
        rounds = Rounds(self._delays(), timeout, None, worth)
        if shown is not None:
            shown.begin(Progress([self.resource.states], rounds, words(timeout or 0), counts=False))
        try:
            while True:
                rounds.begin()
                if shown is not None:
                    shown.asks()
                if self._has_ended or rounds.elapsed >= next_look:
                    if not self._has_ended:
                        self.resource.look(rounds.elapsed)
                        quiet = 0 if self._has_ended else quiet
                    self._look()
                    next_look = rounds.elapsed + every
                before = self.count
                self._write(_held_back(window, self._lines(), rounds))
                quiet = 0 if self.count > before else quiet + 1
                if self._has_ended and (quiet >= _EMPTY_POLLS or self._ended_long_ago()):
                    return
                if shown is not None:
                    shown.rests()
                rounds.pause()
        finally:
            self.elapsed = rounds.elapsed
            self._write(window.rest())

    @property
    def _has_ended(self) -> bool:
        return self.resource.verdict != GO_ON

    def _ended_long_ago(self) -> bool:
        """Whether the description says so: no line of it is on its way any more."""
        document, family = self.resource.document or {}, self.resource.family
        moments = (_moment(document.get(member)) for member in family.end_times)
        return any(moment is not None and moment < time() - _LONG_AGO for moment in moments)

    @property
    def _has_streams(self) -> bool:
        return any(found.known for found in self._sources.values())

    @property
    def place(self) -> str:
        """The group, or the groups, where the log is."""
        return ", ".join(dict.fromkeys(group for group, _ in self._sources))

    def _delays(self) -> Iterator[float]:
        while True:
            streams = sum(len(found.known) for found in self._sources.values())
            usual = _LAST_POLL if self._has_ended else _POLL
            yield min(max(usual, streams / _STREAMS_A_SECOND) * self.client.slower(), LONGEST_REST)

    def _describe(self) -> None:
        """Look at the resource once. What is gone may have left a log; only if there is none that is the error."""
        try:
            self.resource.look(0.0)
        except ServiceError as error:
            if error.fields.get("Code") not in self.resource.asking.missing or self._steps is not None:
                raise
            self._find({})
            self._search()
            if not self._has_streams:
                raise

    def _look(self) -> None:
        """Look for places and streams that are new."""
        if self.resource.document is not None:
            self._find(self.resource.document)
        self._search()

    def _find(self, document: Document) -> None:
        parameters, group = self.resource.parameters, self._asked.group
        found = (
            self._steps.new(parameters, group)
            if self._steps is not None
            else (("", place) for place in places(self.resource.asking, parameters, document, group))
        )
        for step, place in found:
            key = (place.group, place.stream)
            if key not in self._sources:
                self._sources[key] = source(self.client.ask, place, self._wanted, step)

    def _search(self) -> None:
        for found in self._sources.values():
            found.look()

    def _lines(self) -> Iterator[Line]:
        for line in merged([found.lines() for found in self._sources.values()]):
            self.count += 1
            yield line

    def _write(self, lines: Iterable[Line]) -> None:
        try:
            for line in lines:
                text = self._form(line)
                self._out.write(f"{visible(text) if self._live else text}\n")
        finally:
            self._out.flush()

    def missing(self) -> str:
        """That there is no group to read; empty when there is one."""
        if any(found.is_there for found in self._sources.values()) or self._steps is not None:
            return ""
        if not self._sources:
            return f"the description of {self.resource.label} names no log group yet; --group says which one to read"
        kind = describing.typed(self.resource.family).replace("-", " ")
        may = f"no log was written yet, or the role of the {kind} may not write logs"
        return f"the log group {self.place} is not there: {may}"

    def refuse_missing(self) -> None:
        """Raise ServiceError when there is no group to read."""
        told = self.missing()
        if told:
            raise ServiceError(told, {"Code": NO_GROUP, "Message": told})

    def why_nothing(self) -> str:
        """Why there is no line; empty where that needs no reason."""
        hosts = [host for found in self._sources.values() for host in found.hosts]
        if not self._has_streams and self._wanted.hosts and hosts:
            return f"no stream of {', '.join(self._wanted.hosts)}; there are {', '.join(dict.fromkeys(hosts))}"
        if not self._has_streams and not any(found.has_older for found in self._sources.values()):
            return f"{self.resource.label} has no log stream yet" + (f" in {self.place}" if self.place else "")
        if self._asked.since is None and self._wanted.start and self._asked.pattern is None:
            return f"nothing was written in the last {words(USUAL_SINCE)}; --since looks further back"
        return ""


def _moment(value: object) -> float | None:
    """A timestamp of an answer, in either form that ``cli_timestamp_format`` gives it, in seconds since the epoch."""
    if isinstance(value, int | float):
        return float(value)
    try:
        return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else None
    except ValueError:
        return None


def _held_back(window: Window, lines: Iterable[Line], rounds: Rounds) -> Iterator[Line]:
    for line in lines:
        yield from window.put(line, rounds.elapsed)
    yield from window.ripe(rounds.elapsed)


def read_log(
    stages: Stages, family: Family, options: Globals, parameters: Document, asked: Asked, out: Out, follows: bool
) -> None:
    """Write the log of a resource to ``out``: what is there, or, if ``follows``, what comes until it has ended.

    Raises EndedElsewhereError when it ended in a failure, and what calls and ``out`` raise.
    """
    streams, asking = stages.process.streams, Asking(stages, family, options)
    if stages.checked.settings.validates:
        arguments.validate(parameters, asking.slice.input_shape, asking.slice.shapes)
    resource = Resource(asking, parameters, Ended(family))
    tail = Tail(stages, resource, options, asked, out, streams.is_tty("stdout"))
    shown = drawer(streams, stages.checked.settings)
    if not follows:
        tail.once(shown.say)
        return
    try:
        tail.follow()
    except KeyboardInterrupt:
        shown.say(f"{resource.label} was {resource.state or 'not seen'} when interrupted; {_ONLY_THE_LOG}")
        raise
    if not tail.count:
        if resource.is_reached:
            tail.refuse_missing()
        if told := tail.missing() or tail.why_nothing():
            shown.say(told)
    conclude([resource], one_is_enough=False)
    if shown.closes:
        shown.say(f"{resource.label}: {resource.state}")
