"""What goes over the wire, beside what a stock client sends for the same parameters."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

import botocore.session
import pytest

from awsshadow import __version__
from awsshadow.errors import AwsShadowError
from tests.call.served import Answering, Reply

if TYPE_CHECKING:
    from tests.call.served import Connect, Endpoint

#: Headers whose values differ from call to call or name the program.
OWN = {"user-agent", "x-amz-date", "authorization", "amz-sdk-invocation-id", "amz-sdk-request"}


def test_sends_what_a_stock_client_sends(wire: Connect, endpoint: Endpoint) -> None:
    parameters = {"EndpointName": "é😀", "Tags": [], "EndpointConfigName": "c"}
    wire("create-endpoint").call(parameters)
    botocore.session.Session().create_client("sagemaker", endpoint_url=endpoint.url).create_endpoint(**parameters)
    own, stock = endpoint.seen
    assert own.path == stock.path
    assert own.body == stock.body
    assert [name for name, _ in own.headers] == [name for name, _ in stock.headers]
    for (name, value), (_, expected) in zip(own.headers, stock.headers, strict=True):
        assert name.lower() in OWN or value == expected


def test_signs_the_reference_s_headers(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_SESSION_TOKEN", "later")
    environ.setenv("AWS_SECURITY_TOKEN", "first")
    wire("list-tags").call({"ResourceArn": "a"})
    authorization = endpoint.header("authorization")[0] or ""
    assert "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target," in authorization
    assert "/us-east-1/sagemaker/aws4_request" in authorization
    assert endpoint.header("x-amz-security-token") == ["first"]


def test_unsigned_request_has_no_trace_of_credentials(wire: Connect, endpoint: Endpoint) -> None:
    wire("describe-endpoint", sign_request=False).call({"EndpointName": "x"})
    names = {name.lower() for name, _ in endpoint.seen[0].headers}
    assert not names & {"authorization", "x-amz-date", "x-amz-security-token"}


def test_user_agent_names_the_program_and_the_command(wire: Connect, endpoint: Endpoint) -> None:
    wire("describe-endpoint").call({"EndpointName": "x"})
    agent = endpoint.header("user-agent")[0] or ""
    assert agent.startswith(f"awsshadow/{__version__} ")
    assert agent.endswith(" md/command#sagemaker.describe-endpoint")
    assert "cfg/retry-mode#standard" in agent


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("2023-11-14T22:13:20.999Z", 1700000000),
        ("2023-11-14T23:13:20+01:00", 1700000000),
        ("2023-11-14", 1699920000),
        ("Tue, 14 Nov 2023 22:13:20 GMT", 1700000000),
        ("1700000000.75", 1700000000),
        (-5.5, -6),
        (True, 1),
        (datetime.datetime(2024, 1, 2, 3, 4, 5, 6, datetime.UTC), 1704164645),
    ],
)
def test_timestamps_are_whole_seconds(wire: Connect, endpoint: Endpoint, given: object, sent: int) -> None:
    parameters = {"CreationTimeAfter": given}
    for known in (None, parameters):  # where they are known beforehand, most need no dateutil
        list(wire("list-endpoints", parameters=known).pages(parameters))
    assert endpoint.bodies() == [{"CreationTimeAfter": sent}] * 2


def test_answers_have_timestamps_whatever_a_request_has(wire: Connect, endpoint: Endpoint) -> None:
    parameters = {"CreationTimeAfter": "2023-11-14", "CreationTimeBefore": "2023-11-15T00:00:00Z"}
    item = {"EndpointName": "e", "EndpointArn": "a", "CreationTime": 1700000000.5}
    endpoint.replies = [Reply(body=json.dumps({"Endpoints": [item]}))]
    operation = wire("list-endpoints", parameters=parameters)
    (page,) = operation.pages(parameters)
    assert page == operation.call(parameters)
    assert str(page["Endpoints"][0]["CreationTime"]).startswith("2023-11-1")


def test_a_timestamp_that_botocore_refuses_is_refused_as_by_botocore(wire: Connect) -> None:
    parameters = {"CreationTimeAfter": "2023-11-31"}
    messages = []
    for known in (None, parameters):
        with pytest.raises(AwsShadowError) as caught:
            wire("list-endpoints", parameters=known).call(parameters)
        messages.append(caught.value.message)
    assert messages[0] == messages[1]


def test_body_keeps_order_and_appends_the_token(wire: Connect, endpoint: Endpoint) -> None:
    wire("update-pipeline").call({"PipelineDescription": "d", "PipelineName": "p"})
    wire("stop-pipeline-execution").call({"PipelineExecutionArn": "a"})
    assert endpoint.seen[0].body == b'{"PipelineDescription": "d", "PipelineName": "p"}'
    body = json.loads(endpoint.seen[1].body)
    assert list(body) == ["PipelineExecutionArn", "ClientRequestToken"]
    assert len(body["ClientRequestToken"]) == 36


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), '"NaN"'),
        (float("inf"), '"Infinity"'),
        (float("-inf"), '"-Infinity"'),
        (1e22, "1e+22"),
        (0.1, "0.1"),
        (1, "1"),
    ],
)
def test_number_forms(wire: Connect, endpoint: Endpoint, value: float, text: str) -> None:
    weights = [{"VariantName": "a", "DesiredWeight": value}]
    wire("update-endpoint-weights-and-capacities").call({"EndpointName": "x", "DesiredWeightsAndCapacities": weights})
    assert f'"DesiredWeight": {text}'.encode() in endpoint.seen[0].body


def test_one_connection_serves_all_pages(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(body=json.dumps({"NextToken": str(n)})) for n in range(5)] + [Reply()]
    list(wire("list-endpoints").pages({}))
    assert len(endpoint.seen) == 6
    assert len({seen.peer for seen in endpoint.seen}) == 1
    assert len(set(endpoint.header("amz-sdk-invocation-id"))) == 6


def test_transport_answers_in_place_of_the_network(
    wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        environ.delenv(name)
    transport = Answering(b'{"EndpointName": "x"}')

    assert wire("describe-endpoint", transport=transport).call({"EndpointName": "x"}) == {"EndpointName": "x"}
    assert not endpoint.seen
    assert json.loads(transport.asked[0].body) == {"EndpointName": "x"}
    assert "/us-east-1/sagemaker/" in transport.asked[0].headers["Authorization"]
