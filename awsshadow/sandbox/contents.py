"""What the file of a sandbox may hold, row by row: asked of a dump before it is loaded, and of a damaged file."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from functools import cache
from sqlite3 import DatabaseError

from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.model import families, find_store
from awsshadow.sandbox.engine.fault_injection import checked as checked_faults
from awsshadow.sandbox.routing import EFFECTS
from awsshadow.sandbox.state import database, plans, tables
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.damage import any_text, set_aside
from awsshadow.sandbox.state.plans import UnknownError, is_json, is_number, is_object, is_text
from awsshadow.sandbox.state.resources import DATA_OF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection
    from typing import Any

    from awsshadow.sandbox.state.plans import Step

    Row = dict[str, Any]

#: Families that are kept and have no operations of their own in the table.
PARTS = frozenset({"ClusterEvent", "ClusterNode", "ClusterOperation", "ModelCardVersion", "PipelineVersion"})
#: Families of the services around SageMaker: what is made there, and data that are put into something.
AROUND = frozenset({"HumanLoop", "LogGroup", "LogStream", *DATA_OF.values()})

#: Kind of a note of one account and region -> whether a value can be its.
NOTES: dict[str, Callable[[Any], bool]] = {
    "group-policy": is_text,
    "log-event": lambda value: _is_count(value),
    "metric": lambda value: _is_count(value),
    "image-version": lambda value: _is_count(value),
    "model-package": lambda value: _is_count(value),
    "pipeline-version": lambda value: _is_count(value),
    "rehearsal": is_text,
    "portfolio": lambda value: value in ("Enabled", "Disabled"),
}
#: Account and region.
_SCOPE = re.compile(r"[\w.-]+/[\w.-]+")
_DEEP = "it is nested too deeply"


def check(table: str, row: Row) -> None:
    """Raise ValueError, with a sentence, unless ``row`` is one that the table of that name can hold.

    What can be read but has a word that this version does not know raises UnknownError.
    """
    columns = _COLUMNS[table]
    for name in [*columns, *row]:
        if name not in row or name not in columns:
            raise ValueError(f"{table} rows have the columns {', '.join(columns)}")
        if not columns[name](row[name]):
            raise ValueError(f"{name} cannot be {_short(row[name])}")
    if table == "resource":
        _check_resource(row)
    elif table == "note":
        _check_note(row)
    elif table == "token":
        _check_json(row["answer"], "answer", is_object)


def _check_resource(row: Row) -> None:
    _check_json(row["doc"], "doc", is_object)
    plan = plans.checked(_check_json(row["plan"], "plan", is_json), EFFECTS)
    if (row["due"], row["waits"]) != _due(plan, row["modified"]):
        raise ValueError("due and waits are not those of the plan")
    if not _is_family(row["family"]):
        raise UnknownError(f"no version knows the family {_short(row['family'])}")


def _is_family(title: str) -> bool:
    """Whether resources of a family can be kept: one of the table, or of the installed model."""
    for learn in (False, True):
        if learn:
            _learn()
        if title in PARTS | AROUND or any(family.store == title for family in families.table().values()):
            return True
    return False


@cache
def _learn() -> None:
    with suppress(AwsShadowError):
        families.learn(find_store(dict(os.environ)).model())


def _due(plan: list[Step], modified: float) -> tuple[float | None, int]:
    """As ``Record.due`` says it, of a plan that was checked."""
    if not plan:
        return None, 0
    return (plan[0]["at"], 1) if "at" in plan[0] else (modified + plan[0]["after"], 0)


def _check_note(row: Row) -> None:
    kind, value = row["kind"], _check_json(row["value"], "value", is_json)
    if not row["scope"]:
        if row["key"] or kind not in database.MENDED:
            raise UnknownError(f"no version knows the note {_short(kind)} of a whole sandbox")
        _check_setting(kind, value)
    elif kind not in NOTES:
        raise UnknownError(f"no version knows the note {_short(kind)}")
    elif not NOTES[kind](value):
        raise ValueError(f"the note {kind} cannot be {_short(value)}")


def _check_setting(kind: str, value: Any) -> None:
    if kind == "clock":
        Clock.from_row(value)
        return
    try:
        checked_faults(value)
    except ParameterError as error:
        raise ValueError(error.message) from error


def _check_json(text: str, name: str, fits: Callable[[Any], bool]) -> Any:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{name} is not JSON: {error}") from error
    except RecursionError as error:
        raise ValueError(f"{name} cannot be read: {_DEEP}") from error
    if not fits(value):
        raise ValueError(f"{name} cannot be {_short(value)}")
    return value


def _short(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and is_number(value)


def _is_scope(value: Any) -> bool:
    return is_text(value) and _SCOPE.fullmatch(value) is not None


def _optional(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or fits(value)


#: Table -> column -> whether a value can be in it.
_COLUMNS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "resource": {
        "id": lambda value: _is_count(value) and value > 0,
        "scope": _is_scope,
        **dict.fromkeys(("family", "key", "parent", "name"), is_text),
        "arn": _optional(is_text),
        "status": is_text,
        **dict.fromkeys(("created", "modified"), is_number),
        "due": _optional(lambda value: is_number(value) or isinstance(value, float)),
        "waits": lambda value: value in (0, 1) and _is_count(value),
        **dict.fromkeys(("plan", "doc"), is_text),
    },
    "tag": dict.fromkeys(("arn", "key", "value"), is_text),
    "association": {
        "scope": _is_scope,
        **dict.fromkeys(("source", "destination"), is_text),
        "kind": _optional(is_text),
        "created": is_number,
    },
    "token": {"scope": _is_scope, **dict.fromkeys(("operation", "token", "asked", "answer"), is_text)},
    "note": {
        "scope": lambda value: value == "" or _is_scope(value),
        **dict.fromkeys(("kind", "key", "value"), is_text),
    },
    "damaged": dict.fromkeys(("kind", "scope", "family", "name", "reason", "held"), is_text),
}


def mend(connection: Connection) -> int:
    """Set aside every row that cannot be read; how many there were. The clock and the faults stay where they are.

    Nothing is written when all can be read.
    """
    with any_text(connection):
        found = list(_damaged(connection))
    if found:
        with database.writing(connection):
            for table, rowid, reason in found:
                set_aside(connection, table, rowid, reason)
    return len(found)


def _damaged(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Table, row and what is wrong with it."""
    check_tables(connection)
    for table, names in _COLUMNS.items():
        for rowid, row in tables.rows(connection, table, list(names)):
            if table == "note" and row["kind"] in database.MENDED:
                continue
            try:
                check(table, row)
            except UnknownError:
                continue  # a newer version may have written it
            except ValueError as error:
                yield table, rowid, str(error)


def check_tables(connection: Connection) -> None:
    """Raise DatabaseError unless the tables have the columns that they are made with."""
    for table, names in _COLUMNS.items():
        if tables.columns(connection, table) != list(names):
            raise DatabaseError(f"the table {table} has other columns")


def held(text: str) -> Row:
    """The row that was set aside, as far as it can be told."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    return row if isinstance(row, dict) else {}
