"""Members of answers that follow from others, or that the sandbox has to say something for.

A row is shape -> member -> where it comes from: ``$.A.B`` a path through what is known of the
resource, ``@base`` the name of its ARN, anything else the value itself. Values that nothing is
known about are the emptiest that are true: counts of zero, the request's own settings, and
``sandbox`` where a text is due.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DERIVED: dict[str, dict[str, Any]] = {}


def derive(shape: str, member: str, known: dict[str, Any]) -> Any:
    """The value of a member that is not known by its own name; None when there is no row."""
    rule = DERIVED.get(shape, {}).get(member)
    if isinstance(rule, str) and rule.startswith("$."):
        value: Any = known
        for part in rule[2:].split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value
    return rule
