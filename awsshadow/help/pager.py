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
#: The first ``less`` that passes links on; and how many seconds one may take to say which it is.
_FIRST_WITH_LINKS = 581
_PATIENCE = 2.0


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
        raw = any(
            flag.lower().startswith("--raw") or ("r" in flag.lower() and flag[:2] != "--") for flag in self._flags
        )
        return os.path.basename(self._words[0]) == "less" and raw

    @property
    def knows_links(self) -> bool:
        """Whether links (OSC 8) come out right: with no pager, or a new enough ``less -R``, which is asked.

        An older one, and ``-r``, show what a link is made of, or count it as text.
        """
        if not self._words:
            return True
        raw = any(flag.startswith("--RAW") or ("R" in flag and flag[:2] != "--") for flag in self._flags)
        return self.knows_ansi and raw and self._version() >= _FIRST_WITH_LINKS

    @property
    def _flags(self) -> list[str]:
        return [*self._words[1:], *self._environ.get(_LESS, "").split()]

    def _version(self) -> int:
        """The version of ``less``, 0 for what does not say one."""
        program = shutil.which(self._words[0], path=self._environ.get("PATH"))
        if program is None:
            return 0
        try:
            said = subprocess.run(
                [program, "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                env=dict(self._environ),
                check=False,
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return 0
        first = said.split(b"\n", 1)[0].split()
        digits = first[1].partition(b".")[0] if len(first) > 1 and first[0] == b"less" else b""
        return int(digits) if digits.isdigit() else 0

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
