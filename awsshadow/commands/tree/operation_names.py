"""Operations as words of an own command: which one is meant, and what is said of one that there is not."""

from __future__ import annotations

import os

from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.store import Store


def named_first(words: list[str], store: Store) -> str | None:
    """The operation that the first word names; None if it is a file. Raises UsageError for a misspelt one."""
    first = words[0]
    if store.has("operations", first):
        return first
    if os.path.exists(first) or first == "-" or os.path.basename(first) != first or "." in first:
        return None
    raise unknown_operation(first, store, "argument OPERATION")


def unknown_operation(name: str, store: Store, where: str) -> UsageError:
    """The error about an operation that there is not, with those that may have been meant."""
    similar = nearest(name, store.index()["operations"])
    lines = ["", "Maybe you meant:", "", *(f"  * {other}" for other in similar)] if similar else []
    return UsageError("\n".join([f"{where}: there is no operation '{name}'", *lines]))
