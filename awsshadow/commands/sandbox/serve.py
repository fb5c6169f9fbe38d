"""``awsshadow sandbox serve``."""

from __future__ import annotations

import re

import click

from awsshadow.commands.sandbox.options import CLOCKS, of_an_endpoint, read_json, state
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import OneOf, Port
from awsshadow.names import SANDBOX_VARIABLE, SERVICE
from awsshadow.sandbox.serving import endpoint
from awsshadow.sandbox.serving.shell_exports import SHELLS
from awsshadow.terminal import draw_checks
from awsshadow.terminal.checks import GOOD, Check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from awsshadow.commands.tree.console import Console

#: The address of the endpoint in a line for a shell.
_URL = re.compile(r"http://[0-9.]+:[0-9]+")


@click.command(
    "serve",
    cls=Command,
    help=f"""<p>Stays up as an endpoint on 127.0.0.1 until Ctrl-C or SIGTERM. First it prints lines for your shell that
make AWS clients reach it, and a profile for <code>~/.aws/config</code> that does the same.</p>{CLOCKS}""",
)
@state(f"${SANDBOX_VARIABLE}, or a new one that lasts as long as the server")
@of_an_endpoint
@click.option("--port", type=Port(), default=0, metavar="N", help="The port; without it, any free one.")
@click.option("--shell", type=OneOf(SHELLS), default="sh", help="For whom the lines are printed; without it, sh.")
@click.option("--log", is_flag=True, help="Write a line to standard error for each call.")
@click.pass_obj
def command(
    console: Console, state: str | None, clock: str | None, faults: str | None, region: str | None, s3: str | None,
    port: int, shell: str, log: bool,
) -> None:  # fmt: skip
    """Serve until a signal comes. Raises AwsShadowError."""

    def write(lines: Iterable[str]) -> None:
        told = list(lines)
        console.write("".join(line + "\n" for line in told))
        console.flush()
        look = console.look("stderr")
        if look.is_terminal:
            console.say("\n" * console.look().is_terminal + draw_checks(list(_banner(told, kept)), look, ""))

    def told(operation: str, status: int, seconds: float) -> None:
        console.say(f"{operation} {status} {seconds * 1000:.0f} ms\n")

    document = None if faults is None else read_json(console, faults)
    kept = state or console.environ.get(SANDBOX_VARIABLE)
    options = endpoint.EndpointOptions(
        kept, clock, document, region, port, told if log else None, strict=s3 == "strict"
    )
    endpoint.serve(options, console.environ, shell, write)


def _banner(lines: Iterable[str], kept: str | None) -> Iterator[Check]:
    """What is served, where, and how a client is pointed at it; ``lines`` are those for the shell."""
    url = next(found[0] for line in lines if (found := _URL.search(line)))
    yield Check("endpoint", url, GOOD)
    yield Check("folder", kept or "a new one, gone when this ends")
    yield Check("services", SERVICE)
    yield Check("point a client", "Paste the lines of standard output into its shell, or name the endpoint to it:")
    yield Check("", f"aws {SERVICE} list-models --endpoint-url {url}")
    yield Check("", f'boto3.client("{SERVICE}", endpoint_url="{url}")')
    yield Check("end", "Ctrl-C")
