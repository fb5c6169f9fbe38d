"""What is waited for: looks at a resource -> whether it is reached, ended otherwise, or goes on.

A goal belongs to one resource and is shown its looks in order. None of them waits for ever for what cannot
come any more: a status at which a resource stays is noticed, whichever was asked for.
"""

from __future__ import annotations

from awsshadow.model.families import describing
from awsshadow.model.families.outcomes import (
    DELETED,
    FAILURE,
    STOPPED,
    SUCCESS,
    TRANSIENT,
    is_end,
    looks_transient,
    outcome,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]

GO_ON = "go on"
REACHED = "reached"
#: It came to rest in another status than the one that is waited for.
ELSEWHERE = "elsewhere"
#: There is no such resource, and that is not what is waited for.
MISSING = "missing"

#: For how many seconds a status that was there before a change is taken for what is still shown of it.
GRACE = 60.0


class Look:
    """What one question found: ``document``, None if there is no such resource, ``elapsed`` seconds after the first."""

    __slots__ = ("document", "elapsed", "outcome", "state")

    def __init__(self, family: Family, document: Document | None, elapsed: float = 0.0) -> None:
        self.document = document
        self.elapsed = elapsed
        self.state = "" if document is None else describing.status(family, document)
        self.outcome = outcome(family, self.state)


class Goal:
    """Judges looks at one resource.

    ``warning`` is what a user should be told of the last one, ``why`` what is wrong with one that sounds right.
    """

    def __init__(self, family: Family) -> None:
        self.family = family
        self.warning = self.why = ""
        #: Whether the status does not matter.
        self._may_be_any = False
        #: Whether the resource has been on its way to another status.
        self.moved = False

    def judge(self, look: Look) -> str:
        """One of the constants above."""
        if look.document is None:
            return self._missing(look)
        if look.outcome == TRANSIENT or (look.outcome is None and looks_transient(look.state)):
            self.moved = True
        verdict = self._judge(look, look.document)
        if look.outcome is None and look.state and verdict == REACHED and not self._may_be_any:
            self.warning = f"the status {look.state!r} is not known to this version; it is taken for a final one"
        return verdict

    def _missing(self, look: Look) -> str:  # noqa: ARG002 - for goals that look closer
        return MISSING

    def _judge(self, look: Look, document: Document) -> str:
        raise NotImplementedError


class Settled(Goal):
    """It has come to rest, and not in a failure."""

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        if look.outcome in (FAILURE, DELETED):
            return ELSEWHERE
        on_its_way = look.outcome == TRANSIENT or (look.outcome is None and looks_transient(look.state))
        return GO_ON if on_its_way else REACHED


class InStatus(Goal):
    """It is in one of ``wanted``."""

    def __init__(self, family: Family, wanted: Collection[str]) -> None:
        super().__init__(family)
        self._wanted = wanted
        self._may_be_any = True

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        if look.state in self._wanted:
            return REACHED
        if look.outcome in (FAILURE, DELETED) or is_end(self.family, look.state):
            return ELSEWHERE
        # Who sets the status of these is a person, who may do so at any time.
        rests = look.outcome in (SUCCESS, STOPPED) and bool(self.family.states)
        # It may have been told to go there a moment ago, and show its old status still.
        return ELSEWHERE if rests and (self.moved or look.elapsed >= GRACE) else GO_ON


class Until(Goal):
    """Its description is such that ``holds`` says yes."""

    def __init__(self, family: Family, holds: Callable[[Document], bool]) -> None:
        super().__init__(family)
        self._holds = holds
        self._may_be_any = True

    def _judge(self, look: Look, document: Document) -> str:
        if self._holds(document):
            return REACHED
        over = look.outcome in (FAILURE, DELETED) or is_end(self.family, look.state)
        return ELSEWHERE if over else GO_ON


class Ended(Goal):
    """It writes no more: a job is over; anything else has been stopped, has failed or is gone."""

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        if look.outcome in (FAILURE, DELETED):
            return ELSEWHERE
        if look.outcome == TRANSIENT or (look.outcome is None and looks_transient(look.state)):
            return GO_ON
        return REACHED if look.outcome == STOPPED or self.family.is_job else GO_ON


