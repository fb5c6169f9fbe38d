"""Running one command against a faulty endpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.network_faults.faulty import Faulty
from tests.support.program import Command, Outcome, Program
from tests.support.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.network_faults.certificates import Certificates
    from tests.network_faults.faulty import Request
    from tests.network_faults.table import Fault

#: Lines of source that are named, which differ from one installation to the next.
LINE = re.compile(r"\(_ssl\.c:\d+\)")
WARNING = re.compile(r"^\S+:\d+: (\w+Warning): (.*?)\. .*\n  warnings\.warn\(\n", re.MULTILINE)


@dataclass(frozen=True)
class Attempt:
    """What came of it: exit code, message without its frame (None without one), output, requests, tries."""

    code: int
    message: str | None
    stdout: str
    requests: list[Request]
    tries: int


def attempt(fault: Fault, program: Program, made: Certificates, cache: Path) -> Attempt:
    """Run the command of ``fault`` against an endpoint with this fault."""
    server = Faulty(fault.replies, None if fault.tls is None else made.server(fault.tls))
    url = f"http{'s' if fault.tls else ''}://127.0.0.1:{server.port}"
    places = {"{URL}": url, "{PORT}": str(server.port), "{CA}": str(made.folder / "ca.pem")}
    try:
        with Stage(url, cache) as stage:
            stage.set({name: filled(value, places) for name, value in fault.environ.items()})
            argv = ["aws", *fault.command, *(filled(option, places) for option in fault.options)]
            outcome = program.run(Command(argv, stage.environ, stage.work))
    finally:
        server.close()
    return Attempt(outcome.code, message(outcome, places), outcome.stdout, server.requests, server.tries)


def filled(text: str, places: dict[str, str]) -> str:
    """``text`` with the places of this run."""
    for name, place in places.items():
        text = text.replace(name, place)
    return text


def message(outcome: Outcome, places: dict[str, str]) -> str | None:
    """The one message on standard error, without its frame and without what varies; None for silence.

    Standard error that is not one framed message is given back whole.
    """
    text = WARNING.sub(r"\1: \2", LINE.sub("(_ssl.c)", outcome.stderr))
    for name, place in places.items():
        text = text.replace(place, name)
    framed = re.fullmatch(r"\naws: \[ERROR\]: (.*)\n", text, re.DOTALL)
    return framed[1] if framed else text or None
