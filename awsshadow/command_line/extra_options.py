"""The words of a command line that are options which the reference does not have; the options are in ``extra_options``.

The reference's parsers go first and the model's own members win: only where they leave words over is a
line looked at for these. They are matched whole, never as an abbreviation, so that no prefix that means
something today comes to mean something else, and they stand behind the name of the command.
"""

from __future__ import annotations

from awsshadow.command_line.option_parser import FLAG, ONE, PERHAPS, Row
from awsshadow.command_line.usage_errors import understand
from awsshadow.errors import UsageError
from awsshadow.extra_options import EXTRA_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.invocation import Given

__all__ = ["EXTRA_OPTIONS", "split"]

#: None takes several words: they would reach over options of the reference that stand behind.
_ROWS = {
    name: Row(option.name, PERHAPS if option.choices else ONE if option.value else FLAG, choices=tuple(option.choices))
    for name, option in EXTRA_OPTIONS.items()
}


def split(words: Sequence[str], kind: str, command: str, usage: str) -> tuple[dict[str, Given], list[str]]:
    """The extra options among ``words`` by name, and the words without them.

    ``kind`` is that of the ``command``. Raises UsageError for one that this command does not take, and
    for one without its value.
    """
    taken: list[str] = []
    kept: list[str] = []
    end = words.index("--") if "--" in words else len(words)
    at = 0
    while at < end:
        name, attached, _ = words[at].partition("=")
        option = EXTRA_OPTIONS.get(name)
        if option is None:
            kept.append(words[at])
            at += 1
            continue
        if not option.is_for(kind, command):
            raise UsageError(f"argument --{option.name}: {command} does not take it", usage)
        # A value that may be absent is an attached one: the word behind belongs to nobody, or to another option.
        size = 2 if _ROWS[name].arity == ONE and not attached else 1
        taken += words[at : min(at + size, end)]
        at += size
    if not taken:
        return {}, list(words)
    return understand(taken, _ROWS, (), usage).values, [*kept, *words[end:]]
