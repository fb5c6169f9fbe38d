"""The HTTP door: what it lets in, and how it answers."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow import __version__
from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.contract.protocol import MARK
from awsshadow.sandbox.service import Sandbox, set_faults
from awsshadow.sandbox.serving.http_guard import BODY_LIMIT
from awsshadow.sandbox.serving.http_server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPConnection
    from pathlib import Path

    from tests.sandbox.serving.conftest import Echo, Row

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/{}/{}/aws4_request, SignedHeaders=host, Signature=0"
CALL = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListModels"}


def named(fields: dict[str, str]) -> dict[str, str]:
    """Header fields as keyword arguments."""
    return {name.replace("-", "_"): value for name, value in fields.items()}


@pytest.fixture
def client(server: Server) -> Iterator[HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    yield connection
    connection.close()


def ask(
    client: HTTPConnection, method: str = "POST", path: str = "/", body: bytes | None = b"{}", **headers: Any
) -> tuple[http.client.HTTPResponse, bytes]:
    client.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items() if v is not None})
    response = client.getresponse()
    return response, response.read()


def call(
    client: HTTPConnection, body: bytes = b"{}", **headers: str
) -> tuple[http.client.HTTPResponse, dict[str, Any]]:
    response, said = ask(client, body=body, **{**named(CALL), **headers})
    return response, json.loads(said)


def raw(server: Server, text: bytes) -> bytes:
    """Everything the server says to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(text)
        said = b""
        while piece := connection.recv(65536):
            said += piece
    return said


def test_a_call_is_answered_by_the_core(server: Server, client: HTTPConnection, echo: Echo) -> None:
    response, said = call(client, b'{"MaxResults":1}')
    assert response.status == 200
    assert response.getheader(MARK) == __version__
    assert said == {"target": "SageMaker.ListModels", "region": "eu-west-1", "length": 16}
    assert echo.calls == [("SageMaker.ListModels", b'{"MaxResults":1}', "eu-west-1", server.url)]


def test_the_region_is_the_one_signed_for(client: HTTPConnection) -> None:
    assert call(client, Authorization=SIGNED.format("ap-south-1", "sagemaker"))[1]["region"] == "ap-south-1"


def test_a_parameter_of_the_content_type_is_no_obstacle(client: HTTPConnection) -> None:
    assert call(client, Content_Type="application/x-amz-json-1.1; charset=utf-8")[0].status == 200


def test_connections_are_kept_and_do_not_wait_for_acknowledgements(client: HTTPConnection) -> None:
    call(client)
    kept = client.sock
    spans = []
    for _ in range(50):
        start = time.monotonic()
        assert call(client)[0].status == 200
        spans.append(time.monotonic() - start)
    assert client.sock is kept
    assert min(spans) < 0.04  # what waiting for one takes every time, however busy the machine is


def test_many_clients_at_once(server: Server) -> None:
    def one(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        said = call(connection, b" " * number + b"{}")[1]
        connection.close()
        return int(said["length"])

    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(one, range(100))) == [n + 2 for n in range(100)]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8080"])
