"""The wire: AWS JSON 1.1 as SageMaker's clients speak it, and the sandbox's mark on what it answers."""

from __future__ import annotations

from awsshadow import __version__
from awsshadow.errors import AwsShadowError
from awsshadow.names import REGION_VARIABLES, SANDBOX_REGION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Every answer carries it, so that nobody takes the sandbox for the service.
MARK = "x-awsshadow-sandbox"

CONTENT_TYPE = "application/x-amz-json-1.1"

#: What the header ``X-Amz-Target`` begins with; the name of the operation follows.
TARGET_PREFIX = "SageMaker."


class DefectError(AwsShadowError):
    """Something went wrong that nobody has thought of; the cause says what."""


class Answer:
    """What to send back: HTTP ``status``, all header fields, ``body``.

    ``delay`` (seconds) and ``cut`` (end the connection half-way) are for the carrier of the answer to
    carry out. ``failure`` is why the sandbox itself could not answer, None when it could.
    """

    __slots__ = ("body", "cut", "delay", "failure", "headers", "status")

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        *,
        delay: float = 0,
        cut: bool = False,
        failure: AwsShadowError | None = None,
    ) -> None:
        self.status = status
        self.headers = {MARK: __version__, "Content-Length": str(len(body)), **headers}
        self.body = body
        self.delay = delay
        self.cut = cut
        self.failure = failure


def credential_scope(authorization: str) -> tuple[str, str]:
    """Region and service out of the credential scope of an ``Authorization`` header; empty when unsigned.

    ``AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …``. Nothing else of
    the header is looked at, and nothing of it is kept.
    """
    words = authorization.partition("Credential=")[2].partition(",")[0].split("/")
    if len(words) < 5:
        return "", ""
    return words[-3] if words[-3] == printable(words[-3]) else "", words[-2]


def printable(text: str) -> str:
    """What of a client's words may be shown: letters, digits and a few marks, and not too many."""
    return "".join(c for c in text[:80] if c.isalnum() or c in "-_.")


def usual_region(environ: Mapping[str, str]) -> str:
    """The region of requests that name none. The user's configuration files are not read."""
    return next((environ[name] for name in REGION_VARIABLES if environ.get(name)), SANDBOX_REGION)
