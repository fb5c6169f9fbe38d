"""``awsshadow sandbox log ...``."""

from __future__ import annotations

import os

import click

from awsshadow.commands.sandbox.options import folder, state
from awsshadow.commands.tree.groups import Argument, Group
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import REGION
from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.sandbox.contract.protocol import usual_region
from awsshadow.sandbox.services import log_lines
from awsshadow.sandbox.state import database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


def _known(ctx: click.Context, parameter: click.Parameter, fragment: str) -> list[str]:
    """Groups, or streams of the group on the line; looking makes no sandbox where there is none."""
    console: Console = ctx.obj
    kept = ctx.params.get("state") or console.environ.get(SANDBOX_VARIABLE)
    if not kept or not os.path.exists(os.path.join(kept, database.FILE)):
        return []
    region = ctx.params.get("region") or usual_region(console.environ)
    group = ctx.params["group"] if parameter.name == "stream" else None
    return [name for name in log_lines.known_names(kept, region, group) if name.startswith(fragment)]


@click.group(
    "log", cls=Group, no_args_is_help=False,
    help="<p>Adds to what CloudWatch Logs has of the sandbox. What SageMaker's resources write is there by itself.</p>",
)  # fmt: skip
def command() -> None:
    """Nothing is done for the group itself."""


@command.command(
    "put",
    short_help="Add lines to a log stream",
    help="""<p>Adds lines to a log stream, each an event of now. Group and stream are made when they are missing.</p>
<p><code>{program} sandbox log put /aws/sagemaker/TrainingJobs my-job/algo-1-1700000000 'loss=0.1'</code></p>""",
)
@click.argument("group", shell_complete=_known, cls=Argument, about="The name of the log group.")
@click.argument("stream", shell_complete=_known, cls=Argument, about="The name of the log stream.")
@click.argument(
    "messages", metavar="[MESSAGE ...]", nargs=-1, cls=Argument,
    about="The lines; without any, or with <code>-</code>, those of standard input.",
)  # fmt: skip
@state()
@click.option("--region", type=REGION, help="The region; without it, that of your environment, or us-east-1.")
@click.pass_context
def put(
    ctx: click.Context, group: str, stream: str, messages: tuple[str, ...], state: str | None, region: str | None
) -> None:
    """Add the lines. Raises ParameterError for what the service would refuse, and AwsShadowError."""
    console: Console = ctx.obj
    kept = folder(state, console.environ)
    lines = list(messages) if messages not in ((), ("-",)) else console.read("-").splitlines()
    lines = [line for line in lines if line]
    if not lines:
        raise wrong(ctx, "No line is given to put into the log")
    log_lines.put_lines(kept, region or usual_region(console.environ), group, stream, lines)
