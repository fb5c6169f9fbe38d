"""The file of a plan while it is carried out: whole at any moment, and in the hands of one process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.removal import entries as plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from awsshadow.removal.entries import Entry


class PlanFile:
    """A plan in the file ``path``, locked from ``__enter__`` to ``__exit__``.

    The lock is on a file beside it, ``path`` and ``.lock``, since the file itself is replaced each time; it goes with
    the process that has it, however that ends.
    """

    def __init__(self, path: str) -> None:
        # A link stays a link: what it leads to is replaced.
        self.path = os.path.realpath(path)
        self.shown = path
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Raises ParameterError if another process carries out this plan, or there is no file."""
        if not os.path.isfile(self.path):
            raise ParameterError(f"argument --from: there is no file {self.shown!r}")
        self._lock = _lock(f"{self.path}.lock")
        if self._lock is None:
            raise ParameterError(f"argument --from: another command is carrying out {self.shown!r}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            with suppress(OSError):  # Windows lets nobody take away what is open
                os.unlink(f"{self.path}.lock")
            os.close(self._lock)
            self._lock = None

    def read(self) -> list[Entry]:
        """The plan. Raises ParameterError."""
        try:
            with open(self.path, encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise ParameterError(f"Cannot read {self.shown}: {getattr(error, 'strerror', None) or error}") from None
        return plan.read(text, self.shown)

    def save(self, entries: list[Entry]) -> None:
        """Put the plan in the place of what the file has: all of it, or nothing. Raises AwsShadowError."""
        fresh = f"{self.path}.new"
        try:
            with suppress(FileNotFoundError):  # what a command left that was killed at this
                os.unlink(fresh)
            with open(fresh, "x", encoding="utf-8") as file:
                file.write(plan.lines(entries))
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):
                os.chmod(fresh, os.stat(self.path).st_mode & 0o777)
            os.replace(fresh, self.path)
            _sync_folder(os.path.dirname(self.path))
        except OSError as error:
            raise AwsShadowError(f"Cannot write {self.shown}: {error.strerror}; nothing more is done") from None
        finally:  # Ctrl-C may come at any moment
            with suppress(OSError):
                os.unlink(fresh)


def _lock(path: str) -> int | None:
    """The descriptor of the file ``path``, made and locked; None if another process has it. Raises AwsShadowError.

    Whoever had it takes the file away, so that what was locked may be the file of before.
    """
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise AwsShadowError(f"Cannot make {path}: {error.strerror}; the plan is locked by it") from None
        if not _locked(descriptor):
            os.close(descriptor)
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return descriptor
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Lock a file for this process alone; False if another one has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_folder(folder: str) -> None:
    """Make a new name in ``folder`` last. Windows has no such thing."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
