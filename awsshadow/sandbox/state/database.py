"""The one file of a sandbox: where it lies, what is in it, how it is opened and written.

SQLite in WAL mode: readers never wait, a writer takes the file with ``BEGIN IMMEDIATE``, and a
process that is killed leaves nothing half-written. Any number of processes may use one folder.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from time import monotonic, sleep

from awsshadow.errors import AwsShadowError
from awsshadow.paths import is_private, make_private
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.damage import FILE_ERRORS, REMEDY, DamagedError, explained
from awsshadow.sandbox.state.migration import DAMAGED, migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FILE = "sandbox.db"
#: The end of the name of its write-ahead log, and how a log begins (SQLite's file format, 4.1).
LOG = "-wal"
_LOG_BEGINS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")

#: The format, and what tells that a file is a sandbox's at all (from format 2 on): "AWSB".
VERSION = 2
APPLICATION = 0x41575342
_MARKS = ("application_id", "user_version")
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

#: Kind of note -> what replaces a damaged one.
MENDED = {
    "clock": "'awsshadow sandbox clock set instant' gives it a new one",
    "faults": "'awsshadow sandbox faults clear' takes them away",
}

#: The tables whose rows are the contents of a sandbox, in an order in which they can be loaded.
TABLES = ("resource", "tag", "association", "token", "note", "damaged")


def place_of(folder: str) -> str:
    """The folder that a word means: ``~`` is the home, what is relative begins at the working folder."""
    return os.path.abspath(os.path.expanduser(folder))


def connect(folder: str) -> sqlite3.Connection:
    """Open the sandbox in ``folder``; make folder (0700) and file (0600) when they are missing.

    A file of an older format is brought to this one. Raises AwsShadowError when it cannot be opened, others
    may write in the folder or it is no sandbox's; DamagedError when it cannot be read, as a newer one cannot.
    """
    folder = place_of(folder)
    path = os.path.join(folder, FILE)
    try:
        _own_place(folder, path)
        _check_log(path, folder)
        connection = sqlite3.connect(path, timeout=WAIT_MS / 1000, isolation_level=None, check_same_thread=False)
    except (OSError, ValueError) as error:
        raise AwsShadowError(f"cannot open the sandbox in {folder}: {error}") from error
    except sqlite3.Error as error:
        raise explained(error, folder, "open") from error
    try:
        _prepare(connection, folder)
    except FILE_ERRORS as error:
        connection.close()
        raise explained(error, folder, "open") from error
    except BaseException:
        connection.close()
        raise
    return connection


def identity(folder: str) -> tuple[int, int] | None:
    """What tells the file in ``folder`` from another one of its name; None when there is none."""
    try:
        state = os.stat(os.path.join(folder, FILE))
    except OSError:
        return None
    return state.st_dev, state.st_ino


@contextmanager
def opened(folder: str) -> Iterator[sqlite3.Connection]:
    """The sandbox in ``folder`` while the body runs. Raises AwsShadowError, also for what SQLite says in the body."""
    with closing(connect(folder)) as connection:
        try:
            yield connection
        except FILE_ERRORS as error:
            raise explained(error, place_of(folder)) from error


def _own_place(folder: str, path: str) -> None:
    """Make folder and file. Raises AwsShadowError when others may write there, OSError."""
    make_private(folder)
    if not is_private(folder):
        raise AwsShadowError(
            f"the sandbox in {folder} is not used: the folder is another user's, or others may write in it; "
            "name one of your own, or take their right away (chmod go-w)"
        )
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _check_log(path: str, folder: str) -> None:
    """Raises DamagedError for a write-ahead log that is none: SQLite would pass over it without a word."""
    try:
        with open(path + LOG, "rb") as file:
            begin = file.read(4)
    except FileNotFoundError:
        return
    if begin and begin not in _LOG_BEGINS:
        raise DamagedError(
            f"the sandbox in {folder} has a damaged log, {FILE}{LOG}: remove that file to go on without the "
            f"changes in it; {REMEDY}"
        )


def _prepare(connection: sqlite3.Connection, folder: str) -> None:
    connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    connection.execute("PRAGMA synchronous=NORMAL")
    if _marks(connection) == (APPLICATION, VERSION):
        return
    if _marks(connection) == (0, 0) and not _tables(connection):
        _begin_log(connection)
    with writing(connection):
        _bring_here(connection, folder)


def _begin_log(connection: sqlite3.Connection) -> None:
    """Keep a new file with a log, unless another process does so at the same time.

    Two who read it and want to change its mode would wait for each other, so SQLite refuses one of them at once,
    whatever time it was given. Raises sqlite3.Error.
    """
    ends = monotonic() + WAIT_MS / 1000
    while True:
        try:
            # It answers with a row before it has written; only who asks for more is told that it could not.
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > ends:
                raise
            sleep(0.01)
        else:
            return


def _bring_here(connection: sqlite3.Connection, folder: str) -> None:
    """Make what is missing, in a new file or one of an older format; another process may have done it by now."""
    application, version = _marks(connection)
    tables = _tables(connection)
    if (application, version) == (APPLICATION, VERSION):
        return
    if (application, version) == (0, 0) and not tables:
        _create(connection)
    elif (application, version) == (0, 1) and tables.issuperset(TABLES[:-1]):
        migrate(connection)
    elif application == APPLICATION or (application == 0 and tables.issuperset(TABLES[:-1])):
        raise DamagedError(
            f"the sandbox in {folder} has format {version}, this awsshadow reads formats 1 to {VERSION}: "
            f"use the version that wrote it; {REMEDY}"
        )
    else:
        raise AwsShadowError(f"the file {FILE} in {folder} is a database of something else; name another folder")
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is and in which format; 0 and 0 when it is new, 0 and 1 of format 1."""
    application, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _MARKS)
    return application, version


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}


