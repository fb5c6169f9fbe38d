"""Run a command until it ends: pass signals on, and tell its exit status as a shell would."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType


class CannotStartError(AwsShadowError):
    """The command cannot be started; 127 when there is none of that name, 126 when it is no program."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def run(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run ``command`` in ``environ`` with this process's streams.

    Returns its exit status, 128+n when signal n ended it. Raises CannotStartError.
    """
    with _relay() as relay:
        try:
            child = subprocess.Popen(list(command), env=dict(environ))
        except FileNotFoundError:
            raise CannotStartError(f"There is no command {command[0]!r}", 127) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CannotStartError(f"Cannot run {command[0]!r}: {reason}", 126) from None
        relay.attach(child)
        status = child.wait()
    return 128 - status if status < 0 else status


class _Relay:
    """Signals on their way to the child; those from before its start wait for it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []

    def attach(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        for number in self._early:
            child.send_signal(number)

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if number in _FROM_KEYBOARD and _in_foreground():
            return  # the terminal has sent it to the child as well
        if self._child is None:
            self._early.append(number)
        else:
            self._child.send_signal(number)


_PASSED_ON = [
    number for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if (number := getattr(signal, name, None)) is not None
]
_FROM_KEYBOARD = [number for name in ("SIGINT", "SIGQUIT") if (number := getattr(signal, name, None)) is not None]


def _in_foreground() -> bool:
    """Whether this process is of the group to which the terminal sends what its keys mean."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except (OSError, AttributeError):
        return os.name == "nt"
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


@contextlib.contextmanager
def _relay() -> Iterator[_Relay]:
    """Handle signals by a relay while the body runs.

    Handlers, unlike ignored signals, are not inherited: the child starts with the usual ones. A
    signal this process was told to ignore (``nohup``) stays ignored by both.
    """
    relay = _Relay()
    before = {number: signal.getsignal(number) for number in _PASSED_ON}
    heard = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    for number in heard:
        signal.signal(number, relay)
    try:
        yield relay
    finally:
        for number in heard:
            signal.signal(number, before[number])
