"""A plan is carried out step by step: each resource is looked at before it is touched, then waited for."""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, EndedElsewhereError, PartlyFailedError, ServiceError, TimedOutError
from awsshadow.fanout.describer import DENIED
from awsshadow.model.families import describing, outcomes, removing
from awsshadow.removal.calls import arn_of
from awsshadow.removal.entries import (
    ASKED,
    AWAY,
    DONE,
    FAILED,
    GONE,
    PLANNED,
    SKIPPED,
    creation,
    same_moment,
    to_do,
)
from awsshadow.removal.planning import Usage, can_be_stopped
from awsshadow.terminal.pieces import USUAL
from awsshadow.waiting.durations import words
from awsshadow.waiting.goals import ELSEWHERE, GO_ON, Changed, Deleted, Look
from awsshadow.waiting.limits import USUAL_TIMEOUT, Limits
from awsshadow.waiting.rounds import GaveUp, Rounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from awsshadow.fanout.engine import Engine
    from awsshadow.model.families import Family
    from awsshadow.removal.calls import Calls
    from awsshadow.removal.entries import Entry
    from awsshadow.terminal.pieces import Piece
    from awsshadow.waiting.goals import Goal

    Document = dict[str, Any]
    #: What became of an entry when it was begun: its state, a note, and what judges whether it is through.
    Begun = tuple[str, str, Goal | None]

#: Seconds between two looks at what has to come to rest before it can be deleted.
_RESTING = 5.0
_ANOTHER = "there is another one of that name"


