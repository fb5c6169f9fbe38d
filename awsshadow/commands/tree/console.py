"""What an own command may look at and write to. It is the ``obj`` of click's contexts."""

from __future__ import annotations

from contextlib import suppress

from awsshadow.errors import AwsShadowError, NoStandardOutputError, ParameterError
from awsshadow.streams import is_reader_gone
from awsshadow.terminal.appearance import Appearance, appearance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from awsshadow.invocation import Checked, Process


class ReaderGone(Exception):  # noqa: N818 - no error: whoever read the output has seen enough
    """Nobody reads standard output any more."""


class Console:
    """The process, and what the options say that every own command has.

    ``before`` are the global options that stand before the command, each as one word; ``program``,
    ``path``, ``environ`` and ``streams`` are those of ``Process``. ``debug``, ``color`` and ``paged`` change
    while the command's words are read.
    """

    def __init__(self, process: Process, before: Sequence[str] = ()) -> None:
        self.program = process.program
        self.path = process.path
        self.environ = process.environ
        self.streams = process.streams
        self.before = list(before)
        self.debug = "--debug" in before
        self.color = next((word.partition("=")[2] for word in before if word.startswith("--color=")), "auto")
        self.paged = "--no-cli-pager" not in before
        self.process = process
        #: What is set, once a command has looked at it: how its errors are written then.
        self.checked: Checked | None = None
        self._is_own = process.is_own

    def write(self, text: str) -> None:
        """Write to standard output. What its encoding lacks is spelled out with backslashes.

        Raises ReaderGone, and AwsShadowError when it cannot be written to for another reason.
        """
        stdout = self._stdout()
        try:
            try:
                stdout.write(text)
            except UnicodeEncodeError:
                encoding = stdout.encoding or "ascii"
                stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        except OSError as error:
            raise self.lost(error) from None

    def flush(self) -> None:
        """Let the reader have what was written. Raises what ``write`` raises."""
        if self.streams.stdout is not None:
            try:
                self.streams.stdout.flush()
            except OSError as error:
                raise self.lost(error) from None

    def look(self, name: str = "stdout") -> Appearance:
        """What standard output, or the stream ``name``, shows."""
        return appearance(self.streams, name, self.environ, self.color)

    def page(self, text: str) -> None:
        """Write to standard output; through the pager of help where that is a terminal with too few lines and a
        cursor that moves.

        Raises what ``write`` raises.
        """
        look = self.look()
        moves = look.is_terminal and self.environ.get("TERM", "dumb") != "dumb"
        if self.paged and moves and 0 < look.rows < text.count("\n") + 1:
            from awsshadow.help.pager import Pager

            self.flush()
            if Pager(self.environ).run(text):
                return
        self.write(text)

    def say(self, text: str) -> None:
        """Write to standard error, at once. That nobody can read it is no error."""
        stderr = self.streams.stderr
        if stderr is not None:
            with suppress(OSError):
                stderr.write(text)
                stderr.flush()

    def confirmed(self, question: str) -> bool:
        """Whether the user says yes to ``question``. Without a terminal to ask at, nobody has to."""
        if not (self.streams.is_tty("stdin") and self.streams.is_tty("stdout")) or self.streams.stdin is None:
            return True
        self.write(f"{question} [y/N] ")
        self.flush()
        return self.streams.stdin.readline().strip().lower() in ("y", "yes")

    def read(self, path: str) -> str:
        """The text of a file, ``-`` for standard input. Raises ParameterError."""
        try:
            if path == "-":
                return self.streams.stdin.read() if self.streams.stdin else ""
            with open(path, encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise ParameterError(f"Cannot read {path}: {getattr(error, 'strerror', None) or error}") from None

    def _stdout(self) -> TextIO:
        if self.streams.stdout is None:
            raise NoStandardOutputError
        return self.streams.stdout

    def lost(self, error: OSError) -> Exception:
        """What to raise when standard output could not be written to.

        What is still buffered is thrown away, or it would fail once more when the process ends; in a
        process that does more than this, its descriptors are left as they are.
        """
        if self._is_own:
            self.streams.forget_output()
        if is_reader_gone(error):
            return ReaderGone()
        return AwsShadowError(f"Cannot write to standard output: {error.strerror or error}")
