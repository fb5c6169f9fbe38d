"""The program that shows help page by page on a terminal (behaviour: output 8.1)."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The pager without a word from the user; ``-R`` lets bold and underlining through.
DEFAULT = "more" if os.name == "nt" else "less -R"

#: The pager's settings in the environment; they are read by ``less`` itself.
_LESS = "LESS"


class Pager:
    """The pager that ``MANPAGER`` or else ``PAGER`` names; ``PAGER`` set to nothing means none."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        command = environ.get("MANPAGER") or environ.get("PAGER", DEFAULT)
        try:
            self._words = shlex.split(command, posix=os.name != "nt")
        except ValueError:
            self._words = shlex.split(DEFAULT)
        self._environ = environ

    @property
    def knows_ansi(self) -> bool:
        """Whether bold and underlining come out right: with ``less`` that may pass them on, or no pager."""
        if not self._words:
            return True
        flags = [*self._words[1:], *self._environ.get(_LESS, "").split()]
        raw = any(flag.lower().startswith("--raw") or ("r" in flag.lower() and flag[:2] != "--") for flag in flags)
        return os.path.basename(self._words[0]) == "less" and raw

    def run(self, text: str) -> bool:
        """Show ``text`` and wait until the user leaves; False when there is no such program.

        The pager's exit status means nothing, and a pager left early is no error. Ctrl-C belongs to
        the pager while it runs.
        """
        program = shutil.which(self._words[0], path=self._environ.get("PATH")) if self._words else None
        if program is None:
            return False
        # A function, not SIG_IGN, which the pager would inherit and be deaf.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            with subprocess.Popen(
                [program, *self._words[1:]],
                stdin=subprocess.PIPE,
                env=dict(self._environ),
                encoding="utf-8",
                errors="replace",
            ) as running:
                running.communicate(text)
        except BrokenPipeError:
            pass
        except OSError:
            return False
        finally:
            signal.signal(signal.SIGINT, before)
        return True
