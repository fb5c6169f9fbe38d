"""A scripted endpoint in a thread of the test."""

from __future__ import annotations

import http.server
import json
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from botocore.awsrequest import AWSPreparedRequest

    from awsshadow.call import ConnectedOperation, Threads, Transport


class Connect(Protocol):
    """Connects an operation, or a waiter of ``part`` ``waiters``: ``wire("describe-endpoint", region="x")``.

    ``options`` are global options.
    """

    def __call__(
        self,
        name: str,
        *,
        part: str = "operations",
        transport: Transport | None = None,
        stderr: TextIO | None = None,
        threads: Threads | None = None,
        parameters: dict[str, Any] | None = None,
        **options: object,
    ) -> ConnectedOperation: ...


class Answering:
    """A transport that gives one answer to every request and keeps what it was asked."""

    pace = 1.0

    def __init__(self, body: bytes = b"{}") -> None:
        self.asked: list[AWSPreparedRequest] = []
        self._body = body

    def close(self) -> None:
        """There is nothing to let go of."""

    def __call__(self, request: AWSPreparedRequest, /) -> tuple[int, Mapping[str, str], bytes]:
        self.asked.append(request)
        return 200, {"Content-Type": "application/x-amz-json-1.1"}, self._body


class Reply(NamedTuple):
    """One scripted answer; a ``size`` beyond the body makes the connection break off."""

    status: int = 200
    body: str | bytes = "{}"
    headers: Mapping[str, str] = MappingProxyType({})
    size: int | None = None


class Seen(NamedTuple):
    path: str
    headers: list[tuple[str, str]]
    body: bytes
    peer: tuple[str, int]


class Endpoint:
    """Answers with ``replies`` in order, the last one again and again, and keeps what it saw."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply()]
        self.seen: list[Seen] = []
        endpoint = self

        class Door(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                endpoint.answer(self)

            do_GET = do_PUT = do_POST

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, door: http.server.BaseHTTPRequestHandler) -> None:
        body = door.rfile.read(int(door.headers.get("Content-Length", 0)))
        reply = self.replies[min(len(self.seen), len(self.replies) - 1)]
        self.seen.append(Seen(door.path, list(door.headers.items()), body, door.client_address))
        payload = reply.body.encode() if isinstance(reply.body, str) else reply.body
        door.send_response_only(reply.status)
        for name, value in reply.headers.items():
            door.send_header(name, value)
        door.send_header("Content-Length", str(len(payload) if reply.size is None else reply.size))
        door.end_headers()
        door.wfile.write(payload)
        if reply.size is not None:
            door.close_connection = True

    def bodies(self) -> list[Any]:
        return [json.loads(seen.body) for seen in self.seen]

    def header(self, name: str) -> list[str | None]:
        """The values of one header, a request each."""
        return [next((v for n, v in seen.headers if n.lower() == name), None) for seen in self.seen]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
