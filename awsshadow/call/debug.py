"""What ``--debug`` writes to standard error: the log of botocore and urllib3, without secrets (behaviour: output 7.3).

The reference writes everything, the session token and the signature included. Here secrets are
struck out wherever they stand in a line: by name, by the form they have, and by value.
"""

from __future__ import annotations

import logging
import re
import traceback

from awsshadow.model.sensitive import STRUCK_OUT, sensitive_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, TextIO

FORMAT = "%(asctime)s - %(threadName)s - %(name)s - %(levelname)s - %(message)s"

_LOGGERS = ("awsshadow", "botocore", "urllib3")

#: What follows one of these names up to the next delimiter is a secret, however it is quoted.
_NAMES = "|".join(
    (
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
    )
)
_BY_NAME = re.compile(rf"(?i)(\b(?:{_NAMES})['\"]?\s*[:=]>?\s*)(b?['\"][^'\"]*['\"]|[^\s'\"&,;<]+)")
_BY_TAG = re.compile(r"(?i)(<(?:SecretAccessKey|SessionToken)>)[^<]*")
_SIGNATURE = re.compile(r"(?i)(Signature(?:=|:\s+))[0-9a-f]{64}")
_BEARER = re.compile(r"(?i)(Authorization['\"]?\s*[:=]\s*b?['\"]?)(?!AWS4-)[^'\",\n]+")
_PATTERNS = (_SIGNATURE, _BEARER, _BY_TAG, _BY_NAME)

#: Shorter values would strike out harmless text.
_SHORTEST_VALUE = 8


class Redactor(logging.Formatter):
    """Formats a record and strikes out secrets, in tracebacks too.

    ``values`` are texts that must not appear at all; ``members`` the names of the members that
    the model marks as sensitive.
    """

    def __init__(self, values: Iterable[str] = (), members: Iterable[str] = ()) -> None:
        super().__init__(FORMAT)
        self._values = [value for value in values if len(value) >= _SHORTEST_VALUE]
        names = "|".join(sorted(members))
        self._patterns = list(_PATTERNS)
        if names:
            # A body is shown as bytes are, so backslashes may be doubled: rather too much than too little.
            quoted = r"b?\"(?:[^\"\\]|\\+.)*\"|b?'(?:[^'\\]|\\+.)*'|[^\s,}\]]+"
            self._patterns.append(re.compile(rf"(['\"](?:{names})\\?['\"]\s*:\s*)({quoted})"))

    def format(self, record: logging.LogRecord) -> str:
        return self.strike_out(super().format(record))

    def strike_out(self, text: str) -> str:
        """``text`` without its secrets."""
        for value in self._values:
            text = text.replace(value, STRUCK_OUT)
        for pattern in self._patterns:
            text = pattern.sub(rf"\g<1>{STRUCK_OUT}", text)
        return text


def start_log(stream: TextIO | None, environ: Mapping[str, str], shapes: Mapping[str, Mapping[str, Any]]) -> None:
    """Log botocore and urllib3 to ``stream`` from now on; nothing happens without a stream."""
    if stream is None:
        return
    sink = logging.StreamHandler(stream)
    sink.setFormatter(Redactor(_secrets(environ), sensitive_members(shapes)))
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(sink)


def traceback_text(error: Exception, environ: Mapping[str, str]) -> str:
    """The traceback of ``error``, secrets struck out."""
    text = "".join(traceback.format_exception(error))
    return Redactor(_secrets(environ)).strike_out(text)


def _secrets(environ: Mapping[str, str]) -> list[str]:
    names = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN")
    return [environ[name] for name in names if environ.get(name)]
