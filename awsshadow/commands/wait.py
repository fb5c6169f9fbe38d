"""``awsshadow wait FAMILY [NAME ...]``: until resources have come to rest, are in a status, or are gone."""

from __future__ import annotations

import click

from awsshadow import resource_stages
from awsshadow.commands.tree.family_commands import Families, FamilySlice
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import Listed
from awsshadow.errors import ParameterError
from awsshadow.model.families import describing, outcomes
from awsshadow.names import with_article
from awsshadow.output import compile_query
from awsshadow.output.query import is_true
from awsshadow.stages import Stages
from awsshadow.waiting.asked import WORDS, Asked, UnknownStatusError
from awsshadow.waiting.limits import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.output import Expression

_HELP = """<p>Waits until each of the resources has come to rest: a job has ended, an endpoint is in service. Looks
every 5 seconds, then less often, up to every 30. Nothing is printed unless <code>--output</code> or
<code>--query</code> is given: then the last description of each.</p><p>The exit code is 0 when it is as it should be,
3 when it came to rest otherwise (the status and the reason are said), 124 when the time is over, 254 when the service
refuses, 130 after Ctrl-C. Whatever ends the waiting, what is waited for goes on.</p>"""


class _Waits(Families):
    """One command a family with a status."""

    def families(self) -> Mapping[str, Family]:
        """Those with a status."""
        return describing.with_status(learnt=True)

    def made(self, family: Family, environ: dict[str, str]) -> Command:
        """The command for a family."""
        return _Wait(family, environ)

    def verb(self) -> str:
        """What is done."""
        return "Wait for"

    def why_not(self, label: str) -> str:
        """Why a family cannot be waited for."""
        return f"{with_article(label)} has no status: what is done to it is done at once"


class _Wait(Command):
    """``wait`` for one family."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        self.family = family
        self.described = FamilySlice(family, environ)
        self.slice = self.described.slice
        known = statuses(family, self.slice)
        super().__init__(
            describing.typed(family),
            params=[_names(self.described), *_own(family, known), *self.described.options(), *global_options()],
            callback=_wait,
            help=_HELP + _status_help(family, known),
        )


def statuses(family: Family, slice: Slice) -> list[str]:
    """The statuses of a family, in the order of the installed model."""
    shapes = slice.all_shapes()
    members = shapes[slice.output_shape or ""]["members"]
    if family.wrap:
        members = shapes[members[family.wrap]["shape"]]["members"]
    return list(shapes[members[family.status or ""]["shape"]].get("enum", ()))


def _status_help(family: Family, known: Sequence[str]) -> str:
    classes = {outcome: [s for s in known if outcomes.outcome(family, s) == outcome] for outcome in _OUTCOMES}
    rows = (
        f"<dt>{about}</dt><dd>{', '.join(f'<code>{status}</code>' for status in classes[outcome])}</dd>"
        for outcome, about in _OUTCOMES.items()
        if classes[outcome]
    )
    return f"<p>Statuses:</p><dl>{''.join(rows)}</dl>"


_OUTCOMES = {
    outcomes.TRANSIENT: "on its way",
    outcomes.SUCCESS: "at rest",
    outcomes.STOPPED: "at rest, ended before its time",
    outcomes.FAILURE: "failed: exit code 3",
    outcomes.DELETED: "gone: exit code 3, unless it is waited for",
}


def _names(described: FamilySlice) -> Argument:
    return Argument(
        ["names"], type=described.names, nargs=-1, metavar="NAME",
        about="A name or an ARN; several are waited for together. One may also be given as "
        f"<code>{described.name_option}</code>.",
    )  # fmt: skip


def _own(family: Family, known: Sequence[str]) -> Iterator[click.Option]:
    meaning = {status: _OUTCOMES.get(outcomes.outcome(family, status) or "", "") for status in known}
    choices = Listed(meaning, WORDS)
    yield click.Option(
        ["--for", "wanted"], type=choices, metavar="STATUS[,STATUS]",
        help="What to wait for: one of the statuses above, or <code>settled</code>, which is so without this option, "
        "<code>deleted</code>, <code>exists</code>.",
    )  # fmt: skip
    yield click.Option(
        ["--until"], metavar="EXPRESSION",
        help="Wait until this JMESPath expression about the description says yes, instead of for a status.",
    )  # fmt: skip
    yield click.Option(["--any", "one_is_enough"], is_flag=True, help="Of several, wait until one of them is there.")
    yield click.Option(
        ["--timeout"], metavar="DURATION",
        help="How long to wait: <code>30s</code>, <code>20m</code>, <code>12h</code>, <code>7d</code>, or seconds; "
        "without it, a day.",
    )  # fmt: skip
    yield click.Option(
        ["--delay"], metavar="SECONDS", help="Look after as many seconds each time, instead of after 5 to 30."
    )
    yield click.Option(["--max-attempts"], metavar="NUMBER", help="How many looks there may be; without it, any.")


command = _Waits("wait", help=_HELP)


@click.pass_context
def _wait(
    ctx: click.Context, /, names: tuple[str, ...], wanted: str | None, until: str | None, one_is_enough: bool,
    timeout: str | None, delay: str | None, max_attempts: str | None, **options: Any,
) -> None:  # fmt: skip
    """Wait. Raises UsageError, EndedElsewhereError, TimedOutError and what a call raises."""
    console: Console = ctx.obj
    command = ctx.command
    assert isinstance(command, _Wait)
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    typed = {"timeout": timeout, "delay": delay, "max-attempts": max_attempts}
    limits = Limits.given({name: value for name, value in typed.items() if value is not None})
    asked = _asked(ctx, command, wanted, until)
    try:
        asking = resource_stages.Asking(stages, command.family, given)
        resources = [
            resource_stages.Resource(asking, stages.resolve(call)[0], asked.goal())
            for call in command.described.calls(ctx, names, options, given)
        ]
        resource_stages.watch_named(resources, stages, limits, one_is_enough, asked.is_about_being_there)
    finally:
        stages.close()


def _asked(ctx: click.Context, command: _Wait, wanted: str | None, until: str | None) -> Asked:
    known = statuses(command.family, command.slice)
    holds = None
    if until is not None:
        expression = _compiled(until)

        def holds(document: Mapping[str, Any]) -> bool:
            return is_true(expression.search(document))

    try:
        return Asked(command.family, known, wanted, holds)
    except UnknownStatusError as error:
        raise wrong(ctx, error.message, error.word, [*known, *WORDS]) from None


def _compiled(text: str) -> Expression:
    try:
        return compile_query(text)
    except ParameterError as error:
        raise ParameterError(error.message.replace("--query", "--until", 1)) from None
