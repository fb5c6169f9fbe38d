"""One HTTP request to a service around SageMaker, as the endpoint hands it on."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class HttpCall:
    """What a client sent: ``path`` and ``query`` as sent, ``headers`` by name in small letters, ``region`` the one
    it is signed for or the endpoint's, ``base_url`` where the endpoint is reached."""

    __slots__ = ("base_url", "body", "headers", "method", "path", "query", "region", "service")

    def __init__(
        self,
        service: str,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        region: str,
        base_url: str,
    ) -> None:
        self.service = service
        self.method = method
        self.path, _, self.query = target.partition("?")
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body
        self.region = region
        self.base_url = base_url
