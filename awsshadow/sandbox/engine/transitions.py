"""What resources do by themselves: their plans, and carrying out what is due.

``state.plans`` says what a plan is; its words for effects are those of ``routing.EFFECTS``. There are
no timers: whoever looks at the sandbox carries out what is due by then, so the state is the same
whoever looks and whenever.
"""

from __future__ import annotations

from awsshadow.sandbox.state.damage import whole_or_aside
from awsshadow.sandbox.state.records import Record
from awsshadow.sandbox.state.resources import first_due, has_due

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
    return has_due(connection, clock.mode, clock.now())


def settle(resources: Resources, effect: Effects) -> None:
    """Carry out every step that is due, of all accounts and regions, in the order of their moments.

    Needs a writing transaction.
    """
    now = resources.clock.now()
    for _ in range(MOST_STEPS):
        row = first_due(resources.connection, resources.clock.mode, now)
        if row is None:
            return
        _carry_out(resources, effect, row)


def _carry_out(resources: Resources, effect: Effects, row: Sequence[Any]) -> None:
    """The first step of the record in ``row``: all of it, or the record is set aside as damaged.

    What one record holds must not keep all others from being looked at.
    """
    with whole_or_aside(resources.connection, row[0], "its plan cannot be carried out"):
        record = Record.from_row(row)
        due = record.due()[0]
        take_step(resources, effect, record, resources.now if due is None or "at" not in record.plan[0] else due)


def take_step(resources: Resources, effect: Effects, record: Record, moment: float) -> None:
    """Carry out the first step of a record's plan as of ``moment``."""
    natural = record.due()[0]
    if resources.clock.mode in {"real", "frozen"} and natural is not None:
        moment = natural
    step = record.plan[0]
    apply(resources, record, moment)
    if "effect" in step:
        effect(step["effect"])(resources.at(record.scope), record, moment)


def apply(resources: Resources, record: Record, moment: float) -> None:
    """What the first step of a plan does to its own record."""
    step, rest = record.plan[0], record.plan[1:]
    if step.get("gone"):
        resources.remove(record)
    else:
        record.doc.update(step.get("patch", {}))
        record.doc.update(dict.fromkeys(step.get("times", ()), moment))
        record.become(step.get("status"), rest, moment)
        resources.save(record)


def advance_shown(request: Request, record: Record) -> None:
    """Under the step clock: move a resource on that has just been shown."""
    resources = request.resources
    if resources.clock.mode == "step" and record.plan and "at" not in record.plan[0]:
        take_step(resources, request.effects, record, resources.now)
