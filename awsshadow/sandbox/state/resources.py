"""The resources of one account and region: found, listed, stored and forgotten as records.

Whoever asks says which family, which columns and which members of the document are meant (see
``conditions``); that these are rows of a file is known in this folder only.
"""

# ruff: noqa: S608 - SQL is put together from names of this folder; values are always bound
from __future__ import annotations

from sqlite3 import IntegrityError

from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.conditions import place_of, sorted_by, where
from awsshadow.sandbox.state.records import COLUMNS, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection
    from typing import Any, TypedDict

    from awsshadow.sandbox.state.clock import Clock
    from awsshadow.sandbox.state.conditions import Condition

    class Association(TypedDict):
        """From one resource to another, by their ARNs; ``created`` in seconds since the epoch."""

        source: str
        destination: str
        kind: str | None
        created: float


#: Family -> the family of the data that are put into its resources and go with them.
DATA_OF = {"FeatureGroup": "FeatureRecord", "LogStream": "LogEvent", "TrialComponent": "MetricDatum"}

_SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM resource"
_INSERT = f"INSERT INTO resource ({', '.join(COLUMNS)}, due, waits) VALUES ({', '.join('?' * (len(COLUMNS) + 2))})"


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

    def as_of(self, moment: float) -> Resources:
        """The same resources at another moment: what is made then was made at that time."""
        other = Resources(self.connection, self.account, self.region, self.clock)
        other.now = moment
        return other

    def get(self, family: str, key: str) -> Record | None:
        """The resource with this key, or with this ARN when ``key`` is one."""
        if key.startswith("arn:"):
            return self._with_arn(key, ("family", "=", family))
        return next(self._select([("family", "=", family), ("key", "=", key)]), None)

    def by_arn(self, arn: str) -> Record | None:
        """The resource of any family with this ARN."""
        return self._with_arn(arn)

    def _with_arn(self, arn: str, *conditions: Condition) -> Record | None:
        """As it is given, or else with the path in small letters, in which most ARNs have it."""
        head, slash, path = arn.partition("/")
        for wanted in dict.fromkeys((arn, head + slash + path.lower())):
            for record in self._select([*conditions, ("arn", "=", wanted)]):
                return record
        return None

    def find(self, family: str, *conditions: Condition, **columns: str) -> list[Record]:
        """The resources of a family that meet all conditions and have these columns, oldest first."""
        return list(self._select(_all(family, conditions, columns), "ORDER BY created, id"))

    def where_member(self, family: str, path: str, value: Any) -> list[Record]:
        """The resources of a family whose document has ``value`` at a path (``Path.To.Member``), oldest first."""
        return self.find(family, (f"$.{path}", "=", value))

    def any(self, family: str, conditions: Iterable[Condition]) -> bool:
        """Whether a resource of a family meets all conditions."""
        clauses, values = where(_all(family, conditions, {}), self.scope)
        return self.connection.execute(f"SELECT 1 FROM resource WHERE {clauses} LIMIT 1", values).fetchone() is not None

    def count(self, family: str, **columns: str) -> int:
        """How many resources of a family there are with these columns."""
        clauses, values = where(_all(family, (), columns), self.scope)
        return int(self.connection.execute(f"SELECT count(*) FROM resource WHERE {clauses}", values).fetchone()[0])

    def statuses(self, family: str, parent: str) -> dict[str, int]:
        """How many resources of a family lie in ``parent``, by status."""
        # The plus keeps SQLite from reading all of the family by its status.
        sql = "SELECT status, count(*) FROM resource WHERE scope=? AND family=? AND parent=? GROUP BY +status"
        return dict(self.connection.execute(sql, (self.scope, family, parent)).fetchall())

    def page(
        self,
        family: str,
        conditions: Iterable[Condition],
        *,
        order: str,
        ascending: bool,
        after: Sequence[Any] | None,
        size: int,
    ) -> list[Record]:
        """The first ``size`` resources in an order (see ``conditions.ORDERS``) that come after a ``place``."""
        clauses, values = where(_all(family, conditions, {}), self.scope, order)
        fields = [place_of(field) for field in sorted_by(order)]
        direction, beyond = ("ASC", ">") if ascending else ("DESC", "<")
        rest = f"ORDER BY {', '.join(f'{field} {direction}' for field in fields)} LIMIT ?"
        found: list[Record] = []
        # First what is equal in all fields but the last, then in one less, and so on: an index leads to each of these.
        # A comparison of rows is led by the first field only, and walks all that are equal in it.
        for depth in range(len(fields), 0, -1) if after else (0,):
            equal = [f" AND {field} = ?" for field in fields[: max(depth - 1, 0)]]
            place = f"{''.join(equal)} AND {fields[depth - 1]} {beyond} ?" if depth else ""
            given = (*values, *(after or ())[:depth], int(size) - len(found))
            found += map(Record.from_row, self.connection.execute(f"{_SELECT} WHERE {clauses}{place} {rest}", given))
            if len(found) == size:
                break
        return found

    def _select(self, conditions: Iterable[Condition], rest: str = "") -> Iterator[Record]:
        clauses, values = where(conditions, self.scope)
        for row in self.connection.execute(f"{_SELECT} WHERE {clauses} {rest}", values):
            yield Record.from_row(row)

    def insert(self, record: Record) -> bool:
        """Store a new record; False when key or ARN is taken."""
        record.scope = self.scope
        try:
            cursor = self.connection.execute(_INSERT, (*record.to_row(), *record.due()))
        except IntegrityError:
            return False
        record.id = cursor.lastrowid or 0
        return True

    def save(self, record: Record) -> None:
        """Store what has changed in a record."""
        row = (record.name, record.status, record.modified, *record.documents(), *record.due(), record.id)
        self.connection.execute(
            "UPDATE resource SET name=?, status=?, modified=?, plan=?, doc=?, due=?, waits=? WHERE id=?", row
        )

    def remove(self, record: Record) -> None:
        """Forget a record, its tags and its associations, and the data that was put into it."""
        self.connection.execute("DELETE FROM resource WHERE id=?", (record.id,))
        if record.family in DATA_OF:
            data = (record.scope, DATA_OF[record.family], record.key)
            self.connection.execute("DELETE FROM resource WHERE scope=? AND family=? AND parent=?", data)
        if record.arn:
            self.connection.execute("DELETE FROM tag WHERE arn=?", (record.arn,))
            ends = (record.scope, record.arn, record.arn)
            self.connection.execute("DELETE FROM association WHERE scope=? AND (source=? OR destination=?)", ends)

    def tags(self, arn: str) -> list[dict[str, str]]:
        """The tags of a resource, in the order in which their keys were given."""
        rows = self.connection.execute("SELECT key, value FROM tag WHERE arn=? ORDER BY rowid", (arn,))
        return [{"Key": key, "Value": value} for key, value in rows]

    def tagged(self) -> dict[str, dict[str, str]]:
        """The tags of every resource that has any, by its ARN."""
        sql = (
            "SELECT tag.arn, tag.key, tag.value FROM tag JOIN resource ON resource.scope=? AND resource.arn=tag.arn "
            "ORDER BY resource.id, tag.rowid"
        )
        found: dict[str, dict[str, str]] = {}
        for arn, key, value in self.connection.execute(sql, (self.scope,)):
            found.setdefault(arn, {})[key] = value
        return found

    def put_tags(self, arn: str, tags: Iterable[dict[str, str]]) -> None:
        """Set tags of a resource; those of other keys stay, and a key keeps its place."""
        rows = [(arn, tag["Key"], tag["Value"]) for tag in tags]
        statement = "INSERT INTO tag VALUES (?, ?, ?) ON CONFLICT (arn, key) DO UPDATE SET value=excluded.value"
        self.connection.executemany(statement, rows)

    def remove_tags(self, arn: str, keys: Iterable[str]) -> None:
        """Take tags from a resource by their keys."""
        self.connection.executemany("DELETE FROM tag WHERE arn=? AND key=?", [(arn, key) for key in keys])

    def associate(self, source: str, destination: str, kind: str | None) -> None:
        """Put an association between two ARNs, in place of the one there is."""
        row = (self.scope, source, destination, kind, self.now)
        self.connection.execute("INSERT OR REPLACE INTO association VALUES (?, ?, ?, ?, ?)", row)

    def dissociate(self, source: str, destination: str) -> bool:
        """Take away an association; False when there is none."""
        sql = "DELETE FROM association WHERE scope=? AND source=? AND destination=?"
        return self.connection.execute(sql, (self.scope, source, destination)).rowcount > 0

    def associations(self, **ends: str) -> list[Association]:
        """The associations from this ``source``, or to this ``destination``, oldest first."""
        names = ("source", "destination", "kind", "created")
        clauses = " AND ".join(f"{end}=?" for end in ("scope", *ends))
        sql = f"SELECT {', '.join(names)} FROM association WHERE {clauses} ORDER BY created, rowid"
        rows = self.connection.execute(sql, (self.scope, *ends.values()))
        return [
            {"source": source, "destination": destination, "kind": kind, "created": created}
            for source, destination, kind, created in rows
        ]

    def answered(self, operation: str, token: str) -> tuple[str, str] | None:
        """What was asked with a client token of an operation before, and the answer; None when nothing was."""
        sql = "SELECT asked, answer FROM token WHERE scope=? AND operation=? AND token=?"
        row: tuple[str, str] | None = self.connection.execute(sql, (self.scope, operation, token)).fetchone()
        return row

    def put_answer(self, operation: str, token: str, asked: str, answer: str) -> None:
        """Keep the answer to what was asked with a client token."""
        self.connection.execute(
            "INSERT INTO token VALUES (?, ?, ?, ?, ?)", (self.scope, operation, token, asked, answer)
        )

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


