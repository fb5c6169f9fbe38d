"""``awsshadow sandbox faults ...``."""

from __future__ import annotations

import json

import click

from awsshadow.commands.sandbox.options import current_faults, folder, read_json, state
from awsshadow.commands.tree.groups import Argument, Group
from awsshadow.commands.tree.values import FILE
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.group(
    "faults", cls=Group, no_args_is_help=False,
    help="<p>Makes calls or resources fail on purpose: throttling, quotas, late answers, broken connections.</p>",
)  # fmt: skip
def command() -> None:
    """Nothing is done for the group itself."""


@command.command("show", short_help="Show what shall go wrong", help="<p>Shows what shall go wrong, as JSON.</p>")
@state()
@click.pass_obj
def show(console: Console, state: str | None) -> None:
    """Print the rules. Raises AwsShadowError."""
    console.write(json.dumps(current_faults(folder(state, console.environ)), indent=4) + "\n")


@command.command(
    "set", short_help="Replace it by what a file says", help="<p>Replaces what shall go wrong by what a file says.</p>"
)
@click.argument("file", type=FILE, cls=Argument, about="JSON; <code>-</code> for standard input.")
@state()
@click.pass_obj
def change(console: Console, file: str, state: str | None) -> None:
    """Replace the rules. Raises ParameterError for what are none."""
    service.set_faults(folder(state, console.environ), read_json(console, file))


@command.command(
    "clear", short_help="Let nothing go wrong any more", help="<p>Lets nothing go wrong on purpose any more.</p>"
)
@state()
@click.pass_obj
def clear(console: Console, state: str | None) -> None:
    """Take the rules away. Raises AwsShadowError."""
    service.set_faults(folder(state, console.environ), None)
