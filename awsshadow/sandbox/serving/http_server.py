"""The sandbox as an HTTP endpoint on 127.0.0.1, for clients that are not awsshadow.

Threads, HTTP/1.1 with kept connections. What gets in is decided in ``http_guard``; what is answered, in ``service``
and, for the services around SageMaker, in ``services``. Nothing a client sends is logged but the operation's name.
"""

from __future__ import annotations

import contextlib
import errno
import json
import socket
import socketserver
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.contract.protocol import (
    TARGET_PREFIX,
    Answer,
    DefectError,
    printable,
)
from awsshadow.sandbox.services.http_call import HttpCall
from awsshadow.sandbox.services.recognition import scope_of, service_of
from awsshadow.sandbox.serving.http_guard import (
    BODY_LIMIT,
    Rejection,
    body_length,
    defect,
    inspect_call,
    inspect_sender,
    is_aws_client,
    is_for_another,
    not_played,
    unavailable,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Protocol

    class Sandbox(Protocol):
        """What answers calls; threads may ask at once."""

        def answer(self, target: str, body: bytes, region: str, base_url: str) -> Answer: ...

    class Services(Protocol):
        """What answers calls of other services; threads may ask at once."""

        @property
        def hint(self) -> str: ...
        def plays(self, service: str) -> bool: ...
        def answer(self, call: HttpCall) -> tuple[str, Answer]: ...

    #: Told of every call: operation, HTTP status, seconds it took.
    Log = Callable[[str, int, float], None]

ADDRESS = "127.0.0.1"

#: What the system says when this process, or all together, have as many files open as may be.
_EXHAUSTED = (errno.EMFILE, errno.ENFILE)
#: Seconds until a connection is tried again that could not be taken.
PAUSE = 0.1

#: What a browser is told, at whatever address: presigned URLs of the sandbox lead here, too.
PAGE = {
    "sandbox": "This is the awsshadow sandbox, a simulated SageMaker control plane on this machine. It is not AWS: "
    "where a presigned URL opens an application in AWS, there is only this text here."
}

#: Bytes of a refused body that are still read, so that the client sees the answer and not a reset.
_DRAIN_LIMIT = 8 * BODY_LIMIT


class Server(ThreadingHTTPServer):
    """Answers SageMaker calls from ``sandbox``, others from ``services``; port 0 takes any free one.

    ``region`` is that of requests which are not signed and so name none.
    Raises AwsShadowError when the port cannot be had.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self,
        sandbox: Sandbox,
        region: str,
        port: int = 0,
        log: Log | None = None,
        services: Services | None = None,
    ) -> None:
        self.sandbox = sandbox
        self.services = services
        self.region = region
        self.log = log
        self.stopping = threading.Event()
        try:
            super().__init__((ADDRESS, port), Connection)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise AwsShadowError(f"The sandbox cannot listen on {ADDRESS}:{port}: {reason}") from None

    @property
    def url(self) -> str:
        """The endpoint URL, without a slash at its end."""
        return f"http://{ADDRESS}:{self.server_address[1]}"

    def server_bind(self) -> None:
        # The base class asks the resolver for the host's full name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """The next connection; where no more can be open, a pause first: the one that waits is tried again at once."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self.stopping.wait(PAUSE)
            raise

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base class's signature
        """A client that goes away in the middle is no event; anything else is a defect to show."""
        if not isinstance(sys.exception(), OSError):
            traceback.print_exc()


@contextlib.contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Answer in a thread while the body runs, then stop and give the port back."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Connection(BaseHTTPRequestHandler):
    """One client's connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    #: Header and body leave in one write and at once: else a kept connection waits 40 ms for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    #: Seconds a connection may stay idle, or a request incomplete.
    timeout = 120

    def answer(self) -> None:
        """Any method: refuse the request or hand its body to the sandbox."""
        rejection = inspect_call(self.command, self.path, self.headers)
        beside = is_for_another(self.path, self.headers)
        if rejection is None and beside:
            rejection = self._inspect_other()
        if rejection is not None:
            return self._reject(rejection)
        length = body_length(self.headers) or 0
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return self._carry(self._other if beside else self._call, body)

    # The base class looks methods up by these names.
    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_CONNECT = do_HEAD = answer  # noqa: N815

    def do_GET(self) -> None:
        """A browser, or somebody who looks what listens here; AWS clients are answered as such."""
        if is_aws_client(self.headers) or scope_of(self.path.partition("?")[2], self.headers)[1]:
            return self.answer()
        rejection = inspect_sender(self.command, self.path, self.headers)
        if rejection is not None:
            return self._reject(rejection)
        self.close_connection = True  # a body, if there is one, was not read
        return self._send(Answer(200, {"Content-Type": "application/json"}, json.dumps(PAGE).encode() + b"\n"))

    def _inspect_other(self) -> Rejection | None:
        """Whether a call of another service than SageMaker is answered."""
        services = self.server.services
        if services is not None and services.plays(service_of(self.path, self.headers)):
            return None
        return not_played(self.path, self.headers, services.hint if services else "")

    def _region(self) -> str:
        return scope_of(self.path.partition("?")[2], self.headers)[0] or self.server.region

    def _call(self, body: bytes) -> tuple[str, Answer]:
        """The name of SageMaker's operation, and the answer."""
        target = self.headers["X-Amz-Target"]
        answer = self.server.sandbox.answer(target, body, self._region(), base_url=self.server.url)
        return target.removeprefix(TARGET_PREFIX), answer

    def _other(self, body: bytes) -> tuple[str, Answer]:
        """The same of another service."""
        service = service_of(self.path, self.headers)
        headers = {name: ",".join(self.headers.get_all(name, [])) for name in self.headers}
        call = HttpCall(service, self.command, self.path, headers, body, self._region(), self.server.url)
        assert self.server.services is not None  # whoever asks has looked
        return self.server.services.answer(call)

    def _carry(self, serve: Callable[[bytes], tuple[str, Answer]], body: bytes) -> None:
        start = time.monotonic()
        try:
            operation, answer = serve(body)
        except AwsShadowError as error:
            self._send(unavailable(self.path, self.headers, error.message).answer())
            return
        except Exception:
            traceback.print_exc()
            self._send(defect(self.path, self.headers).answer())
            return
        if isinstance(answer.failure, DefectError):
            traceback.print_exception(answer.failure)
        if answer.delay:
            self.server.stopping.wait(answer.delay)
        if answer.cut:
            self._break_off(answer)
        else:
            self._send(answer)
        if self.server.log is not None:
            self.server.log(printable(operation), answer.status, time.monotonic() - start)

    def _break_off(self, answer: Answer) -> None:
        """End the connection in the middle of an answer, as a broken network does."""
        self.close_connection = True
        self._send_head(answer)
        self.wfile.write(answer.body[: len(answer.body) // 2])
        self.wfile.flush()
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _reject(self, rejection: Rejection) -> None:
        """Answer a request whose body was not read, and end the connection."""
        self.close_connection = True
        waits = self.headers.get("Expect", "").lower() == "100-continue"
        self._send(rejection.answer())
        self.wfile.flush()
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(0.5)
            left = 0 if waits else min(body_length(self.headers) or 0, _DRAIN_LIMIT)
            while left > 0 and (piece := self.rfile.read(min(left, 65536))):
                left -= len(piece)

    def _send(self, answer: Answer) -> None:
        self._send_head(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class finds wrong (no HTTP, too many or too long headers): in the form of a rejection."""
        self.close_connection = True
        self.request_version = self.protocol_version  # an unread request line would mean one without headers
        rejection = Rejection(int(code), "SandboxRefused", message or explain or "The request cannot be read.")
        self._send(rejection.answer())

    def version_string(self) -> str:
        """The header ``Server``."""
        return "awsshadow-sandbox"

    def handle_expect_100(self) -> bool:
        """Nothing yet: whether the body is wanted is known only once the headers are judged."""
        return True

    def log_message(self, format: str, *args: Any) -> None:
        """The base class would print addresses and request lines."""
