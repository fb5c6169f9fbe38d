"""``awsshadow sandbox load``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.values import FILE
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.command(
    "load", cls=Command,
    help="<p>Puts what <code>dump</code> wrote in the place of what is kept: all of it, or nothing.</p>",
)  # fmt: skip
@click.argument(
    "file", required=False, default="-", type=FILE, cls=Argument, about="What dump wrote; without it, standard input."
)
@state()
@click.pass_obj
def command(console: Console, file: str, state: str | None) -> None:
    """Replace the contents. Raises ParameterError for what is no dump, and AwsShadowError."""
    service.load(folder(state, console.environ), console.read(file).splitlines())
