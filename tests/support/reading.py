"""Command lines read to their end, with a function in the place of what checks the global options."""

from __future__ import annotations

from collections.abc import Callable, Generator

from awsshadow.invocation import Command, Globals, Invocation


def understood(
    steps: Generator[Globals, None, Invocation], check: Callable[[Globals], None] | None = None
) -> Invocation:
    """What a line asks for; ``check`` sees the global options whenever they have become known or changed."""
    try:
        while True:
            given = next(steps)
            if check is not None:
                check(given)
    except StopIteration as end:
        invocation: Invocation = end.value
        return invocation


def command(invocation: Invocation) -> Command:
    """``invocation``, which is to be an operation or a waiter."""
    assert isinstance(invocation, Command)
    return invocation
