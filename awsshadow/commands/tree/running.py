"""The words of an own command -> its exit code."""

from __future__ import annotations

import click

from awsshadow.commands.tree.console import ReaderGone
from awsshadow.commands.tree.groups import HelpAsked, root
from awsshadow.commands.tree.usage import told
from awsshadow.streams import READER_GONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.commands.tree.console import Console


def carry_out(words: Sequence[str], console: Console) -> int:
    """Run the command that ``words`` name, or show its help. Raises AwsShadowError and its children."""
    group = root(console.program)
    ctx = click.Context(group, info_name=console.program)
    try:
        with group.make_context(console.program, list(words), obj=console) as ctx:
            code: int | None = group.invoke(ctx)
        console.flush()
    except HelpAsked as asked:
        return _show(asked.ctx, console)
    except ReaderGone:
        return READER_GONE
    except click.UsageError as error:
        raise told(error, error.ctx or ctx) from None
    return code or 0


def _show(ctx: click.Context, console: Console) -> int:
    from awsshadow import help
    from awsshadow.commands.tree.page import document

    try:
        help.show_page(document(ctx), console.environ, console.streams, console.color, console.paged)
    except OSError as error:
        raise console.lost(error) from None
    return 0
