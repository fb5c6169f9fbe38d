"""A scripted HTTP endpoint, in a process of its own: ``python -m tests.support.endpoint_server``.

It prints the port it listens on and is then told what to do over standard input, one JSON value
a line, each answered by one line: a list is the replies to give from now on, in order, the last
one again and again (none: ``{}``), and starts a new record; null asks for the record of requests.

A reply is ``{"status": 200, "headers": {}, "body": ""}``, all optional, or one of the faults
``{"fault": "close"}``, ``{"fault": "truncate", "body": ...}`` (fewer bytes than announced, ``status`` as above) and
``{"fault": "hang", "seconds": N}``. A reply with ``"match": OPERATION`` is given to requests for
that operation only.
"""

from __future__ import annotations

import http.server
import json
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE = "application/x-amz-json-1.1"


class Reply(TypedDict, total=False):
    """One reply, or a fault in its place; the text above says which members go together."""

    match: str | None
    status: int
    headers: Mapping[str, str]
    body: str
    fault: str
    seconds: float


class Request(TypedDict):
    """One request as it came; names of headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class Script:
    """The replies to give and the requests seen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._replies: list[Reply] = []
        self._seen: list[Request] = []

    def restart(self, replies: list[Reply]) -> None:
        with self._lock:
            self._replies, self._seen = list(replies), []

    def record(self) -> list[Request]:
        with self._lock:
            return list(self._seen)

    def note(self, method: str, path: str, headers: dict[str, str], body: str) -> None:
        """Write down a request."""
        with self._lock:
            self._seen.append({"method": method, "path": path, "headers": headers, "body": body})

    def take(self, operation: str) -> Reply:
        """The reply that is due for ``operation``."""
        with self._lock:
            fitting = [r for r in self._replies if r.get("match") in (None, operation)]
            if not fitting:
                return {"body": "{}"}
            if len(fitting) > 1:
                self._replies.remove(fitting[0])
            return fitting[0]


class Connection(http.server.BaseHTTPRequestHandler):
    """One connection of a client; ``script`` is shared by all."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script = Script()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: standard error is for faults of the endpoint itself."""

    def answer(self) -> None:
        """Any method but CONNECT: read the request, give the reply that is due."""
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size).decode("utf-8", "surrogateescape")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.script.note(self.command, self.path, headers, body)
        reply = self.script.take(headers.get("x-amz-target", "").rpartition(".")[2])
        fault = reply.get("fault")
        if fault is None:
            self._send(reply)
            return
        if fault == "hang":
            time.sleep(reply.get("seconds", 5))
        elif fault == "truncate":
            text = reply.get("body", "{}")
            headers = {"Content-Length": str(len(text) + 100)}
            self._send({"status": reply.get("status", 200), "headers": headers, "body": text})
        self._hang_up()

    do_GET = do_PUT = do_POST = answer

    def refuse(self) -> None:
        """CONNECT: a proxy that lets nobody through, so that the name asked for can be seen."""
        self.script.note("CONNECT", self.path, {}, "")
        self._send({"status": 403, "headers": {"Content-Type": "text/plain"}, "body": "no"})
        self.close_connection = True

    do_CONNECT = refuse

    def _send(self, reply: Reply) -> None:
        body = reply.get("body", "").encode("utf-8", "surrogateescape")
        self.send_response_only(reply.get("status", 200))
        given = reply.get("headers", {})
        defaults = {"Content-Type": CONTENT_TYPE, "Content-Length": str(len(body))}
        names = {name.lower() for name in given}
        for name, value in [*given.items(), *((n, v) for n, v in defaults.items() if n.lower() not in names)]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Server(http.server.ThreadingHTTPServer):
    """A thread a connection; a client that goes away is nobody's fault."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is what some cases are about."""


def main() -> None:
    """Serve until standard input ends."""
    server = Server(("127.0.0.1", 0), Connection)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for line in sys.stdin:
        replies = json.loads(line)
        if replies is None:
            print(json.dumps(Connection.script.record()), flush=True)
        else:
            Connection.script.restart(replies)
            print("null", flush=True)


if __name__ == "__main__":
    main()
