"""Where the machine's metadata service is said to be (behaviour: input 4.2).

The reference looks at it before it knows the operation, whether the service will be asked or not.
"""

from __future__ import annotations

from botocore.exceptions import InvalidIMDSEndpointError, InvalidIMDSEndpointModeError
from botocore.utils import METADATA_ENDPOINT_MODES, is_valid_uri

from awsshadow.call.error_translation import Border


def check_metadata_service(endpoint: str | None, mode: str | None) -> None:
    """Raise AwsShadowError for an address or an address family (``ipv4``, ``ipv6``) that is none; None is not set."""
    with Border():
        if mode is not None and mode.lower() not in METADATA_ENDPOINT_MODES:
            raise InvalidIMDSEndpointModeError(mode=mode, valid_modes=METADATA_ENDPOINT_MODES)
        if endpoint and not is_valid_uri(endpoint):
            raise InvalidIMDSEndpointError(endpoint=endpoint)
