"""A sandbox as a whole: empty it, write it out as JSON lines, read it back, list it, set it up."""

from __future__ import annotations

import json
import os
import sqlite3

from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.model import families, find_store
from awsshadow.sandbox import contents, routing
from awsshadow.sandbox.contract.operation_model import Operation
from awsshadow.sandbox.engine.fault_injection import Faults, checked, kept_faults
from awsshadow.sandbox.engine.transitions import is_due, settle
from awsshadow.sandbox.own_requests import OwnRequests
from awsshadow.sandbox.state import database, tables
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.damage import DamagedError, is_full
from awsshadow.sandbox.state.migration import migrated
from awsshadow.sandbox.state.plans import is_number
from awsshadow.sandbox.state.resources import DATA_OF, Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from awsshadow.sandbox.engine.fault_injection import Document

#: The formats of dumps that can be loaded.
FORMATS = (1, database.VERSION)

#: What a listing says as the status of a resource that cannot be read.
DAMAGED = "damaged"


def reset(folder: str) -> None:
    """Forget everything in the sandbox, clock and faults included. Works on damaged files and full disks too.

    Raises AwsShadowError.
    """
    try:
        with database.opened(folder) as connection:
            _empty(connection)
    except AwsShadowError as error:
        if not isinstance(error, DamagedError) and not is_full(error.__cause__):
            raise
        _remove_files(database.place_of(folder))
        database.connect(folder).close()


def _empty(connection: sqlite3.Connection) -> None:
    with database.writing(connection):
        tables.empty(connection)
        database.put_clock(connection, Clock.new())
    contents.check_tables(connection)
    tables.check_pages(connection)


def _remove_files(folder: str) -> None:
    try:
        for end in ("", database.LOG, "-shm"):
            path = os.path.join(folder, database.FILE + end)
            if os.path.exists(path):
                os.remove(path)
    except OSError as error:
        raise AwsShadowError(f"cannot remove the sandbox in {folder}: {error}") from error


def dump(folder: str) -> Iterator[str]:
    """The whole sandbox as lines of JSON; the first one says the format. Raises AwsShadowError."""
    with database.opened(folder) as connection:
        contents.mend(connection)
        with database.reading(connection):
            yield json.dumps({"awsshadow-sandbox": database.VERSION})
            for table in database.TABLES:
                for _, row in tables.rows(connection, table, tables.columns(connection, table)):
                    yield json.dumps([table, row], default=bytes.hex)


def load(folder: str, lines: Iterable[str]) -> int:
    """Replace the sandbox by what ``dump`` wrote, also that of version 0.1.0; how many rows there were.

    All or nothing: raises ParameterError, which names the line, for what is no dump or has a word that no
    version knows, and leaves the sandbox as it was.
    """
    rows = list(_rows(lines))
    if not any(table == "note" and row["kind"] == "clock" for _, table, row in rows):
        raise ParameterError("this is not a whole dump of a sandbox: it has no clock")
    with database.opened(folder) as connection, database.writing(connection):
        tables.empty(connection)
        for place, table, row in rows:
            try:
                tables.insert(connection, table, row)
            except sqlite3.IntegrityError as error:
                raise _no_dump(place, f"it repeats another line: {error}") from error
    return len(rows)


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number of the line, table and values of each row; all checked. Raises ParameterError."""
    format = 0
    for place, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
            if place == 1:
                format = _format(value)
            else:
                yield place, *_row(value, format)
        except ValueError as error:
            raise _no_dump(place, str(error)) from error
        except RecursionError as error:
            raise _no_dump(place, "it is nested too deeply") from error


def _format(value: Any) -> int:
    """The format that the first line states. Raises ValueError."""
    if not isinstance(value, dict) or list(value) != ["awsshadow-sandbox"]:
        raise ValueError("the first line states the format")
    format = value["awsshadow-sandbox"]
    if isinstance(format, bool) or format not in FORMATS:
        raise ValueError(f"it is in format {format!r:.20}, this awsshadow reads {FORMATS[0]} to {FORMATS[-1]}")
    return int(format)


def _row(value: Any, format: int) -> tuple[str, dict[str, Any]]:
    """Table and values of a line, in today's format. Raises ValueError."""
    if not isinstance(value, list) or len(value) != 2 or value[0] not in database.TABLES:
        raise ValueError("a line holds the name of a table and a row of it")
    table, row = value[0], value[1] if format == database.VERSION else migrated(*value)
    if not isinstance(row, dict):
        raise ValueError("a row is a JSON object")
    contents.check(table, row)
    return table, row


