"""What the interpreter at hand says and does, where versions of Python differ."""

from __future__ import annotations

import errno
import os
import re
from datetime import UTC, date, datetime
from operator import contains
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

#: How some interpreters say what others say in the words behind it.
_WORDINGS = [
    # From 3.14 on Python looks at the C stack instead of counting.
    (re.compile(r"Stack overflow \(used \d+ kB\)"), "maximum recursion depth exceeded"),
    # Early releases of 3.11 take a connection that breaks off for one that was closed.
    (
        re.compile(r"TLS/SSL connection has been closed \(EOF\)"),
        "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol",
    ),
    # The C library of Alpine has words of its own, one of which is SQLite's, too.
    (re.compile(re.escape(os.strerror(errno.ELOOP))), "Too many levels of symbolic links"),
    (re.compile(rf"(?<!disk ){re.escape(os.strerror(errno.EIO))}"), "Input/output error"),
]


def complaint(function: Callable[..., Any], *arguments: object) -> str:
    """The text of the exception that a call raises."""
    try:
        function(*arguments)
    except (TypeError, ValueError) as error:
        return str(error)
    raise AssertionError("the interpreter did not complain")


def in_one_wording(text: str) -> str:
    """``text`` as the interpreter says it that the expectations were recorded with."""
    for pattern, usual in _WORDINGS:
        text = pattern.sub(usual, text)
    return text


def unmeasured() -> dict[str, str]:
    """The environment of a program whose modules are counted or whose disk is full: coverage would load and write."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


MONTH_13 = complaint(date, 2024, 13, 1)
YEAR_10000 = complaint(datetime.fromtimestamp, 253402300800, UTC)
IN_A_NUMBER = complaint(contains, 5, ":")
