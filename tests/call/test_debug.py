"""``--debug`` tells what happens and keeps secrets."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.call import debug
from awsshadow.call.redaction import Secrets
from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.invocation import Globals
from awsshadow.model.sensitive import STRUCK_OUT
from tests.call.served import Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tests.call.served import Connect, Endpoint


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """Loggers as they were before."""
    yield
    for name in debug._LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.NOTSET)
        for sink in list(logger.handlers):
            if isinstance(sink.formatter, debug.DiscreetFormatter):
                logger.removeHandler(sink)


def redact(text: str, members: Collection[str] = ()) -> str:
    record = logging.LogRecord("botocore.x", logging.DEBUG, "", 0, text, (), None)
    return debug.DiscreetFormatter(members).format(record).partition(" - DEBUG - ")[2]


SIGNATURE = "0900c518259c51bf3e45d684071c13164c98e94bcb4492f87329823ab2cf31cf"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"Signature:\n{SIGNATURE}", SIGNATURE),
        (f"'Authorization': b'AWS4-HMAC-SHA256 Credential=A/1, Signature={SIGNATURE}'", SIGNATURE),
        ("x-amz-security-token:IQoJ/+=x\nx-amz-target:y", "IQoJ"),
        ("'X-Amz-Security-Token': b'IQoJ/+=x'", "IQoJ"),
        ("<SecretAccessKey>abc/+</SecretAccessKey>", "abc"),
        ("<SessionToken>tok</SessionToken>", "tok<"),
        ('{"secretAccessKey":"abc","sessionToken":"tok"}', '"tok"'),
        ("{'SecretAccessKey': 'abc'}", "abc"),
        ("'x-amz-sso_bearer_token': 'at-1'", "at-1"),
        ("WebIdentityToken=abc&Version=1", "abc"),
        ("'Proxy-Authorization': 'Basic dTpw'", "dTpw"),
        ("'Authorization': 'container-token'", "container-token"),
        ("TokenCode=123456&x=y", "123456"),
        ('{"Token": "tok-1"}', "tok-1"),
        ('{\\"SecretAccessKey\\": \\"sec-1\\"}', "sec-1"),
        ('Unable to parse: {"SecretAccessKey": "sec-1', "sec-1"),
        ('b\'{"SecretAccessKey": "sec-1\'', "sec-1"),
        ("b'<SessionToken>cut-of'", "cut-of"),
        ("Endpoint provider result: http://user:pass-1@127.0.0.1:9/x", "pass-1"),
    ],
)
def test_strikes_out(text: str, secret: str) -> None:
    redacted = redact(text)
    assert secret not in redacted
    assert STRUCK_OUT in redacted


@pytest.mark.parametrize(
    "text",
    [
        "Credential=AKIDEXAMPLE/20261122/us-east-1",
        "SignedHeaders=host;x-amz-security-token;x-amz-target",
        "NextToken: 5",
        "http://127.0.0.1:9/x@y",
        "token: 5",
    ],
)
def test_leaves_what_is_no_secret(text: str) -> None:
    assert redact(text) == text


def test_sensitive_members_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = Secrets()
    monkeypatch.setattr(debug, "SECRETS", secrets)
    secrets.learn("long-secret-value", "p")
    text = redact(
        """b'{"Plain": "p", "Hidden": "a\\\\"b, c"}' {'Hidden': 'x'} long-secret-value""",
        members=["Hidden"],
    )
    assert text == """b'{"Plain": "p", "Hidden": ***}' {'Hidden': ***} ***"""


def test_a_call(wire: Connect, endpoint: Endpoint, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_SESSION_TOKEN", "session-token-of-the-test")
    endpoint.replies = [Reply(body='{"EndpointName": "x"}')]
    stderr = io.StringIO()
    wire("describe-endpoint", debug=True, stderr=stderr).call({"EndpointName": "x"})
    text = stderr.getvalue()
    for secret in ("session-token-of-the-test", "wJalrXUtnFEMI"):
        assert secret not in text
    authorization = endpoint.header("authorization")[0] or ""
    assert authorization.partition("Signature=")[2] not in text
    for part in (
        " - MainThread - botocore.credentials - DEBUG - Looking for credentials via: env\n",
        "CanonicalRequest:\nPOST\n",
        "Sending http request: ",
        """Response body:\nb'{"EndpointName": "x"}'\n""",
    ):
        assert part in text


def test_sensitive_input_is_not_logged(wire: Connect) -> None:
    stderr = io.StringIO()
    parameters = {"WorkforceName": "w", "OidcConfig": {"ClientId": "id", "ClientSecret": "hush-hush"}}
    wire("update-workforce", debug=True, stderr=stderr).call(parameters)
    assert "hush-hush" not in stderr.getvalue()
    assert '"ClientId": "id"' in stderr.getvalue()


def test_two_clients_have_one_log_out_of_which_the_secrets_of_both_are_struck() -> None:
    stream, logger = io.StringIO(), logging.getLogger("botocore")
    before = list(logger.handlers)
    settings = Settings(Globals(), {}, ConfigFiles({}, {}))
    for member in ("FirstSecret", "SecondSecret"):
        inner = {"type": "string", "sensitive": True}
        outer = {"type": "structure", "members": {member: {"shape": "Inner"}}}
        shapes: dict[str, dict[str, Any]] = {"S": outer, "Inner": inner}
        debug.start_log(stream, settings, shapes)
    assert len(logger.handlers) == len(before) + 1
    logger.debug('{"FirstSecret": "one-hidden", "SecondSecret": "two-hidden", "Third": "shown"}')
    assert "hidden" not in stream.getvalue()
    assert stream.getvalue().count("shown") == 1
