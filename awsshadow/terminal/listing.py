"""A listing while it is read: how far it is, and how to go on after Ctrl-C."""

from __future__ import annotations

from time import monotonic

from awsshadow.terminal import progress_line
from awsshadow.terminal.folding import fold
from awsshadow.terminal.pieces import USUAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Protocol, Self

    from awsshadow.streams import Streams
    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.pieces import Piece

    class Pages(Protocol):
        """What is asked of the pages that are read."""

        result_keys: list[str]

        @property
        def non_aggregate(self) -> Mapping[str, Any]: ...

        @property
        def resume_token(self) -> str | None: ...

        @property
        def next_token(self) -> str | None: ...

        def __iter__(self) -> Iterator[dict[str, Any]]: ...

    class Traffic(Protocol):
        """Whether a request has been signed, and how often the service asked to slow down."""

        has_sent: bool
        throttled: int


class WatchedPages:
    """Pages that are counted while they are read; used as a context manager around the reading.

    ``moves``: a line on standard error says how far it is. ``printed``: what was read before Ctrl-C has been
    written. The attributes are those of the pages.
    """

    def __init__(
        self, name: str, pages: Pages, traffic: Traffic, streams: Streams, look: Appearance,
        moves: bool, printed: bool,
    ) -> None:  # fmt: skip
        assert streams.stderr is not None
        self.result_keys = pages.result_keys
        self._name = name
        self._pages = pages
        self._traffic = traffic
        self._stderr = streams.stderr
        self._columns = look.columns
        self._printed = printed
        self._progress = progress_line(self._line, streams.stderr, look) if moves else None
        self._begun = monotonic()
        self._read = self._items = 0
        self._ended = False

    @property
    def non_aggregate(self) -> Mapping[str, Any]:
        """See ``call.Pages``."""
        return self._pages.non_aggregate

    @property
    def resume_token(self) -> str | None:
        """See ``call.Pages``."""
        return self._pages.resume_token

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The pages; before the last one has been handled the line is gone."""
        for page in self._pages:
            self._read += 1
            self._items += sum(_count(page, key) for key in self.result_keys)
            yield page
        self._ended = True
        self._stop()

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._progress.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stop()
        if kind is not None and issubclass(kind, KeyboardInterrupt) and not self._ended:
            self._say_how_to_go_on()

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _line(self, columns: int) -> list[Piece]:
        if not self._traffic.has_sent:
            return []  # somebody may be asked for the code of a second factor
        passed = max(monotonic() - self._begun, 0.001)
        read = f"{_counted(self._read, 'page')}, {_counted(self._items, 'item')}"
        rate = f", {self._items / passed:.0f}/s" if self._items else ""
        throttled = self._traffic.throttled
        slowed = f", throttled {_counted(throttled, 'time')}" if throttled else ""
        lines = (f"{self._name}: {read}{rate}{slowed}", f"{read}{rate}{slowed}", f"{read}{slowed}")
        return [(next((line for line in lines if len(line) <= columns), lines[-1]), USUAL)]

    def _say_how_to_go_on(self) -> None:
        token = self._pages.next_token
        if token is None:
            return
        counts = f"{_counted(self._read, 'page')} with {_counted(self._items, 'item')}"
        lost = "" if self._printed else ", which were not printed"
        sentence = f"Interrupted after {counts}{lost}. To list what comes after them, add:"
        lines = ["", *fold(sentence, self._columns), f"  --starting-token {token}", ""]
        self._stderr.write("\n".join(lines))
        self._stderr.flush()


def _count(page: dict[str, Any], key: str) -> int:
    found = page.get(key)
    return len(found) if isinstance(found, list) else 0


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
