"""What is wrong with a file, in one sentence; and a place apart for rows that cannot be read."""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection
    from typing import Any

#: Beginnings of the names of SQLite's errors that tell of the machine and not of what the file holds.
_OF_THE_MACHINE = ("BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PERM", "NOMEM", "AUTH")
#: What the sqlite3 module raises for a file: that one too, where SQLite's own words repeat what is no text.
FILE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
REMEDY = "'awsshadow sandbox reset' begins a new one"


class DamagedError(AwsShadowError):
    """What a sandbox keeps cannot be read; the message says what it is and what helps."""


def is_passing(error: Exception) -> bool:
    """Whether an error is one of the machine (a lock, a full disk, rights), which may be over the next time."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.removeprefix("SQLITE_").startswith(_OF_THE_MACHINE)


def is_full(error: BaseException | None) -> bool:
    """Whether an error tells that nothing more can be written where the file lies."""
    return (getattr(error, "sqlite_errorname", None) or "").startswith(("SQLITE_FULL", "SQLITE_IOERR"))


def explained(error: Exception, folder: str, doing: str = "use") -> AwsShadowError:
    """One of ``FILE_ERRORS`` as a sentence about the sandbox in ``folder``."""
    if is_passing(error):
        return AwsShadowError(f"cannot {doing} the sandbox in {folder}: {error}")
    said = str(error) if isinstance(error, sqlite3.Error) else "its text is no text"
    return DamagedError(f"cannot {doing} the sandbox in {folder}, its file is damaged: {said!r:.200}; {REMEDY}")


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """While the body runs, bytes that are no UTF-8 are read as text all the same, as halves of surrogate pairs."""
    connection.text_factory = lambda held: held.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


@contextmanager
def whole_or_aside(connection: Connection, id: int, complaint: str) -> Iterator[None]:
    """All that the body does, or else nothing of it, and the resource ``id`` is set aside with the ``complaint``.

    Needs a writing transaction. Raises what is wrong with the file itself.
    """
    connection.execute("SAVEPOINT whole")
    try:
        yield
    except FILE_ERRORS:
        raise  # the transaction ends
    except Exception as error:
        connection.execute("ROLLBACK TO whole")
        set_aside(connection, "resource", id, f"{complaint}: {error!r:.200}")
    connection.execute("RELEASE whole")


def set_aside(connection: Connection, table: str, rowid: int, reason: str) -> None:
    """Move a row to the table ``damaged``: out of the way of the others, and not lost.

    Needs a writing transaction.
    """
    with any_text(connection):
        cursor = connection.execute(f"SELECT * FROM {table} WHERE rowid=?", (rowid,))
        row = cursor.fetchone()
    if row is not None:
        held = dict(zip((column[0] for column in cursor.description), map(_writable, row), strict=True))
        shown = (_shown(held.get(column)) for column in ("scope", "family", "name"))
        connection.execute("INSERT INTO damaged VALUES (?, ?, ?, ?, ?, ?)", (table, *shown, reason, json.dumps(held)))
    connection.execute(f"DELETE FROM {table} WHERE rowid=?", (rowid,))


def _shown(value: Any) -> str:
    return "" if value is None else str(value).encode("utf-8", "replace").decode()


def _writable(value: Any) -> Any:
    return value.decode("latin-1") if isinstance(value, bytes) else value
