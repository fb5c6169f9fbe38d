"""An error -> standard error, in the chosen error format. The only writer of errors.

Everything comes from the error itself: no error is recognised by its text (behaviour: output 5).
"""

from __future__ import annotations

from awsshadow.errors import (
    AwsShadowError,
    EarlyUsageError,
    OtherServiceError,
    ServiceError,
    UnknownOptionsError,
    UsageError,
    WaiterFailedError,
)
from awsshadow.streams import RESET, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TextIO

    from awsshadow.config.settings import Settings
    from awsshadow.streams import Streams

    class Written(Protocol):
        """What is only written to."""

        def write(self, text: str, /) -> int: ...


#: The exit code when there is nowhere to report to: what an interpreter that fails to write leaves.
NO_STDERR = 1
GENERAL = AwsShadowError.exit_code


def report(error: Exception, program: str, settings: Settings | None, streams: Streams, warns: bool = False) -> int:
    """Write ``error`` and return the exit code of the command.

    ``settings`` None: the error came before any setting was known. ``warns``: an error format that
    there is not is worth a line. Text that standard error cannot
    encode makes the encoding error the one that is reported.
    """
    if streams.stderr is None:
        return NO_STDERR
    _set_encoding(streams.stderr, settings)
    try:
        _Report(error, program, settings, streams, _resetting(streams.stderr, streams.resets), warns).write()
    except UnicodeEncodeError as unencodable:
        stderr = _resetting(streams.stderr, streams.resets)
        for piece in ("\n", _line(program, str(unencodable)), "\n"):
            stderr.write(piece)
        return GENERAL
    return error.exit_code if isinstance(error, AwsShadowError) else GENERAL


def _resetting(stream: TextIO, resets: str) -> Written:
    return _Resetting(stream, resets) if resets else stream


class _Resetting:
    """A stream on which ``resets`` follow whatever is written."""

    def __init__(self, stream: TextIO, resets: str) -> None:
        self._stream = stream
        self._resets = resets

    def write(self, text: str, /) -> int:
        return self._stream.write(text) + self._stream.write(self._resets)


class _Report:
    def __init__(
        self,
        error: Exception,
        program: str,
        settings: Settings | None,
        streams: Streams,
        stderr: Written,
        warns: bool,
    ) -> None:
        self._error = error
        self._program = program
        self._settings = settings
        self._streams = streams
        self._stderr = stderr
        self._warns = warns

    def write(self) -> None:
        """Write the error. Raises UnicodeEncodeError when some of it cannot be encoded."""
        error = self._error
        if isinstance(error, UnknownOptionsError):
            self._unknown_options(error)
        elif isinstance(error, ServiceError):
            self._coded(error.message, error.message, error.fields)
        elif isinstance(error, AwsShadowError) and error.code is not None:
            message = _message(error)
            enhanced = f"An error occurred ({error.code}): {message}"
            self._coded(message, enhanced, {"Code": error.code, "Message": message})
            if isinstance(error, OtherServiceError) and error.hint:
                self._stderr.write(f"\n{error.hint}\n")
        else:
            self._plain(_message(error))
            if isinstance(error, WaiterFailedError) and error.closing:
                self._closing(error.closing)
        if isinstance(error, UsageError) and error.notice is not None and self._streams.is_tty("stderr"):
            self._stderr.write(f"\n{error.notice}\n")

    def _closing(self, pieces: list[tuple[str, str]]) -> None:
        """One more line for a person who looks on: how a wait has ended."""
        if not self._streams.is_tty("stderr"):
            return
        from awsshadow.terminal.appearance import PLAIN, appearance
        from awsshadow.terminal.pieces import folded, painted

        assert self._settings is not None  # who waits has read them
        look = appearance(self._streams, "stderr", self._settings.environ, self._settings.globals.color)
        is_plain = look.progress == PLAIN
        self._stderr.write(
            painted(pieces if is_plain else folded(pieces, look.columns), look.is_coloured and not is_plain)
        )
        self._stderr.write("\n")

    def _coded(self, message: str, enhanced: str, fields: dict[str, object]) -> None:
        """An error with a code; ``message`` is what remains where its format does not work out."""
        form = self._format()
        if form == "legacy":
            self._plain(message)
            return
        try:
            if form == "enhanced":
                self._plain(enhanced)
            else:
                from awsshadow.output import color_is_on, error_pieces

                fields = {
                    name: self._shown(value) if isinstance(value, str) else value for name, value in fields.items()
                }
                coloured = form == "table" and color_is_on(self._color(), self._streams)
                first = coloured and not self._streams.coloured_tables
                self._streams.coloured_tables += coloured
                for piece in error_pieces(form, fields, self._color(), self._streams):
                    self._stderr.write(piece)
                if first and self._streams.stdout is not None and self._streams.is_tty("stdout"):
                    self._streams.stdout.write(RESET)  # what ends any coloured table, although it stands elsewhere
        except UnicodeEncodeError:
            self._plain(message)

    def _color(self) -> str:
        if self._settings is None:
            return "auto"
        if not self._streams.is_tty("stdout"):
            return self._settings.globals.color
        from awsshadow.terminal.appearance import color_choice

        return color_choice(self._settings.globals.color, self._settings.environ)

    def _format(self) -> str:
        if self._settings is None or isinstance(self._error, EarlyUsageError):
            return "enhanced"
        unknown = self._settings.unknown_error_format
        if self._warns and unknown is not None:
            self._stderr.write(f"Invalid cli_error_format: '{unknown}'. Using 'enhanced' format.\n")
        return self._settings.error_format

    def _unknown_options(self, error: UnknownOptionsError) -> None:
        self._stderr.write(f"\n{error.usage}\n\n")
        self._plain(error.message)

    def _shown(self, text: str) -> str:
        """What the service says is not to drive a terminal; nor is a password to stand there, or in a log."""
        is_tty = self._streams.is_tty("stderr")
        if is_tty or (self._settings is not None and self._settings.globals.debug):
            from awsshadow.call.redaction import SECRETS

            if self._settings is not None:
                SECRETS.learn_addresses(*self._settings.addresses)
            text = SECRETS.of_address(text)
        return visible(text) if is_tty else text

    def _plain(self, message: str) -> None:
        # In steps: of a message that cannot be encoded the empty line remains.
        for piece in ("\n", _line(self._program, self._shown(message)), "\n"):
            self._stderr.write(piece)


def _line(program: str, message: str) -> str:
    return f"{program}: [ERROR]: {message.strip()}" if message else f"{program}: [ERROR]:"


def _message(error: Exception) -> str:
    if not isinstance(error, AwsShadowError):
        return str(error)
    if isinstance(error, UsageError) and error.usage is not None:
        return f"{error.message}\n\n{error.usage}\n"
    return error.message


def _set_encoding(stderr: TextIO, settings: Settings | None) -> None:
    """An encoding asked for holds for errors as well, whichever stage they come from."""
    encoding = settings.get("output_encoding") if settings is not None else None
    if encoding is not None:
        try:
            stderr.reconfigure(encoding=encoding, errors="strict")  # type: ignore[attr-defined]
        except (LookupError, AttributeError):
            return
