"""Which function serves which operation: the one place that imports the special modules.

The family table serves what it can. What needs more has a row here, and so has everything the
sandbox can only answer with an empty list or has to refuse. A module is imported when one of its
operations is asked for, which keeps a single call as fast as it can be.
"""

from __future__ import annotations

from importlib import import_module

from awsshadow.sandbox import families

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.call import Call

    Serve = Callable[[Call], dict[str, Any] | None]

#: Module -> the operations it serves. A module has a dict OPERATIONS with these names.
MODULES: dict[str, tuple[str, ...]] = {}

#: Operation -> the families of resources it must name; the list it answers has nothing to hold.
EMPTY: dict[str, str] = {}

#: Operation -> why the sandbox does not simulate it.
REFUSED: dict[str, str] = {}

_MODULE_OF = {operation: module for module, operations in MODULES.items() for operation in operations}


def route(operation: str) -> tuple[str, Serve | None]:
    """How an operation is served (``handler``, ``empty list``, ``refused``, ``stateful``) and by what."""
    how = kind(operation)
    if how == "refused":
        return how, None
    if how == "handler":
        serve: Serve = _load(_MODULE_OF[operation]).OPERATIONS[operation]
    elif how == "empty list":
        serve = _load("engine").empty
    else:
        found = families.find(operation)
        assert found
        serve = _load("engine").ROLES[found[1]]
    return how, serve


def effect(name: str) -> Callable[..., None]:
    """The function that a plan's step names as ``module.function``."""
    module, _, function = name.partition(".")
    found: Callable[..., None] = getattr(_load(module), function)
    return found


def _load(module: str) -> Any:
    return import_module(f"awsshadow.sandbox.{module}")


def kind(operation: str) -> str:
    """``handler``, ``empty list``, ``refused`` or ``stateful``, without importing anything."""
    if operation in _MODULE_OF:
        return "handler"
    if operation in EMPTY:
        return "empty list"
    return "stateful" if families.find(operation) and operation not in REFUSED else "refused"


def served_by(operation: str) -> str:
    """The module or family that serves an operation, empty for none."""
    found = families.find(operation)
    return _MODULE_OF.get(operation) or (found[0].title if found else "")
