"""What all levels of one command line share."""

from __future__ import annotations

from awsshadow.command_line.command_names import CommandNames
from awsshadow.command_line.usage_errors import usage
from awsshadow.model import find_store
from awsshadow.names import SERVICE
from awsshadow.own_commands import OWN_COMMANDS, has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.command_line.alias import Aliases
    from awsshadow.model.store import Store

HELP = "help"
WAIT = "wait"

_HELP_OPTIONS = ("--help", "-h")


class CommandLineContext:
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
        #: Whether there is what the reference does not have.
        self.extras = has_extras(program)
        elsewhere = OWN_COMMANDS.keys() if self.extras else ()
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
