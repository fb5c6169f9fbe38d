"""The command tree in click's terms: the program > ``sagemaker`` > operations, ``wait`` > waiters.

click cannot read the reference's syntax (options of several words, abbreviations, global options
between the values of another option), so every level overrides ``parse_args`` and reads its part
of the line with ``option_parser.read``. What a level does not know is left in ``ctx.args`` for the next,
``ctx.params`` holds what it read. Nothing is ever invoked: ``parse`` walks the contexts.

``get_params`` builds the click options from the same rows the reading uses, only when somebody
asks: an operation with forty options is read in less time than one ``click.Option`` takes to make.
"""

from __future__ import annotations

import click

from awsshadow.command_line.context import HELP, WAIT, Surroundings, read_main
from awsshadow.command_line.option_parser import FLAG, MANY, ONE, PERHAPS, Positional, Reading
from awsshadow.command_line.options import GLOBALS, lifts_required, operation_rows
from awsshadow.command_line.usage_errors import understand
from awsshadow.model import load
from awsshadow.paths import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from awsshadow.command_line.option_parser import Row
    from awsshadow.model import Argument, Slice


class Level(click.Group):
    """A command with commands below it; ``ctx.obj`` is what was read at this level."""

    def __init__(self, name: str, around: Surroundings) -> None:
        super().__init__(name, add_help_option=False, no_args_is_help=False)
        self.around = around

    def awaited(self, args: Sequence[str]) -> Positional:
        """The word that names the next command."""
        raise NotImplementedError

    def rows(self) -> Mapping[str, Row]:
        """The options of this level."""
        return {}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read this level's words into ``ctx.obj``; raises UsageError."""
        ctx.obj = understand(args, self.rows(), [self.awaited(args)], self.around.usage)
        return _hand_over(ctx, ctx.obj)


class Root(Level):
    """The program itself, with the global options."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.program, around)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the global options and the command."""
        ctx.obj = read_main(self.around, args)
        return _hand_over(ctx, ctx.obj)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - click's signature
        return [_option(row, name=row.key) for row in GLOBALS.values()]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [SERVICE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return Service(self.around) if cmd_name == SERVICE else None


class Service(Level):
    """``sagemaker``: one command an operation, and ``wait``."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(SERVICE, around)
        self.names = OwnNames(around, "operations", {HELP: None, WAIT: None, **around.aliases.of(SERVICE)})

    def awaited(self, args: Sequence[str]) -> Positional:
        return Positional("operation", self.names, optional=self.around.help_asked(args))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*self.around.store.index()["operations"], WAIT]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name == WAIT:
            return Wait(self.around)
        return _operation(self.around, "operations", cmd_name)


class Wait(Level):
    """``wait``: one command a waiter."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(WAIT, around)
        self.names = OwnNames(around, "waiters", around.aliases.of(*around.lineage(WAIT)))

    def awaited(self, args: Sequence[str]) -> Positional:  # noqa: ARG002
        return Positional("subcommand", self.names, optional=True)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args == [HELP]:
            ctx.obj = _asking_for_help()
            return _hand_over(ctx, ctx.obj)
        super().parse_args(ctx, args)
        if "subcommand" in ctx.obj.words:
            # As in the reference, words before the waiter's name go on to the waiter.
            ctx.args = without(args, ctx.obj.words["subcommand"])
        elif self.around.help_asked(args):
            ctx.obj = _asking_for_help()
        return ctx.args

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.around.store.index()["waiters"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return _operation(self.around, "waiters", cmd_name)


class Operation(click.Command):
    """An operation or a waiter; its options are the argument table of its slice.

    ``bags`` are aliases that stand for options of this command.
    """

    def __init__(self, around: Surroundings, slice: Slice, bags: Mapping[str, str]) -> None:
        super().__init__(slice.name, add_help_option=False)
        self.around = around
        self.slice = slice
        self.bags = bags

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command's words into ``ctx.obj``; raises UsageError.

        The word ``bag`` is the first alias found, and then nothing else has been looked at.
        """
        ctx.obj = self._read(args)
        return _hand_over(ctx, ctx.obj)

    def _read(self, args: list[str]) -> Reading:
        if args == [HELP] or self.around.help_asked(args):
            return _asking_for_help()
        positionals = [Positional(HELP, optional=True)]
        if self.bags:
            bag = Positional("subcommand", self.bags, optional=True)
            found = understand(args, operation_rows(self.slice.arguments, lifted=True), [bag], self.around.usage)
            if "subcommand" in found.words:
                found.rest = without(args, found.words["subcommand"])
                return found
            positionals.insert(0, bag)
        rows = operation_rows(self.slice.arguments, lifts_required(args))
        return understand(args, rows, positionals, self.around.usage)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - click's signature
        rows = operation_rows(self.slice.arguments)
        return [_option(rows[f"--{a.name}"], a) for a in self.slice.arguments if a.kind != "negation"]


class OwnNames:
    """The commands of one part of the slices and some ``others``."""

    def __init__(self, around: Surroundings, part: str, others: Collection[str]) -> None:
        self._around = around
        self._part = part
        self._others = others

    def __contains__(self, name: object) -> bool:
        return name in self._others or (isinstance(name, str) and self._around.store.has(self._part, name))

    def __iter__(self) -> Iterator[str]:
        return iter({**self._around.store.index()[self._part], **dict.fromkeys(self._others)})


def without(words: list[str], word: str) -> list[str]:
    """``words`` without the first ``word``, even where that is the value of an option: the reference's rule."""
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _operation(around: Surroundings, part: str, name: str) -> Operation | None:
    if not around.store.has(part, name):
        return None
    lineage = around.lineage(WAIT, name) if part == "waiters" else around.lineage(name)
    return Operation(around, load(around.store, part, name), around.aliases.of(*lineage))


def _asking_for_help() -> Reading:
    reading = Reading()
    reading.words[HELP] = HELP
    return reading


def _hand_over(ctx: click.Context, reading: Reading) -> list[str]:
    ctx.params = {_parameter_name(key): value for key, value in {**reading.values, **reading.words}.items()}
    ctx.args = reading.rest
    return ctx.args


def _parameter_name(key: str) -> str:
    return key.replace("-", "_")


def _option(row: Row, argument: Argument | None = None, name: str = "") -> click.Option:
    """A row in click's terms, for whoever walks the tree."""
    declared = [f"--{row.name}", _parameter_name(name or row.key)]
    hidden = argument is not None and argument.hidden
    if row.arity == FLAG:
        if argument is not None:
            declared[0] += f"/--no-{row.name}"
            return click.Option(declared, default=None, hidden=hidden)
        return click.Option(declared, is_flag=True, flag_value=row.constant, default=None)
    kind = click.Choice(row.choices) if row.choices else row.number
    if row.arity == PERHAPS:
        return click.Option(declared, is_flag=False, flag_value=row.constant, type=kind)
    assert row.arity in (ONE, MANY)
    return click.Option(declared, type=kind, required=row.required, multiple=row.arity == MANY, hidden=hidden)
