"""Errors of the command line as the reference words them: usage, invalid choices, suggestions.

Their texts are rules (behaviour: input 1.10).
"""

from __future__ import annotations

from awsshadow.command_line.option_parser import ChoiceError, MissingError, TokenError, read
from awsshadow.errors import InvalidChoiceError, MissingOptionsError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from awsshadow.command_line.option_parser import Positional, Reading, Row

#: At most so many suggestions, none less alike than the ratio.
_SUGGESTIONS, _ALIKE = 3, 0.8
#: Among so many names it pays to see first whether any can be alike; among more, one nearly always can.
_FEW = 40


def usage(program: str) -> str:
    """The usage text of every parser but the first; no final newline."""
    return (
        f"usage: {program} [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
        "To see help text, you can run:\n"
        "\n"
        f"  {program} help\n"
        f"  {program} <command> help\n"
        f"  {program} <command> <subcommand> help"
    )


def first_usage(program: str) -> str:
    """The usage text of the reference's first look at the command line."""
    return f"usage: {program} [--profile PROFILE] [--debug]"


def understand(
    tokens: Sequence[str], rows: Mapping[str, Row], positionals: Sequence[Positional], usage: str
) -> Reading:
    """``option_parser.read``, its errors raised as UsageError with the reference's text and ``usage``."""
    try:
        return read(tokens, rows, positionals)
    except TokenError as error:
        raise _usage_error(error, usage) from None


def nearest(word: str, names: Iterable[str], alike: float = _ALIKE) -> list[str]:
    """The names most like ``word``, best first."""
    names = list(names)
    if len(names) <= _FEW and not any(_likest(word, name) >= alike for name in names):
        return []
    # Costs milliseconds and is needed by few command lines.
    from difflib import get_close_matches

    return get_close_matches(word, names, _SUGGESTIONS, alike)


def choice_text(message: str, similar: Sequence[str]) -> str:
    """``message`` about a wrong choice, and the names that are like it."""
    lines = [f"{message}\n"]
    if similar:
        lines += ["Maybe you meant:\n", *(f"  * {name}" for name in similar)]
    return "\n".join(lines)


def _likest(word: str, name: str) -> float:
    """How like each other two words could be at most, from 0 to 1, going by their letters in any order."""
    common = sum(min(word.count(letter), name.count(letter)) for letter in {*word})
    return 2 * common / (len(word) + len(name)) if name or word else 1.0


def _usage_error(error: TokenError, usage: str) -> UsageError:
    if isinstance(error, MissingError):
        return MissingOptionsError(str(error), usage, [*error.names], error.unknown)
    if not isinstance(error, ChoiceError):
        return UsageError(str(error), usage)
    similar = nearest(error.word, error.names)
    return InvalidChoiceError(choice_text(str(error), similar), usage, error.word, list(error.names), bool(similar))
