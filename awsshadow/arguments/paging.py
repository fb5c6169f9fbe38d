"""The paging options: what they add to the parameters, and whether pages are fetched automatically.

Rules: (behaviour: input 1.9, output 3.2).
"""

from __future__ import annotations

from awsshadow.errors import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from awsshadow.invocation import Command
    from awsshadow.streams import Streams

#: Paging option -> its key in the ``PaginationConfig`` parameter, in the order messages list them.
CONFIG_KEYS = {"starting-token": "StartingToken", "page-size": "PageSize", "max-items": "MaxItems"}

_WARNING = "warning: Non-positive values for --max-items may result in undefined behavior.\n"


def wanted(command: Command) -> bool:
    """Whether the command line asks for automatic pagination.

    The service's own paging options turn it off. Raises ParameterError if paging options are given
    although it is off; an empty token and a zero pass, as they do in the reference.
    """
    slice = command.slice
    if slice.paginator is None:
        return slice.has_null_paginator and command.globals.paginate
    own = service_members(slice.paginator)
    manual = any(a.member in own and a.name in command.given for a in slice.arguments)
    if command.globals.paginate and not manual:
        return True
    used = ["--" + name for name in CONFIG_KEYS if command.given.get(name)]
    if used:
        raise ParameterError(f"Cannot specify --no-paginate along with pagination arguments: {', '.join(used)}")
    return False


def service_members(paginator: dict[str, Any]) -> set[str]:
    """The members of the input by which the service itself is told a page and its size."""
    token = paginator["input_token"]
    members = {token} if isinstance(token, str) else set(token)
    if "limit_key" in paginator:
        members.add(paginator["limit_key"])
    return members


def still_wanted(paginator: dict[str, Any], parameters: Iterable[str]) -> bool:
    """Whether no input document brought one of the service's own paging members."""
    return service_members(paginator).isdisjoint(parameters)


def add(parameters: dict[str, Any], option: str, value: Any, streams: Streams) -> None:
    """Put the paging option ``option`` into the ``PaginationConfig`` of ``parameters``.

    Warns on standard error about a number of items that is not positive.
    """
    if option == "max-items" and value <= 0 and streams.stderr is not None:
        streams.stderr.write(_WARNING)
    parameters.setdefault("PaginationConfig", {})[CONFIG_KEYS[option]] = value
