"""The resources of one account and region: rows of the file as records.

A record has what every resource has as columns, so that finding and listing need no look into
documents, and everything else in ``doc``. ``plan`` is what will happen to it by itself.
"""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

import json
from sqlite3 import IntegrityError

from awsshadow.sandbox.state import database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection
    from typing import Any

    from awsshadow.sandbox.state.clock import Clock
    from awsshadow.sandbox.state.plans import Step

COLUMNS = "id, scope, family, key, parent, name, arn, status, created, modified, plan, doc"


class Record:
    """One resource. ``id`` is 0 until it is stored."""

    __slots__ = (
        "arn",
        "created",
        "doc",
        "family",
        "id",
        "key",
        "modified",
        "name",
        "parent",
        "plan",
        "scope",
        "status",
    )

    def __init__(
        self,
        family: str,
        key: str,
        name: str,
        arn: str | None,
        doc: dict[str, Any],
        *,
        now: float,
        parent: str = "",
        status: str = "",
        plan: list[Step] | None = None,
    ) -> None:
        self.id = 0
        self.scope = ""
        self.family = family
        self.key = key
        self.parent = parent
        self.name = name
        self.arn = arn
        self.status = status
        self.created = now
        self.modified = now
        self.plan: list[Step] = plan or []
        self.doc = doc

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Record:
        """A record from a row of ``COLUMNS``."""
        record = cls.__new__(cls)
        record.id, record.scope, record.family, record.key, record.parent, record.name = row[:6]
        record.arn, record.status, record.created, record.modified = row[6:10]
        record.plan = json.loads(row[10])
        record.doc = json.loads(row[11])
        return record

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


class Resources:
    """Reads and writes records of one scope (account and region). The caller holds the transaction."""

    def __init__(self, connection: Connection, account: str, region: str, clock: Clock) -> None:
        self.connection = connection
        self.account = account
        self.region = region
        self.scope = f"{account}/{region}"
        self.clock = clock
        self.now = clock.now()

    def at(self, scope: str) -> Resources:
        """The resources of another scope, at the same moment."""
        if scope == self.scope:
            return self
        account, _, region = scope.partition("/")
        other = Resources(self.connection, account, region, self.clock)
        other.now = self.now
        return other

    def get(self, family: str, key: str) -> Record | None:
        """The resource with this key, or with this ARN when ``key`` is one."""
        column = "arn" if key.startswith("arn:") else "key"
        found = list(self.select(f"family=? AND {column}=?", (family, key)))
        return found[0] if found else None

    def by_arn(self, arn: str) -> Record | None:
        """The resource of any family with this ARN."""
        found = list(self.select("arn=?", (arn,)))
        return found[0] if found else None

    def select(self, where: str, values: Sequence[Any], rest: str = "") -> Iterator[Record]:
        """Records of this scope; ``where`` and ``rest`` are SQL with places for ``values``."""
        sql = f"SELECT {COLUMNS} FROM resource WHERE scope=? AND {where} {rest}"
        for row in self.connection.execute(sql, (self.scope, *values)):
            yield Record.from_row(row)

    def children(self, family: str, parent: str) -> list[Record]:
        """All resources of a family below a parent, oldest first."""
        return list(self.select("family=? AND parent=?", (family, parent), "ORDER BY created, id"))

    def count(self, family: str, parent: str | None = None) -> int:
        """How many resources of a family there are, below ``parent`` when it is given."""
        where, values = ("AND parent=?", (parent,)) if parent is not None else ("", ())
        sql = f"SELECT count(*) FROM resource WHERE scope=? AND family=? {where}"
        return int(self.connection.execute(sql, (self.scope, family, *values)).fetchone()[0])

    def insert(self, record: Record) -> bool:
        """Store a new record; False when key or ARN is taken."""
        record.scope = self.scope
        due, waits = record.due()
        row = (
            record.scope, record.family, record.key, record.parent, record.name, record.arn, record.status,
            record.created, record.modified, due, waits, json.dumps(record.plan), json.dumps(record.doc),
        )  # fmt: skip
        columns = "scope, family, key, parent, name, arn, status, created, modified, due, waits, plan, doc"
        try:
            cursor = self.connection.execute(
                f"INSERT INTO resource ({columns}) VALUES ({','.join('?' * len(row))})", row
            )
        except IntegrityError:
            return False
        record.id = cursor.lastrowid or 0
        return True

    def save(self, record: Record) -> None:
        """Store what has changed in a record."""
        due, waits = record.due()
        self.connection.execute(
            "UPDATE resource SET name=?, status=?, modified=?, due=?, waits=?, plan=?, doc=? WHERE id=?",
            (
                record.name,
                record.status,
                record.modified,
                due,
                waits,
                json.dumps(record.plan),
                json.dumps(record.doc),
                record.id,
            ),
        )

    def remove(self, record: Record) -> None:
        """Forget a record, its tags and its edges."""
        self.connection.execute("DELETE FROM resource WHERE id=?", (record.id,))
        if record.arn:
            self.connection.execute("DELETE FROM tag WHERE arn=?", (record.arn,))
            edges = (record.scope, record.arn, record.arn)
            self.connection.execute("DELETE FROM association WHERE scope=? AND (source=? OR destination=?)", edges)

    def tags(self, arn: str) -> list[dict[str, str]]:
        """The tags of a resource, by key."""
        rows = self.connection.execute("SELECT key, value FROM tag WHERE arn=? ORDER BY key", (arn,))
        return [{"Key": key, "Value": value} for key, value in rows]

    def put_tags(self, arn: str, tags: list[dict[str, str]]) -> None:
        """Set tags of a resource; those of other keys stay."""
        rows = [(arn, tag["Key"], tag["Value"]) for tag in tags]
        self.connection.executemany("INSERT OR REPLACE INTO tag VALUES (?, ?, ?)", rows)

    def note(self, kind: str, key: str) -> Any:
        """A value remembered for this scope, None when there is none."""
        return database.get_note(self.connection, self.scope, kind, key)

    def put_note(self, kind: str, key: str, value: Any) -> None:
        """Remember a JSON value for this scope; None forgets it."""
        database.put_note(self.connection, self.scope, kind, key, value)

    def next_number(self, kind: str, key: str) -> int:
        """1, 2, 3, ... a counter that never gives a number twice."""
        number = (self.note(kind, key) or 0) + 1
        self.put_note(kind, key, number)
        return int(number)