def test_loopback_hosts_are_answered(client: HTTPConnection, host: str) -> None:
    assert call(client, Host=host)[0].status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "example.com"}, 403),
        ({"Host": "127.0.0.1.example.com"}, 403),
        ({"Host": "localhost.example.com:80"}, 403),
        ({"Host": "localhost@example.com"}, 403),
        ({"Host": "api.sagemaker.us-east-1.amazonaws.com"}, 403),
        ({"Host": "10.0.0.1"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "[::1"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Content_Type": None}, 415),
        ({"Content_Type": "application/json"}, 415),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-amz-json-1.0"}, 415),
        ({"X_Amz_Target": None}, 400),
        ({"X_Amz_Target": "AmazonSSM.GetParameter"}, 400),
        ({"X_Amz_Target": "ListModels"}, 400),
        ({"Content_Length": "many"}, 400),
        ({"Content_Length": "-1"}, 400),
        ({"Content_Length": str(BODY_LIMIT + 1)}, 413),
        ({"Content_Length": "9" * 40}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
)
def test_what_is_turned_away(client: HTTPConnection, echo: Echo, headers: dict[str, Any], status: int) -> None:
    names = {**named(CALL), **headers}
    response, said = ask(client, body=b"", **names)
    assert response.status == status
    assert response.getheader(MARK) == __version__
    assert response.getheader("Connection") == "close"
    assert json.loads(said)["__type"]
    assert echo.calls == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW"])
@pytest.mark.parametrize("path", ["/", "/models"])
def test_calls_are_posts_to_the_root(client: HTTPConnection, echo: Echo, method: str, path: str) -> None:
    response, said = ask(client, method, path, body=b"", **named(CALL))
    assert response.status in (400, 404, 405, 501)
    assert response.getheader(MARK) == __version__
    assert response.getheader("Access-Control-Allow-Origin") is None
    assert echo.calls == []
    assert (said == b"") == (method == "HEAD")


@pytest.mark.parametrize(
    "line",
    [
        b"POST http://example.com/ HTTP/1.1",
        b"POST //example.com/ HTTP/1.1",
        b"CONNECT example.com:443 HTTP/1.1",
        b"POST * HTTP/1.1",
    ],
)
def test_it_is_no_proxy(server: Server, echo: Echo, line: bytes) -> None:
    head = b"\r\nHost: localhost\r\nX-Amz-Target: SageMaker.ListModels\r\nContent-Type: application/x-amz-json-1.1\r\n"
    said = raw(server, line + head + b"Content-Length: 2\r\n\r\n{}")
    assert said.startswith(b"HTTP/1.1 40")
    assert echo.calls == []


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n",
        b"POST /" + b"x" * 70000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 70000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    ],
)
def test_heads_that_cannot_be_read_are_refused_with_the_mark(server: Server, echo: Echo, text: bytes) -> None:
    said = raw(server, text)
    assert said.startswith(b"HTTP/1.1 4")
    assert MARK.encode() in said
    assert echo.calls == []


def test_a_refused_body_is_read_so_that_the_answer_arrives(client: HTTPConnection) -> None:
    response, said = ask(client, body=b"x" * (BODY_LIMIT + 1), **named(CALL))
    assert response.status == 413
    assert json.loads(said)["__type"] == "RequestEntityTooLarge"


def test_a_client_that_asks_first_is_told_to_go_on(server: Server) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\nConnection: close\r\n"
    head += b"X-Amz-Target: SageMaker.ListModels\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(head)
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"{}")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_client_that_asks_first_is_told_not_to_go_on(server: Server) -> None:
    head = b"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
    head += b"X-Amz-Content-SHA256: x\r\n\r\n"
    assert raw(server, head).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("service", "headers", "form"),
    [
        ("iam", {"Content_Type": "application/x-www-form-urlencoded"}, "<Code>SandboxRefused</Code>"),
        ("s3", {}, "<Code>SandboxRefused</Code>"),
        ("lambda", {"Content_Type": "application/json"}, '"__type": "SandboxRefused"'),
    ],
)
def test_other_services_are_refused_in_their_own_protocol(
    client: HTTPConnection, service: str, headers: dict[str, Any], form: str
) -> None:
    response, said = ask(client, Authorization=SIGNED.format("us-east-1", service), **headers)
    assert response.status == 400
    assert response.getheader("x-amzn-errortype") == "SandboxRefused"
    assert form in said.decode()
    assert f"this request is for {service}." in said.decode()


def test_the_name_of_a_service_cannot_carry_markup(client: HTTPConnection) -> None:
    signed = SIGNED.format("us-east-1", "<b>&x")
    said = ask(client, Authorization=signed, Content_Type="application/x-www-form-urlencoded")[1]
    assert b"this request is for bx." in said


@pytest.mark.parametrize("path", ["/", "/presigned/app?token=1", "/favicon.ico"])
def test_a_browser_is_told_where_it_is(client: HTTPConnection, path: str) -> None:
    response, said = ask(client, "GET", path, body=None)
    assert response.status == 200
    assert response.getheader(MARK) == __version__
    assert "sandbox" in json.loads(said)


def test_a_browser_led_here_by_another_name_is_told_nothing(client: HTTPConnection) -> None:
    assert ask(client, "GET", "/", body=None, Host="rebound.example.com")[0].status == 403


def test_a_delay_is_carried_out(client: HTTPConnection) -> None:
    start = time.monotonic()
    assert call(client, b'{"delay": 0.05}')[0].status == 200
    assert time.monotonic() - start >= 0.05


