"""The options of operations and waiters that the reference does not have. Never under its name.

The reference's parsers go first and the model's own members win: only where they leave words over is a
line looked at for these. They are matched whole, never as an abbreviation, so that no prefix that means
something today comes to mean something else, and they stand behind the name of the command. A test
holds that none is an option, or the beginning of one, of any command of the installed model.
"""

from __future__ import annotations

from awsshadow.command_line.option_parser import FLAG, MANY, ONE, PERHAPS, Row
from awsshadow.command_line.usage_errors import understand
from awsshadow.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.invocation import Given


class ExtraOption(Row):
    """An option with what help says about it, and for which kinds of command (``call``, ``wait``) it is.

    With PERHAPS a value is attached by ``=`` or absent. ``value`` is what help calls one. ``beginnings`` are those of
    the operations that it is for, empty for all.
    """

    __slots__ = ("beginnings", "kinds", "summary", "value")

    def __init__(
        self,
        name: str,
        summary: str,
        kinds: Sequence[str],
        arity: str = FLAG,
        value: str = "",
        choices: Sequence[str] = (),
        beginnings: tuple[str, ...] = (),
    ) -> None:
        assert arity != MANY  # several words would reach over options of the reference that stand behind
        super().__init__(name, arity, choices=choices)
        self.summary = summary
        self.kinds = kinds
        self.value = value
        self.beginnings = beginnings

    def is_for(self, kind: str, command: str) -> bool:
        """Whether ``command``, which is of that kind, may take it."""
        return kind in self.kinds and (kind == "wait" or command.startswith(self.beginnings or ("",)))


#: How the operations begin that may change the status of a resource.
_CHANGES = ("create-", "delete-", "import-", "retry-", "start-", "stop-", "update-")


EXTRA_OPTIONS = {
    f"--{option.name}": option
    for option in (
        ExtraOption("dry-run", "Check the command and print the request it would send, but send nothing", ("call",)),
        ExtraOption(
            "wait",
            "Wait until the resource has come to rest; with =describe print its description instead of the answer",
            ("call",),
            PERHAPS,
            "describe",
            ("describe",),
            _CHANGES,
        ),
        ExtraOption(
            "timeout",
            "How long to wait: 30s, 20m, 12h, 7d, or seconds; the exit code is then 124",
            ("call", "wait"),
            ONE,
            "<duration>",
            beginnings=_CHANGES,
        ),
        ExtraOption("delay", "Seconds between two looks", ("call", "wait"), ONE, "<seconds>", beginnings=_CHANGES),
        ExtraOption("max-attempts", "How many looks there may be", ("wait",), ONE, "<number>"),
        ExtraOption(
            "exists",
            "Print nothing; the exit code is 0 if there is such a resource, and 1 if not",
            ("call",),
            beginnings=("describe-",),
        ),
    )
}


def options_of(kind: str, command: str) -> dict[str, ExtraOption]:
    """The extra options that ``command`` may take, by name with its hyphens."""
    return {name: option for name, option in EXTRA_OPTIONS.items() if option.is_for(kind, command)}


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
        if not option.is_for(kind, command):
            raise UsageError(f"argument --{option.name}: {command} does not take it", usage)
        size = 2 if option.arity == ONE and "=" not in words[at] else 1
        taken += words[at : min(at + size, end)]
        at += size
    if not taken:
        return {}, list(words)
    return understand(taken, EXTRA_OPTIONS, (), usage).values, [*kept, *words[end:]]
