"""What was asked to be waited for, as typed, -> a goal for each resource."""

from __future__ import annotations

from awsshadow.errors import ParameterError, UsageError
from awsshadow.waiting.goals import Deleted, Exists, InStatus, Settled, Until

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.waiting.goals import Goal

#: What may stand in the place of a status -> what it is.
WORDS = {
    "settled": "It has come to rest and has not failed: what is waited for without --for",
    "deleted": "It is gone",
    "exists": "There is one",
}


class UnknownStatusError(ParameterError):
    """``word`` is no status of the family."""

    def __init__(self, word: str, message: str) -> None:
        super().__init__(message)
        self.word = word


class Asked:
    """``wanted`` is what ``--for`` says, ``holds`` what ``--until`` does; None where it was not given.

    ``statuses`` are those of the family in the installed model. Raises UsageError and its kinds.
    """

    def __init__(
        self,
        family: Family,
        statuses: Sequence[str],
        wanted: str | None,
        holds: Callable[[Mapping[str, Any]], bool] | None,
    ) -> None:
        if wanted is not None and holds is not None:
            raise UsageError("argument --until: it cannot be used together with --for")
        self._family = family
        self._holds = holds
        words = ["settled"] if wanted is None else [word.strip() for word in wanted.split(",")]
        found = [_status(word, statuses) for word in words]
        special = [word for word in found if word in WORDS]
        if special and len(found) > 1:
            raise UsageError(f"argument --for: '{special[0]}' stands alone")
        self._wanted = found

    @property
    def is_about_being_there(self) -> bool:
        """Whether the answer that there is no such resource is an answer, and no mistake."""
        return self._wanted[0] in ("deleted", "exists") and self._holds is None

    def goal(self) -> Goal:
        """A goal for one more resource."""
        if self._holds is not None:
            return Until(self._family, self._holds)
        kind = {"settled": Settled, "deleted": Deleted, "exists": Exists}.get(self._wanted[0])
        return InStatus(self._family, self._wanted) if kind is None else kind(self._family)


def _status(word: str, statuses: Sequence[str]) -> str:
    """The word or the status that is meant: capitals do not matter where there is no doubt."""
    if word in WORDS or word in statuses:
        return word
    meant = [name for name in (*statuses, *WORDS) if name.lower() == word.lower()]
    if not meant:
        raise UnknownStatusError(word, f"argument --for: invalid choice: '{word}'")
    return meant[0]