class Exists(Goal):
    """There is such a resource."""

    def __init__(self, family: Family) -> None:
        super().__init__(family)
        self._may_be_any = True

    def _missing(self, look: Look) -> str:  # noqa: ARG002
        return GO_ON

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        return REACHED


class Deleted(Goal):
    """It is gone. ``before`` is its status before it was told to go, if that is known."""

    def __init__(self, family: Family, before: str = "") -> None:
        super().__init__(family)
        self._before = before

    def _missing(self, look: Look) -> str:  # noqa: ARG002
        return REACHED

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        if look.outcome == DELETED:
            return REACHED
        if look.outcome != FAILURE:
            return GO_ON
        if look.state == self._before and not self.moved and look.elapsed < GRACE:
            return GO_ON
        # What has failed otherwise may be deleted still.
        failed_to_go = look.state.lower().startswith(("delete", "deletion"))
        return ELSEWHERE if failed_to_go or self.moved else GO_ON


class Created(Goal):
    """It has been made, and came to rest as it was meant to."""

    def _missing(self, look: Look) -> str:
        # What was made a moment ago is not there for every question at once.
        return GO_ON if look.elapsed < GRACE else MISSING

    def _judge(self, look: Look, document: Document) -> str:  # noqa: ARG002
        if look.outcome == TRANSIENT or (look.outcome is None and looks_transient(look.state)):
            return GO_ON
        return REACHED if look.outcome in (SUCCESS, None) else ELSEWHERE


class Changed(Created):
    """It has come to rest after an update, a start or a stop, which is the ``role`` of what was asked.

    ``before`` is its description before that, None if it could not be had. ``asked`` are the members that the
    request was given. For an instant the service may show the status of before: that is not taken for an answer
    unless the description shows what was asked and did not before, or it stays so for ``GRACE`` seconds.
    """

    def __init__(self, family: Family, role: str, before: Document | None, asked: Document) -> None:
        super().__init__(family)
        self._role = role
        self._before = before
        self._state = "" if before is None else describing.status(family, before)
        self._asked = asked

    def _judge(self, look: Look, document: Document) -> str:
        if look.outcome == TRANSIENT or (look.outcome is None and looks_transient(look.state)):
            return GO_ON
        if not self.moved and look.elapsed < GRACE and self._is_of_before(look, document):
            return GO_ON
        if look.outcome in (FAILURE, DELETED):
            return ELSEWHERE
        if self._role == "stop":
            return REACHED if self._is_stopped(look) else ELSEWHERE
        if self._role == "update":
            return ELSEWHERE if self._rolled_back(document) else REACHED
        return REACHED if look.outcome in (SUCCESS, None) else ELSEWHERE

    def _is_of_before(self, look: Look, document: Document) -> bool:
        """Whether a look may show what was there before the change."""
        if self._role == "stop" and self._is_stopped(look) and look.state != self._state:
            return False
        if self._before is not None and look.state != self._state:
            return False
        if self._role != "update":
            return not (self._role == "stop" and self._is_stopped(look))
        return not self._shows(document) or (self._before is not None and self._shows(self._before))

    def _is_stopped(self, look: Look) -> bool:
        ended = {self.family.states.get("stopped")} | ({self.family.states["stable"]} if self.family.is_job else set())
        return look.state in ended or look.outcome == STOPPED

    def _shows(self, document: Document) -> bool:
        """Whether a description has what was asked, as far as it has members for it."""
        shown = describing.body(self.family, document)
        names = [name for name in self._asked if name in shown and name not in self.family.id]
        return bool(names) and all(_as_asked(shown[name], self._asked[name]) for name in names)

    def _rolled_back(self, document: Document) -> bool:
        """Whether an endpoint runs another configuration than it was told to: its update did not work."""
        asked, shown = (held.get("EndpointConfigName") for held in (self._asked, document))
        if self.family.title != "Endpoint" or asked is None or shown == asked:
            return False
        self.why = f"it runs the configuration {shown}, not {asked}"
        return True


def _as_asked(shown: object, asked: object) -> bool:
    if isinstance(asked, dict) and isinstance(shown, dict):
        return all(name in shown and _as_asked(shown[name], value) for name, value in asked.items())
    if isinstance(asked, list) and isinstance(shown, list):
        return len(asked) == len(shown) and all(map(_as_asked, shown, asked))
    return shown == asked
