"""Commands of other services go to the next ``aws`` on PATH, unchanged, and its exit code comes back."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Set for the program handed to: should it be another awsshadow, it does not hand on again.
GUARD = "AWSSHADOW_HANDED_OVER"

NO_OTHER = (
    "awsshadow has the sagemaker commands only; the others go to the next aws on PATH, and there is none."
    " Install the AWS CLI beside it to use them."
)


def next_aws(environ: Mapping[str, str], myself: str) -> str | None:
    """The first executable ``aws`` on PATH that is not this program, or None.

    ``myself`` is the file this process was started as; a link to it, under whatever name, is it too.
    """
    if environ.get(GUARD):
        return None
    mine = _identity(myself)
    for path in _candidates(environ):
        if os.path.isfile(path) and os.access(path, os.X_OK) and _identity(path) != mine:
            return path
    return None


def hand_over(path: str, argv: list[str], environ: Mapping[str, str], replace: bool = True) -> int:
    """Run ``path`` with ``argv`` and return its exit code.

    With ``replace`` it takes the place of this process where the system can do that. Raises OSError
    when the program cannot be started.
    """
    passed = {**environ, GUARD: "1"}
    if replace and sys.platform != "win32":
        os.execve(path, [path, *argv], passed)  # noqa: S606 - no shell: the words are passed on as they are
    import subprocess

    return subprocess.call([path, *argv], env=passed)


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
