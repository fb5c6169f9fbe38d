"""An S3 that the environment names, asked by a sandbox that is no server itself."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.serving.s3_over_http import S3OverHttp
from tests.support.raw_server import raw_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def port() -> Iterator[int]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(400 if self.path == "/refused" else 200)
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served.server_address[1]
        served.shutdown()


@pytest.mark.parametrize("url", ["http://127.0.0.1:{}", "http://localhost:{}/", "http://user:secret@127.0.0.1:{}"])
@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])
def test_it_is_asked(port: int, variable: str, url: str) -> None:
    s3 = S3OverHttp({variable: url.format(port)})
    assert s3.ask("GET", "/bucket/key") == (200, b"/bucket/key")
    assert s3.ask("GET", "/refused")[0] == 0


@pytest.mark.parametrize(
    "url",
    ["", "http://127.0.0.1:x", "http://127.0.0.1:99999", "http://[::1", "https://127.0.0.1", "http://192.0.2.1", "x"],
)
def test_nobody_answers_there(url: str) -> None:
    assert S3OverHttp({"AWS_ENDPOINT_URL_S3": url}).ask("GET", "/bucket/key") == (0, b"")


def test_what_answers_is_not_of_http() -> None:
    with raw_server(b"SSH-2.0-x\r\n") as url:
        assert S3OverHttp({"AWS_ENDPOINT_URL_S3": url}).ask("GET", "/bucket/key") == (0, b"")
