"""``awsshadow tail FAMILY NAME``: what a job, an endpoint, a cluster or the steps of a pipeline have written."""

from __future__ import annotations

from time import time

import click

from awsshadow import log_stages
from awsshadow.commands.tree.family_commands import Families, FamilySlice
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.values import OneOfDescribed
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.model.families import describing, log_groups
from awsshadow.model.families.log_groups import LOGS
from awsshadow.names import with_article
from awsshadow.stages import Stages
from awsshadow.tailing.lines import FORMATS
from awsshadow.waiting.durations import seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.model.families import Family

#: The exit code after Ctrl-C.
INTERRUPTED = 130
#: Global options that mean nothing for a log.
_NOT_FOR_LOGS = ("output", "query", "cli-binary-format")
_HELP = """<p>Shows the log that a resource writes to CloudWatch Logs: the lines of all its hosts in one order. Of a job
it is the whole log; of what stays, as an endpoint, the last 10 minutes. With <code>-f</code> it goes on until the job
has ended, or until Ctrl-C.</p><p>The exit code is 0, also after a job that was stopped; with <code>-f</code> 3 when it
failed (the reason is said), 130 after Ctrl-C: the job goes on. It is 254 when there is no such resource or log group,
or the permission is missing.</p>"""


class _Tails(Families):
    """One command a family whose log can be read."""

    def families(self) -> Mapping[str, Family]:
        """Those with a log."""
        return log_groups.with_log()

    def made(self, family: Family, environ: dict[str, str]) -> Command:
        """The command for a family."""
        return _Tail(family, environ)

    def verb(self) -> str:
        """What is done."""
        return "Show the log of"

    def why_not(self, label: str) -> str:
        """Why there is no log of a family."""
        return f"no log of {with_article(label)} is known"


class _Tail(Command):
    """``tail`` for one family."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        self.family = family
        self.described = FamilySlice(family, environ)
        super().__init__(
            describing.typed(family),
            params=[_name(self.described), *_own(), *self.described.options(), *global_options(_NOT_FOR_LOGS)],
            callback=_tail,
            help=_HELP + _where(family),
        )


def _where(family: Family) -> str:
    row = LOGS.get(family.title)
    if row is None:
        return "<p>It has no log of its own: shown are those of the jobs of its steps, the step's name in front.</p>"
    if not row.group:
        return "<p>Its description names the log group.</p>"
    streams = f", streams <code>{row.stream}</code>" if row.stream else ""
    return f"<p>Log group <code>{row.group}</code>{streams}.</p>"


def _name(described: FamilySlice) -> Argument:
    return Argument(
        ["name"], type=described.names, required=False, metavar="NAME",
        about=f"A name or an ARN, which may also be given as <code>{described.name_option}</code>.",
    )  # fmt: skip


def _own() -> Iterator[click.Option]:
    yield click.Option(["-f", "--follow"], is_flag=True, help="Go on with what is written from now on.")
    yield click.Option(
        ["--since"], metavar="TIME",
        help="From when on: <code>30s</code>, <code>1h</code>, <code>7d</code> ago, or a time in ISO 8601.",
    )  # fmt: skip
    yield click.Option(
        ["--filter", "--filter-pattern", "pattern"], metavar="PATTERN",
        help="Only lines that meet a filter pattern of CloudWatch Logs: <code>ERROR</code>, "
        "<code>?WARN ?ERROR</code>, <code>%loss=[0-9]+%</code>.",
    )  # fmt: skip
    yield click.Option(
        ["--host"], metavar="HOST[,HOST]",
        help="Only these hosts, by a part of the stream's name: <code>algo-2</code>, an instance, a variant.",
    )  # fmt: skip
    yield click.Option(
        ["--format"], type=OneOfDescribed(FORMATS), default="detailed",
        help="<code>detailed</code> with the stream, which is so without this option, <code>short</code> without, or "
        "<code>json</code>, an object a line.",
    )  # fmt: skip
    yield click.Option(["--group"], metavar="GROUP", help="Read this log group instead.")


command = _Tails("tail", help=_HELP)


@click.pass_context
def _tail(
    ctx: click.Context, /, name: str | None, follow: bool, since: str | None, pattern: str | None, host: str | None,
    format: str, group: str | None, **options: Any,
) -> int:  # fmt: skip
    """Show the log. Raises UsageError, EndedElsewhereError, ReaderGone and what a call raises."""
    console: Console = ctx.obj
    command = ctx.command
    assert isinstance(command, _Tail)
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    asked = log_stages.Asked(
        None if since is None else moment(since, time()), _hosts(host), pattern or None, format, group or None
    )
    try:
        (call,) = command.described.calls(ctx, [name] if name else [], options, given)
        log_stages.read_log(stages, command.family, given, stages.resolve(call)[0], asked, console, follow)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        stages.close()
    return 0


def _hosts(text: str | None) -> list[str]:
    return [host for host in map(str.strip, (text or "").split(",")) if host]


def moment(text: str, now: float) -> float:
    """What ``--since`` means, in seconds since the epoch: a duration before ``now``, or a time.

    A number alone is one of seconds since the epoch, as it is to ``aws logs tail``. Raises ParameterError.
    """
    if text == "now":
        return now
    plain = text.removeprefix("now-")
    if plain[-1:].isalpha():
        try:
            return now - seconds(plain)
        except ValueError:
            pass
    from awsshadow.arguments.accepted_timestamps import seconds_of

    try:
        found = None if text.startswith(("-", "now")) else seconds_of(text)
    except AwsShadowError:
        found = None
    if found is None:
        raise ParameterError(
            f"argument --since: neither a duration nor a time: '{text}'; write it like 30s, 1h, 7d or "
            "2026-11-26T12:00:00Z"
        )
    return found
