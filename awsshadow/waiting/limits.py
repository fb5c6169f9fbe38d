"""How long a wait may take, and how its looks are apart: what ``--timeout``, ``--delay`` and ``--max-attempts`` say."""

from __future__ import annotations

from awsshadow.errors import ParameterError
from awsshadow.waiting.durations import seconds
from awsshadow.waiting.rounds import growing, steady

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from awsshadow.invocation import Given

#: How long a wait goes on that says nothing of it, in seconds: as long as a job may run that says nothing of it.
USUAL_TIMEOUT = 86400.0
NAMES = ("timeout", "delay", "max-attempts")


class Limits:
    """``timeout`` and ``delay`` in seconds, ``most`` looks; None for what was not given."""

    def __init__(self, timeout: float | None = None, delay: float | None = None, most: int | None = None) -> None:
        self.timeout = timeout
        self.delay = delay
        self.most = most

    @classmethod
    def given(cls, options: Mapping[str, Given]) -> Limits:
        """From the values of options by their names. Raises ParameterError."""
        return cls(_duration(options, "timeout"), _duration(options, "delay"), _count(options, "max-attempts"))

    def delays(self) -> Iterator[float]:
        """Seconds between looks."""
        return growing() if self.delay is None else steady(self.delay)


def _duration(options: Mapping[str, Given], name: str) -> float | None:
    text = options.get(name)
    if text is None:
        return None
    try:
        return seconds(str(text))
    except ValueError as error:
        raise ParameterError(f"argument --{name}: {error}") from None


def _count(options: Mapping[str, Given], name: str) -> int | None:
    text = options.get(name)
    if text is None:
        return None
    plain = str(text)
    if not (plain.isascii() and plain.isdigit() and int(plain[:9]) > 0 and len(plain) < 10):
        raise ParameterError(f"argument --{name}: not a number from 1 on: '{plain}'")
    return int(plain)
