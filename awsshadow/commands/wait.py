"""``awsshadow wait FAMILY [NAME ...]``: until resources have come to rest, are in a status, or are gone.

Each family with a status is a command of its own, made when it is asked for from the options of its describe
operation and the global ones, so that they are read, completed and explained like those of any other command.
"""

from __future__ import annotations

import click

from awsshadow import resource_stages
from awsshadow.commands.tree.console import Console
from awsshadow.commands.tree.groups import Argument, Command, Group
from awsshadow.commands.tree.service_options import checked_settings, given_globals, service_options
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import Described, ValueOf
from awsshadow.errors import ParameterError
from awsshadow.invocation import Call
from awsshadow.model import families, find_store, load
from awsshadow.model.families import describing, outcomes
from awsshadow.names import SERVICE, argument_name
from awsshadow.output import compile_query
from awsshadow.output.query import is_true
from awsshadow.stages import Stages
from awsshadow.waiting.asked import WORDS, Asked, UnknownStatusError
from awsshadow.waiting.limits import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.invocation import Given, Globals
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.output import Expression

_HELP = """<p>Waits until each of the resources has come to rest: a job has ended, an endpoint is in service. Looks
every 5 seconds, then less often, up to every 30. Nothing is printed unless <code>--output</code> or
<code>--query</code> is given: then the last description of each.</p><p>The exit code is 0 when it is as it should be,
3 when it came to rest otherwise (the status and the reason are said), 124 when the time is over, 254 when the service
refuses, 130 after Ctrl-C. Whatever ends the waiting, what is waited for goes on.</p>"""


