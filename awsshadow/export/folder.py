"""Documents as files of a folder: their names, and all of them or none."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress

from awsshadow.errors import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What every file system takes, and no shell wants quoted.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
#: Longest part of a file name that says which resource it is.
_LONGEST = 100


def file_names(labels: Sequence[tuple[str, str]], ending: str) -> list[str]:
    """A file name for each family and name, in their order: ``01-model-churn.yaml``.

    The number makes each its own, whatever else is alike, also where capitals do not count, and keeps them from names
    that mean something to a system.
    """
    digits = max(2, len(str(len(labels))))
    return [f"{at:0{digits}}-{family}-{_safe(name)}.{ending}" for at, (family, name) in enumerate(labels, 1)]


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name)[:_LONGEST] or "_"


def write_all(folder: str, texts: Mapping[str, str], force: bool) -> None:
    """Write files of those names into ``folder``, which is made if need be; what fails leaves none behind.

    Each file is there whole or not at all. Without ``force`` one that is there already is an error, and nothing is
    written. Raises ParameterError.
    """
    made: list[str] = []
    written: list[str] = []
    try:
        os.makedirs(folder, exist_ok=True)
        there = [name for name in texts if os.path.lexists(os.path.join(folder, name))]
        if there and not force:
            raise ParameterError(f"{os.path.join(folder, there[0])} is there already; --force replaces it")
        for text in texts.values():
            descriptor, path = tempfile.mkstemp(prefix=".awsshadow-", dir=folder)
            made.append(path)
            with open(descriptor, "w", encoding="utf-8", newline="\n", errors="surrogatepass") as file:
                file.write(text)
        for name, path in zip(texts, list(made), strict=True):
            _put(path, os.path.join(folder, name), force)
            if not force:
                written.append(os.path.join(folder, name))
            made.remove(path)
        written.clear()
    except OSError as error:
        raise ParameterError(f"{error.filename2 or error.filename or folder}: {error.strerror}") from None
    finally:
        for path in (*made, *written):
            with suppress(OSError):
                os.unlink(path)


def _put(path: str, target: str, force: bool) -> None:
    """Give the file ``path`` its name, readable as files usually are. Raises OSError."""
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(path, 0o666 & ~umask)
    if force or not hasattr(os, "link"):
        os.replace(path, target)
        return
    try:
        os.link(path, target)  # unlike a rename it does not replace what came there meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(path, target)
    else:
        os.unlink(path)
