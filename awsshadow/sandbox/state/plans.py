"""What resources do by themselves, as it is kept: a plan is a list of steps, each with members of ``MEMBERS``.

A step has ``after`` (seconds of work since the state before) or ``at`` (a moment it waits for), and
what it does: ``status`` the new state, ``patch`` members to set, ``times`` members to set to the
moment it happens, ``gone`` true to end the resource, ``effect`` a word for what it does to others.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
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


class UnknownError(ValueError):
    """What is kept has a word that this version does not know."""


def checked(plan: Any, effects: Container[str]) -> list[Step]:
    """The plan when it is one. Raises ValueError that says what is wrong with it, UnknownError for an effect
    that is not among ``effects``.
    """
    if not isinstance(plan, list):
        raise ValueError("a plan is a list of steps")
    for step in plan:
        _check_step(step, effects)
    return plan


def _check_step(step: Any, effects: Container[str]) -> None:
    if not isinstance(step, dict) or ("after" in step) == ("at" in step):
        raise ValueError("a step of a plan has either 'after' or 'at'")
    for member, value in step.items():
        if member not in MEMBERS or not MEMBERS[member](value):
            raise ValueError(f"a step of a plan cannot have {member!r:.60} as {json.dumps(value)[:60]}")
    if "effect" in step and step["effect"] not in effects:
        raise UnknownError(f"no version knows the effect {step['effect']!r}")


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number that a time or a span of time can be."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST


def is_text(value: Any) -> bool:
    """Whether a value is text that a file can hold: no half of a surrogate pair."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def is_object(value: Any) -> bool:
    """Whether a value is an object that JSON can hold: its texts are texts, and no number in it is infinite."""
    return isinstance(value, dict) and is_json(value)


def is_json(value: Any) -> bool:
    """The same for a value of any kind."""
    try:
        return bool(json.dumps(value, allow_nan=False, ensure_ascii=False).encode())
    except (ValueError, RecursionError):
        return False


#: The year 9999 in seconds since the epoch: no later moment can be written as a date.
MOST = 253_370_764_800

#: Member of a step -> whether a value can be its.
MEMBERS = {
    "after": is_number,
    "at": is_number,
    "status": is_text,
    "patch": is_object,
    "times": lambda value: isinstance(value, list) and all(map(is_text, value)),
    "gone": lambda value: value is True,
    "effect": is_text,
}
