"""An endpoint that misbehaves on purpose, byte by byte."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    import io
    import ssl

#: Reset instead of close: linger for no time.
RESET = struct.pack("ii", 1, 0)


class Request(TypedDict):
    """One request: its first line, headers with names in lower case, and what its JSON says."""

    line: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """What to do about one request.

    ``parts`` are bytes to send and seconds to pause. ``end`` is ``keep`` (the connection), ``close`` or
    ``reset``. With ``early`` all that happens as soon as a client connects, before it has said anything.
    """

    parts: tuple[bytes | float, ...] = ()
    end: str = "keep"
    early: bool = False


def raw(*parts: bytes | float, end: str = "close") -> Reply:
    """Exactly these bytes, with pauses."""
    return Reply(parts, end)


def http(status: int, body: object = b"", headers: tuple[str, ...] = (), end: str = "keep") -> Reply:
    """A well-formed response; ``body`` may be JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = (f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content)}", *headers)
    return Reply(("\r\n".join(lines).encode() + b"\r\n\r\n" + content,), end)


def failure(status: int, code: str, message: str = "told so", headers: tuple[str, ...] = ()) -> Reply:
    """An error response of the service."""
    return http(status, {"__type": code, "message": message}, headers)


@dataclass
class Faulty:
    """A server on the loopback interface; gives the replies in turn, the last one again and again."""

    replies: list[Reply]
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._taken = 0
        self._last: int | None = None
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def tries(self) -> int:
        """How often the client tried: by a request, or by a connection that never came to one."""
        return max(self.connections, len(self.requests))

    def close(self) -> None:
        """Stop listening, once every connection that was made is counted: one more stands behind them."""
        with socket.socket() as last:
            last.bind(("127.0.0.1", 0))
            self._last = last.getsockname()[1]
            last.connect(("127.0.0.1", self.port))
            self._listening.join(10)
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, (_, port) = self._listener.accept()
                if port == self._last:
                    connection.close()
                    return
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection, connection.makefile("rb") as stream:
                while self._answer(connection, stream):
                    pass

    def _answer(self, connection: socket.socket, stream: io.BufferedReader) -> bool:
        """Deal with one request; whether the connection may be used again."""
        reply = self.replies[min(self._taken, len(self.replies) - 1)]
        if not reply.early:
            request = read_request(stream)
            if request is None:
                return False
            self.requests.append(request)
        self._taken += 1
        for part in reply.parts:
            if isinstance(part, bytes):
                connection.sendall(part)
            else:
                time.sleep(part)
        if reply.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        elif reply.end == "close":
            connection.shutdown(socket.SHUT_RDWR)
        return reply.end == "keep"


def read_request(stream: io.BufferedReader) -> Request | None:
    """One request: ``line``, ``headers`` and ``body``; None when the client has gone."""
    line = stream.readline().decode("latin-1").strip()
    if not line:
        return None
    headers = {}
    while field_ := stream.readline().decode("latin-1").strip():
        name, _, value = field_.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    return {"line": line, "headers": headers, "body": json.loads(body) if body else None}
