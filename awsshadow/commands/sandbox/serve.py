"""``awsshadow sandbox serve``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import CLOCKS, of_an_endpoint, read_json, state
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import OneOf, Port
from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.sandbox.serving import endpoint
from awsshadow.sandbox.serving.shell_exports import SHELLS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from awsshadow.commands.tree.console import Console


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
        console.write("".join(line + "\n" for line in lines))
        console.flush()

    def told(operation: str, status: int, seconds: float) -> None:
        console.say(f"{operation} {status} {seconds * 1000:.0f} ms\n")

    document = None if faults is None else read_json(console, faults)
    kept = state or console.environ.get(SANDBOX_VARIABLE)
    options = endpoint.EndpointOptions(
        kept, clock, document, region, port, told if log else None, strict=s3 == "strict"
    )
    endpoint.serve(options, console.environ, shell, write)
