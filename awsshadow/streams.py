"""Standard input, output and error as one value, so that a stage never asks ``sys``."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


class Streams:
    """The three standard streams. One that was closed before the start is None, as in ``sys``."""

    def __init__(self, stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr

    @classmethod
    def of_process(cls) -> Streams:
        """The streams of this process as they are now."""
        return cls(sys.stdin, sys.stdout, sys.stderr)

    def is_tty(self, name: str) -> bool:
        """Whether the stream ``name`` (``stdin``, ``stdout``, ``stderr``) is a terminal."""
        stream: TextIO | None = getattr(self, name)
        try:
            return stream is not None and stream.isatty()
        except (OSError, ValueError):
            return False
