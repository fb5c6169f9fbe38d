"""A command line -> an Invocation, by walking the tree level by level; nothing is run.

What each level takes and refuses are rules (behaviour: input 1.1, input 1.10 to 1.14).
"""

from __future__ import annotations

from awsshadow.command_line.alias import is_external, override, read_aliases, shell_text, words_of
from awsshadow.command_line.command_names import TOPICS
from awsshadow.command_line.context import HELP, WAIT, Surroundings, read_main
from awsshadow.command_line.option_parser import Positional
from awsshadow.command_line.options import FIRST_PASS, global_values, in_table_order, operation_rows
from awsshadow.command_line.usage_errors import first_usage, nearest, understand
from awsshadow.errors import AwsShadowError, EarlyUsageError, OtherServiceError, UnknownOptionsError, UsageError
from awsshadow.invocation import Globals, Invocation
from awsshadow.paths import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import click

    from awsshadow.command_line.option_parser import Reading
    from awsshadow.command_line.tree import Operation
    from awsshadow.model.store import Store

#: How like an option an unknown one must be to be suggested.
_ALIKE = 0.6


def first_pass(argv: Sequence[str], program: str) -> bool:
    """The reference's first look, before it reads any file; whether ``--debug`` was given.

    Raises EarlyUsageError.
    """
    try:
        return bool(understand(argv, FIRST_PASS, (), first_usage(program)).values.get("debug"))
    except UsageError as error:
        raise EarlyUsageError(error.message, error.usage) from None


def parse(
    argv: Sequence[str],
    program: str,
    environ: dict[str, str],
    *,
    check: Callable[[Globals], None],
    store: Store | None = None,
    friendly: bool = False,
) -> Invocation:
    """Understand a command line; ``argv`` is without the program's name.

    ``check`` is called with the global options as soon as they are known, before the command is
    looked at, and again when an alias has changed them. ``store`` holds the slices (default: those
    of the installed model). ``friendly``: ``--help`` asks for help, and an unknown option is
    answered with the nearest one.

    Raises UsageError and its kinds, AwsShadowError for the alias file, and whatever ``check`` does.
    """
    if "--cli-auto-prompt" in argv and "--no-cli-auto-prompt" in argv:
        raise EarlyUsageError("Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.")
    around = Surroundings(program, environ, read_aliases(), store, friendly)
    try:
        return _Walk(around, check).line(list(argv))
    except RecursionError:
        raise AwsShadowError("maximum recursion depth exceeded while calling a Python object") from None


