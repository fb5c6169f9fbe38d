"""A service whose answers wait until something has been seen on a terminal, so that no test waits for a clock."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from tests.support.screen import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Operation, parameters, the number of the request from 1 on -> status and document of the answer.
    Answering = Callable[[str, dict[str, Any], int], tuple[int, object]]


class _Handler(http.server.BaseHTTPRequestHandler):
    service: ClassVar[HeldService]

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        status, document = self.service.answer(operation, given)
        body = json.dumps(document).encode()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # an interrupted program reads no more
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class HeldService:
    """A service at ``url`` that answers with ``answering``, unless a request is held."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._lock = threading.Lock()
        self._asked = 0
        #: Requests, by number, that are answered when something is set.
        self.held: dict[int, threading.Event] = {}
        handler = type("Handler", (_Handler,), {"service": self})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()

    def answer(self, operation: str, given: dict[str, Any]) -> tuple[int, object]:
        """The answer to the next request, once it may be given."""
        with self._lock:
            self._asked += 1
            number = self._asked
        if number in self.held:
            self.held[number].wait(LIMIT)
        return self._answering(operation, given, number)

    def hold(self, number: int) -> threading.Event:
        """Hold the answer to a request until what is returned is set."""
        return self.held.setdefault(number, threading.Event())

    def until_seen(self, texts: Mapping[int, bytes]) -> Callable[..., None]:
        """Hold the answers to these requests, by number, until the text of each is seen; for ``when`` of ``watch``."""
        events = {number: self.hold(number) for number in texts}

        def look(raw: bytes, _: object) -> None:
            for number, text in texts.items():
                if text in raw:
                    events[number].set()

        return look

    def later(self, number: int, seconds: float) -> None:
        """Answer the request ``number`` after so many seconds."""
        threading.Timer(seconds, self.hold(number).set).start()

    def close(self) -> None:
        """Answer all that are held, and no more."""
        for event in self.held.values():
            event.set()
        self._server.shutdown()
        self._server.server_close()