def _no_dump(place: int, reason: str) -> ParameterError:
    return ParameterError(f"line {place} is not of a dump of a sandbox: {reason}")


def listing(folder: str) -> list[dict[str, Any]]:
    """One row a resource: ``family``, ``name``, ``status``, ``created``, ``arn``, ``scope`` (account/region).

    One that cannot be read has the status ``damaged`` and says why under ``damage``, which is empty for the others.
    """
    with database.opened(folder) as connection:
        contents.mend(connection)
        clock = database.get_clock(connection)
        if is_due(connection, clock):
            with database.writing(connection):
                own = OwnRequests(_operation, Faults(kept_faults(connection)))
                settle(Resources(connection, "", "", clock), own.effect)
        rows = [{**row, "damage": ""} for row in tables.listed(connection, DATA_OF.values())]
        rows += [_damaged(**row) for row in tables.set_aside(connection)]
    return sorted(rows, key=lambda row: (row["scope"], row["family"], row["name"]))


def _operation(name: str) -> Operation:
    return Operation(find_store(dict(os.environ)), name)


def _damaged(scope: str, family: str, name: str, reason: str, held: str) -> dict[str, Any]:
    row = contents.held(held)
    created = row.get("created")
    return {
        "family": family,
        "name": name,
        "status": DAMAGED,
        "created": created if is_number(created) else 0.0,
        "arn": row.get("arn"),
        "scope": scope,
        "damage": reason,
    }


def set_up(folder: str, clock: str | None, faults: Any) -> None:
    """Give the sandbox a clock and faults, None keeps what there is: both or neither. Raises AwsShadowError."""
    rules = None if faults is None else checked(faults)
    with database.opened(folder) as connection, database.writing(connection):
        if clock is not None:
            database.put_clock(connection, _changed(connection, clock))
        if faults is not None:
            database.put_note(connection, "", "faults", "", rules or None)


def show_clock(folder: str) -> Clock:
    """The clock of the sandbox."""
    with database.opened(folder) as connection:
        return database.get_clock(connection)


def set_clock(folder: str, clock: str) -> float:
    """Give the sandbox a clock: ``instant``, ``step``, ``real[:FACTOR]``, ``frozen[:TIME]``; its time now."""
    return _with_clock(folder, lambda connection: _changed(connection, clock))


def advance_clock(folder: str, duration: str) -> float:
    """Move the clock forward by ``7d``, ``12h``, ``1h30m``, ``90s``; its time now."""
    return _with_clock(folder, lambda connection: database.get_clock(connection).advanced(duration))


def _with_clock(folder: str, change: Callable[[sqlite3.Connection], Clock]) -> float:
    with database.opened(folder) as connection, database.writing(connection):
        try:
            clock = change(connection)
        except ValueError as error:
            raise ParameterError(str(error)) from error
        database.put_clock(connection, clock)
        return clock.now()


def _changed(connection: sqlite3.Connection, spec: str) -> Clock:
    """The clock as ``spec`` says; where the one there was is damaged, its time is lost. Raises ParameterError."""
    try:
        known = database.get_clock(connection)
    except DamagedError:
        known = Clock.new()
    try:
        return known.changed(spec)
    except ValueError as error:
        raise ParameterError(str(error)) from error


def show_faults(folder: str) -> Document:
    """The faults of the sandbox, ``{}`` when there are none. Raises DamagedError."""
    with database.opened(folder) as connection:
        return kept_faults(connection) or {}


def set_faults(folder: str, document: Any) -> None:
    """Set the faults, see ``engine.fault_injection``; None or ``{}`` ends them. Raises ParameterError."""
    rules = None if document is None else checked(document)
    with database.opened(folder) as connection, database.writing(connection):
        database.put_note(connection, "", "faults", "", rules or None)


def coverage(environ: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """One row an operation of the installed model: ``operation``, ``how`` (``stateful``, ``handler``, ``empty list``,
    ``inferred``), ``by`` (the family or module; of what is inferred, the families it is about).

    ``environ`` says where the model lies, None that it is as this process's says.
    """
    store = find_store(dict(os.environ if environ is None else environ))
    operations = list(store.index()["operations"].values())
    if any(routing.kind(operation) == "inferred" for operation in operations):
        families.learn(store.model())
    return [
        {"operation": operation, "how": routing.kind(operation), "by": routing.served_by(operation)}
        for operation in operations
    ]
