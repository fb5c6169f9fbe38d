"""The few of botocore's built-in event handlers that a command can need."""

from __future__ import annotations

from botocore.handlers import BUILTIN_HANDLERS, REGISTER_FIRST, REGISTER_LAST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from botocore.hooks import BaseEventHooks


def register_builtin(events: BaseEventHooks, names: Collection[str]) -> None:
    """Register botocore's handlers of the events ``names`` with ``events``.

    There are well over a hundred, nearly all for other services, and registering one is not free:
    its signature is inspected.
    """
    register = {
        None: events.register,
        REGISTER_FIRST: events.register_first,
        REGISTER_LAST: events.register_last,
    }
    for name, handler, *place in BUILTIN_HANDLERS:
        if name in names:
            register[place[0] if place else None](name, handler)
