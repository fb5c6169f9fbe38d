"""A fact that was looked at: what it is, whether it is in order, and what to do if it is not."""

from __future__ import annotations

FACT, GOOD, NOTICE, PROBLEM = "fact", "good", "notice", "problem"


class Check:
    """``name`` is what was looked at, ``value`` what was found, ``state`` one of the four above.

    ``remedy`` says what to do: of a problem it is never empty.
    """

    def __init__(self, name: str, value: str, state: str = FACT, remedy: str = "") -> None:
        assert remedy or state != PROBLEM
        self.name = name
        self.value = value
        self.state = state
        self.remedy = remedy
