"""``awsshadow sandbox coverage``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from awsshadow.commands.tree.columns import as_json, columns, draw, write_json
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.usage import wrong
from awsshadow.model import find_store
from awsshadow.names import argument_name
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


def _operations(ctx: click.Context, _: click.Parameter, fragment: str) -> list[CompletionItem]:
    console: Console = ctx.obj
    store = find_store(console.environ)
    about = store.summaries()
    if fragment[:1].isupper():
        about = {name: about.get(command, "") for command, name in store.index()["operations"].items()}
    given = ctx.params["operations"] or ()
    return [CompletionItem(n, help=a) for n, a in about.items() if n.startswith(fragment) and n not in given]


@click.command(
    "coverage",
    cls=Command,
    help="""<p>Says for each operation what stands behind it in the sandbox: <code>stateful</code> (the table of kinds
of resources), <code>handler</code> (code of its own), <code>empty list</code>, or <code>inferred</code> (newer than
that table, and served by what the installed model says of it). It needs no folder.</p>""",
)
@click.argument(
    "operations", metavar="OPERATION", nargs=-1, shell_complete=_operations, cls=Argument,
    about="Only these, as <code>create-model</code> or <code>CreateModel</code>.",
)  # fmt: skip
@as_json
@click.pass_context
def command(ctx: click.Context, operations: tuple[str, ...], as_json: bool) -> None:
    """Print a row an operation, and without a choice how many there are of each kind. Raises UsageError."""
    console: Console = ctx.obj
    all_rows = service.coverage(console.environ)
    wanted = set(operations)
    rows = [row for row in all_rows if not wanted or wanted & _spellings(row)]
    _refuse_unknown(ctx, operations, {name: None for row in all_rows for name in _spellings(row)})
    cells = [(row["operation"], row["how"], row["by"]) for row in rows]
    kinds = [row["how"] for row in rows]
    counts = [(kinds.count(kind), kind) for kind in sorted(set(kinds))] if not wanted else []
    if as_json:
        write_json(console, rows)
    elif console.look().is_terminal:
        note = ", ".join(f"{count} {kind}" for count, kind in counts)
        draw(console, ("OPERATION", "SERVED", "BY"), cells, note)
    else:
        console.write(columns(cells))
        console.write("\n" * bool(counts) + "".join(f"{count:4} {kind}\n" for count, kind in counts))


def _spellings(row: dict[str, str]) -> set[str]:
    return {row["operation"], argument_name(row["operation"])}


def _refuse_unknown(ctx: click.Context, operations: tuple[str, ...], known: dict[str, None]) -> None:
    for word in operations:
        if word not in known:
            alike = [name for name in known if name[0].isupper() == word[:1].isupper()]
            raise wrong(ctx, f"argument OPERATION: SageMaker has no operation '{word}'", word, alike)
