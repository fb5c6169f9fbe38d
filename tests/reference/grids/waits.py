"""Waiters, over every state and error."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING

from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.grids.scenes import Reply
    from tests.support.cases import Case


def waits() -> Iterator[Case]:
    """Each recorded waiter over each state, error and option."""
    commands: dict[str, tuple[list[str], str]] = {}
    for found in load():
        if found["kind"] == "wait" and found["expect"]["requests"]:
            status = re.search(r"\w+Status", json.dumps(found["responses"]))
            if status:
                commands[found["argv"][2]] = (found["argv"], status[0])
    errors = ("ValidationException", "Could not find x"), ("ValidationException", ""), ("ResourceNotFound", "gone")
    bodies = [
        json.dumps({"__type": code, "message": text}) for code, text in (*errors, ("ThrottlingException", "slow"))
    ]
    gone: list[Reply] = [{"status": 400, "body": body} for body in bodies]
    gone += [{"status": 500, "body": ""}, {"status": 404, "body": "x"}, {"fault": "close"}, {"fault": "truncate"}]
    gone += [{"status": 200, "body": "[]"}, {"status": 200, "body": ""}]
    states: tuple[object, ...] = (
        "InService", "Failed", "Deleting", "CREATED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_FAILED", "Stopped",
        "Completed", "Bogus", None, 5, {}, [],
    )  # fmt: skip
    extras = (
        "--output text", "--query x", "--query [", "--nope", "x", "--generate-cli-skeleton", "--cli-input-json {}",
        "--cli-error-format json",
    )  # fmt: skip
    for argv, key in commands.values():
        ends = [{"status": 200, "body": json.dumps({key: state})} for state in states] + gone
        going = {"status": 200, "body": json.dumps({key: "InProgress"})}
        for end, before in itertools.product(ends, (0, 1)):
            yield {"argv": argv, "responses": [going] * before + [end]}
        for extra in extras:
            yield {"argv": [*argv, *extra.split()], "responses": ends[:1]}
