"""What a request carries in confidence, struck out of what a service says about it.

A service that finds a signature wrong shows the request it would have signed, session token and all.
"""

from __future__ import annotations

import re

from awsshadow.model.sensitive import STRUCK_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.client import BaseClient

_SIGNATURE = re.compile("Signature=([0-9a-f]+)")

#: Real session tokens have hundreds of characters; a stand-in of a few may be part of any word.
_SHORTEST = 16


class Discretion:
    """Receives botocore's ``before-send`` and ``after-call`` for one client."""

    def __init__(self) -> None:
        self._secrets: list[str] = []

    def register(self, client: BaseClient) -> None:
        """Watch the requests of ``client`` and what is said about them."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"before-send.{service}", self.remember)
        client.meta.events.register(f"after-call.{service}", self.strike_out)

    def remember(self, request: AWSPreparedRequest, **_: Any) -> None:
        """Take note of the session token and the signature of ``request``."""
        token, authorization = (request.headers.get(n, "") for n in ("X-Amz-Security-Token", "Authorization"))
        self._secrets = [secret for secret in (token, *_SIGNATURE.findall(authorization)) if len(secret) >= _SHORTEST]

    def strike_out(self, parsed: dict[str, Any], **_: Any) -> None:
        """Strike them out of the message of an error."""
        error = parsed.get("Error", {})
        message = error.get("Message")
        if isinstance(message, str):
            for secret in self._secrets:
                message = message.replace(secret, STRUCK_OUT)
            error["Message"] = message
