"""click's commands and groups as the own commands are made of: lazy, with help at every level, and nothing printed."""

from __future__ import annotations

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from awsshadow.commands.tree.console import Console
from awsshadow.commands.tree.usage import told, wrong
from awsshadow.commands.tree.values import OneOf
from awsshadow.own_commands import OWN_COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

HELP = "help"
_STRAY = "awsshadow.stray"


class HelpAsked(Exception):  # noqa: N818 - no error: the page was asked for
    """Help was asked for about the command of ``ctx``."""

    def __init__(self, ctx: click.Context) -> None:
        super().__init__()
        self.ctx = ctx


def _ask_for_help(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        raise HelpAsked(ctx)


def _set(name: str, value: object) -> Any:
    """A callback that puts what an option says, or ``value`` for a flag, into the console."""

    def put(ctx: click.Context, _: click.Parameter, given: object) -> None:
        console = ctx.find_object(Console)
        if given and console is not None:
            setattr(console, name, given if value is None else value)

    return put


#: The options of every own command; they may stand before it, too.
SHARED: tuple[click.Option, ...] = (
    click.Option(
        ["--debug"], is_flag=True, is_eager=True, expose_value=False, callback=_set("debug", True),
        help="Write the traceback of an error to standard error.",
    ),
    click.Option(
        ["--color"], type=OneOf(("on", "off", "auto")), is_eager=True, expose_value=False, callback=_set("color", None),
        help="Whether help is shown with bold letters; <code>auto</code> means: on a terminal.",
    ),
    click.Option(
        ["--no-cli-pager"], is_flag=True, is_eager=True, expose_value=False, callback=_set("paged", False),
        help="Do not show help in a pager.",
    ),
    click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_ask_for_help,
        help="Show this page. <code>help</code> as the last word does the same.",
    ),
)  # fmt: skip


class Argument(click.Argument):
    """An argument that knows what its help page says of it: a small piece of HTML."""

    def __init__(self, declarations: Sequence[str], about: str = "", **settings: Any) -> None:
        super().__init__(declarations, **settings)
        self.about = about


class Command(click.Command):
    """A command whose errors are this project's.

    Options that stand before the own command are read as if they stood behind its last word.
    """

    allow_extra_args = True  # they are refused here, in other words

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - the base class's signature
        """Its own parameters and those that all have."""
        return [*self.params, *SHARED]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises HelpAsked and UsageError."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if self._asks_for_help(ctx, args):
            ctx.resilient_parsing = True  # of the other words only those count that say how to show it
            super().parse_args(ctx, args[:-1])
            raise HelpAsked(ctx)
        console = ctx.find_object(Console)
        before = console.before if console is not None else []
        try:
            rest = super().parse_args(ctx, [*before, *args])
        except click.UsageError as error:
            raise told(error, ctx) from None
        if rest:
            raise wrong(ctx, f"unrecognized arguments: {' '.join(rest)}")
        return rest

    def _asks_for_help(self, ctx: click.Context, words: list[str]) -> bool:
        """Whether the last of ``words`` is ``help``, and neither an option's value nor for another program."""
        if words[-1:] != [HELP] or "--" in words:
            return False
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option) and not param.is_flag]
        valued = {name for option in options for name in option.opts}
        if self.allow_interspersed_args:
            return words[-2:-1] == [] or words[-2] not in valued
        at = 0
        while at < len(words) - 1 and words[at].startswith("-"):
            at += 2 if words[at] in valued else 1
        return at == len(words) - 1


class Group(click.Group):
    """A group that knows a line about each of its commands and answers ``help`` with their pages."""

    command_class = Command
    #: What its commands are called in the usage.
    kind = "COMMAND"

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - the base class's signature
        """Its own parameters and those that all have."""
        return [*self.params, *SHARED]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the base class's signature
        """The names in the order in which they were added."""
        return list(self.commands)

    def summary(self, name: str) -> str:
        """The line about the command ``name``."""
        return self.commands[name].short_help or ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises HelpAsked and UsageError."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if not args and self.no_args_is_help:
            raise HelpAsked(ctx)
        try:
            return super().parse_args(ctx, args or [])
        except click.UsageError as error:
            raise told(error, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Raises UsageError without a command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is not ctx:
                raise
            raise wrong(ctx, f"the following arguments are required: {self.kind}") from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first and the words after it. Raises HelpAsked and UsageError."""
        name, *rest = args
        if name == HELP and not ctx.resilient_parsing:
            raise HelpAsked(self._below(ctx, rest))
        command = self.get_command(ctx, name)
        if command is None and ctx.resilient_parsing:
            ctx.meta[_STRAY] = True
            return None, None, []
        if command is None:
            names = self.list_commands(ctx)
            choices = ", ".join(names)
            raise wrong(ctx, f"argument COMMAND: invalid choice: '{name}' (choose from {choices})", name, names)
        return name, command, rest

    def _below(self, ctx: click.Context, words: list[str]) -> click.Context:
        """The context of the command that ``words`` name from here, nothing of it read."""
        if not words:
            return ctx
        name, command, rest = self.resolve_command(ctx, words)
        assert command is not None
        below = command.make_context(name, [], parent=ctx, resilient_parsing=True)
        below.resilient_parsing = False
        return command._below(below, rest) if isinstance(command, Group) else below

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, without loading any; after a word that is none, nothing."""
        if _STRAY in ctx.meta:
            return []
        described = {name: self.summary(name) for name in self.list_commands(ctx)} | {HELP: "Show help"}
        found = [CompletionItem(name, help=about) for name, about in described.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)


class LazyGroup(Group):
    """A group whose command ``name`` is the object ``command`` of the module ``package.name``.

    ``summaries`` are the lines about the commands, by name; a module is imported when its command is asked for.
    """

    def __init__(self, name: str, package: str, summaries: Mapping[str, str], **settings: Any) -> None:
        super().__init__(name, **settings)
        self._package = package
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the base class's signature
        """The names in the order of the table."""
        return list(self._summaries)

    def summary(self, name: str) -> str:
        """The line of the table."""
        return self._summaries[name]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module."""
        if cmd_name not in self._summaries:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name.replace('-', '_')}").command
        command.short_help = self._summaries[cmd_name]
        return command


def root(program: str) -> LazyGroup:
    """The group of all own commands."""
    return LazyGroup(program, "awsshadow.commands", OWN_COMMANDS)
