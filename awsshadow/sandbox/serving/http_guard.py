"""What the sandbox's HTTP door lets in, decided from the head of a request alone.

The door listens on loopback, but a web page in the user's browser, a DNS name that was rebound to
127.0.0.1, or a client that takes the door for a proxy can reach loopback too. So a call gets
through only in the form an AWS client gives it: no ``Origin``, a loopback ``Host``, nothing that a page
had fetched; and of SageMaker the JSON 1.1 content type with an ``X-Amz-Target``, of another service what
``services.recognition`` knows it by. Signatures are not checked: there is no secret to check them with.
"""

from __future__ import annotations

import json
from html import escape
from urllib.parse import urlsplit

from awsshadow.sandbox.contract.protocol import CONTENT_TYPE, Answer
from awsshadow.sandbox.services.recognition import FORM, SAGEMAKER, scope_of, service_of, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import Message

    Headers = Message[str, str]

#: Bytes of a request body; the service itself refuses long before.
BODY_LIMIT = 10 * 1024 * 1024

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

#: Services whose clients read errors as XML although they do not post forms.
_REST_XML = ("s3", "s3-outposts", "s3express", "cloudfront", "route53")


class Rejection:
    """An answer of the door itself: HTTP ``status``, error ``code``, a sentence, and whether as XML."""

    def __init__(self, status: int, code: str, message: str, xml: bool = False) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.xml = xml

    def answer(self) -> Answer:
        """What to send, in the protocol of the client that asked; the error type is also where REST clients look."""
        kind = "text/xml" if self.xml else CONTENT_TYPE
        headers = {"Content-Type": kind, "x-amzn-errortype": self.code, "Cache-Control": "no-store"}
        return Answer(self.status, headers, self._body())

    def _body(self) -> bytes:
        if not self.xml:
            return json.dumps({"__type": self.code, "message": self.message}).encode()
        error = f"<Error><Code>{self.code}</Code><Message>{escape(self.message, quote=False)}</Message></Error>"
        # Query clients read Error and RequestId, EC2 clients Errors/Error and RequestID.
        ids = "<RequestId>sandbox</RequestId><RequestID>sandbox</RequestID>"
        return f"<ErrorResponse>{error}<Errors>{error}</Errors>{ids}</ErrorResponse>".encode()


def inspect_call(method: str, path: str, headers: Headers) -> Rejection | None:
    """Why this request is not answered as a call, or None when it is one.

    ``path`` is the request target as sent. The body has not been read yet. Whether a service other than
    SageMaker is played here is not asked.
    """
    rejection = inspect_sender(method, path, headers)
    if rejection is not None:
        return rejection
    if is_for_another(path, headers):
        return _inspect_length(headers)
    return _inspect_service(method, path, headers) or _inspect_form(headers)


def is_for_another(path: str, headers: Headers) -> bool:
    """Whether a request is for a service other than the control plane of SageMaker."""
    return service_of(path, headers) not in ("", SAGEMAKER)


def not_played(path: str, headers: Headers, hint: str = "") -> Rejection:
    """The answer to a request for a service that is not played here; ``hint`` says what would play it."""
    name = shown(service_of(path, headers))
    return Rejection(
        400,
        "SandboxRefused",
        "The awsshadow sandbox plays SageMaker and the services close to it; this request is for "
        f"{name}.{hint and ' '}{hint.format(service=name)} Nothing was sent to AWS.",
        xml=_expects_xml(path, headers),
    )


def inspect_sender(method: str, path: str, headers: Headers) -> Rejection | None:
    """Why nothing at all is answered to this sender, or None."""
    if method == "CONNECT" or not path.startswith("/") or path.startswith("//"):
        return Rejection(403, "SandboxRefused", "The sandbox is not a proxy.")
    hosts = headers.get_all("Host", [])
    if len(hosts) != 1 or host_name(hosts[0]) not in LOOPBACK:
        return Rejection(403, "SandboxRefused", "The sandbox answers only to 127.0.0.1, ::1 and localhost.")
    # A browser names the origin of a page that posts; of one that only shows a picture it says this.
    if headers.get_all("Origin", []) or headers.get("Sec-Fetch-Site", "none") != "none":
        return Rejection(403, "SandboxRefused", "The sandbox does not answer web pages of another origin.")
    return None


