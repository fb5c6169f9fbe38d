"""The options of operations and waiters that the reference does not have: a row each. Never under its name.

Reading a command line, completion and help take them from here. A test holds that none is an option, or the
beginning of one, of any command of the installed model.
"""

from __future__ import annotations

from awsshadow.model.families import describing, log_groups, peers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ExtraOption:
    """One option. ``summary`` is what help says about it.

    ``kinds`` are those of the commands that it is for (``call``, ``wait``), ``beginnings`` those of the operations,
    empty for all. ``value`` is what help calls its value, empty for a flag. With ``choices``, each with what it means,
    a value is one of these, and attached by ``=`` or absent.
    """

    __slots__ = ("beginnings", "choices", "kinds", "name", "summary", "value")

    def __init__(
        self,
        name: str,
        summary: str,
        kinds: Sequence[str],
        value: str = "",
        choices: Mapping[str, str] | None = None,
        beginnings: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.summary = summary
        self.kinds = kinds
        self.value = value
        self.choices = choices or {}
        self.beginnings = beginnings

    def is_for(self, kind: str, command: str) -> bool:
        """Whether ``command``, which is of that kind, may take it."""
        return kind in self.kinds and (kind == "wait" or command.startswith(self.beginnings or ("",)))

    @property
    def synopsis(self) -> str:
        """What stands behind its name in help."""
        return f"[={self.value}]" if self.choices else f" {self.value}" if self.value else ""


#: How the operations begin that may change the status of a resource.
_CHANGES = ("create-", "delete-", "import-", "retry-", "start-", "stop-", "update-")
#: How those begin that may be asked for in many places.
_READS = ("describe-", "list-", "search")
#: Of these those after which there is a log to read.
_BEGINS = ("create-", "retry-", "start-", "update-")

EXTRA_OPTIONS = {
    f"--{option.name}": option
    for option in (
        ExtraOption("dry-run", "Check the command and print the request it would send, but send nothing", ("call",)),
        ExtraOption(
            "wait",
            "Wait until the resource has come to rest; with =describe print its description instead of the answer",
            ("call",),
            "describe",
            {"describe": "Print its description instead of the answer"},
            _CHANGES,
        ),
        ExtraOption(
            "timeout",
            "How long to wait: 30s, 20m, 12h, 7d, or seconds; the exit code is 124 when it is over",
            ("call", "wait"),
            "<duration>",
            beginnings=(*_CHANGES, *_READS),
        ),
        ExtraOption(
            "hydrate",
            "Add to each item its description; with =tags its tags, with =all both",
            ("call",),
            "what",
            {"describe": "Its description", "tags": "Its tags", "all": "Its description and its tags"},
            ("list-",),
        ),
        ExtraOption(
            "regions",
            "Ask in several regions, commas between them, or in all of the partition",
            ("call",),
            "<regions>",
            beginnings=_READS,
        ),
        ExtraOption(
            "profiles",
            "Ask with several profiles, commas between them",
            ("call",),
            "<profiles>",
            beginnings=_READS,
        ),
        ExtraOption(
            "jobs", "How many calls may be on their way at once; 8 by default", ("call",), "<number>", beginnings=_READS
        ),
        ExtraOption("delay", "Seconds between two looks", ("call", "wait"), "<seconds>", beginnings=_CHANGES),
        ExtraOption("tail", "With --wait: write the log to standard error meanwhile", ("call",), beginnings=_BEGINS),
        ExtraOption("max-attempts", "How many looks there may be", ("wait",), "<number>"),
        ExtraOption(
            "exists",
            "Print nothing; the exit code is 0 if there is such a resource, and 1 if not",
            ("call",),
            beginnings=("describe-",),
        ),
    )
}


def options_of(kind: str, command: str) -> dict[str, ExtraOption]:
    """The extra options that mean something for ``command``, by name with its hyphens."""
    found = {name: option for name, option in EXTRA_OPTIONS.items() if option.is_for(kind, command)}
    without: set[str] = set()
    if kind == "call" and "--wait" in found and command not in describing.changing_commands():
        without = {"--wait", "--timeout", "--delay", "--tail"}
    if "--tail" in found and command not in log_groups.commands_with_log():
        without.add("--tail")
    if "--hydrate" in found and not peers.has_peer(command):
        without.add("--hydrate")
    return {name: option for name, option in found.items() if name not in without}