def test_a_cut_ends_the_connection_in_the_middle_of_the_answer(client: HTTPConnection) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        call(client, b'{"cut": true}')
    assert caught.value.partial.startswith(b'{"target": ')


def test_a_defect_is_answered_without_its_inside(client: HTTPConnection, capsys: pytest.CaptureFixture[str]) -> None:
    response, said = call(client, b'{"defect": true}')
    assert (response.status, said["__type"]) == (500, "InternalFailure")
    assert "secret" not in str(said)
    assert "a secret of the inside" in capsys.readouterr().err
    assert call(client)[0].status == 200


def test_a_failure_of_what_is_kept_is_answered_in_its_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What somebody can mend is a sentence; only what nobody has thought of prints where it happened."""
    sandbox = Sandbox(str(tmp_path))
    with closing(sqlite3.connect(tmp_path / "sandbox.db")) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO note VALUES ('', 'faults', '', '{\"explode\": []}')")
    with serving(Server(sandbox, "eu-west-1")) as server:
        client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        response, said = call(client)
        assert (response.status, said["__type"]) == (500, "InternalFailure")
        assert "'awsshadow sandbox faults clear' takes them away" in said["message"]
        assert capfd.readouterr().err == ""
        set_faults(str(tmp_path), None)
        assert call(client)[0].status == 200
        client.close()
    sandbox.close()


LIMITED = """
import resource, sys, threading, time
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.serving.http_server import Server, serving
sandbox = Sandbox(sys.argv[1])
sandbox.answer("SageMaker.ListModels", b"{}", "eu-west-1")
server = Server(sandbox, "eu-west-1")
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
with serving(server):
    print(server.server_port, flush=True)
    sys.stdin.readline()
    before = time.process_time()
    time.sleep(1)
    print(time.process_time() - before, flush=True)
    sys.stdin.readline()
"""


def test_where_a_failure_happened_is_printed_when_nobody_has_thought_of_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sandbox = Sandbox(str(tmp_path))
    assert sandbox.answer("SageMaker.CreateExperiment", b'{"ExperimentName": "one"}', "eu-west-1").status == 200
    with closing(sqlite3.connect(tmp_path / "sandbox.db")) as connection, connection:
        connection.execute("UPDATE resource SET family='InferenceExperiment', doc='{}'")
    with serving(Server(sandbox, "eu-west-1")) as server:
        client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        response, said = call(client, b'{"Name": "one"}', X_Amz_Target="SageMaker.DescribeInferenceExperiment")
        client.close()
    sandbox.close()
    assert (response.status, said["__type"]) == (500, "InternalFailure")
    assert "what it keeps of this is damaged, or this is a defect" in said["message"]
    assert "KeyError: 'EndpointName'" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
def test_more_connections_than_files_may_be_open_are_waited_for(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdin
    assert program.stdout
    port = int(program.stdout.readline())
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(100)]
    time.sleep(0.3)
    program.stdin.write("measure\n")
    program.stdin.flush()
    assert float(program.stdout.readline()) < 0.3, "seconds of work in a second of waiting"
    for connection in held:
        connection.close()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    assert call(client)[0].status == 200
    client.close()
    program.communicate("end\n", timeout=30)
    assert program.returncode == 0


def test_the_log_holds_names_and_no_headers(client: HTTPConnection, log: list[Row]) -> None:
    call(client, Authorization=SIGNED.format("us-east-1", "sagemaker"))
    call(client)
    assert log[0][:2] == ("ListModels", 200)
    assert "AKIDEXAMPLE" not in str(log)


def test_nothing_is_printed(client: HTTPConnection, capfd: pytest.CaptureFixture[str]) -> None:
    call(client, Authorization=SIGNED.format("us-east-1", "sagemaker"), X_Amz_Security_Token="token")
    ask(client, "GET", "/nowhere", body=None)
    assert capfd.readouterr() == ("", "")


def test_only_loopback_is_bound(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_an_error(server: Server, echo: Echo) -> None:
    with pytest.raises(AwsShadowError, match=f"cannot listen on 127.0.0.1:{server.server_port}: "):
        Server(echo, "us-east-1", port=server.server_port)
