"""Every exception botocore can raise becomes one of this package's."""

from __future__ import annotations

import inspect

import botocore.exceptions
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from awsshadow.call.error_translation import Border, translate
from awsshadow.errors import (
    AwsShadowError,
    ConfigurationError,
    ConnectionFailedError,
    CredentialsError,
    InvalidParametersError,
    ServiceError,
    UnknownProfileError,
)

CLASSES = sorted(
    (
        cls
        for _, cls in inspect.getmembers(botocore.exceptions, inspect.isclass)
        if issubclass(cls, Exception) and cls.__module__ == "botocore.exceptions"
    ),
    key=lambda cls: cls.__name__,
)

#: Everything else is an AwsShadowError; a new class that is none of these families needs a decision.
MAPPED = {
    "ClientError": (ServiceError, 254, None),
    "NoCredentialsError": (ConfigurationError, 253, "NoCredentials"),
    "NoRegionError": (ConfigurationError, 253, "NoRegion"),
    "ParamValidationError": (InvalidParametersError, 252, "ParamValidation"),
    "ProfileNotFound": (UnknownProfileError, 255, None),
    **dict.fromkeys(
        (
            "UnauthorizedSSOTokenError", "SSOTokenLoadError", "TokenRetrievalError", "LoginRefreshRequired",
            "LoginTokenLoadError", "CredentialRetrievalError", "PartialCredentialsError",
        ),
        (CredentialsError, 255, None),
    ),
    **dict.fromkeys(
        (
            "ProxyConnectionError", "SSLError", "ConnectTimeoutError", "ReadTimeoutError", "EndpointConnectionError",
            "ConnectionClosedError",
        ),
        (ConnectionFailedError, 255, None),
    ),
}  # fmt: skip


#: Classes outside botocore's two roots: mistakes in a model, and warnings.
OUTSIDERS = {
    "ImminentRemovalWarning",
    "MissingServiceIdError",
    "UndefinedModelAttributeError",
    "UnsupportedTLSVersionWarning",
}


class Anything(dict):  # type: ignore[type-arg]
    """Arguments for any message template."""

    def __missing__(self, key: str) -> str:
        return key


def instance(cls: type[Exception]) -> Exception:
    if issubclass(cls, ClientError):
        return cls({"Error": {"Code": "C", "Message": "M"}}, "DescribeEndpoint")
    made = cls.__new__(cls)
    Exception.__init__(made, getattr(cls, "fmt", "text").format_map(Anything()))
    return made


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_class_is_mapped(cls: type[Exception]) -> None:
    assert issubclass(cls, (BotoCoreError, ClientError)) or cls.__name__ in OUTSIDERS
    error = instance(cls)
    family = next((base.__name__ for base in cls.__mro__ if base.__name__ in MAPPED), None)
    kind, code, name = MAPPED.get(family or "", (AwsShadowError, 255, None))
    translated = translate(error)
    assert type(translated) is kind
    assert translated.exit_code == code
    if name:
        assert translated.code == name


@pytest.mark.parametrize("name", sorted(MAPPED))
def test_table_names_classes_that_exist(name: str) -> None:
    assert hasattr(botocore.exceptions, name)


def test_service_error_keeps_only_what_is_shown() -> None:
    error = ClientError(
        {
            "Error": {"Message": "m", "Code": "c", "Type": "Sender"},
            "ResponseMetadata": {"MaxAttemptsReached": True, "RetryAttempts": 2},
        },
        "ListTags",
    )
    translated = translate(error)
    assert isinstance(translated, ServiceError)
    assert translated.message == "An error occurred (c) when calling the ListTags operation (reached max retries: 2): m"
    assert translated.fields == {"Message": "m", "Code": "c"}


def test_status_300_has_no_code() -> None:
    translated = translate(ClientError({"ResponseMetadata": {}}, "ListTags"))
    assert translated.message == "An error occurred (Unknown) when calling the ListTags operation: Unknown"


def test_border_translates_and_keeps_the_cause() -> None:
    with pytest.raises(AwsShadowError, match="'Bogus'") as caught, Border():
        raise KeyError("Bogus")
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), AwsShadowError("own"), StopIteration()])
def test_border_lets_exits_and_own_errors_pass(error: BaseException) -> None:
    expected = AwsShadowError if isinstance(error, StopIteration) else type(error)
    with pytest.raises(expected), Border():
        raise error
