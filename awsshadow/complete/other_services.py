"""Completion of the services awsshadow does not have: the ``aws_completer`` of the next ``aws`` is asked."""

from __future__ import annotations

import os
import subprocess

from awsshadow import handover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def ask(environ: Mapping[str, str], path: str) -> list[str]:
    """What the next ``aws_completer`` answers to the line, which ``environ`` still holds.

    ``path`` is the file this completer was started as. Empty without another one, and on any error.
    """
    myself = os.path.join(os.path.dirname(os.path.realpath(path)), "awsshadow")
    other = handover.next_aws(environ, myself)
    if other is None:
        return []
    for program in (other, os.path.realpath(other)):
        completer = os.path.join(os.path.dirname(program), "aws_completer")
        if os.access(completer, os.X_OK):
            return _answer(completer, handover.guarded(environ, myself, other, "child"))
    return []


def _answer(completer: str, environ: Mapping[str, str]) -> list[str]:
    try:
        done = subprocess.run(
            [completer],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return []
    lines = done.stdout.decode("utf-8", "surrogateescape").splitlines()
    # The completer of AWS CLI 1 adds the blank after a word that a shell adds by itself.
    return [line.rstrip(" ") for line in lines if line.strip()]
