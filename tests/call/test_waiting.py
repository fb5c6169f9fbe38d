"""Waiters: polls, ends, and the line shown on a terminal."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.errors import AwsShadowError, ServiceError, WaiterFailedError
from awsshadow.invocation import Globals
from awsshadow.streams import Streams
from awsshadow.terminal.pieces import plain
from awsshadow.waiting.limits import Limits
from awsshadow.waiting.status_line import drawer
from tests.call.served import Reply

if TYPE_CHECKING:
    from awsshadow.call import ConnectedOperation
    from tests.call.served import Connect, Endpoint


TERMINAL = "Waiter EndpointInService failed: Waiter encountered a terminal failure state: "


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def wait_for(
    operation: ConnectedOperation, stderr: io.StringIO | None = None, limits: Limits | None = None, **environ: str
) -> None:
    """Wait for the endpoint ``x``, with ``stderr`` for standard error."""
    settings = Settings(Globals(), environ, ConfigFiles({}, {}))
    shown = drawer(Streams(None, None, stderr or io.StringIO()), settings, speaks=False)
    operation.wait({"EndpointName": "x"}, limits or Limits(), shown)


def status(text: str) -> Reply:
    return Reply(body=json.dumps({"EndpointStatus": text}))


def test_success_is_silent(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    environ.setattr("awsshadow.waiting.rounds.sleep", slept.append)
    endpoint.replies = [status("Creating"), Reply(500, ""), status("Creating"), status("InService")]
    stderr = io.StringIO()
    wait_for(wire("endpoint-in-service", part="waiters"), stderr)
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
        wait_for(wire(waiter, part="waiters"))
    assert caught.value.message == text
    assert not isinstance(caught.value, ServiceError)


def test_deleted_is_an_expected_error(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [status("Deleting"), Reply(400, '{"__type": "ValidationException"}')]
    wait_for(wire("endpoint-deleted", part="waiters"))
    assert len(endpoint.seen) == 2


def test_transport_failure_keeps_its_message(wire: Connect) -> None:
    with pytest.raises(AwsShadowError, match=r"^Could not connect to the endpoint URL"):
        wait_for(wire("endpoint-in-service", part="waiters", endpoint_url="http://127.0.0.1:1"))


def test_one_line_stays_on_a_terminal(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setattr("awsshadow.waiting.rounds.sleep", lambda _: None)
    endpoint.replies = [status("Creating"), status("InService")]
    terminal = Terminal()
    wait_for(wire("endpoint-in-service", part="waiters"), terminal)
    assert re.fullmatch("endpoint x: \x1b\\[32mInService\x1b\\[0m after \\ds\n", terminal.getvalue())


def test_what_is_gone_is_said_to_be_deleted(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(400, '{"__type": "ValidationException"}')]
    terminal = Terminal()
    wait_for(wire("endpoint-deleted", part="waiters"), terminal, NO_COLOR="1")
    assert terminal.getvalue() == "endpoint x: deleted after 0s\n"


def closing(wire: Connect, waiter: str, **environ: str) -> str:
    """What a person is told below the reference's error."""
    with pytest.raises(WaiterFailedError) as caught:
        wait_for(wire(waiter, part="waiters"), Terminal(), limits=Limits(most=2), **environ)
    return plain(caught.value.closing)


def test_a_failure_says_why_and_where_the_log_is(wire: Connect, endpoint: Endpoint) -> None:
    failed = {"EndpointStatus": "Failed", "EndpointName": "x", "FailureReason": "no\x1b[2J ping\n"}
    endpoint.replies = [Reply(body=json.dumps(failed))]
    said = "endpoint x: Failed after 0s: no\\x1b[2J ping (log group /aws/sagemaker/Endpoints/x)"
    assert closing(wire, "endpoint-in-service") == said
    assert closing(wire, "endpoint-in-service", AWSSHADOW_PROGRESS="off") == ""


def test_attempts_that_are_used_up_stop_the_waiting_alone(
    wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch
) -> None:
    environ.setattr("awsshadow.waiting.rounds.sleep", lambda _: None)
    endpoint.replies = [status("Creating")]
    said = r"endpoint x: still Creating after \ds; it goes on, only the waiting has ended"
    assert re.fullmatch(said, closing(wire, "endpoint-in-service"))


def test_an_error_of_the_service_says_it_all(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(400, '{"__type": "ValidationException", "message": "no"}')]
    assert closing(wire, "endpoint-in-service") == ""


def test_ctrl_c_says_what_goes_on(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    environ.setattr("awsshadow.waiting.rounds.sleep", interrupt)
    endpoint.replies = [status("Creating")]
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        wait_for(wire("endpoint-in-service", part="waiters"), terminal)
    said = "endpoint x was Creating when interrupted; it goes on, only the waiting has ended\n"
    assert terminal.getvalue() == said
