"""Invoking endpoints: when they answer, which variant, and what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from awsshadow.errors import ParameterError
from awsshadow.sandbox.service import advance_clock, set_faults, show_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.services.conftest import Client


@pytest.fixture
def clock() -> str:
    return "frozen"


@pytest.fixture
def runtime(client: Client) -> Any:
    return client("sagemaker-runtime")


@pytest.fixture
def endpoint(make_endpoint: Callable[..., None], folder: str) -> str:
    make_endpoint("demo", {"a": 1.0, "b": 0.0})
    advance_clock(folder, "1h")
    return "demo"


def refused(call: Callable[..., Any], **params: Any) -> dict[str, Any]:
    with pytest.raises(ClientError) as caught:
        call(**params)
    response: dict[str, Any] = caught.value.response
    return response


def test_the_body_comes_back_and_the_variant_is_named(runtime: Any, endpoint: str) -> None:
    said = runtime.invoke_endpoint(
        EndpointName=endpoint, Body=b"\x00\xff1,2", ContentType="text/csv", CustomAttributes="trace=1"
    )
    assert said["Body"].read() == b"\x00\xff1,2"
    assert (said["ContentType"], said["InvokedProductionVariant"]) == ("text/csv", "a")
    assert said["CustomAttributes"] == "trace=1"


def test_an_endpoint_answers_once_it_is_in_service(
    runtime: Any, make_endpoint: Callable[..., None], sagemaker: Any, folder: str
) -> None:
    assert refused(runtime.invoke_endpoint, EndpointName="demo", Body=b"")["Error"] == {
        "Code": "ValidationError",
        "Message": "Endpoint demo of account 123456789012 not found.",
    }
    make_endpoint("demo")
    error = refused(runtime.invoke_endpoint, EndpointName="demo", Body=b"")["Error"]
    assert error["Code"] == "ValidationError"
    assert "Creating" in error["Message"]
    advance_clock(folder, "1h")
    assert runtime.invoke_endpoint(EndpointName="demo", Body=b"x")["Body"].read() == b"x"
    sagemaker.delete_endpoint(EndpointName="demo")
    assert refused(runtime.invoke_endpoint, EndpointName="demo", Body=b"")["Error"]["Code"] == "ValidationError"


def test_variants_are_drawn_by_their_weights(runtime: Any, sagemaker: Any, endpoint: str, folder: str) -> None:
    def drawn() -> set[str]:
        return {runtime.invoke_endpoint(EndpointName=endpoint, Body=b"")["InvokedProductionVariant"] for _ in range(40)}

    assert drawn() == {"a"}
    weights = [{"VariantName": name, "DesiredWeight": weight} for name, weight in (("a", 0.0), ("b", 2.0))]
    sagemaker.update_endpoint_weights_and_capacities(EndpointName=endpoint, DesiredWeightsAndCapacities=weights)
    assert drawn() == {"a"}, "until the update is through the old weights hold"
    advance_clock(folder, "1h")
    assert drawn() == {"b"}
    assert (
        runtime.invoke_endpoint(EndpointName=endpoint, Body=b"", TargetVariant="a")["InvokedProductionVariant"] == "a"
    )
    assert (
        refused(runtime.invoke_endpoint, EndpointName=endpoint, Body=b"", TargetVariant="c")["Error"]["Code"]
        == "ValidationError"
    )


def test_a_stream_has_the_body_in_parts(runtime: Any, endpoint: str) -> None:
    body = b"0123456789" * 300
    said = runtime.invoke_endpoint_with_response_stream(EndpointName=endpoint, Body=body, ContentType="text/plain")
    parts = [event["PayloadPart"]["Bytes"] for event in said["Body"]]
    assert b"".join(parts) == body
    assert len(parts) == 3
    assert (said["InvokedProductionVariant"], said["ContentType"]) == ("a", "text/plain")


def test_an_asynchronous_endpoint_says_where_the_result_will_lie(
    runtime: Any, make_endpoint: Callable[..., None], folder: str, endpoint: str
) -> None:
    make_endpoint("later", AsyncInferenceConfig={"OutputConfig": {"S3OutputPath": "s3://b/out/"}})
    advance_clock(folder, "1h")
    said = runtime.invoke_endpoint_async(EndpointName="later", InputLocation="s3://b/in.csv", InferenceId="mine")
    assert said["InferenceId"] == "mine"
    assert said["OutputLocation"].startswith("s3://b/out/")
    assert said["OutputLocation"].endswith(".out")
    assert said["ResponseMetadata"]["HTTPStatusCode"] == 202
    for call, params in (
        (runtime.invoke_endpoint_async, {"EndpointName": endpoint, "InputLocation": "s3://b/in.csv"}),
        (runtime.invoke_endpoint, {"EndpointName": "later", "Body": b""}),
    ):
        assert refused(call, **params)["Error"]["Code"] == "ValidationError"


def test_rules_say_what_comes_back(runtime: Any, endpoint: str, folder: str) -> None:
    rules = {
        "invoke": [
            {"endpoint": "other", "body": "no"},
            {"endpoint": "de*", "variant": "b", "body": "for b", "type": "text/csv"},
            {"endpoint": "de*", "body": {"score": 0.5}, "times": 1},
            {"body": "plain"},
        ]
    }
    set_faults(folder, rules)
    to_b = runtime.invoke_endpoint(EndpointName=endpoint, Body=b"", TargetVariant="b")
    assert (to_b["Body"].read(), to_b["ContentType"]) == (b"for b", "text/csv")
    once = runtime.invoke_endpoint(EndpointName=endpoint, Body=b"")
    assert (json.loads(once["Body"].read()), once["ContentType"]) == ({"score": 0.5}, "application/json")
    then = runtime.invoke_endpoint(EndpointName=endpoint, Body=b"")
    assert (then["Body"].read(), then["ContentType"]) == (b"plain", "text/plain")
    assert show_faults(folder)["invoke"][2]["times"] == 0


def test_rules_make_models_fail_and_be_late(runtime: Any, endpoint: str, folder: str) -> None:
    set_faults(folder, {"invoke": [{"error": "ModelError", "status": 507, "body": "out of memory"}]})
    error = refused(runtime.invoke_endpoint, EndpointName=endpoint, Body=b"")
    assert error["Error"]["Code"] == "ModelError"
    assert 'Received server error (507) from a with message "out of memory"' in error["Error"]["Message"]
    assert (error["OriginalStatusCode"], error["OriginalMessage"]) == (507, "out of memory")
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 424
    set_faults(folder, {"invoke": [{"error": "ServiceUnavailable"}]})
    assert (
        refused(runtime.invoke_endpoint, EndpointName=endpoint, Body=b"")["ResponseMetadata"]["HTTPStatusCode"] == 503
    )
    set_faults(folder, {"throttle": [{"operation": "InvokeEndpoint", "times": 5}]})
    assert refused(runtime.invoke_endpoint, EndpointName=endpoint, Body=b"")["Error"]["Code"] == "ThrottlingException"


@pytest.mark.parametrize(
    "rule",
    [{"status": 200}, {"status": "500"}, {"seconds": -1}, {"times": 1.5}, {"endpoint": 1}, {"unknown": 1}, "no rule"],
)
def test_rules_that_make_no_sense_are_refused_whole(folder: str, sandbox: Any, rule: Any) -> None:
    with pytest.raises(ParameterError):
        set_faults(folder, {"invoke": [{"body": "good"}, rule]})
    assert show_faults(folder) == {}


def test_names_that_cannot_be_are_refused_in_the_words_of_the_service(runtime: Any, server: Any) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("POST", "/endpoints/-bad_name/invocations", b"x")
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    assert (answer.status, answer.getheader("x-amzn-ErrorType")) == (400, "ValidationError")
    assert said["Message"].startswith("1 validation error detected: Value '-bad_name' at 'endpointName'")


def test_a_component_is_invoked_by_its_name(runtime: Any, sagemaker: Any, endpoint: str, folder: str) -> None:
    asked = {"EndpointName": endpoint, "Body": b"", "InferenceComponentName": "part"}
    assert refused(runtime.invoke_endpoint, **asked)["Error"]["Code"] == "ValidationError"
    sagemaker.create_inference_component(
        InferenceComponentName="part",
        EndpointName=endpoint,
        VariantName="b",
        Specification={"ModelName": "demo-model", "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 128}},
        RuntimeConfig={"CopyCount": 1},
    )
    assert refused(runtime.invoke_endpoint, **asked)["Error"]["Code"] == "ValidationError"
    advance_clock(folder, "1h")
    assert runtime.invoke_endpoint(**asked)["InvokedProductionVariant"] == "b"
