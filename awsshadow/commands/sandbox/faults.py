"""``awsshadow sandbox faults ...``."""

from __future__ import annotations

import json

import click

from awsshadow.commands.sandbox.options import current_faults, folder, read_json, state
from awsshadow.commands.tree.columns import draw
from awsshadow.commands.tree.groups import Argument, Group
from awsshadow.commands.tree.values import FILE
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.commands.tree.console import Console

#: Members of a rule that say what it is about; the others say how.
_ABOUT = ("operation", "family", "name", "instance", "usage")


@click.group(
    "faults", cls=Group, no_args_is_help=False,
    help="<p>Makes calls or resources fail on purpose: throttling, quotas, late answers, broken connections.</p>",
)  # fmt: skip
def command() -> None:
    """Nothing is done for the group itself."""


@command.command(
    "show",
    short_help="Show what shall go wrong",
    help="<p>Shows what shall go wrong: as a table on a terminal, as JSON in a pipe.</p>",
)
@state()
@click.option("--json", "as_json", is_flag=True, help="Show JSON on a terminal, too, as <code>set</code> takes it.")
@click.pass_obj
def show(console: Console, state: str | None, as_json: bool) -> None:
    """Print the rules. Raises AwsShadowError."""
    kept = folder(state, console.environ)
    faults = current_faults(kept)
    if as_json or not console.look().is_terminal:
        console.write(json.dumps(faults, indent=4) + "\n")
        return
    rows = [(kind, *_told(rule)) for kind, rules in faults.items() for rule in rules]
    if rows:
        draw(console, ("FAULT", "OF", "HOW"), rows, f"In the sandbox in {kept}; the first rule that fits counts.")
    else:
        console.write(f"Nothing shall go wrong in the sandbox in {kept}.\n")


def _told(rule: Mapping[str, Any]) -> tuple[str, str]:
    """What a rule is about, and what it does."""
    about = [f"{name} {rule[name]}" for name in _ABOUT if name in rule]
    rest = [f"{name} {value}" for name, value in rule.items() if name not in _ABOUT]
    return ", ".join(about) or "everything", ", ".join(rest) or "each time"


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
