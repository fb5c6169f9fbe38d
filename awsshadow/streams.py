"""Standard input, output and error as one value, so that a stage never asks ``sys``."""

from __future__ import annotations

import os
import sys

from awsshadow.errors import NoStandardOutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

#: Control characters that can drive a terminal, as what is shown of them: all but tab and line feed.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}


def visible(text: str) -> str:
    """``text`` with its control characters spelled out, so that a terminal shows them and obeys none."""
    return text.translate(_VISIBLE)


#: Back to a terminal's own colours.
RESET = "\x1b[0m"

#: The exit code of a program that stops because nobody reads what it writes: what a shell makes of SIGPIPE.
READER_GONE = 141


def is_reader_gone(error: BaseException | None) -> bool:
    """Whether ``error`` is that nobody reads any more; Windows says that the argument is invalid."""
    return isinstance(error, BrokenPipeError) or (
        sys.platform == "win32" and isinstance(error, OSError) and error.errno == 22
    )


class ForeignAnswer:
    """An answer that is none of the service, a web page say: from ``url``, of ``content_type``."""

    def __init__(self, url: str, content_type: str) -> None:
        self.url = url
        self.content_type = content_type


class Streams:
    """The three standard streams. One that was closed before the start is None, as in ``sys``."""

    def __init__(self, stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        #: What went well and looks wrong: a person at a terminal is told when all is done (``hints``).
        self.remarks: list[ForeignAnswer] = []
        #: How many coloured tables have been made ready, for a result or for an error.
        self.coloured_tables = 0

    @property
    def resets(self) -> str:
        """What follows each piece that is written from now on, but for a table itself.

        The reference lays a layer that resets colours over its streams for each table, and it goes through those below.
        """
        return RESET * ((1 << self.coloured_tables) - 1)

    @classmethod
    def of_process(cls) -> Streams:
        """The streams of this process as they are now."""
        return cls(sys.stdin, sys.stdout, sys.stderr)

    def write(self, text: str, missing: str = "'NoneType' object has no attribute 'write'") -> None:
        """Write ``text`` to standard output. Raises NoStandardOutputError, saying ``missing``, where there is none."""
        if self.stdout is None:
            raise NoStandardOutputError(missing)
        self.stdout.write(text)

    def announce(self, text: str) -> None:
        """Write ``text`` to standard output, or to standard error where there is none; no matter if that fails.

        So argparse prints a version. What is buffered may still fail when the interpreter ends, as there.
        """
        stream = self.stdout or self.stderr
        if stream is not None:
            try:  # contextlib costs more than all else that a version needs
                stream.write(text)
            except OSError:
                pass

    def forget_output(self) -> None:
        """Throw away what is buffered for standard output.

        When the interpreter ends it would fail on it once more, with words and an exit code of its own.
        """
        if self.stdout is not None:
            try:
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, self.stdout.fileno())
                os.close(null)
            except (OSError, ValueError):
                pass

    def is_tty(self, name: str) -> bool:
        """Whether the stream ``name`` (``stdin``, ``stdout``, ``stderr``) is a terminal."""
        stream: TextIO | None = getattr(self, name)
        try:
            return stream is not None and stream.isatty()
        except (OSError, ValueError):
            return False
