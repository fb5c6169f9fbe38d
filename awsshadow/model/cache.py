"""The user's cache of compiled slices: built in a folder of its own, shown by one rename."""

import hashlib
import os
import shutil
import sys
import tempfile

from awsshadow.compile import sources
from awsshadow.compile.build import build

#: Folders kept besides the one in use: other environments may each have their own botocore.
KEPT = 4


def obtain(cache: str, stamp: str, environ: dict[str, str]) -> str | None:
    """The folder with the slices for ``stamp``, built now if need be; None when that cannot be.

    Any number of processes may call this at once: each builds in a folder of its own and the
    first to rename wins. Nothing half-built is ever visible under the final name.
    """
    folder = os.path.join(cache, hashlib.sha256(stamp.encode()).hexdigest()[:24])
    if _whole(folder, stamp):
        return folder
    if not _private(cache):
        return None
    try:
        building = tempfile.mkdtemp(prefix="building-", dir=cache)
    except OSError:
        return None
    try:
        build(sources.load(environ), building, stamp)
        _replace(building, folder)
    except (OSError, ValueError, KeyError):
        return folder if _whole(folder, stamp) else None
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _prune(cache, folder)
    return folder if _whole(folder, stamp) else None


def _whole(folder: str, stamp: str) -> bool:
    """The stamp is written last and the folder renamed after that, so it vouches for the rest."""
    try:
        with open(os.path.join(folder, "stamp"), encoding="utf-8") as file:
            return file.read() == stamp
    except (OSError, ValueError):
        return False


def _private(cache: str) -> bool:
    """Make ``cache`` if it is missing; whether it is ours and nobody else may write in it."""
    try:
        os.makedirs(cache, mode=0o700, exist_ok=True)
        state = os.stat(cache)
    except OSError:
        return False
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & 0o022


def _replace(building: str, folder: str) -> None:
    try:
        os.rename(building, folder)
    except OSError:
        if not os.path.isdir(folder):
            raise
        damaged = tempfile.mkdtemp(prefix="damaged-", dir=os.path.dirname(folder))
        os.rename(folder, os.path.join(damaged, "was"))
        shutil.rmtree(damaged, ignore_errors=True)
        os.rename(building, folder)


def _prune(cache: str, current: str) -> None:
    """Forget the folders used longest ago, and builds that died more than an hour ago."""
    entries = []
    for entry in os.scandir(cache):
        if entry.path != current and entry.is_dir(follow_symlinks=False) and len(entry.name) == 24:
            entries.append((entry.stat(follow_symlinks=False).st_mtime, entry.path))
    for _, path in sorted(entries, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
