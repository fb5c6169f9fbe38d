"""The one file of a sandbox: where it lies, what is in it, how it is opened and written.

SQLite in WAL mode: readers never wait, a writer takes the file with ``BEGIN IMMEDIATE``, and a
process that is killed leaves nothing half-written. Any number of processes may use one folder.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager

from awsshadow.errors import AwsShadowError
from awsshadow.paths import make_private
from awsshadow.sandbox.state.clock import Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FILE = "sandbox.db"
VERSION = 1
WAIT_MS = 20_000

#: Listing reads an index in the wanted order and stops after a page, so each order has one.
SCHEMA = """
CREATE TABLE resource (
  id INTEGER PRIMARY KEY, scope TEXT NOT NULL, family TEXT NOT NULL, key TEXT NOT NULL,
  parent TEXT NOT NULL, name TEXT NOT NULL, arn TEXT, status TEXT NOT NULL,
  created REAL NOT NULL, modified REAL NOT NULL,
  due REAL, waits INTEGER NOT NULL, plan TEXT NOT NULL, doc TEXT NOT NULL);
CREATE UNIQUE INDEX resource_key ON resource (scope, family, key);
CREATE UNIQUE INDEX resource_arn ON resource (arn);
CREATE INDEX resource_created ON resource (scope, family, created, id);
CREATE INDEX resource_modified ON resource (scope, family, modified, id);
CREATE INDEX resource_name ON resource (scope, family, name, id);
CREATE INDEX resource_status ON resource (scope, family, status, created, id);
CREATE INDEX resource_parent ON resource (scope, family, parent, created, id);
CREATE INDEX resource_due ON resource (due, id) WHERE due IS NOT NULL;
CREATE INDEX resource_waits ON resource (due, id) WHERE waits=1;
CREATE TABLE tag (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key));
CREATE TABLE association (
  scope TEXT NOT NULL, source TEXT NOT NULL, destination TEXT NOT NULL, kind TEXT, created REAL NOT NULL,
  PRIMARY KEY (scope, source, destination));
CREATE INDEX association_back ON association (scope, destination);
CREATE TABLE token (
  scope TEXT NOT NULL, operation TEXT NOT NULL, token TEXT NOT NULL, asked TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (scope, operation, token));
CREATE TABLE note (scope TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (scope, kind, key));
"""

#: The tables whose rows are the contents of a sandbox, in an order in which they can be loaded.
TABLES = ("resource", "tag", "association", "token", "note")


def connect(folder: str) -> sqlite3.Connection:
    """Open the sandbox in ``folder``; make folder (0700) and file (0600) when they are missing.

    Raises AwsShadowError when it cannot be opened or was written by another version.
    """
    path = os.path.join(folder, FILE)
    try:
        make_private(folder)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, timeout=WAIT_MS / 1000, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise AwsShadowError(f"cannot open the sandbox in {folder}: {error}") from error
    try:
        _prepare(connection, folder)
    except sqlite3.Error as error:
        connection.close()
        raise AwsShadowError(f"cannot open the sandbox in {folder}: {error}") from error
    except AwsShadowError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, folder: str) -> None:
    connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    connection.execute("PRAGMA synchronous=NORMAL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        connection.execute("PRAGMA journal_mode=WAL")
        with writing(connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                _create(connection)
                version = VERSION
    if version != VERSION:
        raise AwsShadowError(
            f"the sandbox in {folder} has format {version}, this awsshadow reads format {VERSION}; "
            "dump it with the version that wrote it, or reset it"
        )


def _create(connection: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    put_note(connection, "", "clock", "", Clock.new().to_row())
    connection.execute(f"PRAGMA user_version={VERSION}")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the file for writing from its first moment: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that sees one moment of the file."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def get_note(connection: sqlite3.Connection, scope: str, kind: str, key: str) -> Any:
    """A remembered value, None when there is none."""
    row = connection.execute("SELECT value FROM note WHERE scope=? AND kind=? AND key=?", (scope, kind, key)).fetchone()
    return json.loads(row[0]) if row else None


def put_note(connection: sqlite3.Connection, scope: str, kind: str, key: str, value: Any) -> None:
    """Remember a JSON value; None forgets it."""
    if value is None:
        connection.execute("DELETE FROM note WHERE scope=? AND kind=? AND key=?", (scope, kind, key))
    else:
        row = (scope, kind, key, json.dumps(value))
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?)", row)


def get_clock(connection: sqlite3.Connection) -> Clock:
    """The clock of the sandbox."""
    return Clock.from_row(get_note(connection, "", "clock", ""))


def put_clock(connection: sqlite3.Connection, clock: Clock) -> None:
    """Give the sandbox another clock."""
    put_note(connection, "", "clock", "", clock.to_row())
