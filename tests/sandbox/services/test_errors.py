"""What services say when the sandbox itself cannot answer, and when somebody sends what is no request."""

from __future__ import annotations

import http.client
import json
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError

from awsshadow.sandbox.service import set_faults
from awsshadow.sandbox.services import rehearsal
from awsshadow.sandbox.services.event_stream import frame
from awsshadow.sandbox.services.service_model import load

if TYPE_CHECKING:
    from awsshadow.sandbox.serving.http_server import Server
    from tests.sandbox.services.conftest import Client

SIGNED = "AWS4-HMAC-SHA256 Credential=K/20260101/eu-west-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def ask(
    server: Server, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer, said


@pytest.mark.parametrize(
    ("service", "call", "params"),
    [
        ("sts", "get_caller_identity", {}),
        ("logs", "describe_log_groups", {}),
        ("sagemaker-runtime", "invoke_endpoint", {"EndpointName": "e", "Body": b""}),
        *([("ssm", "describe_parameters", {})] if rehearsal.is_installed() else []),
    ],
)
def test_when_the_file_is_taken_away_calls_are_unavailable(
    client: Client, folder: str, service: str, call: str, params: dict[str, Any]
) -> None:
    made = client(service)
    shutil.rmtree(folder)
    with pytest.raises(ClientError) as caught:
        getattr(made, call)(**params)
    assert caught.value.response["Error"]["Code"] == "ServiceUnavailable"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert "was removed while it was in use" in caught.value.response["Error"]["Message"]


def test_faults_hold_for_the_services_around(client: Client, folder: str) -> None:
    set_faults(folder, {"throttle": [{"operation": "GetCallerIdentity", "times": 2}]})
    sts = client("sts")  # which tries once more by itself
    with pytest.raises(ClientError) as caught:
        sts.get_caller_identity()
    assert caught.value.response["Error"]["Code"] == "ThrottlingException"
    assert sts.get_caller_identity()["Account"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "code"),
    [
        ("POST", "/", {"Authorization": SIGNED.format("sts")}, b"Action=Nothing", 400, b"<Code>InvalidAction</Code>"),
        ("POST", "/", {"Authorization": SIGNED.format("sts")}, b"\xff\xfe", 400, b"<Code>InvalidAction</Code>"),
        ("POST", "/", {"X_Amz_Target": "Logs_20140328.No"}, b"{}", 400, b'"__type":"UnknownOperationException"'),
        ("POST", "/", {"X_Amz_Target": "Logs_20140328.GetLogEvents"}, b"{", 400, b'"__type":"SerializationException"'),
        ("POST", "/", {"X_Amz_Target": "Logs_20140328.GetLogEvents"}, b"[1]", 400, b'"SerializationException"'),
        ("POST", "/BatchGetRecord", {}, b'{"Identifiers": 1}', 400, b'"message":'),
        (
            "DELETE",
            "/endpoints/e/invocations",
            {},
            b"",
            400,
            b'"message":"sagemaker-runtime has no operation at DELETE',
        ),
    ],
)
def test_what_is_no_request_is_refused_in_the_protocol(
    server: Server, method: str, path: str, headers: dict[str, str], body: bytes, status: int, code: bytes
) -> None:
    answer, said = ask(server, method, path, body, **headers)
    assert answer.status == status
    assert code in said


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://example.com"}, {"Sec_Fetch_Site": "cross-site"}, {"Host": "a.b"}]
)
def test_web_pages_reach_no_service(server: Server, headers: dict[str, str]) -> None:
    signed = {"Authorization": SIGNED.format("sts"), **headers}
    assert ask(server, "POST", "/", b"Action=GetCallerIdentity", **signed)[0].status == 403
    assert ask(server, "POST", "/endpoints/e/invocations", b"x", **headers)[0].status == 403
    query = urlencode({"Action": "GetCallerIdentity", "X-Amz-Credential": "K/20260101/eu-west-1/sts/aws4_request"})
    assert ask(server, "GET", f"/?{query}", b"", **headers)[0].status == 403


def test_a_get_without_a_signature_is_told_where_it_is(server: Server) -> None:
    for path in ("/FeatureGroup/users", "/human-loops", "/bucket/key"):
        answer, said = ask(server, "GET", path)
        assert answer.status == 200
        assert "sandbox" in json.loads(said)


def test_a_frame_of_an_event_stream_is_what_botocore_reads() -> None:
    eventstream = pytest.importorskip("botocore.eventstream")
    buffer = eventstream.EventStreamBuffer()
    buffer.add_data(frame({":event-type": "PayloadPart", "name": "ü"}, b"\x00payload"))
    [message] = list(buffer)
    assert message.headers == {":event-type": "PayloadPart", "name": "ü"}
    assert message.payload == b"\x00payload"


def test_every_operation_that_is_played_is_in_the_model() -> None:
    from importlib import import_module

    from awsshadow.sandbox.services.dispatch import BUILT_IN

    newer = {"BatchWriteRecord", "UpdateRecord", "ListRecords"}
    for service, module in BUILT_IN.items():
        played = import_module(f"awsshadow.sandbox.services.{module}")
        assert set(played.OPERATIONS) - newer <= set(load(service).operations)
        assert set(played.OPERATIONS) >= played.READING
