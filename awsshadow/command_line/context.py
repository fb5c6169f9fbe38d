"""What all levels of the tree share, and the main parser, which needs no tree.

A line that asks for the version, or that breaks at the top, ends before click is loaded: its import
is most of what such a line costs.
"""

from __future__ import annotations

from awsshadow.command_line.command_names import CommandNames
from awsshadow.command_line.option_parser import Positional
from awsshadow.command_line.options import GLOBALS
from awsshadow.command_line.usage_errors import understand, usage
from awsshadow.model import find_store
from awsshadow.own_commands import OWN_COMMANDS, REFERENCE_NAME
from awsshadow.paths import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.command_line.alias import Aliases
    from awsshadow.command_line.option_parser import Reading
    from awsshadow.model.store import Store

HELP = "help"
WAIT = "wait"

_HELP_OPTIONS = ("--help", "-h")


class Surroundings:
    """What all levels share. ``friendly``: ``--help`` and ``-h`` ask for help."""

    def __init__(
        self,
        program: str,
        environ: dict[str, str],
        aliases: Aliases,
        store: Store | None = None,
        friendly: bool = False,
    ) -> None:
        self.program = program
        self.usage = usage(program)
        elsewhere = () if program == REFERENCE_NAME else OWN_COMMANDS.keys()
        self.commands = CommandNames({SERVICE: None, HELP: None, **aliases.of()}, elsewhere)
        self.aliases = aliases
        self.friendly = friendly
        self._environ = environ
        self._store = store

    @property
    def store(self) -> Store:
        """The slices, found when they are first needed."""
        if self._store is None:
            self._store = find_store(self._environ)
        return self._store

    def lineage(self, *names: str) -> tuple[str, ...]:
        """The path under which aliases for the command ``sagemaker names`` are kept.

        In the reference a command that an alias of its own name wraps is no longer below its service.
        """
        return names if names[0] in self.aliases.of(SERVICE) else (SERVICE, *names)

    def help_asked(self, words: Sequence[str]) -> bool:
        """Whether one of ``words`` asks for help in a way the reference does not know."""
        if not self.friendly:
            return False
        end = words.index("--") if "--" in words else len(words)
        return any(word in _HELP_OPTIONS for word in words[:end])


def read_main(around: Surroundings, words: Sequence[str]) -> Reading:
    """The reference's main parser: the global options and the command. Raises UsageError."""
    command = Positional("command", around.commands, optional=around.help_asked(words))
    return understand(words, GLOBALS, [command], around.usage)
