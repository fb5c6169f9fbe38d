"""``awsshadow sandbox dump``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.groups import Command
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.command(
    "dump", cls=Command,
    help="<p>Writes all that is kept, as lines of JSON, to standard output. <code>load</code> reads it back.</p>",
)  # fmt: skip
@state()
@click.pass_obj
def command(console: Console, state: str | None) -> None:
    """Write the lines. Raises AwsShadowError."""
    for line in service.dump(folder(state, console.environ)):
        console.write(line + "\n")
