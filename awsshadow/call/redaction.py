"""What must not be written, and how it is struck out of the log, of messages and of what services say.

There are three ways to know a secret. By *value*: it was in the environment, was sent with a request, or came in an
answer of a service that gives credentials; then no encoding of it is written. By *name*: what follows
``SecretAccessKey`` is one, though an answer that is cut off was never understood. By *shape*: the model marks members
as sensitive (``model.sensitive``). A log is cleaned in all three ways; an error's text by value, and, where it may
repeat an answer that could not be read, by name. What a service says of a request is cleaned by value alone: anything
else in it is the user's. Passwords in addresses are known by where they stand (``addresses``), and struck out of a log
and of what is shown on a terminal.
"""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident

from awsshadow.model.sensitive import STRUCK_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.hooks import BaseEventHooks

#: Variables whose values are secrets.
_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN")

#: What a request that asks for credentials is sent as.
_FORM = "application/x-www-form-urlencoded"
#: Headers whose values are secrets.
_HEADERS = ("X-Amz-Security-Token", "x-amz-sso_bearer_token", "DPoP")

#: Real session tokens have hundreds of characters; a stand-in of a few may be part of any word.
_SHORTEST = 16
#: In a log rather too much is struck out than too little.
_SHORTEST_IN_LOG = 8

#: What follows one of these names up to the next delimiter is a secret, however it is quoted.
_NAMES = (
    "aws_secret_access_key",
    "aws_security_token",
    "aws_session_token",
    "secret_?(?:access_?)?key",
    "session_?token",
    "x-amz-security-token",
    "x-amz-sso_bearer_token",
    "access_?token",
    "refresh_?token",
    "web_?identity_?token",
    "id_?token",
    "client_?secret",
    "token_?code",
    "proxy-authorization",
    "dpop(?:_?key)?",
    "(?<=['\"])token(?=\\\\?['\"])",  # the session token, as the metadata services call it
)

#: The services that are not asked for credentials: their documents are the user's, and large.
_OWN = frozenset(("sagemaker", "cloudwatch-logs"))


