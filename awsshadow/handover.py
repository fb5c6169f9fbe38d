"""Commands of other services go to the next ``aws`` on PATH, unchanged, and its exit code comes back."""

from __future__ import annotations

import errno
import os
import sys

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Says, to the program handed to, who has handed on already: ``HOW:PID:DEPTH:PATHS``. ``HOW`` is ``self`` where
#: that program takes the place of process ``PID`` and ``child`` where it is a child of it. What that program
#: starts inherits the variable and is neither, so a command in there is handed on as any other.
GUARD = "AWSSHADOW_HANDED_OVER"

#: So many times may a command lead to the next by way of other programs (aliases, credential processes, wrappers).
DEEPEST = 16

NO_OTHER = (
    "awsshadow has the sagemaker commands only; the others go to the next aws on PATH, and there is none."
    " Install the AWS CLI beside it to use them."
)


class Handed:
    """What the variable says to this process: the ``paths`` that this command was given to, and the ``depth``."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        how, _, rest = environ.get(GUARD, "").partition(":")
        process, _, rest = rest.partition(":")
        depth, _, paths = rest.partition(":")
        giver = {"self": os.getpid, "child": os.getppid}.get(how)
        self.paths = paths.split(os.pathsep) if giver is not None and process == str(giver()) else []
        self.depth = int(depth) if depth.isdecimal() else 0


def next_aws(environ: Mapping[str, str], myself: str) -> str | None:
    """The first executable ``aws`` on PATH that is not this program and has not been handed this command, or None.

    ``myself`` is the file this process was started as; a link to it, under whatever name, is it too.
    Raises AwsShadowError where commands have led from one ``aws`` to the next too many times.
    """
    handed = Handed(environ)
    if handed.depth >= DEEPEST:
        raise AwsShadowError(f"{DEEPEST} commands called aws have led from one to the next: look at {GUARD}")
    tried = {_identity(path) for path in (myself, *handed.paths)}
    for path in _candidates(environ):
        if os.path.isfile(path) and os.access(path, os.X_OK) and _identity(path) not in tried:
            return path
    return None


def guarded(environ: Mapping[str, str], myself: str, path: str, how: str) -> dict[str, str]:
    """The environment of ``path``, which is handed a command by ``myself``; ``how`` as in ``GUARD``."""
    handed = Handed(environ)
    paths = os.pathsep.join([*handed.paths, os.path.realpath(myself), path])
    return {**environ, GUARD: f"{how}:{os.getpid()}:{handed.depth + 1}:{paths}"}


def hand_over(path: str, argv: list[str], environ: Mapping[str, str], myself: str, replace: bool = True) -> int:
    """Run ``path`` with ``argv`` and return its exit code; ``myself`` as for ``next_aws``.

    With ``replace`` it takes the place of this process where the system can do that. Raises OSError
    when the program cannot be started.
    """
    if replace and sys.platform != "win32":
        variables = guarded(environ, myself, path, "self")
        try:
            os.execve(path, [path, *argv], variables)  # noqa: S606 - no shell in between
        except OSError as error:
            if error.errno != errno.ENOEXEC:
                raise
            os.execve("/bin/sh", ["sh", path, *argv], variables)  # noqa: S606 - a script without a first line, as shells do
    import subprocess

    return subprocess.call([path, *argv], env=guarded(environ, myself, path, "child"))


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    ends = (".exe", ".cmd", ".bat") if sys.platform == "win32" else ("",)
    for folder in environ.get("PATH", "").split(os.pathsep):
        for end in ends:
            yield os.path.join(folder or os.curdir, "aws" + end)


def _identity(path: str) -> tuple[int, int] | str:
    """What makes two paths the same program: the file they end at, also through hard links."""
    real = os.path.realpath(path)
    try:
        state = os.stat(real)
    except OSError:
        return real
    return state.st_dev, state.st_ino
