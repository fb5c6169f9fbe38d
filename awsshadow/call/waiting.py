"""Polling until a resource is in the state a waiter looks for (behaviour: output 4)."""

from __future__ import annotations

from botocore.waiter import NormalizedOperationMethod, SingleWaiterConfig, Waiter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

    Document = dict[str, Any]

_CLEAR = "\r\x1b[K"


def wait(method: Callable[..., Document], row: Document, parameters: Document, terminal: TextIO | None) -> None:
    """Poll with ``method`` as the waiter ``row`` of ``waiters-2`` says. Returns on success.

    Raises botocore's WaiterError when the waiter fails or gives up. ``terminal`` is where a line
    about each poll is shown and removed in the end; None shows nothing.
    """
    config = SingleWaiterConfig({key: value for key, value in row.items() if key != "name"})
    poll = NormalizedOperationMethod(method)
    if terminal is None:
        Waiter(row["name"], config, poll).wait(**parameters)
        return
    line = _StatusLine(row, terminal)
    try:
        Waiter(row["name"], config, line.watch(poll)).wait(**parameters)
    finally:
        line.remove()


class _StatusLine:
    """One line on a terminal: the state last seen, which attempt it was, how long it may still take."""

    def __init__(self, row: Document, terminal: TextIO) -> None:
        self._row = row
        self._terminal = terminal
        self._attempt = 0
        self._path = next((a["argument"] for a in row["acceptors"] if a["matcher"] == "path"), None)

    def watch(self, poll: Callable[..., Document]) -> Callable[..., Document]:
        def watched(**parameters: Any) -> Document:
            response = poll(**parameters)
            self._attempt += 1
            self._show(response)
            return response

        return watched

    def remove(self) -> None:
        if self._attempt:
            self._write(_CLEAR)

    def _show(self, response: Document) -> None:
        state = response.get(self._path) if self._path else None
        if state is None:
            state = response.get("Error", {}).get("Code", "unknown")
        most = self._row["maxAttempts"]
        minutes, seconds = divmod(round((most - self._attempt) * self._row["delay"]), 60)
        left = f"{minutes}m{seconds:02}s"
        self._write(f"{_CLEAR}{self._row['name']}: {state}, attempt {self._attempt}/{most}, at most {left} left")

    def _write(self, text: str) -> None:
        self._terminal.write(text)
        self._terminal.flush()
