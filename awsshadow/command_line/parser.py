"""A command line -> what it asks for, level by level; nothing is run.

``steps`` goes through a line as the reference does. It stops wherever the global options have become
known or an alias has changed them, since what is set is checked there, before the words that follow
are looked at (behaviour: input 1.1). What each level takes and refuses are rules too (input 1.10 to 1.14).
"""

from __future__ import annotations

from awsshadow.command_line.alias import is_external, override, read_aliases, shell_text, words_of
from awsshadow.command_line.command_names import TOPICS
from awsshadow.command_line.context import HELP, WAIT, CommandLineContext
from awsshadow.command_line.levels import read_command, read_main, read_service, read_wait
from awsshadow.command_line.option_parser import Positional
from awsshadow.command_line.options import FIRST_PASS, global_values, in_table_order, operation_rows
from awsshadow.command_line.usage_errors import choice_text, first_usage, nearest, understand
from awsshadow.errors import AwsShadowError, EarlyUsageError, OtherServiceError, UnknownOptionsError, UsageError
from awsshadow.invocation import Call, Globals, Help, ShellAlias, Skeleton, Version, Wait
from awsshadow.model import load
from awsshadow.names import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from awsshadow.command_line.option_parser import Reading
    from awsshadow.invocation import Given, Invocation
    from awsshadow.model import Slice
    from awsshadow.model.store import Store

    #: Yields the global options whenever they are to be checked, returns what the line asks for.
    Steps = Generator[Globals, None, Invocation]
    #: A reading on the way through an alias; None where the alias asks for the version.
    Expansion = Generator[Globals, None, Reading | None]

# The reference calls itself for every alias that an alias stands for, until Python's stack is full: with the
# 483rd alias of a command, the 244th of a subcommand, or a mixture of both (measured with Python 3.11).
_COMMAND_FRAMES, _SUBCOMMAND_FRAMES = 243, 482
_STACK = 482 * _COMMAND_FRAMES


def first_pass(argv: Sequence[str], program: str) -> bool:
    """The reference's first look, before it reads any file; whether ``--debug`` was given.

    Raises EarlyUsageError.
    """
    try:
        return bool(understand(argv, FIRST_PASS, (), first_usage(program)).values.get("debug"))
    except UsageError as error:
        raise EarlyUsageError(error.message, error.usage) from None


def steps(
    argv: Sequence[str],
    program: str,
    environ: dict[str, str],
    *,
    store: Store | None = None,
    friendly: bool = False,
) -> Steps:
    """Understand a command line; ``argv`` is without the program's name.

    Yields the global options as soon as they are known, before the command is looked at, and again
    when an alias has changed them; returns the invocation. ``store`` holds the slices (default:
    those of the installed model). ``friendly``: ``--help`` asks for help.

    Raises UsageError and its kinds, and AwsShadowError for the alias file.
    """
    if "--cli-auto-prompt" in argv and "--no-cli-auto-prompt" in argv:
        raise EarlyUsageError("Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.")
    context = CommandLineContext(program, environ, read_aliases(), store, friendly)
    return (yield from _Levels(context).line(list(argv)))