class _Walk:
    """The way of one command line down the tree. Each method takes the words left and goes on."""

    def __init__(self, around: Surroundings, check: Callable[[Globals], None]) -> None:
        self._around = around
        self._check = check
        self._globals = Globals()
        self._words: list[str] = []

    def line(self, words: list[str]) -> Invocation:
        """The whole line."""
        self._words = words
        reading = read_main(self._around, words)
        if reading.stopped:
            return self._version()
        self._globals = global_values(reading.values)
        self._check(self._globals)
        return self._command(reading.words.get("command", HELP), reading.rest)

    def _command(self, name: str, words: list[str]) -> Invocation:
        """The command ``name``, which may be an alias."""
        value = self._around.aliases.of().get(name)
        if value is None:
            return self._builtin(name, words)
        if is_external(value):
            return self._shell(value, words)
        reading = self._read_alias(name, words_of(name, value))
        if reading.stopped:
            return self._version()
        target = reading.words["command"]
        go = self._builtin if target == name != HELP and target in self._builtins() else self._command
        return go(target, reading.rest + words)

    def _builtins(self) -> frozenset[str]:
        return self._around.commands.others() | {SERVICE}

    def _builtin(self, name: str, words: list[str]) -> Invocation:
        if name == SERVICE:
            return self._service(words)
        if name == HELP:
            return self._topic(words)
        raise OtherServiceError(name, f"argument command: Found invalid choice '{name}'\n", self._around.usage)

    def _topic(self, words: list[str]) -> Invocation:
        """`help` at the top; topics are the reference's own pages."""
        if words != [HELP]:
            topic = Positional("subcommand", TOPICS, optional=True)
            name = understand(words, {}, [topic], self._around.usage).words.get("subcommand")
            if name is not None:
                message = f"argument subcommand: Found invalid choice '{name}'\n"
                raise OtherServiceError(HELP, message, self._around.usage)
        return self._help()

    def _service(self, words: list[str]) -> Invocation:
        # From here on the tree is walked. It is the only thing that loads click, the larger part of
        # what a command line costs that is answered without a call.
        from awsshadow.command_line.tree import Root

        top = Root(self._around).make_context(self._around.program, list(self._words))
        service = self._below(top, SERVICE, words)
        name = service.obj.words.get("operation", HELP)
        if name == HELP:
            return self._help(SERVICE)
        value = self._around.aliases.of(SERVICE).get(name)
        if value is None:
            return self._operation(service, name, service.args)
        if is_external(value):
            return self._shell(value, service.args)
        reading = self._read_alias(name, [SERVICE, *words_of(name, value)])
        if reading.stopped:
            return self._version()
        merged = reading.rest + service.args
        if name == WAIT or self._around.store.has("operations", name):
            return self._operation(service, name, merged[1:])
        return self._service(merged)

    def _operation(self, service: click.Context, name: str, words: list[str]) -> Invocation:
        if name == WAIT:
            return self._wait(service, words)
        return self._leaf(service, "call", (SERVICE, name), words)

    def _wait(self, service: click.Context, words: list[str]) -> Invocation:
        ctx = self._below(service, WAIT, words)
        name = ctx.obj.words.get("subcommand")
        if HELP in ctx.obj.words:
            return self._help(SERVICE, WAIT)
        if name is None:
            raise UsageError(self._no_waiter(ctx.args))
        value = self._around.aliases.of(*self._around.lineage(WAIT)).get(name)
        if value is None or self._around.store.has("waiters", name):
            return self._leaf(ctx, "wait", (SERVICE, WAIT, name), ctx.args)
        if is_external(value):
            return self._shell(value, ctx.args)
        reading = self._read_alias(name, [SERVICE, *words_of(name, value)])
        return self._version() if reading.stopped else self._wait(service, reading.rest + ctx.args)

    def _no_waiter(self, unknown: list[str]) -> str:
        if unknown:
            return f"Unknown options: {','.join(unknown)}"
        program = self._around.program
        usage = f"usage: {program} [options] {' '.join(self._around.lineage(WAIT))} <subcommand> [parameters]"
        return f"{usage}\n{program}: [ERROR]: too few arguments"

    def _leaf(self, above: click.Context, action: str, lineage: tuple[str, ...], words: list[str]) -> Invocation:
        """An operation or a waiter with the words that are left for it."""
        ctx = self._below(above, lineage[-1], words)
        command: Operation = ctx.command  # type: ignore[assignment] # a leaf of our own tree
        reading = ctx.obj
        bag = reading.words.get("subcommand")
        if bag is not None:
            if is_external(command.bags[bag]):
                return self._shell(command.bags[bag], reading.rest)
            inside = self._read_alias(bag, [SERVICE, *words_of(bag, command.bags[bag])])
            if inside.stopped:
                return self._version()
            return self._leaf(above, action, lineage, inside.rest + reading.rest)
        if reading.words.get(HELP) == HELP:
            return self._help(*lineage)
        stray = reading.words.get(HELP)
        unknown = reading.rest + ([stray] if stray else [])
        if unknown:
            raise self._unknown(unknown, command)
        given = in_table_order(reading.values, operation_rows(command.slice.arguments))
        return Invocation(action, self._around.program, self._globals, lineage, command.slice, given)

    def _unknown(self, words: list[str], command: Operation) -> UnknownOptionsError:
        error = UnknownOptionsError(f"Unknown options: {', '.join(words)}", self._around.usage)
        if self._around.friendly:
            options = list(operation_rows(command.slice.arguments))
            found = [nearest(word.partition("=")[0], options, _ALIKE) for word in words if word.startswith("--")]
            if any(found):
                error.hint = f"Did you mean {next(names[0] for names in found if names)}?"
        return error

    def _read_alias(self, name: str, words: list[str]) -> Reading:
        """Read the words of an alias with the main parser and let its global options take effect."""
        reading = read_main(self._around, words)
        if not reading.stopped:
            override(self._globals, global_values(reading.values), name)
            self._check(self._globals)
        return reading

    def _below(self, above: click.Context, name: str, words: list[str]) -> click.Context:
        """The context of the command ``name`` below ``above``, its words read."""
        command = above.command.get_command(above, name)  # type: ignore[attr-defined] # a level of our own tree
        ctx: click.Context = command.make_context(name, words, parent=above)
        return ctx

    def _shell(self, value: str, words: list[str]) -> Invocation:
        return Invocation("alias", self._around.program, self._globals, alias=shell_text(value, words))

    def _help(self, *lineage: str) -> Invocation:
        return Invocation(HELP, self._around.program, self._globals, lineage)

    def _version(self) -> Invocation:
        return Invocation("version", self._around.program, self._globals)
