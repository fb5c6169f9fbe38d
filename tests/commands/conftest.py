"""Own commands in this console: words in, an exit code and two texts out."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from awsshadow import commands
from awsshadow.commands.tree.console import Console
from awsshadow.invocation import Process
from awsshadow.streams import Streams

#: ``own(words...)`` -> exit code, standard output, standard error.
Own = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("no such thing")


@pytest.fixture
def environ(empty_home: Path, slices: Path) -> dict[str, str]:
    """What a command sees of the environment: a home without files, and nothing that is set."""
    return {"HOME": str(empty_home), "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(slices)}


@pytest.fixture
def own(environ: dict[str, str]) -> Own:
    """Runs an own command as the program does."""

    def run(
        *words: str, stdin: str = "", terminal: bool = False, path: str = "/opt/awsshadow", **more: str
    ) -> tuple[int, str, str]:
        kind = Terminal if terminal else io.StringIO
        stdout, stderr = kind(), kind()
        asked = commands.asked(words)
        assert asked is not None
        streams = Streams(kind(stdin), stdout, stderr)
        process = Process("awsshadow", path, {**environ, **more}, streams, is_own=False)
        code = commands.run(asked.words, Console(process, asked.before))
        return code, stdout.getvalue(), stderr.getvalue()

    return run
