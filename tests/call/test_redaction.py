"""Errors of a service that repeats what it was told in confidence."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.call.redaction import Secrets
from awsshadow.errors import ServiceError
from tests.call.served import Endpoint, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.call import ConnectedOperation

TOKEN = "a-session-token-of-some-length"


def refused(wire: Callable[..., ConnectedOperation], endpoint: Endpoint, message: object) -> ServiceError:
    endpoint.replies = [Reply(status=403, body=json.dumps({"__type": "Refused", "message": message}))]
    with pytest.raises(ServiceError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    return caught.value


def test_the_session_token_is_struck_out(
    wire: Callable[..., ConnectedOperation], endpoint: Endpoint, environ: pytest.MonkeyPatch
) -> None:
    environ.setenv("AWS_SESSION_TOKEN", TOKEN)
    error = refused(wire, endpoint, f"token:{TOKEN}\n, not {TOKEN[:-1]}")
    assert error.fields["Message"] == f"token:***\n, not {TOKEN[:-1]}"
    assert TOKEN not in error.message


@pytest.mark.parametrize("message", ["t and token", None, 5, {"a": "b"}])
def test_other_messages_are_left_alone(
    wire: Callable[..., ConnectedOperation], endpoint: Endpoint, environ: pytest.MonkeyPatch, message: object
) -> None:
    environ.setenv("AWS_SESSION_TOKEN", "t")
    assert refused(wire, endpoint, message).fields["Message"] == message


def behind(before: bytes, value: str) -> str:
    """``value`` in base64 with bytes before it, as in a header that holds more than the secret."""
    return base64.b64encode(before + value.encode() + b"\n").decode()


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "repr": repr,
    "bytes": lambda value: repr(value.encode()),
    "json": json.dumps,
    "json, not ASCII": lambda value: json.dumps(value, ensure_ascii=False),
    "html": html.escape,
    "url": urllib.parse.quote,
    "form": urllib.parse.quote_plus,
    "base64": lambda value: behind(b"", value),
    "base64 behind one": lambda value: behind(b"u", value),
    "base64 behind two": lambda value: behind(b"us", value),
}


@given(
    st.text(st.sampled_from("aZ09+/=-_.\\'\"&<é日 %~"), min_size=16).filter(lambda text: text == text.strip()),
    st.sampled_from(sorted(ENCODINGS)),
)
def test_a_secret_is_struck_out_in_every_encoding(value: str, encoding: str) -> None:
    secrets = Secrets()
    secrets.learn(value + "\r\n")
    said = secrets.of_message(f"before {ENCODINGS[encoding](value)} after")
    assert "***" in said
    assert ENCODINGS[encoding](value)[4:-6] not in said
    assert said.startswith("before ")
    assert said.endswith(" after")


def test_short_values_may_be_words() -> None:
    secrets = Secrets()
    secrets.learn("password", None, b"bytes", "")
    assert secrets.of_message("the password is wrong") == "the password is wrong"
    assert secrets.of_log("the password is wrong") == "the *** is wrong"


@pytest.mark.parametrize(
    "text",
    [
        "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
        "Parameter validation failed: Invalid type for parameter SessionToken",
        'Could not connect to the endpoint URL: "http://u:p@127.0.0.1:9/"',
        "NextToken: abc, token: def",
    ],
)
def test_messages_without_secrets_stay(text: str) -> None:
    assert Secrets().of_message(text) == text
