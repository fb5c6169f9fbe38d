"""A sandbox as a whole: empty it, write it out as JSON lines, read it back, list it, set it up."""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

import json
import os
import sqlite3

from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.sandbox.engine.fault_injection import checked
from awsshadow.sandbox.engine.transitions import is_due, settle
from awsshadow.sandbox.routing import effect
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.resources import Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any


def reset(folder: str) -> None:
    """Forget everything in the sandbox, clock and faults included. Works on damaged files too."""
    try:
        connection = database.connect(folder)
    except AwsShadowError:
        _remove_files(folder)
        database.connect(folder).close()
        return
    with database.writing(connection):
        for table in database.TABLES:
            connection.execute(f"DELETE FROM {table}")
        database.put_clock(connection, Clock.new())
    connection.close()


def _remove_files(folder: str) -> None:
    for end in ("", "-wal", "-shm"):
        path = os.path.join(folder, database.FILE + end)
        if os.path.exists(path):
            os.remove(path)


def dump(folder: str) -> Iterator[str]:
    """The whole sandbox as lines of JSON; the first one says the format."""
    connection = database.connect(folder)
    try:
        with database.reading(connection):
            yield json.dumps({"awsshadow-sandbox": database.VERSION})
            for table in database.TABLES:
                columns = _columns(connection, table)
                for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"):
                    yield json.dumps([table, dict(zip(columns, row, strict=True))])
    finally:
        connection.close()


def load(folder: str, lines: Iterable[str]) -> int:
    """Replace the sandbox by what ``dump`` wrote; how many rows there were.

    All or nothing: raises ParameterError for lines that are no dump and leaves the sandbox as it was.
    """
    connection = database.connect(folder)
    try:
        with database.writing(connection):
            for table in database.TABLES:
                connection.execute(f"DELETE FROM {table}")
            return _insert(connection, lines)
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, lines: Iterable[str]) -> int:
    columns = {table: _columns(connection, table) for table in database.TABLES}
    count = 0
    for place, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if place == 1:
                if row["awsshadow-sandbox"] != database.VERSION:
                    raise ValueError(f"format {row['awsshadow-sandbox']}")
                continue
            table, values = row
            names = columns[table]
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            connection.execute(sql, [values[name] for name in names])
        except (ValueError, KeyError, TypeError, sqlite3.Error) as error:
            raise ParameterError(f"line {place} is not of a dump of a sandbox: {error}") from error
        count += 1
    if database.get_note(connection, "", "clock", "") is None:
        raise ParameterError("this is not a whole dump of a sandbox: it has no clock")
    return count


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def listing(folder: str) -> list[dict[str, Any]]:
    """One row a resource: ``family``, ``name``, ``status``, ``created``, ``arn``, ``scope`` (account/region)."""
    connection = database.connect(folder)
    try:
        clock = database.get_clock(connection)
        if is_due(connection, clock):
            with database.writing(connection):
                settle(Resources(connection, "", "", clock), effect)
        names = ("family", "name", "status", "created", "arn", "scope")
        sql = f"SELECT {', '.join(names)} FROM resource ORDER BY scope, family, name, id"
        return [dict(zip(names, row, strict=True)) for row in connection.execute(sql)]
    finally:
        connection.close()


def set_clock(folder: str, clock: str) -> float:
    """Give the sandbox a clock: ``instant``, ``step``, ``real[:FACTOR]``, ``frozen[:TIME]``; its time now."""
    return _with_clock(folder, lambda old: old.changed(clock))


def advance_clock(folder: str, duration: str) -> float:
    """Move the clock forward by ``7d``, ``12h``, ``1h30m``, ``90s``; its time now."""
    return _with_clock(folder, lambda old: old.advanced(duration))


def _with_clock(folder: str, change: Callable[[Clock], Clock]) -> float:
    connection = database.connect(folder)
    try:
        with database.writing(connection):
            try:
                clock = change(database.get_clock(connection))
            except ValueError as error:
                raise ParameterError(str(error)) from error
            database.put_clock(connection, clock)
            return clock.now()
    finally:
        connection.close()


def set_faults(folder: str, document: dict[str, Any] | None) -> None:
    """Set the faults of the sandbox, see ``faults``; None or ``{}`` ends them. Raises ParameterError."""
    rules = checked(document) if document else None
    connection = database.connect(folder)
    try:
        with database.writing(connection):
            database.put_note(connection, "", "faults", "", rules)
    finally:
        connection.close()
