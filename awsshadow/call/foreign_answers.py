"""Answers that are no answers of the service: the page of a proxy or of a network that wants a login.

They mostly come with status 200, and the reference takes them for an empty document.
"""

from __future__ import annotations

from awsshadow.names import SERVICE
from awsshadow.streams import ForeignAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.client import BaseClient

    from awsshadow.streams import Streams

#: First status with which what stands before the service itself may answer in HTML.
_OWN = 500


def watch(client: BaseClient, streams: Streams) -> None:
    """Note in ``streams.remarks`` each answer of ``client`` that is no JSON, as those of the service are."""

    def look(http_response: Any, **_: Any) -> None:
        if http_response is None or http_response.status_code >= _OWN:
            return
        if http_response.content.lstrip()[:1] not in (b"", b"{"):
            streams.remarks.append(ForeignAnswer(http_response.url, http_response.headers.get("Content-Type", "")))

    client.meta.events.register(f"after-call.{SERVICE}", look)