class _Levels:
    """The way of one command line down the levels. Each method takes the words left and goes on."""

    def __init__(self, context: CommandLineContext) -> None:
        self._context = context
        self._globals = Globals()
        self._stack = 0

    def line(self, words: list[str]) -> Steps:
        """The whole line."""
        reading = read_main(self._context, words)
        if reading.stopped:
            return Version()
        self._globals = global_values(reading.values)
        yield self._globals
        return (yield from self._command(reading.words.get("command", HELP), reading.rest))

    def _command(self, name: str, words: list[str]) -> Steps:
        """The command ``name``, which may be an alias."""
        value = self._context.aliases.of().get(name)
        if value is None:
            return (yield from self._builtin(name, words))
        if is_external(value):
            return ShellAlias(shell_text(value, words))
        reading = yield from self._expand(name, words_of(name, value), _COMMAND_FRAMES)
        if reading is None:
            return Version()
        target = reading.words["command"]
        go = self._builtin if target == name != HELP and target in self._builtins() else self._command
        return (yield from go(target, reading.rest + words))

    def _builtins(self) -> frozenset[str]:
        return self._context.commands.others() | {SERVICE}

    def _builtin(self, name: str, words: list[str]) -> Steps:
        if name == SERVICE:
            return (yield from self._service(words))
        if name == HELP:
            return self._topic(words)
        commands = self._context.commands
        newer = commands.is_newer(name)
        message = choice_text(
            f"argument command: Found invalid choice '{name}'", nearest(name, commands) if newer else []
        )
        raise OtherServiceError(name, message, self._context.usage, newer)

    def _topic(self, words: list[str]) -> Help:
        """`help` at the top; topics are the reference's own pages."""
        if words != [HELP]:
            topic = Positional("subcommand", TOPICS, optional=True)
            name = understand(words, {}, [topic], self._context.usage).words.get("subcommand")
            if name is not None:
                message = f"argument subcommand: Found invalid choice '{name}'\n"
                raise OtherServiceError(HELP, message, self._context.usage)
        return Help(())

    def _service(self, words: list[str]) -> Steps:
        found = read_service(self._context, words)
        name = found.words.get("operation", HELP)
        if name == HELP:
            return Help((SERVICE,))
        value = self._context.aliases.of(SERVICE).get(name)
        if value is None:
            return (yield from self._operation(name, found.rest))
        if is_external(value):
            return ShellAlias(shell_text(value, found.rest))
        reading = yield from self._expand(name, [SERVICE, *words_of(name, value)])
        if reading is None:
            return Version()
        merged = reading.rest + found.rest
        if name == WAIT or self._context.store.has("operations", name):
            return (yield from self._operation(name, merged[1:]))
        return (yield from self._service(merged))

    def _operation(self, name: str, words: list[str]) -> Steps:
        if name == WAIT:
            return (yield from self._wait(words))
        command = load(self._context.store, "operations", name)
        return (yield from self._leaf(Call, command, (SERVICE, name), words))

    def _wait(self, words: list[str]) -> Steps:
        found = read_wait(self._context, words)
        name = found.words.get("subcommand")
        if HELP in found.words:
            return Help((SERVICE, WAIT))
        if name is None:
            raise UsageError(self._no_waiter(found.rest))
        value = self._context.aliases.of(*self._context.lineage(WAIT)).get(name)
        if value is None or self._context.store.has("waiters", name):
            command = load(self._context.store, "waiters", name)
            return (yield from self._leaf(Wait, command, (SERVICE, WAIT, name), found.rest))
        if is_external(value):
            return ShellAlias(shell_text(value, found.rest))
        reading = yield from self._expand(name, [SERVICE, *words_of(name, value)])
        return Version() if reading is None else (yield from self._wait(reading.rest + found.rest))

    def _no_waiter(self, unknown: list[str]) -> str:
        if unknown:
            return f"Unknown options: {','.join(unknown)}"
        program = self._context.program
        usage = f"usage: {program} [options] {' '.join(self._context.lineage(WAIT))} <subcommand> [parameters]"
        return f"{usage}\n{program}: [ERROR]: too few arguments"

    def _leaf(
        self,
        kind: type[Call | Wait],
        command: Slice,
        lineage: tuple[str, ...],
        words: list[str],
        extra: dict[str, Given] | None = None,
    ) -> Steps:
        """An operation or a waiter with the words that are left for it; ``extra`` has been taken from them."""
        aliases = self._context.aliases.of(*self._context.lineage(*lineage[1:]))
        reading = read_command(self._context, command, aliases, words)
        alias = reading.words.get("subcommand")
        if alias is not None:
            if is_external(aliases[alias]):
                return ShellAlias(shell_text(aliases[alias], reading.rest))
            inside = yield from self._expand(alias, [SERVICE, *words_of(alias, aliases[alias])])
            if inside is None:
                return Version()
            return (yield from self._leaf(kind, command, lineage, inside.rest + reading.rest, extra))
        if reading.words.get(HELP) == HELP:
            return Help(lineage)
        stray = reading.words.get(HELP)
        unknown = reading.rest + ([stray] if stray else [])
        if unknown and self._context.extras and extra is None:
            found, kept = self._extra_options(kind, command, words)
            if found:
                return (yield from self._leaf(kind, command, lineage, kept, found))
        if unknown:
            raise self._unknown(unknown, command)
        given = in_table_order(reading.values, operation_rows(command.arguments))
        kind_asked = Skeleton if "generate-cli-skeleton" in given else kind
        return kind_asked(self._globals, lineage, command, given, extra)

    def _extra_options(
        self, kind: type[Call | Wait], command: Slice, words: list[str]
    ) -> tuple[dict[str, Given], list[str]]:
        from awsshadow.command_line import extra_options

        return extra_options.split(words, "wait" if kind is Wait else "call", command.name, self._context.usage)

    def _unknown(self, words: list[str], command: Slice) -> UnknownOptionsError:
        message = f"Unknown options: {', '.join(words)}"
        return UnknownOptionsError(message, self._context.usage, words, list(operation_rows(command.arguments)))

    def _expand(self, name: str, words: list[str], frames: int = _SUBCOMMAND_FRAMES) -> Expansion:
        """Read the words of an alias with the main parser and let its global options take effect.

        ``frames`` is its share of the stack. Raises AwsShadowError where the reference has none left.
        """
        self._stack += frames
        if self._stack > _STACK:
            raise AwsShadowError("maximum recursion depth exceeded while calling a Python object")
        reading = read_main(self._context, words)
        if reading.stopped:
            return None
        override(self._globals, global_values(reading.values), name)
        yield self._globals
        return reading
