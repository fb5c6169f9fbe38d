"""The doors with a socket: an endpoint for one command, and one that stays up."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import tempfile

from awsshadow.names import REGION_VARIABLES, SANDBOX_S3_VARIABLE
from awsshadow.sandbox import service
from awsshadow.sandbox.contract.protocol import usual_region
from awsshadow.sandbox.services.dispatch import Services
from awsshadow.sandbox.serving import child_process, profiles
from awsshadow.sandbox.serving.client_environment import child_environment, removed, variables
from awsshadow.sandbox.serving.http_server import Server, serving
from awsshadow.sandbox.serving.shell_exports import export_lines, profile_lines
from awsshadow.sandbox.state.database import place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.sandbox.serving.http_server import Log


class EndpointOptions:
    """What the user wants of an endpoint; None where it is left open.

    ``folder`` None is one that lasts as long as the endpoint. ``clock`` and ``faults``
    replace what is kept there. ``strict``: objects that requests name have to be in S3.
    """

    def __init__(
        self,
        folder: str | None,
        clock: str | None,
        faults: Any,
        region: str | None,
        port: int = 0,
        log: Log | None = None,
        strict: bool = False,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.faults = faults
        self.region = region
        self.port = port
        self.log = log
        self.strict = strict


def run(command: Sequence[str], options: EndpointOptions, environ: Mapping[str, str]) -> int:
    """Run ``command`` with an endpoint of its own; returns its exit status. Raises AwsShadowError."""
    with _endpoint(options, environ) as (server, folder, scratch):
        known = profiles.names(command, environ)
        texts = {
            "config": profiles.config_text(known, server.region),
            "credentials": profiles.credentials_text(known),
        }
        files = [_file(scratch, name, text) for name, text in texts.items()]
        changed = child_environment(_told(environ, options), server.url, folder, server.region, *files)
        if not options.region and not environ.get(REGION_VARIABLES[0]) and profiles.chooses_default_region(command):
            del changed[REGION_VARIABLES[0]]  # nobody has set it outside either, where the script's own choice counts
        return child_process.run(command, changed)


def serve(options: EndpointOptions, environ: Mapping[str, str], shell: str, write: Callable[[list[str]], None]) -> None:
    """Answer until SIGINT or SIGTERM; first ``write`` how to get there, for ``shell``. Raises AwsShadowError."""
    with _until_signal() as wait, _endpoint(options, environ) as (server, folder, _):
        values = {**variables(environ, server.url, folder, server.region), **_told({}, options)}
        lines = export_lines(shell, values, removed(environ))
        profile = ["", "A profile for ~/.aws/config does the same:", "", *profile_lines(server.url, server.region)]
        write([*lines, *(f"# {line}".rstrip() for line in profile)])
        wait()


@contextlib.contextmanager
def _endpoint(options: EndpointOptions, environ: Mapping[str, str]) -> Iterator[tuple[Server, str, str]]:
    """An endpoint that answers, the folder it keeps its state in, and a folder for what lasts as long."""
    gc.enable()  # the process edge turned it off for commands, which live for a moment
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="awsshadow-", ignore_cleanup_errors=True))
        folder = place_of(options.folder or os.path.join(scratch, "state"))
        service.set_up(folder, options.clock, options.faults)
        sandbox = stack.enter_context(contextlib.closing(service.Sandbox(folder, environ=environ)))
        region = region_of(options.region, environ)
        server = Server(sandbox, region, options.port, options.log, Services(sandbox, options.strict))
        yield stack.enter_context(serving(server)), folder, scratch


def _told(environ: Mapping[str, str], options: EndpointOptions) -> dict[str, str]:
    """``environ`` with what awsshadow's own calls in it have to know."""
    told = {name: value for name, value in environ.items() if name != SANDBOX_S3_VARIABLE}
    return {**told, SANDBOX_S3_VARIABLE: "strict"} if options.strict else told


def region_of(region: str | None, environ: Mapping[str, str]) -> str:
    """The region asked for, that of the environment, or the usual one. The user's files are not read."""
    return region or usual_region(environ)


@contextlib.contextmanager
def _until_signal() -> Iterator[Callable[[], None]]:
    """A function that returns at SIGINT or SIGTERM, whether they came before it was called or come after."""
    # An Event has a lock, which the main thread may hold at the moment of the signal: its handler would wait for ever.
    ended: list[int] = []
    reader, writer = socket.socketpair()
    writer.setblocking(False)

    def end(number: int, _: object) -> None:
        ended.append(number)
        with contextlib.suppress(OSError):
            writer.send(b"\0")

    def wait() -> None:
        while not ended:
            select.select([reader], [], [], 1)  # on Windows a signal does not interrupt a wait without an end

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, end) for number in numbers]
    try:
        yield wait
    finally:
        for number, former in zip(numbers, before, strict=True):
            signal.signal(number, former)
        reader.close()
        writer.close()


def _file(folder: str, name: str, text: str) -> str:
    path = os.path.join(folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path
