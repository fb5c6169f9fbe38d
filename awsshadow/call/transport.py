"""Answers that do not come over HTTP: the local sandbox, in the same process."""

from __future__ import annotations

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, Protocol

    from botocore.awsrequest import AWSPreparedRequest

    class Transport(Protocol):
        """Takes the signed request, returns status, headers and body; a broken connection is a ConnectionError."""

        @property
        def pace(self) -> float:
            """How long a second of a waiter's delay is, in seconds."""

        def close(self) -> None:
            """Let go of what it holds; nothing is asked of it any more."""

        def __call__(self, request: AWSPreparedRequest, /) -> tuple[int, Mapping[str, str], bytes]: ...


class _Raw:
    """A body that is already here, in the form botocore reads a body from."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


def sender(transport: Transport) -> Callable[..., AWSResponse]:
    """A receiver of botocore's ``before-send`` that answers in place of the network."""

    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        try:
            status, headers, body = transport(request)
        except ConnectionError:
            raise ConnectionClosedError(endpoint_url=request.url) from None
        return AWSResponse(request.url, status, dict(headers), _Raw(body))

    return send
