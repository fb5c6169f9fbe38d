"""What resources do by themselves: their plans, and carrying out what is due.

``state.plans`` says what a plan is; its words for effects are those of ``routing.EFFECTS``. There are
no timers: whoever looks at the sandbox carries out what is due by then, so the state is the same
whoever looks and whenever.
"""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

from awsshadow.sandbox.state.damage import FILE_ERRORS, set_aside
from awsshadow.sandbox.state.resources import COLUMNS, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Connection
    from typing import Any

    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.clock import Clock
    from awsshadow.sandbox.state.resources import Resources

    #: The kept word of an effect -> what it does: takes the resources of the scope, the record, the moment.
    Effects = Callable[[str], Callable[[Resources, Record, float], None]]

#: A plan never grows by itself, but effects may start new work; this ends a circle of them.
MOST_STEPS = 100_000


def is_due(connection: Connection, clock: Clock) -> bool:
    """Whether any resource has a step to carry out."""
    where, values = _due(clock)
    return connection.execute(f"SELECT 1 FROM resource WHERE {where} LIMIT 1", values).fetchone() is not None


def settle(resources: Resources, effect: Effects) -> None:
    """Carry out every step that is due, of all accounts and regions, in the order of their moments.

    Needs a writing transaction.
    """
    where, values = _due(resources.clock)
    sql = f"SELECT {COLUMNS} FROM resource WHERE {where} ORDER BY due, id LIMIT 1"
    for _ in range(MOST_STEPS):
        row = resources.connection.execute(sql, values).fetchone()
        if row is None:
            return
        _carry_out(resources, effect, row)


def _carry_out(resources: Resources, effect: Effects, row: Sequence[Any]) -> None:
    """The first step of the record in ``row``: all of it, or the record is set aside as damaged.

    What one record holds must not keep all others from being looked at.
    """
    execute = resources.connection.execute
    execute("SAVEPOINT step")
    try:
        record = Record.from_row(row)
        due = record.due()[0]
        take_step(resources, effect, record, resources.now if due is None or "at" not in record.plan[0] else due)
    except FILE_ERRORS:
        raise  # it is the file that cannot be used, and the transaction ends
    except Exception as error:
        execute("ROLLBACK TO step")
        set_aside(resources.connection, "resource", row[0], f"its plan cannot be carried out: {error!r:.200}")
    execute("RELEASE step")


def take_step(resources: Resources, effect: Effects, record: Record, moment: float) -> None:
    """Carry out the first step of a record's plan as of ``moment``."""
    natural = record.due()[0]
    if resources.clock.mode in {"real", "frozen"} and natural is not None:
        moment = natural
    step, rest = record.plan[0], record.plan[1:]
    if step.get("gone"):
        resources.remove(record)
    else:
        record.doc.update(step.get("patch", {}))
        record.doc.update(dict.fromkeys(step.get("times", ()), moment))
        record.become(step.get("status"), rest, moment)
        resources.save(record)
    if "effect" in step:
        effect(step["effect"])(resources.at(record.scope), record, moment)


def advance_shown(request: Request, record: Record) -> None:
    """Under the step clock: move a resource on that has just been shown."""
    resources = request.resources
    if resources.clock.mode == "step" and record.plan and "at" not in record.plan[0]:
        take_step(resources, request.effects, record, resources.now)


def _due(clock: Clock) -> tuple[str, tuple[Any, ...]]:
    if clock.mode == "instant":
        return "due IS NOT NULL AND (waits=0 OR due<=?)", (clock.now(),)
    if clock.mode == "step":
        return "waits=1 AND due<=?", (clock.now(),)
    return "due IS NOT NULL AND due<=?", (clock.now(),)
