"""``awsshadow remove FAMILY NAME ...``: delete or stop resources by a plan that names each of them."""

from __future__ import annotations

import click

from awsshadow.commands.remove import asked
from awsshadow.commands.remove.runs import Run, check_may_change, check_will_ask, show_for_people
from awsshadow.commands.tree.family_commands import Families, FamilySlice, given_options, operation_options
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import FILE, Count, Listed
from awsshadow.fanout.engine import MOST_JOBS, USUAL_JOBS, Engine
from awsshadow.model import families, find_store, load
from awsshadow.model.families import describing, removing
from awsshadow.names import argument_name, with_article
from awsshadow.removal import entries as plan
from awsshadow.removal.calls import Calls
from awsshadow.removal.planning import USUAL_MOST, Planner
from awsshadow.stages import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from click.shell_completion import CompletionItem

    from awsshadow.commands.tree.console import Console
    from awsshadow.model.families import Family

_HELP = """<p>Deletes resources, or stops them with <code>--stop</code>, by a plan that names each of them: those that
are named or selected, with <code>--cascade</code> what hangs on them, with <code>--with</code> what they use and
nothing else does. The plan is shown, and carried out when the name of the resource, or the number of resources, has
been typed. Where standard input is no terminal <code>--yes</code> has to be given.</p><p><code>--plan</code> prints
the plan as lines of JSON and changes nothing. <code>{program} remove --from FILE</code> carries such a file out: what
is in it and nothing that has appeared since; the file says what has been done, so that the same command goes on where
it was interrupted.</p><p>The exit code is 0 when all is done, 1 when the answer was not the one that was asked for, 3
when something ended in a failed deletion (the reason is said), 4 when something could not be deleted, 124 when the
time is over, 130 after Ctrl-C, 252 when the command or the plan cannot be carried out as it is: nothing has been done
then.</p>"""
#: Global options that mean nothing here.
_LEFT_OUT = ("output", "query", "cli-binary-format")
#: Options of list operations that select nothing.
_ORDER = ("--sort-by", "--sort-order")


class _Removes(Families):
    """One command a family, called as one resource is or as several are; and the plan of a file without one."""

    def families(self) -> Mapping[str, Family]:
        """Those that can be deleted or stopped."""
        return removing.removable()

    def made(self, family: Family, environ: dict[str, str]) -> Command:
        """The command for a family."""
        return RemoveFamily(family, environ)

    def verb(self) -> str:
        """What is done."""
        return "Delete"

    def summary(self, name: str) -> str:
        """What is done."""
        return super().summary(name) if name in self.families() else f"Delete {name.replace('-', ' ')}"

    def why_not(self, label: str) -> str:
        """Why there is no command for a family."""
        known = {describing.typed(family).replace("-", " "): family for family in families.table().values()}
        if removing.can(known[label], removing.DELETE) or removing.can(known[label], removing.STOP):
            return f"what hangs on {with_article(label)} is not known to this version"
        return f"{with_article(label)} can be neither deleted nor stopped"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a family, which ``endpoint`` and ``endpoints`` are."""
        family = removing.by_plural().get(cmd_name)
        return super().get_command(ctx, describing.typed(family) if family is not None else cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises UsageError."""
        family = removing.by_plural().get(args[0])
        return super().resolve_command(ctx, args if family is None else [describing.typed(family), *args[1:]])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options that stand before the own command are read here, too, where no family takes them."""
        console: Console | None = ctx.obj
        if console is not None and args[:1] and args[0].startswith("-") and not ctx.resilient_parsing:
            args = [*console.before, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The families in both numbers."""
        found = super().shell_complete(ctx, incomplete)
        if not found and not incomplete:
            return found
        item = type(found[0]) if found else click.shell_completion.CompletionItem
        several = [name for name in removing.by_plural() if name.startswith(incomplete)]
        return [*found, *(item(name, help=self.summary(name)) for name in several)]


