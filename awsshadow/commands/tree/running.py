"""The words of an own command -> its exit code."""

from __future__ import annotations

import click

from awsshadow.commands.tree.groups import HelpAsked, root
from awsshadow.commands.tree.process import ReaderGone, lost
from awsshadow.commands.tree.usage import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.commands.tree.process import Process

#: What a shell says of a program that ends because nobody reads what it writes: 128 and the number of SIGPIPE.
READER_GONE = 141


def carry_out(words: Sequence[str], process: Process) -> int:
    """Run the command that ``words`` name, or show its help. Raises AwsShadowError and its children."""
    group = root(process.program)
    ctx = click.Context(group, info_name=process.program)
    try:
        with group.make_context(process.program, list(words), obj=process) as ctx:
            code: int | None = group.invoke(ctx)
        process.flush()
    except HelpAsked as asked:
        return _show(asked.ctx, process)
    except ReaderGone:
        return READER_GONE
    except click.UsageError as error:
        raise told(error, error.ctx or ctx) from None
    return code or 0


def _show(ctx: click.Context, process: Process) -> int:
    from awsshadow import help
    from awsshadow.commands.tree.page import document

    try:
        help.show_page(document(ctx), process.environ, process.streams, process.color, process.paged)
    except OSError as error:
        if process.streams.stdout is None:
            raise
        raise lost(process.streams.stdout, error) from None
    return 0