def place(record: Record, order: str) -> list[Any]:
    """Where a record stands in an order: what ``page`` goes on ``after``."""
    return ["" if (value := record.value(field)) is None else value for field in sorted_by(order)]


def has_due(connection: Connection, mode: str, now: float) -> bool:
    """Whether a resource of any scope has a step that is due under a clock of this mode."""
    clause, values = _due(mode, now)
    return connection.execute(f"SELECT 1 FROM resource WHERE {clause} LIMIT 1", values).fetchone() is not None


def first_due(connection: Connection, mode: str, now: float) -> tuple[Any, ...] | None:
    """The row (for ``Record.from_row``) of the resource, of all scopes, whose step is due first; None when none is."""
    clause, values = _due(mode, now)
    sql = f"{_SELECT} WHERE {clause} ORDER BY due, id LIMIT 1"
    row: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
    return row


def _due(mode: str, now: float) -> tuple[str, tuple[float]]:
    if mode == "instant":
        return "due IS NOT NULL AND (waits=0 OR due<=?)", (now,)
    return ("waits=1 AND due<=?" if mode == "step" else "due IS NOT NULL AND due<=?"), (now,)


def _all(family: str, conditions: Iterable[Condition], columns: dict[str, str]) -> list[Condition]:
    return [("family", "=", family), *((column, "=", value) for column, value in columns.items()), *conditions]
