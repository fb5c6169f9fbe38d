"""``awsshadow sandbox reset``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.groups import Command
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console

#: The exit code when the user says no.
REFUSED = 1


@click.command(
    "reset",
    cls=Command,
    help="""<p>Forgets everything in the sandbox, clock and faults included. On a terminal it asks first, and the exit
code is 1 when the answer is not yes; in a script and in a pipe it does not ask.</p>""",
)
@state()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(console: Console, state: str | None, yes: bool) -> int:
    """Empty the sandbox. Raises AwsShadowError."""
    kept = folder(state, console.environ)
    if not yes and not console.confirmed(f"Forget everything in the sandbox in {kept}?"):
        console.say("Nothing was changed.\n")
        return REFUSED
    service.reset(kept)
    if console.streams.is_tty("stderr"):
        console.say(f"The sandbox in {kept} is empty.\n")
    return 0
