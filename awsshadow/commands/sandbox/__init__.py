"""``awsshadow sandbox ...``: the doors, and what a person does with what they keep."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

from awsshadow.commands.sandbox import options
from awsshadow.errors import ParameterError, UsageError
from awsshadow.names import argument_name
from awsshadow.sandbox import service
from awsshadow.sandbox.serving.client_environment import VARIABLE
from awsshadow.sandbox.state import database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.sandbox.serving.endpoint import Wishes
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
    from awsshadow.sandbox.serving.endpoint import Wishes

    given = line.options
    faults = None if given.faults is None else line.read_json(given.faults)
    return Wishes(given.state, given.clock, faults, given.region, **more)


def _run(line: CommandLine) -> int:
    from awsshadow.sandbox.serving import endpoint

    return endpoint.run(line.options.command, _wishes(line), line.environ)


def _serve(line: CommandLine) -> None:
    from awsshadow.sandbox.serving import endpoint

    given = line.options
    given.state = given.state or line.environ.get(VARIABLE)
    wishes = _wishes(line, port=given.port, log=line.log if given.log else None)
    endpoint.serve(wishes, line.environ, given.shell, line.write)


def _reset(line: CommandLine) -> None:
    service.reset(line.folder())


def _dump(line: CommandLine) -> None:
    line.write(service.dump(line.folder()))


def _load(line: CommandLine) -> None:
    service.load(line.folder(), line.read(line.options.file).splitlines())


def _list(line: CommandLine) -> None:
    rows = [
        (row["scope"].rpartition("/")[2], row["family"], row["name"], row["status"] or "-", _moment(row["created"]))
        for row in service.listing(line.folder())
    ]
    line.write(_columns([("REGION", "FAMILY", "NAME", "STATUS", "CREATED"), *rows] if rows else []))


def _coverage(line: CommandLine) -> None:
    wanted = set(line.options.operations)
    rows = [
        (row["operation"], row["how"], row["why"] or row["by"])
        for row in service.coverage()
        if not wanted or wanted & {row["operation"], argument_name(row["operation"])}
    ]
    line.write(_columns(rows))
    if not wanted:
        kinds = sorted({how for _, how, _ in rows})
        line.write(["", *(f"{sum(row[1] == kind for row in rows):4} {kind}" for kind in kinds)])


def _show_clock(line: CommandLine) -> None:
    with contextlib.closing(database.connect(line.folder())) as connection:
        clock = database.get_clock(connection)
    factor = f":{clock.factor:g}" if clock.mode == "real" else ""
    line.write([f"{clock.mode}{factor} {_moment(clock.now())}"])


def _advance_clock(line: CommandLine) -> None:
    line.write([_moment(service.advance_clock(line.folder(), line.options.duration))])


def _set_clock(line: CommandLine) -> None:
    service.set_clock(line.folder(), line.options.clock)
    _show_clock(line)


def _faults(folder: str) -> dict[str, Any]:
    with contextlib.closing(database.connect(folder)) as connection:
        return database.get_note(connection, "", "faults", "") or {}


def _show_faults(line: CommandLine) -> None:
    line.write([json.dumps(_faults(line.folder()), indent=4)])


def _set_faults(line: CommandLine) -> None:
    service.set_faults(line.folder(), line.read_json(line.options.file))


def _clear_faults(line: CommandLine) -> None:
    service.set_faults(line.folder(), None)


def _fail(line: CommandLine) -> None:
    """Rules in front of those there are: the first one that fits a new resource counts."""
    given = {"family": line.options.family, "reason": line.options.reason}
    rules = [{"name": name, **{k: v for k, v in given.items() if v is not None}} for name in line.options.names]
    faults = _faults(line.folder())
    service.set_faults(line.folder(), {**faults, "fail": [*rules, *faults.get("fail", [])]})


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines in which all columns but the last have one width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()


ACTIONS: dict[str, Callable[[CommandLine], int | None]] = {
    "run": _run,
    "serve": _serve,
    "reset": _reset,
    "dump": _dump,
    "load": _load,
    "ls": _list,
    "coverage": _coverage,
    "clock show": _show_clock,
    "clock advance": _advance_clock,
    "clock set": _set_clock,
    "faults show": _show_faults,
    "faults set": _set_faults,
    "faults clear": _clear_faults,
    "fail": _fail,
}
