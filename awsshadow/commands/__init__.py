"""The commands that ``aws`` does not have: one lazy click group, one module a command.

A door: it says whether a command line is for one of them and hands it to the tree. click is loaded by
``tree``, a command's module when that command is run, completed or read about, and no other's with it.
"""

from __future__ import annotations

from awsshadow.command_line.alias import is_external, read_aliases, words_of
from awsshadow.command_line.option_parser import FLAG, TokenError, read
from awsshadow.command_line.options import GLOBALS, GLOBALS_WITH_EXTRAS
from awsshadow.errors import AwsShadowError
from awsshadow.own_commands import OWN_COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from awsshadow.command_line.option_parser import Reading
    from awsshadow.commands.tree.console import Console

__all__ = ["Asked", "asked", "run"]

_HELP = "help"
#: What PowerShell asks at each press of Tab: it is answered as the completer answers, without click.
_ANSWER = ["completion", "answer"]


class Asked:
    """An own command that was asked for: its ``words``, and the global options ``before`` it, each one word."""

    def __init__(self, words: list[str], before: list[str]) -> None:
        self.words = words
        self.before = before


def asked(argv: Sequence[str]) -> Asked | None:
    """The own command that the command line ``argv`` (without the program) asks for; None when it asks for none.

    An alias of the user's of that name wins, as it does over the reference's own commands; one whose
    words ask for an own command, that of its own name too, stands for it.
    """
    return _asked(list(argv), _aliases())


def _asked(argv: list[str], aliases: Mapping[str, str]) -> Asked | None:
    for at, word in enumerate(argv):
        if word not in OWN_COMMANDS and word not in aliases:
            continue
        start = at - 1 if argv[at - 1 : at] == [_HELP] else at
        reading = _read(argv[:start])
        if reading is None:
            continue
        if reading.stopped is not None or any(not word.startswith("-") for word in reading.rest):
            return None
        if word in aliases:
            others = {name: value for name, value in aliases.items() if name != word}
            return _asked([*argv[:start], *_words(word, aliases[word]), *argv[at + 1 :]], others)
        return Asked(argv[start:], [*_options(reading), *reading.rest])
    return None


def run(words: Sequence[str], console: Console) -> int:
    """Carry out an own command and return its exit code. Raises AwsShadowError and its children."""
    if list(words) == _ANSWER:
        from awsshadow.complete.completer import answer

        return answer()
    from awsshadow.commands.tree.running import carry_out

    return carry_out(words, console)


def _read(words: Sequence[str]) -> Reading | None:
    """What stands before a command, as the reference reads it; None when what follows is an option's value."""
    try:
        return read(words, GLOBALS_WITH_EXTRAS)
    except TokenError:
        return None


def _options(reading: Reading) -> Iterator[str]:
    """The options that were given, their names in full."""
    for name, row in GLOBALS.items():
        value = reading.values.get(row.key)
        if row.arity != FLAG and value is not None:
            yield f"{name}={value or ''}"
        elif row.arity == FLAG and value == row.constant:
            yield name


def _aliases() -> Mapping[str, str]:
    """The user's aliases. A file that cannot be read hides no command: one of them may find out why."""
    try:
        return read_aliases().of()
    except AwsShadowError:
        return {}


def _words(name: str, value: str) -> list[str]:
    """The words an alias stands for; what is no command, for one that is external or cannot be read."""
    try:
        return [value] if is_external(value) else words_of(name, value)
    except AwsShadowError:
        return [value]
