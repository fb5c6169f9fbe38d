"""What is kept of one resource.

A record has what every resource has as columns, so that finding and listing need no look into
documents, and everything else in ``doc``. ``plan`` is what will happen to it by itself.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from awsshadow.sandbox.state.plans import Step


#: The columns of a record, in the order of ``from_row`` and ``to_row``.
COLUMNS = ("scope", "family", "key", "parent", "name", "arn", "status", "created", "modified", "plan", "doc")


class Record:
    """One resource. ``id`` is 0 and ``scope`` empty until it is stored.

    ``family`` and ``key`` name it within a scope (account and region), ``arn`` everywhere; ``parent``
    is the key of what it lies in. ``created`` and ``modified`` are seconds since the epoch.
    """

    __slots__ = ("id", *COLUMNS)

    def __init__(
        self,
        family: str,
        key: str,
        doc: dict[str, Any],
        *,
        now: float,
        name: str = "",
        arn: str | None = None,
        parent: str = "",
        status: str = "",
        plan: list[Step] | None = None,
    ) -> None:
        self.id: int = 0
        self.scope: str = ""
        self.family: str = family
        self.key: str = key
        self.parent: str = parent
        self.name: str = name or key
        self.arn: str | None = arn
        self.status: str = status
        self.created: float = now
        self.modified: float = now
        self.plan: list[Step] = plan or []
        self.doc: dict[str, Any] = doc

    def __repr__(self) -> str:
        return f"<{self.family} {self.key} {self.status}>"

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Record:
        """A record from its id and the values of ``COLUMNS``."""
        id, scope, family, key, parent, name, arn, status, created, modified, plan, doc = row
        record = cls(
            family, key, json.loads(doc), now=created, name=name, arn=arn,
            parent=parent, status=status, plan=json.loads(plan),
        )  # fmt: skip
        record.id, record.scope, record.name, record.modified = id, scope, name, modified
        return record

    def to_row(self) -> tuple[Any, ...]:
        """The values of ``COLUMNS``."""
        return (
            self.scope, self.family, self.key, self.parent, self.name, self.arn, self.status,
            self.created, self.modified, *self.documents(),
        )  # fmt: skip

    def documents(self) -> tuple[str, str]:
        """Plan and document as JSON."""
        return json.dumps(self.plan), json.dumps(self.doc)

    def value(self, field: str) -> Any:
        """The value of a column, or of a member of the document: ``$.Path.To.Member``; None without one."""
        return follow(self.doc, field[2:]) if field.startswith("$.") else getattr(self, field)

    def become(self, status: str | None, plan: list[Step], now: float) -> None:
        """Change state and what happens next; None keeps the state."""
        self.status = self.status if status is None else status
        self.plan = plan
        self.modified = now

    def due(self) -> tuple[float | None, int]:
        """When the next step is due, and whether it waits for that moment whatever the clock's mode."""
        if not self.plan:
            return None, 0
        step = self.plan[0]
        return (step["at"], 1) if "at" in step else (self.modified + step["after"], 0)


def follow(value: Any, path: str) -> Any:
    """What a path of member names leads to, None when it leads nowhere."""
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
