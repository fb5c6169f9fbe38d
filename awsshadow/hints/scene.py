"""What a hint may look at besides the error."""

from __future__ import annotations

import os

from awsshadow.names import argument_name
from awsshadow.own_commands import has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Checked, Command, Process

#: Columns where nobody can say how many there are, and the fewest that are worth folding for.
_USUAL, _FEWEST = 80, 20


class Scene:
    """A command line and the world it ran in.

    ``words`` are those of the line, ``settings`` what is set, None if an error came before. ``command`` is what was
    carried out, ``parameters`` what it was to send; None where things did not get so far.
    """

    def __init__(self, process: Process, words: list[str], checked: Checked | None) -> None:
        self.program = process.program
        self.environ = process.environ
        self.streams = process.streams
        self.words = words
        self.settings: Settings | None = None if checked is None else checked.settings
        self.command: Command | None = None if checked is None else checked.command
        self.parameters = None if checked is None else checked.parameters

    @property
    def has_extras(self) -> bool:
        """Whether there is what the reference does not have."""
        return has_extras(self.program)

    @property
    def color(self) -> str:
        """``--color``: ``on``, ``off`` or ``auto``."""
        return "auto" if self.settings is None else self.settings.globals.color

    @property
    def width(self) -> int:
        """The columns of the terminal that standard error is."""
        try:
            stream = self.streams.stderr
            found = 0 if stream is None else os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            found = 0
        return max(found or _USUAL, _FEWEST)

    @property
    def profile(self) -> str:
        """The name of the profile in use."""
        return (self.settings.profile if self.settings is not None else None) or "default"

    @property
    def section(self) -> dict[str, Any]:
        """The keys of the profile in use."""
        return {} if self.settings is None else dict(self.settings.section)

    def profiles(self) -> dict[str, Any]:
        """The keys of every profile, by name."""
        return {} if self.settings is None else dict(self.settings.files.profiles)

    def config_path(self) -> str:
        """The configuration file, as the user named it."""
        return self.environ.get("AWS_CONFIG_FILE", "~/.aws/config")

    def option_of(self, member: str) -> str:
        """The option that the ``member`` of the input is given by."""
        if self.command is not None:
            for argument in self.command.slice.arguments:
                if argument.member == member and argument.kind == "member":
                    return f"--{argument.name}"
        return f"--{argument_name(member)}"
