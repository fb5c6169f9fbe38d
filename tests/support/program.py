"""Programs under test, and two ways to run one: by a fork of a warm interpreter, or plainly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
UNHURRIED = Path(__file__).resolve().parent / "unhurried"

#: What a command of either program imports sooner or later; a module that is missing is passed over.
THIRD_PARTIES = (
    "click", "jmespath", "yaml", "socket", "ssl", "http.client", "urllib3", "sqlite3", "shlex",
    "dateutil.parser", "dateutil.tz", "botocore.session", "botocore.client", "botocore.endpoint", "botocore.parsers",
    "botocore.paginate", "botocore.waiter", "botocore.retries.standard", "botocore.retries.adaptive",
    "botocore.httpsession", "botocore.tokens", "configparser", "difflib", "traceback", "unicodedata",
)  # fmt: skip
AWSSHADOW = (
    "awsshadow.run", "awsshadow.stages", "awsshadow.command_line.parser", "awsshadow.arguments",
    "awsshadow.call.client", "awsshadow.output", "awsshadow.skeleton",
    "awsshadow.model", "awsshadow.report", "awsshadow.version", "awsshadow.help",
)  # fmt: skip
REFERENCE = (
    "awscli.botocore.session", "awscli.botocore.client", "awscli.botocore.httpsession", "awscli.formatter",
    "awscli.table", "awscli.customizations.commands", "awscli.shorthand", "ruamel.yaml", "prompt_toolkit",
    "awscli.botocore.endpoint_provider", "awscli.botocore.paginate", "awscli.botocore.waiter", "docutils.core",
    "http.server", "awscli.customizations.configure.writer",
    *(f"awscli.customizations.{name}" for name in (
        "arguments", "binaryformat", "cliinput", "cloudfront", "configure", "generatecliskeleton", "globalargs",
        "paginate", "streamingoutputarg", "timestampformat", "utils", "waiters",
    )),
    "tests.support.warm_reference",
)  # fmt: skip

#: Seconds after which a program that does not end is a failure.
LIMIT = 60


@dataclass(frozen=True)
class Command:
    """One command line and the world it runs in; ``argv[0]`` is the name the program is called by.

    ``world`` is what is amiss in it (``forkserver``), for forked programs only.
    """

    argv: list[str]
    environ: dict[str, str]
    folder: Path
    stdin: str | None = None
    limit: int = LIMIT
    world: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a program did; a code below 0 is the signal that ended it."""

    code: int
    stdout: str
    stderr: str


class Program(Protocol):
    """Something that runs command lines."""

    def run(self, command: Command) -> Outcome:
        """Run one command line to its end."""

    def close(self) -> None:
        """Give back what the program holds."""


@dataclass
class Forked:
    """A Python program that is loaded once and forked for each command; see ``forkserver``.

    ``environ`` is added to the environment in which it is loaded.
    """

    entry: str
    preload: tuple[str, ...] = ()
    interpreter: str = sys.executable
    environ: dict[str, str] = field(default_factory=dict)
    _server: subprocess.Popen[str] | None = field(default=None, init=False)

    def run(self, command: Command) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="streams-") as folder:
            stdout, stderr = Path(folder, "stdout"), Path(folder, "stderr")
            order = {
                "argv": command.argv, "environ": command.environ, "folder": str(command.folder),
                "stdin": command.stdin, "stdout": str(stdout), "stderr": str(stderr), "limit": command.limit,
                "world": dict(command.world),
            }  # fmt: skip
            code = self._ask(order)["code"]
            return Outcome(code, read(stdout), read(stderr))

    def close(self) -> None:
        if self._server is not None:
            self._server.communicate()

    def _ask(self, order: Mapping[str, object]) -> dict[str, int]:
        if self._server is None:
            self._server = self._start()
        orders, answers = pipes(self._server)
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        answer = answers.readline()
        if not answer:
            raise RuntimeError(f"the fork server of {self.entry} ended with code {self._server.wait()}")
        found: dict[str, int] = json.loads(answer)
        return found

    def _start(self) -> subprocess.Popen[str]:
        words = [self.interpreter, "-m", "tests.support.forkserver", self.entry, *self.preload]
        environ = {**os.environ, "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1", **self.environ}
        if self.interpreter != sys.executable:
            environ.pop("PYTHONPATH", None)
        for name in [n for n in environ if n.startswith(("LC_", "AWS_", "PYTHONUNBUFFERED"))]:
            del environ[name]
        return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ)


@dataclass
class Spawned:
    """Any program, started anew for each command. A Python program does not wait in ``time.sleep``."""

    path: str

    def run(self, command: Command) -> Outcome:
        environ = {**command.environ, "PYTHONPATH": str(UNHURRIED)}
        given = None if command.stdin is None else command.stdin.encode("utf-8", "surrogateescape")
        done = subprocess.run(
            command.argv, executable=self.path, env=environ, cwd=command.folder, capture_output=True,
            input=given, stdin=subprocess.DEVNULL if given is None else None, timeout=command.limit, check=False,
        )  # fmt: skip
        return Outcome(done.returncode, text(done.stdout), text(done.stderr))

    def close(self) -> None:
        """There is nothing to give back."""


@dataclass
class Reference:
    """The AWS CLI: forked, save where what it does depends on the world it was loaded in."""

    forked: Forked
    spawned: Spawned

    def run(self, command: Command) -> Outcome:
        home = command.environ.get("HOME", "")
        # It works out where the alias file lies when its modules are loaded, and adds its own folder to the path then.
        anew = "AWS_DATA_PATH" in command.environ or os.path.exists(os.path.join(home, ".aws", "cli", "alias"))
        return (self.spawned if anew else self.forked).run(command)

    def close(self) -> None:
        self.forked.close()


def awsshadow(interpreter: str = sys.executable) -> Program:
    """The checkout, under test, with the third parties that ``interpreter`` has."""
    return Forked("awsshadow.main:main", THIRD_PARTIES + AWSSHADOW, interpreter)


def click_tree() -> Program:
    """The checkout's command tree, invoked by click."""
    return Forked("tests.support.click_program:main", THIRD_PARTIES + AWSSHADOW)


def reference(path: str) -> Program:
    """The AWS CLI installed at ``path``; forked from its own interpreter where the script names one."""
    interpreter = interpreter_of(path)
    if interpreter is not None:
        return Reference(Forked("awscli.clidriver:main", THIRD_PARTIES + REFERENCE, interpreter), Spawned(path))
    return Spawned(path)


def interpreter_of(path: str) -> str | None:
    """The Python that the script at ``path`` names in its first line; None where it names none that is there."""
    with open(path, "rb") as file:
        shebang = os.fsdecode(file.readline()).rstrip()
    interpreter = shebang.removeprefix("#!")
    named = shebang.startswith("#!") and "python" in interpreter and os.access(interpreter, os.X_OK)
    return interpreter if named else None


def pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    """The two ends of a process that was started with both as pipes."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def read(path: Path) -> str:
    """The text a program wrote, undecodable bytes as surrogates; empty when it wrote no file."""
    return text(path.read_bytes()) if path.exists() else ""


def text(raw: bytes) -> str:
    """``raw`` as text in which every byte survives."""
    return raw.decode("utf-8", "surrogateescape")
