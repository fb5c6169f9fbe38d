"""Addresses of proxies that are none, and what is said of them whichever urllib3 is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError

if TYPE_CHECKING:
    from tests.call.served import Connect, Endpoint

CLOSED = 'Connection was closed before we received a valid response from endpoint URL: "http://nowhere.test:1/".'


def unread(address: str) -> str:
    return f"An HTTP Client raised an unhandled exception: Failed to parse: {address}"


@pytest.mark.parametrize(
    ("proxy", "message"),
    [
        ("x y", CLOSED),
        ("http://x\ty:1", CLOSED),
        (" http://127.0.0.1:1", CLOSED),
        ("http://u:secret@x y", CLOSED),
        ("x:y", unread("http://x:y")),
        ("127.0.0.1:1 x", unread("http://127.0.0.1:1 x")),
        ("http://u:secret@x:y", unread("http://***:***@x:y")),
        ("http://%", unread("http://%")),
        ("http://[::1%25a b]:1", unread("http://[::1%25a b]:1")),
        ("http://x%0ay:1", 'Failed to connect to proxy URL: "http://x%0ay:1"'),
        ("http://[::1", "An HTTP Client raised an unhandled exception: Invalid IPv6 URL"),
        ("http://127.0.0.1:1/ x", 'Failed to connect to proxy URL: "http://127.0.0.1:1/ x"'),
    ],
)
def test_what_is_said(wire: Connect, environ: pytest.MonkeyPatch, proxy: str, message: str) -> None:
    environ.setenv("AWS_MAX_ATTEMPTS", "1")
    environ.setenv("HTTP_PROXY", proxy)
    with pytest.raises(AwsShadowError) as caught:
        wire("list-models", endpoint_url="http://nowhere.test:1").call({})
    assert caught.value.message == message


def test_a_proxy_that_is_not_asked_may_be_anything(
    wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch
) -> None:
    environ.setenv("HTTPS_PROXY", "x y")
    environ.setenv("HTTP_PROXY", "x y")
    environ.setenv("NO_PROXY", "127.0.0.1")
    wire("list-models").call({})
    assert len(endpoint.seen) == 1
