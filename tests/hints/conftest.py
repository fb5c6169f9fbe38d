"""Commands whose standard error is a terminal, beside the same commands in pipes."""

import os
import subprocess
import sys
import termios
from typing import Protocol

import pytest

from tests.end_to_end.launch import LIMIT, environ
from tests.support.stage import Stage

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

#: Starts the checkout under the name that is the first word.
START = "import sys; sys.argv = sys.argv[1:]; from awsshadow.main import main; sys.exit(main())"
#: Columns that no line of a test is folded at.
WIDE = 400


class Seen:
    """What a command did: standard output as bytes, standard error with line feeds alone, the exit code."""

    def __init__(self, code: int, stdout: bytes, stderr: str) -> None:
        self.code = code
        self.stdout = stdout
        self.stderr = stderr

    @property
    def hints(self) -> list[str]:
        """The lines of the block, without its margin."""
        _, mark, block = self.stderr.rpartition("Hint: ")
        return [line.removeprefix("      ") for line in block.splitlines()] if mark else []

    @property
    def before(self) -> str:
        """Standard error up to the block."""
        return self.stderr.rpartition("Hint: ")[0] if "Hint: " in self.stderr else self.stderr


class Look(Protocol):
    """Runs a command with a terminal of so many columns for standard error, or with a pipe.

    ``tail`` is what a shell reads behind the command: a redirection, or a pipe to another program. No line says how far
    a command is: whether one is shown depends on how busy the machine is.
    """

    def __call__(
        self, *words: str, name: str = "aws", columns: int = WIDE, terminal: bool = True, tail: str = ""
    ) -> Seen: ...


@pytest.fixture
def look(stage: Stage) -> Look:
    stage.set({"AWSSHADOW_PROGRESS": "off"})

    def run(*words: str, name: str = "aws", columns: int = WIDE, terminal: bool = True, tail: str = "") -> Seen:
        line = [sys.executable, "-c", START, name, *words]
        if tail:
            line = ["bash", "-c", f'"$@" {tail}; exit ${{PIPESTATUS[0]}}', "bash", *line]
        if not terminal:
            done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT)
            return Seen(done.returncode, done.stdout, done.stderr.decode())
        parent, child = os.openpty()
        termios.tcsetwinsize(child, (24, columns))
        try:
            done = subprocess.run(
                line, env=environ(stage), cwd=stage.work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=child, timeout=LIMIT,
            )  # fmt: skip
            os.write(child, b"\0")
            seen = b""
            while not seen.endswith(b"\0"):
                seen += os.read(parent, 100_000)
        finally:
            os.close(parent)
            os.close(child)
        return Seen(done.returncode, done.stdout, seen[:-1].decode().replace("\r\n", "\n"))

    return run
