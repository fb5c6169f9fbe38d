"""Which operations only read, and whether the environment allows others."""

from __future__ import annotations

from awsshadow.names import READ_ONLY_VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_OFF = ("", "0", "false", "no", "off")
READING = ("BatchDescribe", "Describe", "Get", "List", "Query", "Search")


def reads(operation: str) -> bool:
    """Whether ``operation``, as the model names it, changes nothing."""
    return operation.startswith(READING)


def only_reading(environ: Mapping[str, str]) -> bool:
    """Whether the environment allows nothing but reading."""
    return environ.get(READ_ONLY_VARIABLE, "").lower() not in _OFF