def _create(connection: sqlite3.Connection) -> None:
    for statement in [*SCHEMA.split(";\n"), DAMAGED]:
        if statement.strip():
            connection.execute(statement)
    put_note(connection, "", "clock", "", Clock.new().to_row())


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the file for writing from its first moment: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(*FILE_ERRORS):  # SQLite itself may have ended it, when the disk is full say
            connection.execute("ROLLBACK")
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that sees one moment of the file."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(*FILE_ERRORS):  # what went wrong in the body counts
            connection.execute("COMMIT")


def get_note(connection: sqlite3.Connection, scope: str, kind: str, key: str) -> Any:
    """A remembered value, None when there is none. Raises DamagedError."""
    row = connection.execute("SELECT value FROM note WHERE scope=? AND kind=? AND key=?", (scope, kind, key)).fetchone()
    try:
        return json.loads(row[0]) if row else None
    except (ValueError, TypeError, RecursionError):
        raise DamagedError(
            f"what the sandbox keeps as {kind} is damaged: it is not JSON; {MENDED.get(kind, REMEDY)}"
        ) from None


def put_note(connection: sqlite3.Connection, scope: str, kind: str, key: str, value: Any) -> None:
    """Remember a JSON value; None forgets it."""
    if value is None:
        connection.execute("DELETE FROM note WHERE scope=? AND kind=? AND key=?", (scope, kind, key))
    else:
        row = (scope, kind, key, json.dumps(value))
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?)", row)


def get_clock(connection: sqlite3.Connection) -> Clock:
    """The clock of the sandbox. Raises DamagedError."""
    try:
        return Clock.from_row(get_note(connection, "", "clock", ""))
    except ValueError as error:
        raise DamagedError(f"the clock of the sandbox is damaged: {error}; {MENDED['clock']}") from error


def put_clock(connection: sqlite3.Connection, clock: Clock) -> None:
    """Give the sandbox another clock."""
    put_note(connection, "", "clock", "", clock.to_row())
