"""Fill the user's cache with compiled slices: built in a folder of its own, shown by one rename."""

import contextlib
import os
import shutil
import signal
import tempfile
import time

from awsshadow.compile import sources
from awsshadow.compile.build import build
from awsshadow.paths import is_private

#: Folders kept besides the one in use: other environments may each have their own botocore.
KEPT = 4
#: After this many seconds a build that left its folder behind has died.
ABANDONED = 3600


def fill(cache: str, folder: str, stamp: str, environ: dict[str, str]) -> None:
    """Compile the slices for ``stamp`` and show them as ``folder``; give up silently if that cannot be.

    Any number of processes may do this at once: each builds in a folder of its own and the first
    to rename wins. Nothing half-built is ever visible under the final name.
    """
    try:
        os.makedirs(cache, mode=0o700, exist_ok=True)
    except OSError:
        return
    if not is_private(cache):
        return
    try:
        building = tempfile.mkdtemp(prefix="building-", dir=cache)
    except OSError:
        return
    with _Removed(building), contextlib.suppress(OSError, ValueError, KeyError):
        build(sources.load(environ), building, stamp)
        _show(building, folder, stamp)
        _prune(cache, folder)


class _Removed:
    """A ``with`` block after which ``folder`` is gone, even if a signal ends this process in it."""

    _SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._taken: list[int] = []

    def __enter__(self) -> None:
        for number in self._SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                with contextlib.suppress(ValueError):  # only the main thread may ask for signals
                    signal.signal(number, self._end)
                    self._taken.append(number)

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        for number in self._taken:
            signal.signal(number, signal.SIG_DFL)

    def _end(self, number: int, _frame: object) -> None:
        self.__exit__()
        os.kill(os.getpid(), number)


def _show(building: str, folder: str, stamp: str) -> None:
    """Rename ``building`` to ``folder``; a damaged folder of that name makes way, a whole one stays."""
    try:
        os.rename(building, folder)
        return
    except OSError:
        if not os.path.isdir(folder):
            raise
    with contextlib.suppress(OSError), open(os.path.join(folder, "stamp"), encoding="utf-8") as file:
        if file.read() == stamp:
            return
    damaged = tempfile.mkdtemp(prefix="building-", dir=os.path.dirname(folder))
    os.rename(folder, os.path.join(damaged, "damaged"))
    shutil.rmtree(damaged, ignore_errors=True)
    os.rename(building, folder)


def _prune(cache: str, current: str) -> None:
    """Forget builds that died, and the folders that were built longest ago."""
    whole = []
    for entry in os.scandir(cache):
        if entry.path == current or not entry.is_dir(follow_symlinks=False):
            continue
        changed = entry.stat(follow_symlinks=False).st_mtime
        if os.path.exists(os.path.join(entry.path, "stamp")):
            whole.append((changed, entry.path))
        elif entry.name.startswith("building-") and time.time() - changed > ABANDONED:
            shutil.rmtree(entry.path, ignore_errors=True)
    for _, path in sorted(whole, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