def defect(path: str, headers: Headers) -> Rejection:
    """The answer when something failed that nobody has thought of."""
    sentence = "A defect of the sandbox; it printed what it knows."
    return Rejection(500, "InternalFailure", sentence, xml=_expects_xml(path, headers))


def unavailable(path: str, headers: Headers, message: str) -> Rejection:
    """The answer when what the sandbox keeps cannot be used, and a service that is not built in needs it."""
    return Rejection(503, "ServiceUnavailable", message, xml=_expects_xml(path, headers))


def _inspect_service(method: str, path: str, headers: Headers) -> Rejection | None:
    """Whether it is a call of SageMaker's control plane: nothing is passed on, least of all to AWS."""
    if is_aws_client(headers) and (method != "POST" or path != "/"):
        return Rejection(
            400,
            "SandboxRefused",
            "The awsshadow sandbox answers calls of SageMaker's control plane as POST to /; this request is for "
            "another API. Nothing was sent to AWS.",
            xml=_expects_xml(path, headers),
        )
    if path != "/":
        return Rejection(404, "SandboxRefused", "There is nothing at this path of the sandbox.")
    if method != "POST":
        return Rejection(405, "SandboxRefused", "The sandbox answers calls of SageMaker, which are POST requests.")
    return None


def _inspect_form(headers: Headers) -> Rejection | None:
    """Whether what is left has the form of a SageMaker call, with a length that can be read."""
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != CONTENT_TYPE:
        return Rejection(415, "SandboxRefused", f"The content type of a call is {CONTENT_TYPE}.")
    if not headers.get("X-Amz-Target", ""):
        return Rejection(400, "MissingAction", "A call names its operation in the header X-Amz-Target.")
    if "Content-Length" not in headers:
        return Rejection(411, "SandboxRefused", "The sandbox reads bodies of a stated length only.")
    return _inspect_length(headers)


def _inspect_length(headers: Headers) -> Rejection | None:
    """Whether the body, if there is one, has a length that can be read and is not above the limit."""
    xml = _expects_xml("", headers)
    if headers.get_all("Transfer-Encoding", []):
        return Rejection(411, "SandboxRefused", "The sandbox reads bodies of a stated length only.", xml)
    length = body_length(headers)
    if length is None and "Content-Length" in headers:
        return Rejection(400, "SandboxRefused", "The header Content-Length is not one number.", xml)
    if length is not None and length > BODY_LIMIT:
        return Rejection(413, "RequestEntityTooLarge", f"The sandbox reads bodies of up to {BODY_LIMIT} bytes.", xml)
    return None


def body_length(headers: Headers) -> int | None:
    """The stated length of the body in bytes, or None when there is not exactly one plain number."""
    lengths = headers.get_all("Content-Length", [])
    if len(lengths) != 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
        return None
    return int(lengths[0]) if len(lengths[0]) < 19 else BODY_LIMIT + 1


def host_name(host: str) -> str:
    """The name in a ``Host`` header without its port, in lower case; empty when it cannot be read."""
    try:
        return urlsplit("//" + host.strip()).hostname or ""
    except ValueError:
        return ""


def is_aws_client(headers: Headers) -> bool:
    """Whether the sender is an AWS client, rather than a browser or a probe of the port."""
    names = ("Authorization", "amz-sdk-invocation-id", "X-Amz-Date", "X-Amz-Content-SHA256", "X-Amz-Target")
    return any(headers.get(name, "") for name in names)


def _expects_xml(path: str, headers: Headers) -> bool:
    """Query and EC2 clients post forms; a few others are known by the service they sign for."""
    if headers.get("X-Amz-Target", ""):
        return False
    form = headers.get("Content-Type", "").startswith(FORM)
    return form or scope_of(path.partition("?")[2], headers)[1] in _REST_XML
