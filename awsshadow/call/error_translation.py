"""What botocore raises, as what this package raises (behaviour: output 5.2).

========================  ====================================================
botocore                  awsshadow
========================  ====================================================
``ClientError``           ``ServiceError`` (254)
``NoRegionError``         ``ConfigurationError`` (253), code ``NoRegion``
``NoCredentialsError``    ``ConfigurationError`` (253), code ``NoCredentials``
``ParamValidationError``  ``ParameterError`` (252)
anything else             ``AwsShadowError`` (255) with the same text
========================  ====================================================

Secrets are struck out of texts: an error may repeat an answer that could not be read, or a header that was refused.
"""

from __future__ import annotations

from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError, ParamValidationError

from awsshadow.call.redaction import SECRETS
from awsshadow.errors import AwsShadowError, ConfigurationError, ParameterError, ServiceError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

NO_REGION = 'You must specify a region. You can also configure your region by running "aws configure".'
NO_CREDENTIALS = 'Unable to locate credentials. You can configure credentials by running "aws login".'

_SHOWN = ("Code", "Message")


def translate(error: Exception) -> AwsShadowError:
    """The error of this package that stands for ``error``; one of its own is returned as it is."""
    if isinstance(error, AwsShadowError):
        return error
    if isinstance(error, ClientError):
        fields = error.response.get("Error", {"Code": "Unknown", "Message": "Unknown"})
        return ServiceError(str(error), {name: value for name, value in fields.items() if name in _SHOWN})
    if isinstance(error, NoRegionError):
        return ConfigurationError(NO_REGION, "NoRegion")
    if isinstance(error, NoCredentialsError):
        return ConfigurationError(NO_CREDENTIALS, "NoCredentials")
    if isinstance(error, ParamValidationError):
        return ParameterError(str(error))
    return AwsShadowError(SECRETS.of_message(str(error)))


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