class RemoveFamily(Command):
    """``remove`` for one family."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        self.family = family
        self.described = FamilySlice(family, environ)
        store = find_store(environ)
        self.listed = load(store, "operations", argument_name(family.operation("list") or ""))
        own = list(_own(family))
        params = [_names(self.described), *own, *self.described.options()]
        taken = {name for param in params for name in param.opts}
        lists = (o for o in operation_options(self.listed, store) if o.opts[0] not in taken)
        params += [option for option in lists if option.opts[0] not in _ORDER]
        super().__init__(
            describing.typed(family), params=[*params, *_running(), *global_options(_LEFT_OUT)],
            callback=_remove, help=_HELP + _hanging(family),
        )  # fmt: skip

    def is_selection(self, options: Mapping[str, Any]) -> bool:
        """Whether an option says which resources of a listing are meant, besides those that it cannot do without."""
        needed = {a.name for a in self.listed.arguments if a.required}
        return bool(self._selecting(options) - needed)

    def _selecting(self, options: Mapping[str, Any]) -> set[str]:
        return set(given_options(self.listed, options))

    def list_only(self, options: Mapping[str, Any]) -> list[str]:
        """The options that were given and that the describe operation does not have."""
        return sorted(self._selecting(options) - {a.name for a in self.described.slice.arguments})


def _hanging(family: Family) -> str:
    below = [argument_name(b.title) for b in removing.BELOW.get(family.title, ())]
    text = f"<p>On it may hang: {', '.join(f'<code>{name}</code>' for name in below)}.</p>" if below else ""
    if not removing.can(family, removing.DELETE):
        text += "<p>It cannot be deleted, only stopped.</p>"
    return text


def _names(described: FamilySlice) -> Argument:
    return Argument(
        ["names"], type=described.names, nargs=-1, metavar="NAME",
        about=f"A name or an ARN, or several. One may also be given as <code>{described.name_option}</code>. Without "
        "one the resources are selected by the options of the list operation and those below.",
    )  # fmt: skip


def _own(family: Family) -> Iterator[click.Option]:
    yield click.Option(
        ["--where"], metavar="EXPRESSION",
        help="Of the items of the listing those for which this JMESPath expression says yes.",
    )  # fmt: skip
    yield click.Option(
        ["--older-than"], metavar="DURATION",
        help="Only what was made longer ago: <code>12h</code>, <code>7d</code>, or seconds.",
    )  # fmt: skip
    yield click.Option(["--all", "all_of_them"], is_flag=True, help="All that the listing has.")
    if removing.can(family, removing.DELETE):
        if removing.can(family, removing.STOP):
            yield click.Option(["--stop"], is_flag=True, help="Stop, instead of deleting.")
        if family.title in removing.BELOW:
            yield click.Option(["--cascade"], is_flag=True, help="Take along what has to go first.")
        words = {word: f"Resources that it uses: {word.replace('-', ' ')}" for word in removing.words(family)}
        if words:
            yield click.Option(
                ["--with", "taken_along"], type=Listed(words), metavar="KINDS",
                help="Take along what it uses and nothing else does, commas between them: "
                f"{', '.join(f'<code>{word}</code>' for word in words)}.",
            )  # fmt: skip
        if family.title == "Domain":
            yield click.Option(
                ["--delete-home-efs"], is_flag=True,
                help="Delete the file system with the home directories, too, which is kept without this option.",
            )  # fmt: skip
    else:
        yield click.Option(["--stop"], is_flag=True, help="Stop it: has to be given, since it cannot be deleted.")
    yield click.Option(["--plan"], is_flag=True, help="Print the plan as lines of JSON, and change nothing.")
    yield click.Option(["--dry-run"], is_flag=True, help="Show the plan as a table, and change nothing.")
    yield click.Option(
        ["--max", "most"], type=Count(1_000_000), metavar="NUMBER",
        help=f"How many resources the plan may have; {USUAL_MOST} without it.",
    )  # fmt: skip


def _running() -> Iterator[click.Option]:
    """The options of what carries a plan out."""
    yield click.Option(["--yes"], is_flag=True, help="Do not ask.")
    yield click.Option(
        ["--rate"], metavar="NUMBER", help="How many changes a second are asked for at most; fewer if throttled."
    )
    yield click.Option(
        ["--timeout"], metavar="DURATION",
        help="How long all of it may take: <code>20m</code>, <code>12h</code>, or seconds; without it, a day.",
    )  # fmt: skip
    yield click.Option(
        ["--delay"], metavar="SECONDS", help="Look after as many seconds each time, instead of after 5 to 30."
    )
    yield click.Option(
        ["--jobs"], type=Count(MOST_JOBS), metavar="NUMBER",
        help=f"How many calls may be on their way at once; {USUAL_JOBS} without it.",
    )  # fmt: skip


@click.pass_context
def _from_file(ctx: click.Context, /, path: str | None, **options: Any) -> int | None:
    """Carry out the plan of a file. Raises what ``Run`` raises."""
    given = [param.opts[-1] for param in ctx.command.params if options.get(param.name or "")]
    if ctx.invoked_subcommand is not None:
        if path is not None or given:
            said = "--from" if path is not None else given[0]
            raise wrong(ctx, f"argument {said}: behind a family stand its own options; --from stands alone")
        return None
    if path is None:
        raise wrong(ctx, "the following arguments are required: FAMILY or --from")
    run = Run(ctx.obj, options)
    return run.file(path)


command = _Removes(
    "remove", help=_HELP, invoke_without_command=True, no_args_is_help=False, callback=_from_file,
    params=[
        click.Option(["--from", "path"], type=FILE, metavar="FILE", help="The plan to carry out; <code>-</code> for "
        "standard input, where nothing is written down."),
        *_running(), *global_options(_LEFT_OUT),
    ],
)  # fmt: skip


@click.pass_context
def _remove(
    ctx: click.Context, /, names: tuple[str, ...], where: str | None, older_than: str | None, all_of_them: bool,
    dry_run: bool, **options: Any,
) -> int:  # fmt: skip
    """Make a plan, and carry it out unless it is to be shown only. Raises UsageError and what a call raises."""
    command, console = ctx.command, ctx.obj
    assert isinstance(command, RemoveFamily)
    wish = asked.wish(ctx, command, options)
    looks_only = bool(options["plan"]) or dry_run
    is_named = asked.is_named(ctx, command, names, options, bool(where or older_than or all_of_them))
    run = Run(console, options)
    if not looks_only:
        check_may_change(console.environ)
        check_will_ask(console, bool(options["yes"]))
    age = None if older_than is None else asked.duration(older_than)
    fits = asked.fits(where)
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    try:
        found = asked.requests(ctx, command, stages, given, names, options, is_named)
        operations = removing.operations([command.family.title], wish.words)
        calls = Calls(stages, given, operations, run.jobs, run.limits.timeout, run.rate)
        with Engine(run.jobs, calls.clock) as engine:
            planner = Planner(wish, calls, engine)
            made = planner.named(found) if is_named else planner.selected(found[0], fits, age)
            if options["plan"]:
                console.write(plan.lines(made))
                return 0
            if dry_run:
                show_for_people(console, made, "stdout")
                return 0
            return run.asked_and_done(made, calls, engine, None)
    finally:
        stages.close()