class Removal:
    """Carries out a plan.

    ``changed`` is told of every entry whose state is another one, after that has been set. ``limits`` hold for all of
    it together.
    """

    def __init__(
        self, entries: Sequence[Entry], calls: Calls, engine: Engine, limits: Limits,
        changed: Callable[[Entry], None],
    ) -> None:  # fmt: skip
        self._entries = to_do(entries)
        self._calls = calls
        self._engine = engine
        self._limits = limits
        self._changed = changed
        self._timeout = USUAL_TIMEOUT if limits.timeout is None else limits.timeout
        self._begun_at = calls.clock.now()
        self._step = 0
        #: Seconds of waiting that the clock has not seen.
        self._waited = 0.0
        #: Those that ended in a failure of the service, with what that says.
        self.ended_badly: list[str] = []
        #: Those that were not tried, since what hangs on them is still there.
        self.blocked: list[Entry] = []

    def run(self) -> None:
        """Do it. Raises PartlyFailedError, EndedElsewhereError, TimedOutError and what every call would raise."""
        for step in sorted({entry.step for entry in self._entries}):
            self._step = step
            now = [e for e in self._entries if e.step == step and e.state not in (*AWAY, SKIPPED)]
            tried = [entry for entry in now if not self._is_blocked(entry)]
            self.blocked += [entry for entry in now if entry not in tried]
            pending: dict[str, tuple[Entry, Goal]] = {}
            self._check_used(tried)
            tried = [entry for entry in tried if entry.state != SKIPPED]
            for entry, (state, note, goal) in zip(tried, self._engine.map(self._begin, tried), strict=True):
                self._set(entry, state, note)
                if goal is not None:
                    pending[entry.identity] = entry, goal
            self._wait(pending)
        self._conclude()

    def _is_blocked(self, entry: Entry) -> bool:
        """Whether something that hangs on it is still there."""
        return any(entry.identity in e.hangs_on and e.state not in AWAY for e in self._entries)

    def _check_used(self, tried: Sequence[Entry]) -> None:
        """Skip what something outside the plan uses by now: what was kept, and what was made anew after it was gone."""
        usage = Usage(self._calls, self._engine)
        inside = {entry.identity for entry in self._entries if entry.state in (PLANNED, ASKED)}
        for entry in tried:
            used = next((u for u in removing.USED if u.word == entry.word and u.title == entry.family.title), None)
            user = None if used is None else usage.outside(entry, used, inside)
            if user is not None:
                self._set(entry, SKIPPED, f"used by {user} since the plan was made")

    def _set(self, entry: Entry, state: str, note: str) -> None:
        entry.state, entry.note = state, note
        self._changed(entry)

    def _begin(self, entry: Entry) -> Begun:
        """Look at a resource, and ask for what is planned if it is the same one. Runs in a thread.

        A refusal is its outcome; TimedOutError and Stopped are raised.
        """
        try:
            if entry.action == removing.DISASSOCIATE:
                return self._part(entry)
            document = self._calls.described(entry.family, entry.keys)
            if document is None:
                return (DONE if entry.state == ASKED else GONE), "", None
            return self._begin_described(entry, document)
        except TimedOutError:
            raise
        except KeyError as error:
            return FAILED, f"the plan does not say {error}, by which it is asked for", None
        except AwsShadowError as error:
            return FAILED, error.message, None

    def _part(self, entry: Entry) -> Begun:
        """Undo an association: that there is none is no error."""
        operation, parameters = self._calls.request(entry)
        try:
            self._calls.change(operation, parameters)
        except ServiceError as error:
            if error.fields.get("Code") == "ResourceNotFound":
                return (DONE if entry.state == ASKED else GONE), "", None
            raise
        return DONE, "", None

    def _begin_described(self, entry: Entry, document: Document) -> Begun:
        family = entry.family
        shown, status = describing.body(family, document), describing.status(family, document)
        over = DONE if entry.state == ASKED else GONE
        if arn_of(family, document) != entry.arn or not same_moment(creation(shown), entry.created):
            if entry.state == ASKED and entry.action == removing.DELETE:
                return DONE, _ANOTHER, None
            return SKIPPED, "it is another one than when the plan was made", None
        entry.document = {**shown, **entry.keys}
        if entry.action == removing.STOP:
            return self._stop(entry, status, over)
        is_gone = outcomes.outcome(family, status) == outcomes.DELETED
        if is_gone or (status != family.states.get("deleting") and not self._delete(entry, status)):
            return over, "", None
        if not family.states or entry.action != removing.DELETE:
            return DONE, "", None
        return ASKED, "", Deleted(family, status)

    def _stop(self, entry: Entry, status: str, over: str) -> Begun:
        family = entry.family
        if status != family.states.get("stopping"):
            if not can_be_stopped(family, status):
                return over, "", None
            self._calls.change(*self._calls.request(entry))
        return ASKED, "", Changed(family, "stop", None, {})

    def _delete(self, entry: Entry, status: str) -> bool:
        """Ask for the deletion, of what runs once it has stopped, of what is on its way once that is over.

        False if it has gone meanwhile. Raises TimedOutError, and what the service refuses otherwise.
        """
        family, stopped = entry.family, False
        while True:
            refusal: ServiceError | None = None
            if self._has_to_stop(family, status):
                if not stopped:
                    self._calls.change(*self._calls.role(family, removing.STOP, entry.keys, entry))
                    stopped = True
            else:
                try:
                    self._calls.change(*self._calls.request(entry))
                    return True
                except ServiceError as error:
                    refusal = error
            if refusal is not None and refusal.fields.get("Code") in DENIED:
                raise refusal
            document = self._calls.described(family, entry.keys)
            if document is None:
                return False
            if refusal is not None and not self._is_moving(family, status):
                raise refusal
            if self._left() <= 0:
                raise TimedOutError(
                    f"{entry.label} is still {status} after {words(self._timeout)}, and was not deleted"
                )
            self._calls.clock.until(self._calls.clock.now() + _RESTING)
            status = describing.status(family, document)

    @staticmethod
    def _has_to_stop(family: Family, status: str) -> bool:
        if not removing.can(family, removing.STOP) or not can_be_stopped(family, status):
            return False
        if "delete" in family.allowed:
            return status not in family.allowed["delete"] and status in family.allowed.get("stop", (status,))
        return bool(family.is_job)

    @staticmethod
    def _is_moving(family: Family, status: str) -> bool:
        moving = outcomes.outcome(family, status) == outcomes.TRANSIENT or outcomes.looks_transient(status)
        return bool(family.states) and moving and status != family.states.get("stable")

    def _left(self) -> float:
        return self._timeout - self._waited - (self._calls.clock.now() - self._begun_at)

    def _wait(self, pending: dict[str, tuple[Entry, Goal]]) -> None:
        """Look at all that are ``pending`` until they are through. Raises TimedOutError."""

        def look(task: tuple[Entry, Goal]) -> tuple[str, str]:
            return self._look(*task, rounds.elapsed)

        rounds = Rounds(self._limits.delays(), max(self._left(), 0.0), None, self._calls.worth)
        while pending:
            rounds.begin()
            for (entry, _), (state, note) in zip(
                list(pending.values()), self._engine.map(look, list(pending.values())), strict=True
            ):
                if state != ASKED:
                    del pending[entry.identity]
                    self._set(entry, state, note)
            if pending:
                try:
                    rounds.pause()
                except GaveUp:
                    after = words(self._timeout)
                    names = "\n".join(f"{entry.label} is still there after {after}" for entry, _ in pending.values())
                    raise TimedOutError(f"{names}\nWhat was asked for goes on, only the waiting has ended") from None
        self._waited += rounds.elapsed

    def _look(self, entry: Entry, goal: Goal, elapsed: float) -> tuple[str, str]:
        """The state of what is being deleted or stopped, and a note. Runs in a thread."""
        family = entry.family
        try:
            document = self._calls.described(family, entry.keys)
        except TimedOutError:
            raise
        except AwsShadowError as error:
            return FAILED, error.message
        if document is None:
            return DONE, ""
        if entry.action == removing.DELETE and not same_moment(
            creation(describing.body(family, document)), entry.created
        ):
            return DONE, _ANOTHER
        look = Look(family, document, elapsed)
        verdict = goal.judge(look)
        if verdict == GO_ON:
            return ASKED, ""
        if verdict != ELSEWHERE:
            return DONE, ""
        reason = " ".join(describing.reason(document).split())
        said = f"it is {look.state}" + (f": {reason}" if reason else "")
        self.ended_badly.append(f"{entry.label} is {look.state}" + (f": {reason}" if reason else ""))
        return FAILED, said

    def saying(self, columns: int) -> list[Piece]:
        """How far it is, in a line of so many columns. Called from another thread."""
        over = sum(entry.state in (*AWAY, SKIPPED, FAILED) for entry in self._entries)
        whole = f"{over} of {len(self._entries)} resources"
        last = max((entry.step for entry in self._entries), default=0)
        asked = sum(entry.state == ASKED for entry in self._entries)
        step = f", step {self._step} of {last}" * (last > 1)
        waits = f", waiting for {asked}" * (asked > 0)
        forms = (f"remove: {whole}{step}{waits}", f"{whole}{step}{waits}", f"{whole}{step}", whole)
        return [(next((form for form in forms if len(form) <= columns), forms[-1]), USUAL)]

    def _conclude(self) -> None:
        """Raise the error that lists what is still there, if anything is."""
        failed = [entry for entry in self._entries if entry.state == FAILED]
        if not failed and not self.blocked:
            return
        lines = [f"{len(failed) + len(self.blocked)} of {len(self._entries)} are still there"]
        lines += [f"{entry.label}: {entry.note}" for entry in failed]
        lines += [f"{entry.label}: not tried, since what hangs on it is still there" for entry in self.blocked]
        raise (EndedElsewhereError if self.ended_badly else PartlyFailedError)("\n".join(lines))


def counted(entries: Sequence[Entry]) -> str:
    """How far a plan is, in words: ``3 of 12 done, 2 asked for, 7 not begun``."""
    doing = to_do(entries)
    over = sum(entry.state in (*AWAY, SKIPPED) for entry in doing)
    others = (("asked for and not gone yet", ASKED), ("failed", FAILED), ("not begun", PLANNED))
    said = [f"{over} of {len(doing)} done"]
    for word, state in others:
        number = sum(entry.state == state for entry in doing)
        if number:
            said.append(f"{number} {word}")
    return ", ".join(said)