class _Families(Group):
    """One command a family with a status."""

    kind = "FAMILY"

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the base class's signature
        """The families in the order of the table."""
        return list(describing.with_status())

    def summary(self, name: str) -> str:
        """What is waited for."""
        return f"Wait for {'an' if name[0] in 'aeiou' else 'a'} {name.replace('-', ' ')}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a family; None for none with a status."""
        family = describing.with_status().get(cmd_name)
        if family is None:
            return None
        console = ctx.find_object(Console)
        command = _Family(family, {} if console is None else console.environ)
        command.short_help = self.summary(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises UsageError that says why a word is no family that can be waited for."""
        known = {describing.typed(family) for family in families.table().values()}
        names = self.list_commands(ctx)
        if args[0] in names or args[0] == "help" or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if args[0] in known:
            label = args[0].replace("-", " ")
            raise wrong(ctx, f"argument FAMILY: a {label} has no status: what is done to it is done at once")
        raise wrong(ctx, f"argument FAMILY: invalid choice: '{args[0]}'", args[0], names)


class _Family(Command):
    """``wait`` for one family."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        store = find_store(environ)
        self.family = family
        self.slice = load(store, "operations", f"describe-{describing.typed(family)}")
        shape = self.slice.shapes[self.slice.input_shape or ""]
        self.required = [member for member in shape["members"] if member in shape.get("required", ())]
        self.name_member = describing.name_member(family, self.required)
        about = {row[0]: row[3] for row in store.options("operations", self.slice.name)}
        known = statuses(family, self.slice)
        super().__init__(
            describing.typed(family),
            params=[
                _names(self.slice, self.name_member),
                *_own(family, known),
                *_of_describe(self.slice, about),
                *service_options(),
            ],
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


def _names(slice: Slice, member: str) -> Argument:
    option = f"--{argument_name(member)}"
    return Argument(
        ["names"], type=ValueOf(f"{slice.name} {option}"), nargs=-1, metavar="NAME",
        about=f"A name or an ARN; several are waited for together. One may also be given as <code>{option}</code>.",
    )  # fmt: skip


def _own(family: Family, known: Sequence[str]) -> Iterator[click.Option]:
    meaning = {status: _OUTCOMES.get(outcomes.outcome(family, status) or "", "") for status in known}
    choices = Described({**WORDS, **meaning})
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


def _of_describe(slice: Slice, about: dict[str, str]) -> Iterator[click.Option]:
    for argument in slice.arguments:
        if argument.kind not in ("member", "negation") or argument.hidden or argument.member == "NextToken":
            continue
        is_flag = argument.type == "boolean"
        known = ValueOf(f"{slice.name} --{argument.name}")
        settings: dict[str, Any] = {"is_flag": True} if is_flag else {"metavar": "VALUE", "type": known}
        yield click.Option(
            [f"--{argument.name}", f"given_{argument.name}".replace("-", "_")],
            help=f"{about.get(argument.name, '')}.".removeprefix("."), **settings,
        )  # fmt: skip


command = _Families("wait", help=_HELP)


@click.pass_context
def _wait(
    ctx: click.Context, /, names: tuple[str, ...], wanted: str | None, until: str | None, one_is_enough: bool,
    timeout: str | None, delay: str | None, max_attempts: str | None, **options: Any,
) -> None:  # fmt: skip
    """Wait. Raises UsageError, EndedElsewhereError, TimedOutError and what a call raises."""
    console: Console = ctx.obj
    command = ctx.command
    assert isinstance(command, _Family)
    given = given_globals(console, options)
    checked = checked_settings(console, given)
    typed = {"timeout": timeout, "delay": delay, "max-attempts": max_attempts}
    limits = Limits.given({name: value for name, value in typed.items() if value is not None})
    asked = _asked(ctx, command, wanted, until)
    stages = Stages(console.process, checked)
    try:
        asking = resource_stages.Asking(stages, command.family, given)
        resources = [
            resource_stages.Resource(asking, stages.resolve(call)[0], asked.goal())
            for call in _calls(ctx, command, names, _described(command.slice, options), given)
        ]
        resource_stages.watch_named(resources, stages, limits, one_is_enough, asked.is_about_being_there)
    finally:
        stages.close()


def _asked(ctx: click.Context, command: _Family, wanted: str | None, until: str | None) -> Asked:
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


def _described(slice: Slice, options: Mapping[str, Any]) -> dict[str, Given]:
    """What was given for options of the describe operation, by their names."""
    found: dict[str, Given] = {}
    positive = ""
    for argument in slice.arguments:
        positive = positive if argument.kind == "negation" else argument.name
        value = options.get(f"given_{argument.name}".replace("-", "_"))
        if value is not None and value is not False:
            found[positive] = argument.kind != "negation" if value is True else value
    return found


def _calls(
    ctx: click.Context, command: _Family, names: Sequence[str], described: dict[str, Given], given: Globals
) -> Iterator[Call]:
    """A describe command for each name. Raises UsageError where something is missing, or too much."""
    options = {a.member: a.name for a in command.slice.arguments if a.member is not None and a.kind == "member"}
    own = options[command.name_member]
    if names and own in described:
        raise wrong(ctx, f"argument --{own}: a name is given already")
    for name in names or [str(described.get(own, ""))]:
        values = {own: name} if name else {}
        if name.startswith("arn:"):
            known = {member: option for member, option in options.items() if option in described}
            parts = describing.beside(command.family, _of_arn(ctx, command, name), known)
            values = {options[member]: value for member, value in parts.items() if member in options}
        asked: dict[str, Given] = {**values, **{k: v for k, v in described.items() if k != own}}
        missing = [options[m] for m in command.required if options[m] not in asked]
        if missing:
            said = ["NAME" if option == own else f"--{option}" for option in missing]
            raise wrong(ctx, f"the following arguments are required: {', '.join(said)}")
        yield Call(given, (SERVICE, command.slice.name), command.slice, asked)


def _of_arn(ctx: click.Context, command: _Family, arn: str) -> dict[str, str]:
    """The members that an ARN names, or the ARN itself where it may be given for a name. Raises UsageError."""
    parts = describing.members_of_arn(command.family, arn)
    if parts is None:
        raise wrong(ctx, f"argument NAME: {arn} is not the ARN of a {describing.typed(command.family)}")
    if command.name_member.endswith("Arn") or command.name_member not in parts:
        return {command.name_member: arn}
    return parts
