"""Which hints there are: a row for each kind of error."""

from __future__ import annotations

from awsshadow import errors
from awsshadow.hints.configuration import configuration, expired, no_session, suspects, unknown_profile, unreadable_file
from awsshadow.hints.documents import given_bytes, malformed, unreadable
from awsshadow.hints.parameters import (
    invalid_choice,
    invalid_parameters,
    missing_options,
    number,
    refused,
    refused_here,
    unknown_options,
)
from awsshadow.hints.printing import no_pager, no_stdout, written
from awsshadow.hints.service import absent, denied, foreign, odd_timestamp, unreachable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.hints.scene import Scene

#: Class of error -> hint; of the rows that fit an error, the first that has something to say does.
ERRORS: tuple[tuple[type[Exception], Callable[[Any, Scene], list[str]]], ...] = (
    (errors.MalformedValueError, malformed),
    (errors.UnreadableValueError, unreadable),
    (errors.BytesValueError, given_bytes),
    (errors.MissingOptionsError, missing_options),
    (errors.UnknownOptionsError, unknown_options),
    (errors.InvalidChoiceError, invalid_choice),
    (errors.InvalidParametersError, invalid_parameters),
    (errors.ParameterError, number),
    (errors.ParameterError, refused_here),
    (errors.NumberError, number),
    (errors.ConfigFileError, unreadable_file),
    (errors.UnknownProfileError, unknown_profile),
    (errors.CredentialsError, no_session),
    (errors.PagerError, no_pager),
    (errors.ConfigurationError, configuration),
    (errors.ConnectionFailedError, unreachable),
    (errors.TimestampError, odd_timestamp),
    (errors.NoStandardOutputError, no_stdout),
    (errors.ServiceError, foreign),
    (errors.ServiceError, denied),
    (errors.ServiceError, expired),
    (errors.ServiceError, refused),
    (errors.ServiceError, absent),
    (Exception, written),
    (errors.AwsShadowError, suspects),
)


def lines_about(error: Exception, scene: Scene) -> list[str]:
    """What to do about ``error``; empty where nothing can be said that the message does not say."""
    for kind, hint in ERRORS:
        if isinstance(error, kind):
            lines = hint(error, scene)
            if lines:
                return lines
    return []
