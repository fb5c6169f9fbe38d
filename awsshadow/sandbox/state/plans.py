"""What resources do by themselves, as it is kept: a plan is a list of steps.

A step has ``after`` (seconds of work since the state before) or ``at`` (a moment it waits for), and
what it does: ``status`` the new state, ``patch`` members to set, ``times`` members to set to the
moment it happens, ``gone`` true to end the resource, ``effect`` a word for what it does to others.
"""

from typing import Any, TypedDict


class Step(TypedDict, total=False):
    """One step; see the module docstring."""

    after: float
    at: float
    status: str
    patch: dict[str, Any]
    times: list[str]
    gone: bool
    effect: str
