"""The commands that ``aws`` does not have: one lazy click group, one module a command.

A door: it says whether a command line is for one of them and hands it to the tree. click is loaded by
``tree``, a command's module when that command is run, completed or read about, and no other's with it.
"""

from __future__ import annotations

from awsshadow.command_line.alias import is_external, read_aliases, words_of
from awsshadow.command_line.option_parser import FLAG, TokenError, read
from awsshadow.command_line.options import GLOBALS
from awsshadow.errors import AwsShadowError
from awsshadow.own_commands import OWN_COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def asked(argv: Sequence[str], aliased: bool = True) -> Asked | None:
    """The own command that the command line ``argv`` (without the program) asks for; None when it asks for none.

    An alias of the user's of that name wins (not with ``aliased`` False), as it does over the reference's
    own commands; one that begins with the command it is named after stands for that command.
    """
    argv = list(argv)
    for at in _places(argv):
        start = at - 1 if argv[at - 1 : at] == [_HELP] else at
        reading = _read(argv[:start])
        if reading is None:
            continue
        if reading.stopped is not None or any(not word.startswith("-") for word in reading.rest):
            return None
        alias = _alias(argv[at]) if aliased else None
        if alias is None:
            return Asked(argv[start:], [*_options(reading), *reading.rest])
        words = [] if is_external(alias) else words_of(argv[at], alias)
        inside = asked([*argv[:start], *words, *argv[at + 1 :]], aliased=False)
        return inside if inside is not None and inside.words[:1] == [argv[at]] else None
    return None


def run(words: Sequence[str], console: Console) -> int:
    """Carry out an own command and return its exit code. Raises AwsShadowError and its children."""
    if list(words) == _ANSWER:
        from awsshadow.complete.completer import answer

        return answer()
    from awsshadow.commands.tree.running import carry_out

    return carry_out(words, console)


def _places(argv: Sequence[str]) -> Iterator[int]:
    return (at for at, word in enumerate(argv) if word in OWN_COMMANDS)


def _read(words: Sequence[str]) -> Reading | None:
    """What stands before a command, as the reference reads it; None when what follows is an option's value."""
    try:
        return read(words, GLOBALS)
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


def _alias(name: str) -> str | None:
    """The user's alias for ``name``. A file that cannot be read hides no command: one of them may find out why."""
    try:
        return read_aliases().of().get(name)
    except AwsShadowError:
        return None
