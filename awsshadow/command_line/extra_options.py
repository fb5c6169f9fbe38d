"""The options of operations and waiters that the reference does not have. Never under its name.

The reference's parsers go first and the model's own members win: only where they leave words over is a
line looked at for these. They are matched whole, never as an abbreviation, so that no prefix that means
something today comes to mean something else, and they stand behind the name of the command. A test
holds that none is an option, or the beginning of one, of any command of the installed model.
"""

from __future__ import annotations

from awsshadow.command_line.option_parser import FLAG, MANY, PERHAPS, Row
from awsshadow.command_line.usage_errors import understand
from awsshadow.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.invocation import Given


class ExtraOption(Row):
    """An option with what help says about it, and for which kinds of command (``call``, ``wait``) it is."""

    __slots__ = ("kinds", "summary")

    def __init__(self, name: str, summary: str, kinds: Sequence[str], arity: str = FLAG) -> None:
        # Several words would reach over options of the reference that stand behind.
        assert arity not in (MANY, PERHAPS)
        super().__init__(name, arity)
        self.summary = summary
        self.kinds = kinds


EXTRA_OPTIONS = {
    f"--{option.name}": option
    for option in (
        ExtraOption("dry-run", "Check the command and print the request it would send, but send nothing", ("call",)),
    )
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
        option = EXTRA_OPTIONS.get(words[at].partition("=")[0])
        if option is None:
            kept.append(words[at])
            at += 1
            continue
        if kind not in option.kinds:
            raise UsageError(f"argument --{option.name}: {command} does not take it", usage)
        size = 1 if option.arity == FLAG or "=" in words[at] else 2
        taken += words[at : min(at + size, end)]
        at += size
    if not taken:
        return {}, list(words)
    return understand(taken, EXTRA_OPTIONS, (), usage).values, [*kept, *words[end:]]
