"""``awsshadow sandbox ls``."""

from __future__ import annotations

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.columns import as_counted, as_json, columns, draw, moment, write_json
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import REGION
from awsshadow.sandbox import service
from awsshadow.terminal.times import ago

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console

_TITLES = ("REGION", "FAMILY", "NAME", "STATUS", "CREATED")


@click.command(
    "ls", cls=Command, help="""<p>Lists the resources in the sandbox: region, family, name, status, and when made; on a
terminal how long ago, by the clock of the sandbox. Names are in the order in which people count: 2 before 10.</p>"""
)  # fmt: skip
@state()
@click.option("--region", type=REGION, help="Only resources of this region.")
@as_json
@click.pass_obj
def command(console: Console, state: str | None, region: str | None, as_json: bool) -> None:
    """List the resources. Raises AwsShadowError."""
    kept = folder(state, console.environ)
    found = [row for row in service.listing(kept) if region in (None, _region(row))]
    found.sort(key=lambda row: (as_counted(row["scope"]), row["family"], as_counted(row["name"])))
    if as_json:
        write_json(console, [_object(row) for row in found])
    elif found and console.look().is_terminal:
        _draw(console, kept, found)
    elif found:
        console.write(columns([_TITLES, *[(*_cells(row), moment(row["created"])) for row in found]]))
    elif console.streams.is_tty("stderr"):
        console.say(f"The sandbox in {kept} holds nothing{f' in {region}' if region else ''}.\n")
    for row in found:
        if row["damage"]:
            console.say(f"{row['family']} {row['name']} is damaged: {row['damage']}\n")


def _draw(console: Console, kept: str, found: Sequence[dict[str, Any]]) -> None:
    now = service.show_clock(kept).now()
    regions = sorted({_region(row) for row in found})
    rows: list[tuple[str, ...]] = [(*_cells(row), ago(row["created"], now)) for row in found]
    titles: tuple[str, ...] = (*_TITLES[:-1], "AGE")
    if len(regions) == 1:  # it is said once, below
        titles, rows = titles[1:], [row[1:] for row in rows]
    count = f"{len(rows)} resource{'s' * (len(rows) != 1)}"
    where = f"in {regions[0]}" if len(regions) == 1 else f"in {len(regions)} regions"
    draw(console, titles, rows, f"{count} {where}, kept in {kept}")


def _cells(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return _region(row), row["family"], row["name"], row["status"] or "-"


def _object(row: dict[str, Any]) -> dict[str, Any]:
    region, family, name, _ = _cells(row)
    made = {"region": region, "family": family, "name": name, "status": row["status"] or None}
    made |= {"created": moment(row["created"]), "arn": row["arn"]}
    return made | {"damage": row["damage"]} if row["damage"] else made


def _region(row: dict[str, Any]) -> str:
    return str(row["scope"].rpartition("/")[2])
