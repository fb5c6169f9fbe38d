"""``awsshadow sandbox ...``: the doors, and what a person does with what they keep."""

from __future__ import annotations

import json
import os
import sys

from awsshadow.errors import AwsShadowError, ParameterError, UsageError
from awsshadow.sandbox import core, options
from awsshadow.sandbox.environment import VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from awsshadow.sandbox.hosting import Wishes
    from awsshadow.streams import Streams


def main(arguments: list[str], program: str, environ: Mapping[str, str], streams: Streams) -> int:
    """Carry out the words after ``sandbox`` and return the exit code, for ``run`` that of the command.

    Raises AwsShadowError and its children.
    """
    try:
        parsed = options.parse(arguments, program)
    except options.HelpAsked as help:
        CommandLine(None, environ, streams).write([help.text.rstrip("\n")])
        return 0
    return ACTIONS[parsed.action](CommandLine(parsed, environ, streams)) or 0


class CommandLine:
    """One command line with what it may look at and write to."""

    def __init__(self, parsed: Namespace | None, environ: Mapping[str, str], streams: Streams) -> None:
        self.options: Any = parsed
        self.environ = environ
        self.streams = streams

    def folder(self) -> str:
        """The folder of the sandbox that is meant. Raises UsageError when none is named."""
        folder = self.options.state or self.environ.get(VARIABLE)
        if not folder:
            raise UsageError(f"No sandbox is named: give --state DIR or set {VARIABLE}")
        return str(folder)

    def write(self, lines: Iterable[str]) -> None:
        """Lines to standard output, at once."""
        stdout = self.streams.stdout
        if stdout is not None:
            for line in lines:
                stdout.write(line + "\n")
            stdout.flush()

    def log(self, operation: str, status: int, seconds: float) -> None:
        """A line to standard error about one answered call."""
        if self.streams.stderr is not None:
            self.streams.stderr.write(f"{operation} {status} {seconds * 1000:.0f} ms\n")
            self.streams.stderr.flush()

    def read(self, path: str) -> str:
        """The text of a file, ``-`` for standard input. Raises ParameterError."""
        try:
            if path == "-":
                return self.streams.stdin.read() if self.streams.stdin else ""
            with open(path, encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise ParameterError(f"Cannot read {path}: {getattr(error, 'strerror', None) or error}") from None

    def read_json(self, path: str) -> Any:
        """The value in a JSON file. Raises ParameterError."""
        try:
            return json.loads(self.read(path))
        except ValueError as error:
            raise ParameterError(f"{path} is not JSON: {error}") from None


def _wishes(line: CommandLine, **more: Any) -> Wishes:
    from awsshadow.sandbox.hosting import Wishes

    given = line.options
    faults = None if given.faults is None else line.read_json(given.faults)
    return Wishes(given.state, given.clock, faults, given.region, **more)


def _run(line: CommandLine) -> int:
    from awsshadow.sandbox import hosting

    return hosting.run(line.options.command, _wishes(line), line.environ)


def _serve(line: CommandLine) -> None:
    from awsshadow.sandbox import hosting

    given = line.options
    given.state = given.state or line.environ.get(VARIABLE)
    wishes = _wishes(line, port=given.port, log=line.log if given.log else None)
    hosting.serve(wishes, line.environ, given.shell, line.write)


def _reset(line: CommandLine) -> None:
    core.reset(line.folder())


def _dump(line: CommandLine) -> None:
    line.write(core.dump(line.folder()))


def _load(line: CommandLine) -> None:
    core.load(line.folder(), line.read(line.options.file).splitlines())


ACTIONS: dict[str, Callable[[CommandLine], int | None]] = {
    "run": _run,
    "serve": _serve,
    "reset": _reset,
    "dump": _dump,
    "load": _load,
}
