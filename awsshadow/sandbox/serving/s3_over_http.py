"""The S3 that a command in a sandbox finds by its environment, for awsshadow's own calls in the same process."""

from __future__ import annotations

from urllib.parse import urlsplit

from awsshadow.names import SANDBOX_S3_VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.sandbox.state.resources import Resources

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SIGNED = "AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"


class S3OverHttp:
    """Asks the endpoint in the environment, when that is on this machine; see ``engine.objects.Objects``."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.strict = environ.get(SANDBOX_S3_VARIABLE) == "strict"
        url = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or ""
        self._place: tuple[str, int] | None = None
        try:
            parts = urlsplit(url)
            if parts.scheme == "http" and parts.hostname in _LOOPBACK:
                self._place = parts.hostname, 80 if parts.port is None else parts.port
        except ValueError:  # it is no address
            pass

    def follow(self, resources: Resources) -> None:
        """Nothing: what answers there follows the sandbox by itself."""

    def ask(self, method: str, target: str, body: bytes = b"") -> tuple[int, bytes]:
        """HTTP status and body; status 0 when nobody answers."""
        if self._place is None:
            return 0, b""
        from http.client import HTTPConnection, HTTPException

        connection = HTTPConnection(*self._place, timeout=10)
        try:
            connection.request(method, target, body, {"Authorization": _SIGNED})
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            return 0, b""
        finally:
            connection.close()
        # The sandbox refuses with 400 what it does not play.
        return (0 if answer.status == 400 else answer.status), said
