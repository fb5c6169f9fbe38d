"""Accepted command lines, kept where the reference keeps them and in its form (behaviour: input 6.2)."""

from __future__ import annotations

import contextlib
import json
import os

from prompt_toolkit.history import History

from awsshadow.paths import make_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many lines are kept.
KEPT = 500


class LineHistory(History):
    """``{"version": 1, "commands": [...]}`` in ``~/.aws/cli/cache/prompt_history.json``, 0600.

    A file that cannot be read counts as empty, and one that cannot be written is left alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._path = os.path.expanduser("~/.aws/cli/cache/prompt_history.json")

    def load_history_strings(self) -> Iterable[str]:
        """The lines, newest first, as prompt-toolkit wants them."""
        return reversed(self._lines())

    def store_string(self, string: str) -> None:
        """Add a line."""
        document = {"version": 1, "commands": [*self._lines(), string][-KEPT:]}
        partial = f"{self._path}.{os.getpid()}"
        with contextlib.suppress(OSError):
            make_private(os.path.dirname(self._path))
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(document, file)
            os.replace(partial, self._path)

    def _lines(self) -> list[str]:
        try:
            with open(self._path, encoding="utf-8") as file:
                commands = json.load(file)["commands"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return []
        return [line for line in commands if isinstance(line, str)] if isinstance(commands, list) else []
