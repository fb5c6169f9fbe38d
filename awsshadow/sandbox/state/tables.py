"""Whole tables of the file: emptied, read and written row by row, whatever the rows mean."""

# ruff: noqa: S608 - SQL is put together from names of this folder; values are always bound
from __future__ import annotations

from sqlite3 import DatabaseError

from awsshadow.sandbox.state.database import TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from sqlite3 import Connection
    from typing import Any

#: What is listed of a resource, and of one that was set aside.
LISTED = ("family", "name", "status", "created", "arn", "scope")
SET_ASIDE = ("scope", "family", "name", "reason", "held")


def columns(connection: Connection, table: str) -> list[str]:
    """The names of a table's columns, in their order."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def rows(connection: Connection, table: str, names: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number and the values of each row of a table, in the order in which they were stored."""
    for rowid, *values in connection.execute(f"SELECT rowid, {', '.join(names)} FROM {table} ORDER BY rowid"):
        yield rowid, dict(zip(names, values, strict=True))


def insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """Store a row. Raises sqlite3.IntegrityError for one that repeats another."""
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    connection.execute(sql, tuple(row.values()))


def empty(connection: Connection) -> None:
    """Forget all rows of all tables. Needs a writing transaction."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")


def check_pages(connection: Connection) -> None:
    """Raise DatabaseError, with the first thing that SQLite finds, unless all pages of the file are in order."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseError(found)


def listed(connection: Connection, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """``LISTED`` of every resource but those of some families, oldest first."""
    marks = ", ".join("?" * len(without))
    sql = f"SELECT {', '.join(LISTED)} FROM resource WHERE family NOT IN ({marks}) ORDER BY id"
    return [dict(zip(LISTED, row, strict=True)) for row in connection.execute(sql, tuple(without))]


def set_aside(connection: Connection) -> list[dict[str, Any]]:
    """``SET_ASIDE`` of every resource that could not be read."""
    sql = f"SELECT {', '.join(SET_ASIDE)} FROM damaged WHERE kind='resource'"
    return [dict(zip(SET_ASIDE, row, strict=True)) for row in connection.execute(sql)]
