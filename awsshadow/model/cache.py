"""A folder in the user's cache that fills as slices are needed: each file is shown by one rename.

Files are written beside the folder and renamed into it, so a reader meets a whole file or none, however
many write at once and whenever one of them is killed. What cannot be written is passed over.
"""

from __future__ import annotations

import os
import time

from awsshadow.model.stamp import stamp_of
from awsshadow.paths import is_private, make_private

#: Folders kept besides the one in use: other environments may each have their own botocore.
KEPT = 4
#: After this many seconds the one who left something half-written behind has died.
ABANDONED = 3600
#: How the name of anything half-written begins.
UNFINISHED = "building-"


def begin(cache: str, folder: str, stamp: str) -> None:
    """Make ``folder`` for the slices of ``stamp``; nothing is said when that cannot be.

    Any number of processes may do this at once: the first to rename wins. A folder of that name which
    lost its stamp, or is not ours alone, makes way.
    """
    try:
        make_private(cache)
        if not is_private(cache):
            return
        made = _unfinished(cache)
        os.mkdir(made, 0o700)
        try:
            _write(os.path.join(made, "stamp"), stamp)
            _show(made, folder, stamp)
        finally:
            _remove(made)
        _prune(cache, folder)
    except (OSError, ValueError):
        return


class Keeper:
    """Puts files into one folder of the cache. The first failure is the last try: memory serves as well."""

    def __init__(self, cache: str, folder: str) -> None:
        self._cache = cache
        self._folder = folder
        self._failed = False
        self._swept = False

    def keep(self, name: str, text: str) -> None:
        """Show ``text`` as the file ``name`` of the folder, in place of one that is damaged."""
        if self._failed:
            return
        path = os.path.join(self._folder, name)
        made = _unfinished(self._cache)
        try:
            _write(made, text)
            make_private(os.path.dirname(path))
            os.replace(made, path)
            self._sweep()
        except (OSError, ValueError):
            self._failed = True
        finally:
            _remove(made)

    def _sweep(self) -> None:
        if not self._swept:
            self._swept = True
            _forget_unfinished(self._cache)


def _unfinished(cache: str) -> str:
    """A path in ``cache`` that nobody else writes to."""
    return os.path.join(cache, f"{UNFINISHED}{os.getpid()}-{os.urandom(8).hex()}")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _show(made: str, folder: str, stamp: str) -> None:
    """Rename ``made`` to ``folder``; a damaged folder of that name makes way, a whole one stays."""
    try:
        os.rename(made, folder)
    except OSError:
        if not os.path.lexists(folder):
            raise
        if stamp_of(folder) == stamp and is_private(folder):
            return
        damaged = _unfinished(os.path.dirname(folder))
        os.rename(folder, damaged)
        _remove(damaged)
        os.rename(made, folder)


def _prune(cache: str, current: str) -> None:
    """Forget what was left half-written, and the folders that were begun longest ago."""
    _forget_unfinished(cache)
    whole = []
    for entry in os.scandir(cache):
        if entry.path != current and os.path.exists(os.path.join(entry.path, "stamp")):
            whole.append((entry.stat(follow_symlinks=False).st_mtime, entry.path))
    for _, path in sorted(whole, reverse=True)[KEPT:]:
        _remove(path)


def _forget_unfinished(cache: str) -> None:
    for entry in os.scandir(cache):
        if entry.name.startswith(UNFINISHED) and time.time() - entry.stat(follow_symlinks=False).st_mtime > ABANDONED:
            _remove(entry.path)


def _remove(path: str) -> None:
    """Remove a file, a link or a folder with all that is in it; nothing is said when that fails."""
    try:
        os.unlink(path)
        return
    except FileNotFoundError:
        return
    except OSError:
        pass
    import shutil  # rarely needed, and costly to load

    shutil.rmtree(path, ignore_errors=True)
