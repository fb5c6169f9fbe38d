"""What the interpreter at hand says and does, where versions of Python differ."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from operator import contains
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_STACK = re.compile(r"Stack overflow \(used \d+ kB\)")


def complaint(function: Callable[..., Any], *arguments: object) -> str:
    """The text of the exception that a call raises."""
    try:
        function(*arguments)
    except (TypeError, ValueError) as error:
        return str(error)
    raise AssertionError("the interpreter did not complain")


def depth_in_words(text: str) -> str:
    """``text`` with one wording for what is nested too deep: Python 3.14 looks at the C stack instead of counting."""
    return _STACK.sub("maximum recursion depth exceeded", text)


def unmeasured() -> dict[str, str]:
    """The environment of a program whose modules are counted or whose disk is full: coverage would load and write."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


MONTH_13 = complaint(date, 2024, 13, 1)
YEAR_10000 = complaint(datetime.fromtimestamp, 253402300800, UTC)
IN_A_NUMBER = complaint(contains, 5, ":")