class Secrets:
    """The secrets of a process that are known by value; they are not forgotten."""

    def __init__(self) -> None:
        self._values: set[str] = set()
        #: Of the passwords in addresses that a parser does not read as they are meant.
        self._pieces: set[str] = set()
        #: Thread -> that of the request it sent last; a listing has many.
        self._signatures: dict[int, str] = {}

    def learn(self, *values: Any) -> None:
        """Take note of ``values`` that are texts; blanks around one (a CR from a file of variables) do not count."""
        self._values.update([value.strip() for value in values if isinstance(value, str)])

    def learn_from(self, environ: Mapping[str, str]) -> None:
        """Take note of the secrets in the environment."""
        self.learn(*[environ[name] for name in _VARIABLES if name in environ])

    def learn_addresses(self, *addresses: str) -> None:
        """Take note of the passwords in ``addresses``: a log and a terminal do not show them, nor pieces of them."""
        from awsshadow.addresses import pieces_of_password

        for address in addresses:
            self._pieces.update(pieces_of_password(address))

    def register(self, events: BaseEventHooks) -> None:
        """Watch the requests of every client that is made with ``events`` from now on, and what is said about them."""
        events.register("before-send", self._sent)
        events.register("after-call", self._answered)

    def of_message(self, text: str) -> str:
        """The text of an error without secrets; it may repeat an answer that could not be read."""
        return _by_pattern(self._by_value(text, _SHORTEST), _of_answers())

    def of_address(self, text: str) -> str:
        """``text`` without the passwords of addresses."""
        from awsshadow.addresses import without_passwords

        return without_passwords(text, self._pieces)

    def of_log(self, text: str, members: Collection[str] = ()) -> str:
        """A part of the log without secrets and without the values of the sensitive ``members`` of the model."""
        text = self.of_address(_by_pattern(self._by_value(text, _SHORTEST_IN_LOG), _of_logs()))
        return _by_pattern(text, (_of_members(frozenset(members)),)) if members else text

    def _by_value(self, text: str, shortest: int) -> str:
        known = {*self._values, *self._signatures.values()}
        long = [value for value in known if len(value) >= shortest]
        if not long:
            return text
        from awsshadow.call.appearances import strike_out

        for value in sorted(long, key=len, reverse=True):
            text = strike_out(text, value, STRUCK_OUT)
        return text

    def _sent(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> None:
        def header(name: str) -> str:
            value = request.headers.get(name) or ""
            # One that is not Unicode is an object of the library that keeps headers.
            return value.decode("latin-1") if isinstance(value, bytes) else str(value)

        for name in _HEADERS:
            if value := header(name):
                self.learn(value)
        self._signatures[get_ident()] = header("Authorization").rpartition("Signature=")[2]
        if event_name.split(".")[1] not in _OWN and request.body:
            body = request.body
            text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
            if header("Content-Type").startswith(_FORM):
                self._learn_from_form(text)
            else:
                self._learn_from_json(text)

    def _learn_from_form(self, text: Any) -> None:
        from urllib.parse import parse_qsl

        if isinstance(text, str):
            self.learn(*[value for name, value in parse_qsl(text) if name in ("WebIdentityToken", "SAMLAssertion")])

    def _learn_from_json(self, text: Any) -> None:
        from json import loads

        try:
            self.learn_from_document(loads(text))
        except (TypeError, ValueError):
            pass  # it is something else, which is only sent

    def _answered(self, parsed: dict[str, Any], event_name: str, **_: Any) -> None:
        error = parsed.get("Error")
        if error is not None:
            message = error.get("Message")
            if isinstance(message, str):
                error["Message"] = self._by_value(message, _SHORTEST)
        elif event_name.split(".")[1] not in _OWN:
            self.learn_from_document(parsed)

    def learn_from_document(self, value: Any) -> None:
        """Take note of the members of ``value``, and of what lies in it, that are secrets by name."""
        if isinstance(value, dict):
            self.learn(*[item for name, item in value.items() if _is_secret(name)])
            for item in value.values():
                self.learn_from_document(item)


#: One for the process: a secret must not be written wherever it was learnt and whoever writes.
SECRETS = Secrets()


@lru_cache
def _of_answers() -> tuple[re.Pattern[str], ...]:
    """Patterns of secrets in answers and requests: group 1 stays, what follows is struck out."""
    from re import compile

    # A text that is cut off has no closing quote.
    single, double, escaped = r"'(?:[^'\\]|\\.)*(?:'|$)", r"\"(?:[^\"\\]|\\.)*(?:\"|$)", r"\\+\"[^\"]*(?:\"|$)"
    value = rf"b?(?:{single}|{double}|{escaped})|[^\s'\"&,;<]+"
    return (
        compile(r"(?i)(Signature(?:=|:\s+))[0-9a-f]{64}"),
        compile(r"(?im)^(x-amz-(?:security-token|sso_bearer_token):).*$"),  # a line of what is signed
        compile(r"(?i)(<(?:SecretAccessKey|SessionToken)>)[^<]*"),
        compile(rf"(?i)((?:\b|(?<=['\"]))(?:{'|'.join(_NAMES)})\\?['\"]?\s*[:=]>?\s*)({value})"),
    )


@lru_cache
def _of_logs() -> tuple[re.Pattern[str], ...]:
    """Patterns of those that a log shows beside."""
    from re import compile

    return (
        *_of_answers(),
        compile(r"(?i)(Authorization['\"]?\s*[:=]\s*b?['\"]?)(?!AWS4-)[^'\",\n]+"),
    )


@lru_cache
def _of_members(members: frozenset[str]) -> re.Pattern[str]:
    from re import compile

    # A body is shown as bytes are, so backslashes may be doubled: rather too much than too little.
    quoted = r"b?\"(?:[^\"\\]|\\+.)*\"|b?'(?:[^'\\]|\\+.)*'|[^\s,}\]]+"
    return compile(rf"(['\"](?:{'|'.join(sorted(members))})\\?['\"]\s*:\s*)({quoted})")


@lru_cache
def _is_secret(name: Any) -> bool:
    """Whether ``name`` is that of a secret member in an answer of a service that gives credentials."""
    from re import IGNORECASE, fullmatch

    return isinstance(name, str) and fullmatch("|".join((*_NAMES[:-1], "token")), name, IGNORECASE) is not None


def _by_pattern(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        text = pattern.sub(rf"\g<1>{STRUCK_OUT}", text)
    return text
