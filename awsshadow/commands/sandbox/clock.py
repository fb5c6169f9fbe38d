"""``awsshadow sandbox clock ...``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import CLOCK, CLOCKS, folder, state
from awsshadow.commands.tree.columns import moment
from awsshadow.commands.tree.groups import Argument, Group
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.group(
    "clock", cls=Group, no_args_is_help=False,
    help="<p>Shows or changes the time in the sandbox. There are no timers: what is due is done at the next look.</p>",
)  # fmt: skip
def command() -> None:
    """Nothing is done for the group itself."""


@command.command("show", short_help="Show the kind of clock and its time", help="<p>Shows the kind and the time.</p>")
@state()
@click.pass_obj
def show(console: Console, state: str | None) -> None:
    """Print one line. Raises AwsShadowError."""
    _show(console, folder(state, console.environ))


@command.command("advance", short_help="Let time pass", help="<p>Lets time pass and shows what time it is then.</p>")
@click.argument("duration", cls=Argument, about="Such as <code>90s</code>, <code>30m</code>, <code>7d</code>.")
@state()
@click.pass_obj
def advance(console: Console, duration: str, state: str | None) -> None:
    """Move the clock. Raises ParameterError for what is no duration."""
    console.write(moment(service.advance_clock(folder(state, console.environ), duration)) + "\n")


@command.command("set", short_help="Choose the kind of clock", help=f"<p>Chooses the kind of clock.</p>{CLOCKS}")
@click.argument("clock", type=CLOCK, cls=Argument, about="One of the clocks above.")
@state()
@click.pass_obj
def change(console: Console, clock: str, state: str | None) -> None:
    """Give the sandbox another clock. Raises ParameterError for what is none."""
    kept = folder(state, console.environ)
    service.set_clock(kept, clock)
    _show(console, kept)


def _show(console: Console, kept: str) -> None:
    clock = service.show_clock(kept)
    factor = f":{clock.factor:g}" if clock.mode == "real" else ""
    console.write(f"{clock.mode}{factor} {moment(clock.now())}\n")
