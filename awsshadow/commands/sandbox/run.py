"""``awsshadow sandbox run``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from awsshadow.commands.sandbox.options import CLOCKS, of_an_endpoint, read_json, state
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.usage import wrong
from awsshadow.sandbox.serving import endpoint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


class _BeforeCommand(Command):
    """The command to run begins at the first word that is no option; nothing behind it is ours."""

    allow_interspersed_args = False


def _files(_: click.Context, __: click.Parameter, fragment: str) -> list[CompletionItem]:
    """What to run is a file, or takes some."""
    return [CompletionItem(fragment, type="file")]


@click.command(
    "run",
    cls=_BeforeCommand,
    help=f"""<p>Starts an endpoint on 127.0.0.1 and runs a command in an environment in which any AWS client finds
that endpoint, and no credentials of yours. The exit code is that of the command.</p>
<p><code>{{program}} sandbox run -- bash script.sh</code></p>{CLOCKS}""",
)
@click.argument(
    "command", metavar="-- COMMAND [ARGUMENT ...]", nargs=-1, type=click.UNPROCESSED, shell_complete=_files,
    cls=Argument,
    about="What to run; <code>--</code> may be left out before a command that does not begin with a hyphen.",
)  # fmt: skip
@state("a new one for this run")
@of_an_endpoint
@click.pass_context
def command(
    ctx: click.Context, command: tuple[str, ...], state: str | None, clock: str | None, faults: str | None,
    region: str | None, s3: str | None,
) -> int:  # fmt: skip
    """Run ``command`` and return its exit code. Raises UsageError without one, and AwsShadowError."""
    console: Console = ctx.obj
    if not command:
        raise wrong(ctx, "No command is given to run: put it after --")
    document = None if faults is None else read_json(console, faults)
    return endpoint.run(
        command, endpoint.EndpointOptions(state, clock, document, region, strict=s3 == "strict"), console.environ
    )
