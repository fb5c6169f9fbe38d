"""Where results go: standard output, or a pager in front of it."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

from awsshadow.errors import AwsShadowError, NoStandardOutputError, PagerError
from awsshadow.streams import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen
    from typing import IO, Any

    from awsshadow.output.terminal_view import TerminalView
    from awsshadow.streams import Streams

#: What ``less`` is told unless the user tells it otherwise: quit if one screen, raw colours, no clearing.
LESS_FLAGS = "FRX"

#: The variable that names the encoding of results.
ENCODING_VARIABLE = "AWS_CLI_OUTPUT_ENCODING"

#: What the reference says of a standard output that was closed before the start.
NO_STDOUT = "'NoneType' object has no attribute 'flush'"

#: Characters that a stream holds back. Those of Python 3.14 and later hold back sixteen times as many, and who reads
#: the first lines of a result would be told of it in other cases than by the reference.
HELD_BACK = 8192
HOLDS_MORE = io.DEFAULT_BUFFER_SIZE > HELD_BACK


class Destination:
    """The stream results are written to (behaviour: output 7.1).

    ``pager`` is the command of the pager, or None or empty for none; it is used only if standard
    output is a terminal, and started at the first write. Raises AwsShadowError for a command whose
    quotes do not match. A result whose pager does not exist is written to standard output with ``extras``,
    else to a standard error that is a terminal: the request has been sent, and may not be one to repeat.

    Ctrl-C belongs to the pager while it runs.
    """

    def __init__(
        self, streams: Streams, pager: str | None, extras: bool = False, view: TerminalView | None = None
    ) -> None:
        self.on_terminal = streams.is_tty("stdout")
        self.paged = bool(pager) and self.on_terminal
        #: How a person wants results shown; None for as they are, and everywhere but on a terminal.
        self.view = view if self.on_terminal else None
        self._streams = streams
        self._stdout = streams.stdout
        self._stderr = streams.stderr
        self._command = _split(pager or "") if self.paged else []
        self._program: Popen[str] | None = None
        #: What the pager is written to in; None for what the locale says, whatever standard output has.
        self._encoding: str | None = None
        #: Characters written and not yet handed on, where they are counted.
        self._held = 0
        self._instead = streams.stdout if extras else streams.stderr if streams.is_tty("stderr") else None
        self._missing: PagerError | None = None
        #: What Ctrl-C did before the pager.
        self._handler: Any = None

    @property
    def is_closed(self) -> bool:
        """Whether standard output was closed before the start."""
        return self._stdout is None

    def begin(self) -> None:
        """What every format but text does before it has anything to write (behaviour: output 7.1).

        An encoding that is asked for holds for a pager too, which is started for it, even if nothing follows.
        Raises PagerError if the pager does not exist and nothing takes its place.
        """
        if not self.paged:
            return
        self._encoding = os.environ.get(ENCODING_VARIABLE) or ("UTF-8" if os.environ.get("PYTHONUTF8") == "1" else None)
        if self._encoding is not None:
            self._pager()

    def write(self, text: str) -> None:
        """Write ``text``; nothing of it is written if it cannot be encoded (UnicodeEncodeError).

        Raises OSError when nobody reads any more, PagerError if the pager does not exist and nothing takes its place.
        """
        stream = self._pager() if self.paged else self._stdout
        if stream is None:
            return
        if HOLDS_MORE and self._held + len(text) > HELD_BACK:
            stream.flush()
            self._held = 0
        stream.write(text)
        self._held += len(text)
        if HOLDS_MORE and self._held > HELD_BACK:
            self._held = 0
            try:
                stream.flush()
            except OSError:
                self.forget()  # as older streams do with what they did not hold back
                raise

    def printable(self, text: str) -> str:
        """``text`` of the service as it may be written: a terminal is not to be driven by it."""
        return visible(text) if self.on_terminal else text

    def painted(self, text: str, form: str) -> str:
        """``text`` of a result in ``form`` as it may be written and is to be seen: see ``TerminalView.painted``."""
        text = self.printable(text)
        return text if self.view is None else self.view.painted(text, form)

    def forget(self) -> None:
        """Throw away what is buffered for a reader that has gone.

        The interpreter would fail on it when it ends, with an exit code of its own.
        """
        if not self.paged:
            self._streams.forget_output()

    def flush(self) -> None:
        """Hand on what is buffered; that nobody reads it is found out elsewhere, or not at all.

        Raises AwsShadowError if standard output was closed before the start.
        """
        stream: IO[str] | None = self._stdout
        if self.paged:
            stream = None if self._program is None else self._program.stdin
        elif stream is None:
            raise NoStandardOutputError(NO_STDOUT)
        if stream is not None:
            with suppress(OSError):
                stream.flush()

    def hand_on(self) -> None:
        """Hand on what is buffered, for a reader that is to have it before more is asked for.

        Raises OSError when nobody reads any more, AwsShadowError if standard output was closed before the start.
        """
        stream: IO[str] | None = self._stdout
        if self.paged:
            stream = None if self._program is None else self._program.stdin
        elif stream is None:
            raise AwsShadowError(NO_STDOUT)
        if stream is not None:
            stream.flush()

    def note(self, text: str) -> None:
        """Write ``text``, which is about the result and no part of it, to standard error."""
        if self._stderr is not None:
            with suppress(OSError):
                self._stderr.write(text)
                self._stderr.flush()

    def close(self) -> None:
        """Write what a view still holds, and wait until the user leaves the pager. Its exit status means nothing,
        unless Ctrl-C has ended it.
        """
        rest = "" if self.view is None else self.view.rest("text")
        if rest:
            with suppress(OSError):
                self.write(rest)
        if self._program is None:
            return
        try:
            self._program.communicate()
        finally:
            if self._handler is not None:
                self._take_interrupts_back()
                from signal import SIGINT

                if self._program.returncode == -SIGINT:
                    raise KeyboardInterrupt

    def complain(self) -> None:
        """Raise PagerError if the result was written where no pager is."""
        if self._missing is not None:
            raise self._missing

    def width(self) -> int:
        """Columns of the terminal, 80 where standard output is not one; ``COLUMNS`` has no say."""
        try:
            return 80 if self._stdout is None else os.get_terminal_size(self._stdout.fileno()).columns
        except (OSError, ValueError):
            return 80

    def reset_colour(self) -> None:
        """Leave a terminal without colours; anything else is left alone."""
        if self.on_terminal and self._stdout is not None:
            with suppress(OSError):
                self._stdout.write("\x1b[0m")

    def _pager(self) -> IO[str] | None:
        if self._program is None:
            # Before it starts: the first Ctrl-C may come as soon as it is seen.
            self._leave_interrupts_to_it()
            try:
                self._program = self._start()
            except BaseException as error:
                self._take_interrupts_back()
                if self._instead is None or not isinstance(error, PagerError):
                    raise
                error.shown = True
                self._missing, self.paged, self._stdout = error, False, self._instead
                return self._instead
        return self._program.stdin

    def _leave_interrupts_to_it(self) -> None:
        from signal import SIGINT, signal

        try:
            self._handler = signal(SIGINT, self._interrupted)
        except ValueError:  # not the main thread, where nobody is interrupted
            return

    def _take_interrupts_back(self) -> None:
        if self._handler is not None:
            from signal import SIGINT, signal

            signal(SIGINT, self._handler)
            self._handler = None

    def _interrupted(self, *_: object) -> None:
        if self._program is not None and self._program.poll() is not None:
            raise KeyboardInterrupt

    def _start(self) -> Popen[str]:
        from subprocess import PIPE, Popen

        if not self._command:
            raise AwsShadowError("list index out of range")
        environ = {"LESS": LESS_FLAGS, **os.environ}
        try:
            # `more` is no program there but a script of the shell's.
            shell = sys.platform == "win32"
            return Popen(self._command, stdin=PIPE, env=environ, text=True, encoding=self._encoding, shell=shell)
        except FileNotFoundError as error:
            raise PagerError(
                "Unable to redirect output to pager. Received the following error when opening pager:\n"
                f"{error}\n\n"
                'Learn more about configuring the output pager by running "aws help config-vars".',
                self._command if isinstance(self._command, str) else self._command[0],
            ) from error


def _split(command: str) -> list[str] | str:
    if sys.platform == "win32":
        return command
    from shlex import split

    try:
        return split(command)
    except ValueError as error:
        raise AwsShadowError(str(error)) from error
