"""One reader a level of the command line: the program > ``sagemaker`` > operations, ``wait`` > waiters.

What a level does not know is left in ``rest`` for the next, as in the reference, whose parsers are
nested in the same way (behaviour: input 1.2). Each function raises UsageError.
"""

from __future__ import annotations

from awsshadow.command_line.context import HELP, WAIT
from awsshadow.command_line.option_parser import Positional, Reading
from awsshadow.command_line.options import GLOBALS, GLOBALS_WITH_EXTRAS, lifts_required, operation_rows
from awsshadow.command_line.usage_errors import understand
from awsshadow.errors import UsageError
from awsshadow.names import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from awsshadow.command_line.context import CommandLineContext
    from awsshadow.model import Slice


def read_main(context: CommandLineContext, words: Sequence[str]) -> Reading:
    """The reference's main parser: the global options and the ``command``."""
    command = Positional("command", context.commands, optional=context.help_asked(words))
    return understand(words, GLOBALS_WITH_EXTRAS if context.extras else GLOBALS, [command], context.usage)


def read_service(context: CommandLineContext, words: Sequence[str]) -> Reading:
    """The word after ``sagemaker``: ``operation``."""
    try:
        return _read_service(context, words, {HELP: None, WAIT: None})
    except UsageError:
        if context.store.waits():
            raise
        return _read_service(context, words, {HELP: None})


def _read_service(context: CommandLineContext, words: Sequence[str], others: dict[str, None]) -> Reading:
    names = PartNames(context, "operations", {**others, **context.aliases.of(SERVICE)})
    operation = Positional("operation", names, optional=context.help_asked(words))
    return understand(words, {}, [operation], context.usage)


def read_wait(context: CommandLineContext, words: list[str]) -> Reading:
    """The name of a waiter, ``subcommand``, if there is one; or the word ``help``.

    A model without waiters has no ``wait`` either, which is looked at where no waiter was found.
    """
    if words == [HELP]:
        return _asking_for_help()
    names = PartNames(context, "waiters", context.aliases.of(*context.lineage(WAIT)))
    try:
        reading = understand(words, {}, [Positional("subcommand", names, optional=True)], context.usage)
    except UsageError:
        _look_at_waiters(context)
        raise
    if "subcommand" in reading.words:
        # As in the reference, words before the waiter's name go on to the waiter.
        reading.rest = _without(words, reading.words["subcommand"])
    elif context.help_asked(words):
        return _asking_for_help()
    else:
        _look_at_waiters(context)
    return reading


def _look_at_waiters(context: CommandLineContext) -> None:
    """Raise what is wrong with waiters before a missing one is: that there are none, or damage."""
    if not context.store.waits():
        _read_service(context, [WAIT], {HELP: None})
    if not context.store.is_packaged:
        context.store.index()["waiters"]


def read_command(context: CommandLineContext, command: Slice, aliases: Mapping[str, str], words: list[str]) -> Reading:
    """The options of an operation or a waiter, or the word ``help``.

    ``aliases`` stand for options of this command. The word ``subcommand`` is the first of them that
    is found, and then nothing else has been looked at.
    """
    if words == [HELP] or context.help_asked(words):
        return _asking_for_help()
    positionals = [Positional(HELP, optional=True)]
    if aliases:
        alias = Positional("subcommand", aliases, optional=True)
        found = understand(words, operation_rows(command.arguments, lifted=True), [alias], context.usage)
        if "subcommand" in found.words:
            found.rest = _without(words, found.words["subcommand"])
            return found
        positionals.insert(0, alias)
    rows = operation_rows(command.arguments, lifts_required(words))
    return understand(words, rows, positionals, context.usage)


class PartNames:
    """The commands of one part of the slices (``operations`` or ``waiters``) and some ``others``."""

    def __init__(self, context: CommandLineContext, part: str, others: Collection[str]) -> None:
        self._context = context
        self._part = part
        self._others = others

    def __contains__(self, name: object) -> bool:
        return name in self._others or (isinstance(name, str) and self._context.store.has(self._part, name))

    def __iter__(self) -> Iterator[str]:
        return iter({**self._context.store.index()[self._part], **dict.fromkeys(self._others)})


def _without(words: list[str], word: str) -> list[str]:
    """``words`` without the first ``word``, even where that is the value of an option: the reference's rule."""
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _asking_for_help() -> Reading:
    reading = Reading()
    reading.words[HELP] = HELP
    return reading
