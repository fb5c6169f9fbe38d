"""How far a wait is: what polls writes it down, what draws reads it, from another thread too."""

from __future__ import annotations

from itertools import pairwise

from awsshadow.model.families.outcomes import DELETED, FAILURE, STOPPED, SUCCESS, TRANSIENT, looks_transient
from awsshadow.terminal.pieces import BADLY, UNDERWAY, USUAL, WELL
from awsshadow.terminal.pieces import STOPPED as STOPPED_TONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.waiting.rounds import Rounds

_TONES = {TRANSIENT: UNDERWAY, SUCCESS: WELL, STOPPED: STOPPED_TONE, FAILURE: BADLY, DELETED: WELL}


class States:
    """The states that one resource was seen in. ``kind`` is ``training job``, ``name`` what tells it from others."""

    __slots__ = ("_seen", "_tones", "kind", "name")

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        #: Each state with the seconds after the beginning of the wait at which it was seen first.
        self._seen: list[tuple[str, float]] = []
        self._tones: list[str] = []

    def see(self, state: str, outcome: str | None, elapsed: float) -> None:
        """It is in ``state`` after ``elapsed`` seconds; ``outcome`` is what that means, None if that is not known."""
        if not self._seen or self._seen[-1][0] != state:
            tone = UNDERWAY if outcome is None and looks_transient(state) else _TONES.get(outcome or "", USUAL)
            self._tones.append(tone)
            self._seen.append((state, elapsed))

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return f"{self.kind} {self.name}" if self.kind else self.name

    @property
    def state(self) -> str:
        """The state it is in; empty before the first answer."""
        return self._seen[-1][0] if self._seen else ""

    @property
    def tone(self) -> str:
        """How its state is shown."""
        return self._tones[len(self._seen) - 1] if self._seen else USUAL

    @property
    def since(self) -> float:
        """Seconds after the beginning of the wait at which it came into its state."""
        return self._seen[-1][1] if self._seen else 0.0

    @property
    def passed(self) -> list[tuple[str, float]]:
        """The states before that, each with the seconds that it took."""
        seen = list(self._seen)
        return [(state, later - begin) for (state, begin), (_, later) in pairwise(seen)]


class Progress:
    """How far a wait is.

    ``resources`` are all that are waited for, ``limit`` is when it is given up, in words. ``counts``: each round is
    a look at all of them.
    """

    def __init__(self, resources: Sequence[States], rounds: Rounds, limit: str, counts: bool = True) -> None:
        self.resources = list(resources)
        self.limit = limit
        #: Those that are not yet as they should be.
        self.pending = list(resources)
        self._rounds = rounds
        self._counts = counts

    @property
    def elapsed(self) -> float:
        """Seconds since the wait began."""
        return self._rounds.elapsed

    @property
    def attempt(self) -> int:
        """The number of the look, 0 where looks are not counted."""
        return self._rounds.attempt if self._counts else 0
