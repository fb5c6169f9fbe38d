"""The fixtures of commands that run as a user would run them."""

import subprocess
from typing import Any

import pytest

from tests.end_to_end.launch import LIMIT, Run, command, environ
from tests.support.stage import Stage


@pytest.fixture
def run(stage: Stage) -> Run:
    """``run(*words, env={}, **options)``: a command of the checkout to its end, on ``stage``; output captured."""

    def start(*words: str, env: dict[str, str] | None = None, **options: Any) -> subprocess.CompletedProcess[bytes]:
        settings: dict[str, Any] = {
            "env": {**environ(stage), **(env or {})},
            "cwd": stage.work,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "timeout": LIMIT,
        }
        done: subprocess.CompletedProcess[bytes] = subprocess.run(command(words), **(settings | options))
        return done

    return start
