"""From the formats of before to the one of now: a whole file where it lies, or one row of a dump.

Format 1 (version 0.1.0) kept names of functions where words for effects are now, and had no place
for rows that cannot be read.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection
    from typing import Any

#: The words of format 1 and those that are kept now.
_FORMER = {
    "experiments.deploy": "inference-experiment-starts",
    "experiments.undeploy": "inference-experiment-stops",
    "executions.advance": "pipeline-step-ends",
}

#: Where rows are put that cannot be read, with what they were, so that the others can be.
DAMAGED = """CREATE TABLE damaged (
  kind TEXT NOT NULL, scope TEXT NOT NULL, family TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
  held TEXT NOT NULL)"""


def migrate(connection: Connection) -> None:
    """Bring a file of format 1 to format 2. The caller holds it for writing and states the format."""
    connection.execute(DAMAGED)
    plans = connection.execute("SELECT id, plan FROM resource WHERE plan != '[]'").fetchall()
    for id, plan in plans:
        connection.execute("UPDATE resource SET plan=? WHERE id=?", (_plan(plan), id))


def migrated(table: str, values: Any) -> Any:
    """The values of a row of format 1 as format 2 has them; what is no row stays as it is."""
    if table == "resource" and isinstance(values, dict) and "plan" in values:
        return {**values, "plan": _plan(values["plan"])}
    return values


def _plan(text: Any) -> Any:
    """The plan with the words of now; what is no plan stays as it is, to be found by whoever reads it."""
    try:
        plan = json.loads(text)
        former = [step for step in plan if isinstance(step.get("effect"), str) and step["effect"] in _FORMER]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return text
    for step in former:
        step["effect"] = _FORMER[step["effect"]]
    return json.dumps(plan) if former else text
