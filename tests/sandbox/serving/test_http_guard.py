"""What the door decides from the head of a request, whatever the head is."""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.sandbox.contract.protocol import credential_scope, printable
from awsshadow.sandbox.serving.http_guard import (
    BODY_LIMIT,
    LOOPBACK,
    Rejection,
    body_length,
    host_name,
    inspect_call,
    is_for_another,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

RIGHT = {
    "Host": "127.0.0.1:4000",
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "SageMaker.ListModels",
    "Content-Length": "2",
}


def message(fields: Iterable[tuple[str, str]]) -> Message[str, str]:
    head: Message[str, str] = Message()
    for name, value in fields:
        head[name] = value
    return head


def test_the_right_head_is_let_in() -> None:
    assert inspect_call("POST", "/", message(RIGHT.items())) is None


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_of_it_may_be_missing_or_double(name: str) -> None:
    assert inspect_call("POST", "/", message((n, v) for n, v in RIGHT.items() if n != name)) is not None
    if name in ("Host", "Content-Length"):
        assert inspect_call("POST", "/", message([*RIGHT.items(), (name, RIGHT[name])])) is not None


names = st.sampled_from([*RIGHT, "Origin", "Authorization", "Transfer-Encoding", "Expect", "amz-sdk-invocation-id"])
words = st.sampled_from(
    [
        *RIGHT.values(),
        "",
        "localhost",
        "[::1]:1",
        "[",
        "a@localhost",
        "localhost:x",
        "example.com",
        "SageMaker.",
        "chunked",
    ]
)
anything = st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=30)
values = words | anything
methods = st.sampled_from(["POST", "POST", "GET", "PUT", "CONNECT", "OPTIONS"])
paths = st.sampled_from(["/", "/", "//", "*", "http://example.com/", "/models", "?", ""])


@given(methods, paths, st.lists(st.tuples(names, values), max_size=8), st.booleans())
def test_only_calls_in_the_right_form_are_let_in(
    method: str, path: str, fields: list[tuple[str, str]], begin_right: bool
) -> None:
    head = message([*RIGHT.items(), *fields] if begin_right else fields)
    rejection = inspect_call(method, path, head)
    if rejection is not None:
        assert 400 <= rejection.status < 500
        assert rejection.answer().body
        return
    assert [host_name(host) in LOOPBACK for host in head.get_all("Host", [])] == [True]
    assert head["Origin"] is None
    assert head["Transfer-Encoding"] is None
    if is_for_another(path, head):
        assert (body_length(head) or 0) <= BODY_LIMIT
        return
    assert (method, path) == ("POST", "/")
    assert head["Content-Type"].partition(";")[0].strip().lower() == "application/x-amz-json-1.1"
    assert head["X-Amz-Target"].startswith("SageMaker.")
    length = body_length(head)
    assert length is not None
    assert 0 <= length <= BODY_LIMIT


@given(anything)
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    host_name(text)
    credential_scope(text)
    assert set(printable(text)) <= set(text)
    for xml in (False, True):
        assert Rejection(400, "Code", text, xml).answer().body


@pytest.mark.parametrize(
    ("authorization", "found"),
    [
        ("", ("", "")),
        ("Bearer token", ("", "")),
        (
            "AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/sagemaker/aws4_request, Signature=0",
            ("eu-west-1", "sagemaker"),
        ),
        ("AWS4-HMAC-SHA256 Credential=A/B/20260101/eu-west-1/s3/aws4_request,Signature=0", ("eu-west-1", "s3")),
        ("AWS4-ECDSA-P256-SHA256 Credential=A/20260101/s3/aws4_request, Signature=0", ("", "")),
        ("AWS4-HMAC-SHA256 Credential=A/20260101", ("", "")),
        ("AWS4-HMAC-SHA256 Credential=A/20260101/<eu west>/s3/aws4_request", ("", "s3")),
    ],
)
def test_the_scope_of_a_signature(authorization: str, found: tuple[str, str]) -> None:
    assert credential_scope(authorization) == found


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("LocalHost:80", "localhost"),
        (" 127.0.0.1 ", "127.0.0.1"),
        ("[::1]:80", "::1"),
        ("localhost@evil", "evil"),
        ("[", ""),
    ],
)
def test_host_names(host: str, name: str) -> None:
    assert host_name(host) == name
