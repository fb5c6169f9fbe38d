"""Errors of a service that repeats what it was told in confidence."""

from __future__ import annotations

import base64
import html
import json
import re
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


def units(sign: str) -> str:
    """The sign as JSON may write any."""
    data = sign.encode("utf-16-be").hex().upper()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "repr": repr,
    "bytes": lambda value: repr(value.encode()),
    "json": json.dumps,
    "json, not ASCII": lambda value: json.dumps(value, ensure_ascii=False),
    "json in bytes": lambda value: repr(json.dumps(value).encode()),
    "json with escaped slashes": lambda value: json.dumps(value).replace("/", "\\/"),
    "json with escaped signs": lambda value: re.sub(r"[^A-Za-z0-9 ]", lambda sign: units(sign[0]), value),
    "json in json": lambda value: json.dumps(json.dumps(value)),
    "html": html.escape,
    "html in bytes": lambda value: repr(html.escape(value).encode()),
    "xml with numbers": lambda value: re.sub(r"[^A-Za-z0-9]", lambda sign: f"&#{ord(sign[0])};", value),
    "folded": lambda value: " ".join(value.split()),
    "with line breaks": lambda value: value.replace(" ", "\r\n "),
    "url twice": lambda value: urllib.parse.quote(urllib.parse.quote(value, safe="")),
    "url": urllib.parse.quote,
    "form": urllib.parse.quote_plus,
    "base64": lambda value: behind(b"", value),
    "base64 behind one": lambda value: behind(b"u", value),
    "base64 behind two": lambda value: behind(b"us", value),
}


@given(
    st.text(st.sampled_from("aZ09+/=-_.\\'\"&<é日 %~\r\n\t\U0001f511"), min_size=16).filter(
        lambda text: text == text.strip()
    ),
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


@pytest.mark.parametrize("written", ["0123456789abcdefgh", "\ufeff0123456789abcdefgh==", "0123456789abcdefgh%3D%3D"])
def test_what_stands_at_the_edges_may_have_changed(written: str) -> None:
    secrets = Secrets()
    secrets.learn("\ufeff0123456789abcdefgh==".encode().decode("latin-1"))
    assert secrets.of_message(f"before {written} after") in ("before *** after", "before \ufeff*** after")
