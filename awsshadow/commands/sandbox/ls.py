"""``awsshadow sandbox ls``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.columns import columns, moment
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import REGION
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.commands.tree.console import Console

_TITLES = ("REGION", "FAMILY", "NAME", "STATUS", "CREATED")


@click.command(
    "ls", cls=Command, help="<p>Lists the resources in the sandbox: region, family, name, status, and when made.</p>"
)
@state()
@click.option("--region", type=REGION, help="Only resources of this region.")
@click.pass_obj
def command(console: Console, state: str | None, region: str | None) -> None:
    """List the resources. Raises AwsShadowError."""
    kept = folder(state, console.environ)
    found = [row for row in service.listing(kept) if region in (None, _region(row))]
    rows = [(_region(row), row["family"], row["name"], row["status"] or "-", moment(row["created"])) for row in found]
    if rows:
        console.write(columns([_TITLES, *rows]))
    elif console.streams.is_tty("stderr"):
        console.say(f"The sandbox in {kept} holds nothing{f' in {region}' if region else ''}.\n")
    for row in found:
        if row["damage"]:
            console.say(f"{row['family']} {row['name']} is damaged: {row['damage']}\n")


def _region(row: dict[str, Any]) -> str:
    return str(row["scope"].rpartition("/")[2])
