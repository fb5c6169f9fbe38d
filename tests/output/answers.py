"""Pages, streams and one-line printing for the tests of the output stage."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from awsshadow import output
from awsshadow.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Pages:
    """Pages as the call stage hands them over; an exception among them is raised in its place."""

    def __init__(
        self,
        pages: Iterable[Any],
        keys: tuple[str, ...] = ("Models",),
        non_aggregate: dict[str, Any] | None = None,
        resume_token: str | None = None,
    ) -> None:
        self.result_keys = list(keys)
        self.non_aggregate: dict[str, Any] = {}
        self.resume_token: str | None = None
        self.read = 0
        self._pages = pages
        self._known_later = (non_aggregate or {}, resume_token)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for page in self._pages:
            if isinstance(page, Exception):
                raise page
            self.read += 1
            self.non_aggregate = self._known_later[0]
            yield page
        self.resume_token = self._known_later[1]


class Recorder(io.StringIO):
    """A stream that keeps each write apart."""

    def __init__(self, terminal: bool = False) -> None:
        super().__init__()
        self.writes: list[str] = []
        self._terminal = terminal

    def write(self, text: str) -> int:
        self.writes.append(text)
        return super().write(text)

    def isatty(self) -> bool:
        return self._terminal


class Gone(io.StringIO):
    """A pipe whose reader has left, for whoever writes more than ``room`` characters."""

    def __init__(self, room: int = 0) -> None:
        super().__init__()
        self._room = room

    def write(self, text: str) -> int:
        if self.tell() + len(text) > self._room:
            raise BrokenPipeError(32, "Broken pipe")
        return super().write(text)


def show(
    format: str, answer: Any, query: str | None = None, color: str = "off", stdout: Any = None, pager: str | None = None
) -> str:
    """What printing ``answer`` (pages or a document) as ``format`` leaves on ``stdout``."""
    stream = io.StringIO() if stdout is None else stdout
    expression = None if query is None else output.compile_query(query)
    with output.printer(format, expression, color, Streams(None, stream, None), pager) as printer:
        if isinstance(answer, Pages):
            printer.pages("ListModels", answer)
        else:
            printer.document("DescribeModel", answer)
    return str(stream.getvalue()) if hasattr(stream, "getvalue") else ""
