"""Which answers are asked for again, how often, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.call.retries import Retries
from awsshadow.call.threads import Threads
from awsshadow.errors import AwsShadowError, ServiceError
from tests.call.served import Reply

if TYPE_CHECKING:
    from tests.call.served import Connect, Endpoint


def error(code: str, status: int = 400) -> Reply:
    return Reply(status, f'{{"__type": "{code}", "message": "m"}}')


ONCE = [
    error("ValidationException"),
    error("ResourceLimitExceeded"),
    error("InternalServerError"),
    error("RequestTimeTooSkewed", 403),
    error("ExpiredTokenException"),
    Reply(429, ""),
    Reply(501, ""),
    Reply(505, ""),
    Reply(307, ""),
]
THRICE = [
    *(Reply(status, "") for status in (500, 502, 503, 504)),
    error("x", 503),
    error("ThrottlingException"),
    error("Throttling", 429),
    error("SlowDown"),
    error("RequestTimeout"),
    error("PriorRequestNotComplete"),
    error("LimitExceededException"),
]


@pytest.mark.parametrize(("reply", "attempts"), [(r, 1) for r in ONCE] + [(r, 3) for r in THRICE])
def test_attempts(wire: Connect, endpoint: Endpoint, reply: Reply, attempts: int) -> None:
    endpoint.replies = [reply]
    with pytest.raises(ServiceError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert len(endpoint.seen) == attempts
    assert ("(reached max retries: 2)" in caught.value.message) == (attempts == 3)
    assert len(set(endpoint.header("amz-sdk-invocation-id"))) == 1


@pytest.mark.parametrize("status", [101, 103, 199, 204])
def test_a_status_without_a_body_has_none_whatever_its_headers_say(
    wire: Connect, endpoint: Endpoint, status: int
) -> None:
    endpoint.replies = [Reply(status, '{"EndpointName": "x"}')]
    assert wire("describe-endpoint").call({"EndpointName": "x"}) == {}
    assert len(endpoint.seen) == 1


def test_not_modified_has_no_body_either(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(304, '{"message": "m"}')]
    with pytest.raises(ServiceError, match=r"^An error occurred \(304\) when calling"):
        wire("describe-endpoint").call({"EndpointName": "x"})


def test_a_key_that_is_not_unicode(wire: Connect, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_ACCESS_KEY_ID", "AK\udce9")
    environ.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(AwsShadowError, match=r"cannot use a bytes pattern on a string-like object$"):
        wire("list-models").call({})


def test_headers_of_attempts(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(500, ""), Reply(500, "", {"Date": "Sun, 22 Nov 2026 11:00:00 GMT"}), Reply()]
    wire("describe-endpoint").call({"EndpointName": "x"})
    assert endpoint.header("amz-sdk-request") == [
        "attempt=1",
        "attempt=2; max=3",
        "ttl=20261122T110100Z; attempt=3; max=3",
    ]


def test_no_ttl_without_a_limit_on_reading(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(500, "", {"Date": "Sun, 22 Nov 2026 11:00:00 GMT"}), Reply()]
    wire("describe-endpoint", cli_read_timeout="0").call({"EndpointName": "x"})
    assert endpoint.header("amz-sdk-request")[1] == "attempt=2; max=3"


def test_single_attempt_is_always_the_last(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_MAX_ATTEMPTS", "1")
    endpoint.replies = [error("ValidationException")]
    with pytest.raises(ServiceError, match=r"\(reached max retries: 0\): m$") as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert caught.value.fields == {"Message": "m", "Code": "ValidationException"}


def test_budget(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_MAX_ATTEMPTS", "150")
    endpoint.replies = [Reply(500, "")]
    with pytest.raises(ServiceError, match=r"operation: Internal Server Error$"):
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert len(endpoint.seen) == 101


def test_success_gives_back_to_the_budget() -> None:
    retries = Retries(3)
    answer: Any = type("Response", (), {"status_code": 500, "headers": {}, "content": b""})()
    context: dict[str, Any] = {"retries": {}}
    request = {"context": context}
    assert retries.delay((answer, {"ResponseMetadata": {}}), 1, None, request) is not None
    assert retries._budget == 495
    answer.status_code = 200
    retries.settle(answer, context)
    assert retries._budget == 500


@pytest.mark.parametrize("attempt", [1, 2, 3, 9])
def test_delay_is_random_below_a_doubling_limit(attempt: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)
    answer: Any = type("Response", (), {"status_code": 503, "headers": {}, "content": b""})()
    delay = Retries(99).delay((answer, {"ResponseMetadata": {}}), attempt, None, {"context": {"retries": {}}})
    assert delay == min(2 ** (attempt - 1), 20)


@pytest.mark.parametrize("answers", [2, 3])
def test_a_body_that_broke_off_is_a_closed_connection(wire: Connect, endpoint: Endpoint, answers: int) -> None:
    endpoint.replies = [Reply(body='{"EndpointName": "x"}', size=100)] * answers + [Reply(body='{"EndpointName": "y"}')]
    connected = wire("describe-endpoint")
    if answers == 2:
        assert connected.call({"EndpointName": "x"}) == {"EndpointName": "y"}
        return
    text = f'Connection was closed before we received a valid response from endpoint URL: "{endpoint.url}/".'
    with pytest.raises(AwsShadowError) as caught:
        connected.call({"EndpointName": "x"})
    assert caught.value.message == text


def test_refused_connection(wire: Connect) -> None:
    with pytest.raises(AwsShadowError) as caught:
        wire("describe-endpoint", endpoint_url="http://127.0.0.1:1").call({"EndpointName": "x"})
    assert caught.value.message == 'Could not connect to the endpoint URL: "http://127.0.0.1:1/"'


@pytest.mark.parametrize(
    ("variable", "value", "text"),
    [
        (
            "AWS_RETRY_MODE",
            "legacy",
            'Invalid value provided to "mode": "legacy" must be one of: "standard" or "adaptive"',
        ),
        ("AWS_RETRY_MODE", "", 'Invalid value provided to "mode": "" must be one of: "standard" or "adaptive"'),
        (
            "AWS_MAX_ATTEMPTS",
            "0",
            'Value provided to "max_attempts": 0 must be an integer greater than or equal to one.',
        ),
        ("AWS_MAX_ATTEMPTS", "x", "invalid literal for int() with base 10: 'x'"),
    ],
)
def test_settings(wire: Connect, environ: pytest.MonkeyPatch, variable: str, value: str, text: str) -> None:
    environ.setenv(variable, value)
    with pytest.raises(AwsShadowError) as caught:
        wire("describe-endpoint")
    assert caught.value.message == text


def test_new_rules_do_not_ask_again_on_a_bare_429(
    wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch
) -> None:
    environ.setenv("AWS_NEW_RETRIES_2026", "true")
    endpoint.replies = [Reply(500, ""), Reply(429, "")]
    with pytest.raises(ServiceError):
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert endpoint.header("amz-sdk-request") == ["attempt=1", "attempt=2; max=3"]


@pytest.mark.parametrize(
    ("code", "header", "delay", "left"),
    [
        ("x", "", 0.05, 486),
        ("Throttling", "", 1.0, 495),
        ("x", "2000", 2.0, 486),
        ("x", "99000", 5.05, 486),
        ("x", "soon", 0.05, 486),
    ],
)
def test_new_rules(code: str, header: str, delay: float, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)
    answer: Any = type("Response", (), {"status_code": 500, "content": b""})()
    answer.headers = {"x-amz-retry-after": header}
    retries = Retries(3, new=True)
    parsed = {"Error": {"Code": code}, "ResponseMetadata": {}}
    assert retries.delay((answer, parsed), 1, None, {"context": {"retries": {}}}) == pytest.approx(delay)
    assert retries._budget == left


def test_adaptive_mode_retries_alike(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_RETRY_MODE", "adaptive")
    endpoint.replies = [Reply(500, ""), Reply()]
    wire("describe-endpoint").call({"EndpointName": "x"})
    assert len(endpoint.seen) == 2
    assert "cfg/retry-mode#adaptive" in (endpoint.header("user-agent")[0] or "")


def test_who_minds_throttling_is_told_of_it_at_once(wire: Connect, endpoint: Endpoint) -> None:
    """What is no throttling is asked for again all the same."""
    for reply, attempts in ((error("ThrottlingException"), 1), (error("SlowDown", 503), 1), (Reply(500, ""), 3)):
        endpoint.replies, endpoint.seen = [reply], []
        with pytest.raises(ServiceError):
            wire("describe-endpoint", threads=Threads(2)).call({"EndpointName": "x"})
        assert len(endpoint.seen) == attempts
