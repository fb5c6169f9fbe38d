"""``awsshadow sandbox fail``."""

from __future__ import annotations

import os

import click

from awsshadow.commands.sandbox.options import current_faults, folder, state
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.values import Count, OneOf
from awsshadow.model import families
from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.sandbox import service
from awsshadow.sandbox.engine.fault_injection import FAILING, LARGEST
from awsshadow.sandbox.state import database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


def _names(ctx: click.Context, _: click.Parameter, fragment: str) -> list[str]:
    """The names of the resources in the sandbox; looking makes none where there is none."""
    console: Console = ctx.obj
    kept = ctx.params.get("state") or console.environ.get(SANDBOX_VARIABLE)
    if not kept or not os.path.exists(os.path.join(kept, database.FILE)):
        return []
    names = dict.fromkeys(row["name"] for row in service.listing(kept))
    return [name for name in names if name.startswith(fragment) and name not in (ctx.params["names"] or ())]


def _families(_: click.Context, __: click.Parameter, fragment: str) -> list[str]:
    return sorted(name for name in families.table() if name.startswith(fragment))


@click.command(
    "fail",
    cls=Command,
    help="""<p>Makes resources of these names fail after they are created, or their updates with <code>--on
update</code>: an endpoint goes back to the configuration that it had, others to the status that is theirs for it.
What such an update would have changed stays as it was. With <code>--on delete</code> they stay in the status of a
deletion that failed, where their family has one. The rules stand in front of those there are: the first one
that fits counts. <code>faults clear</code> takes them away.</p>""",
)
@click.argument(
    "names", metavar="NAME", nargs=-1, required=True, shell_complete=_names, cls=Argument,
    about="May hold <code>*</code> and <code>?</code>, as in a shell.",
)  # fmt: skip
@state()
@click.option("--family", shell_complete=_families, help="Only resources of this family; see <code>ls</code>.")
@click.option(
    "--on", type=OneOf(FAILING), metavar="|".join(FAILING), help="What fails; <code>create</code> when left out.",
)  # fmt: skip
@click.option(
    "--status", metavar="STATUS",
    help="The status that they end in, as <code>UpdateRollbackFailed</code>; that of their family when left out.",
)  # fmt: skip
@click.option(
    "--times", type=Count(LARGEST["times"]), metavar="N", help="How many times; for ever when left out.",
)  # fmt: skip
@click.option("--reason", metavar="TEXT", help="The reason that the resources give.")
@click.pass_obj
def command(console: Console, /, names: tuple[str, ...], state: str | None, **given: str | int | None) -> None:
    """Add rules. Raises AwsShadowError."""
    kept = folder(state, console.environ)
    rules = [{"name": name, **{k: v for k, v in given.items() if v is not None}} for name in names]
    faults = current_faults(kept)
    service.set_faults(kept, {**faults, "fail": [*rules, *faults.get("fail", [])]})
