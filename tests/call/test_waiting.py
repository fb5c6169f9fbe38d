"""Waiters: polls, ends, and the line shown on a terminal."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError, ServiceError
from tests.call.served import Reply

if TYPE_CHECKING:
    from tests.call.served import Connect, Endpoint


TERMINAL = "Waiter EndpointInService failed: Waiter encountered a terminal failure state: "


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def status(text: str) -> Reply:
    return Reply(body=json.dumps({"EndpointStatus": text}))


def test_success_is_silent(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    environ.setattr("awsshadow.waiting.rounds.sleep", slept.append)
    endpoint.replies = [status("Creating"), Reply(500, ""), status("Creating"), status("InService")]
    stderr = io.StringIO()
    wire("endpoint-in-service", part="waiters", stderr=stderr).wait({"EndpointName": "x"})
    assert len(endpoint.seen) == 4
    assert [seconds for seconds in slept if seconds >= 1] == [30, 30]
    assert stderr.getvalue() == ""
    agent = endpoint.header("user-agent")[0] or ""
    assert agent.endswith("md/command#sagemaker.wait.endpoint-in-service")


@pytest.mark.parametrize(
    ("waiter", "reply", "text"),
    [
        (
            "endpoint-in-service",
            status("Failed"),
            f'{TERMINAL}For expression "EndpointStatus" we matched expected path: "Failed"',
        ),
        (
            "endpoint-in-service",
            Reply(400, '{"__type": "ValidationException", "message": "no"}'),
            f"{TERMINAL}Matched expected service error code: ValidationException",
        ),
        (
            "endpoint-in-service",
            Reply(503, ""),
            "Waiter EndpointInService failed: An error occurred (503): Service Unavailable",
        ),
        ("endpoint-in-service", status("Creating"), "Waiter EndpointInService failed: Max attempts exceeded"),
    ],
)
def test_failure(wire: Connect, endpoint: Endpoint, waiter: str, reply: Reply, text: str) -> None:
    endpoint.replies = [reply]
    with pytest.raises(AwsShadowError) as caught:
        wire(waiter, part="waiters").wait({"EndpointName": "x"})
    assert caught.value.message == text
    assert not isinstance(caught.value, ServiceError)


def test_deleted_is_an_expected_error(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [status("Deleting"), Reply(400, '{"__type": "ValidationException"}')]
    wire("endpoint-deleted", part="waiters").wait({"EndpointName": "x"})
    assert len(endpoint.seen) == 2


def test_transport_failure_keeps_its_message(wire: Connect) -> None:
    with pytest.raises(AwsShadowError, match=r"^Could not connect to the endpoint URL"):
        wire("endpoint-in-service", part="waiters", endpoint_url="http://127.0.0.1:1").wait({"EndpointName": "x"})


def test_line_on_a_terminal(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [status("Creating"), status("InService")]
    terminal = Terminal()
    wire("endpoint-in-service", part="waiters", stderr=terminal).wait({"EndpointName": "x"})
    lines = list(dict.fromkeys(terminal.getvalue().split("\r\x1b[K")))
    assert lines == [
        "",
        "EndpointInService x: Creating, 0s, attempt 1, gives up after 1h",
        "EndpointInService x: InService, 0s, attempt 2, gives up after 1h",
    ]
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_line_is_removed_on_interrupt(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    environ.setattr("awsshadow.waiting.rounds.sleep", interrupt)
    endpoint.replies = [status("Creating")]
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        wire("endpoint-in-service", part="waiters", stderr=terminal).wait({"EndpointName": "x"})
    assert terminal.getvalue().endswith("\r\x1b[K")
