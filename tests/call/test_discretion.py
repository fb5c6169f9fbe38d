"""Errors of a service that repeats what it was told in confidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ServiceError
from tests.call.served import Endpoint, Reply

if TYPE_CHECKING:
    from tests.call.served import Connect

TOKEN = "a-session-token-of-some-length"


def refused(wire: Connect, endpoint: Endpoint, message: object) -> ServiceError:
    endpoint.replies = [Reply(status=403, body=json.dumps({"__type": "Refused", "message": message}))]
    with pytest.raises(ServiceError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    return caught.value


def test_the_session_token_is_struck_out(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_SESSION_TOKEN", TOKEN)
    error = refused(wire, endpoint, f"token:{TOKEN}\n, not {TOKEN[:-1]}")
    assert error.fields["Message"] == f"token:***\n, not {TOKEN[:-1]}"
    assert TOKEN not in error.message


@pytest.mark.parametrize("message", ["t and token", None, 5, {"a": "b"}])
def test_other_messages_are_left_alone(
    wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch, message: object
) -> None:
    environ.setenv("AWS_SESSION_TOKEN", "t")
    assert refused(wire, endpoint, message).fields["Message"] == message
