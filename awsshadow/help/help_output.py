"""Standard output as a place to read help: how wide it is, what it understands, how to write to it."""

from __future__ import annotations

import os

from awsshadow.errors import NoStandardOutputError
from awsshadow.streams import is_reader_gone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.streams import Streams

#: Columns where nobody can say how many there are.
DEFAULT_WIDTH = 80


class HelpOutput:
    """``is_terminal``: somebody looks at it; ``is_dumb``: it cannot move its cursor, so no pager helps."""

    def __init__(self, streams: Streams, environ: Mapping[str, str]) -> None:
        self._streams = streams
        self._stdout = streams.stdout
        self.is_terminal = streams.is_tty("stdout")
        self.is_dumb = environ.get("TERM", "") in ("", "dumb") and os.name != "nt"
        self.knows_ansi = self.is_terminal and not self.is_dumb
        self.width = self._columns(environ)

    def _columns(self, environ: Mapping[str, str]) -> int:
        """The columns of the terminal; in a pipe ``COLUMNS``, which people set to say just that."""
        told = environ.get("COLUMNS", "")
        if told.isascii() and told.isdigit() and int(told) > 0:
            return int(told)
        try:
            return (
                os.get_terminal_size(self._stdout.fileno()).columns or DEFAULT_WIDTH if self._stdout else DEFAULT_WIDTH
            )
        except (OSError, ValueError):
            return DEFAULT_WIDTH

    def write(self, text: str) -> None:
        """Write ``text``; what the encoding of the stream lacks becomes a question mark.

        A reader that has gone away ends the writing in silence. Raises AwsShadowError without a
        standard output and OSError when it cannot be written to for another reason.
        """
        stream = self._stdout
        if stream is None:
            raise NoStandardOutputError
        try:
            try:
                stream.write(text)
            except UnicodeEncodeError:
                encoding = stream.encoding or "ascii"
                stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except OSError as error:
            self._streams.forget_output()
            if not is_reader_gone(error):
                raise
