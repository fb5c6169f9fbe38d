"""What botocore raises, as what this package raises (behaviour: output 5.2).

========================  ====================================================
botocore                  awsshadow
========================  ====================================================
``ClientError``           ``ServiceError`` (254)
``NoRegionError``         ``ConfigurationError`` (253), code ``NoRegion``
``NoCredentialsError``    ``ConfigurationError`` (253), code ``NoCredentials``
``ParamValidationError``  ``InvalidParametersError`` (252)
anything else             ``AwsShadowError`` (255) with the same text
========================  ====================================================

Kinds of the last row that a hint can be given for are classes of their own: ``_KINDS``.

Secrets are struck out of texts: an error may repeat an answer that could not be read, or a header that was refused.
"""

from __future__ import annotations

from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    LoginRefreshRequired,
    LoginTokenLoadError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    PartialCredentialsError,
    ProfileNotFound,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
    SSOTokenLoadError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)

from awsshadow.call.redaction import SECRETS
from awsshadow.errors import (
    AwsShadowError,
    ConfigurationError,
    ConnectionFailedError,
    CredentialsError,
    InvalidParametersError,
    ServiceError,
    TimestampError,
    UnknownProfileError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

NO_REGION = 'You must specify a region. You can also configure your region by running "aws configure".'
NO_CREDENTIALS = 'Unable to locate credentials. You can configure credentials by running "aws login".'

_SHOWN = ("Code", "Message")

#: What models of a user's own can bring into messages, and how the reference, whose botocore is older, spells it.
_SPELLINGS = {
    "RuleSetStandardLibrary": "RuleSetStandardLibary",
    "all members matched expected path": "all members matched excepted path",
}

#: Exceptions of botocore -> where credentials could not be had from, or how a connection failed.
_CREDENTIALS = {
    UnauthorizedSSOTokenError: "sso",
    SSOTokenLoadError: "sso",
    TokenRetrievalError: "sso",
    LoginRefreshRequired: "login",
    LoginTokenLoadError: "login",
    CredentialRetrievalError: "process",
    PartialCredentialsError: "partial",
}
_CONNECTIONS = {
    ProxyConnectionError: "proxy",
    SSLError: "tls",
    ConnectTimeoutError: "timeout",
    ReadTimeoutError: "timeout",
    EndpointConnectionError: "connect",
    ConnectionClosedError: "connect",
}


def translate(error: Exception) -> AwsShadowError:
    """The error of this package that stands for ``error``; one of its own is returned as it is."""
    if isinstance(error, AwsShadowError):
        return error
    if isinstance(error, ClientError):
        fields = error.response.get("Error", {"Code": "Unknown", "Message": "Unknown"})
        shown = {name: value for name, value in fields.items() if name in _SHOWN}
        return ServiceError(str(error), shown, error.operation_name)
    if isinstance(error, NoRegionError):
        return ConfigurationError(NO_REGION, "NoRegion")
    if isinstance(error, NoCredentialsError):
        return ConfigurationError(NO_CREDENTIALS, "NoCredentials")
    if isinstance(error, ParamValidationError):
        return InvalidParametersError(str(error), [])
    message = SECRETS.of_message(str(error))
    for word, spelling in _SPELLINGS.items():
        message = message.replace(word, spelling)
    return _other(error, message)


def _other(error: Exception, message: str) -> AwsShadowError:
    facts = getattr(error, "kwargs", {})
    if isinstance(error, ProfileNotFound):
        return UnknownProfileError(message, facts.get("profile", ""))
    for kind, name in _CREDENTIALS.items():
        if isinstance(error, kind):
            return CredentialsError(message, name)
    for kind, name in _CONNECTIONS.items():
        if isinstance(error, kind):
            return ConnectionFailedError(message, name, str(facts.get("endpoint_url", "")))
    if hasattr(error, "timestamp"):
        return TimestampError(message, error.timestamp)
    return AwsShadowError(message)


class Border:
    """A ``with`` block out of which only errors of this package come.

    Ctrl-C and other exits pass untouched; the foreign error is kept as the cause.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, AwsShadowError):
            raise translate(error) from error
