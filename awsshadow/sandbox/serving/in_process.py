"""The door without a socket: awsshadow's own requests, answered in the process that makes them."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from awsshadow.sandbox.contract.protocol import TARGET_PREFIX, credential_scope, usual_region
from awsshadow.sandbox.service import Sandbox

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    from awsshadow.sandbox.contract.protocol import Answer

    class Headers(Protocol):
        def items(self) -> Iterable[tuple[str, str | bytes]]: ...

    class Request(Protocol):
        """What botocore is about to send."""

        @property
        def url(self) -> str: ...
        @property
        def headers(self) -> Headers: ...
        @property
        def body(self) -> bytes | str | None: ...


#: What a second of waiting is worth at most under a clock that goes slower than ours.
LONGEST_PACE = 1e6


def transport(folder: str, environ: Mapping[str, str]) -> Door:
    """The door to the sandbox in ``folder``, which is made when there is none.

    Raises AwsShadowError when it cannot be opened.
    """
    return Door(folder, environ)


class Door:
    """Takes a prepared request, returns status, headers and body."""

    def __init__(self, folder: str, environ: Mapping[str, str]) -> None:
        self._sandbox = Sandbox(folder, environ=environ)
        if any(environ.get(name) for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")):
            from awsshadow.sandbox.serving.s3_over_http import S3OverHttp

            self._sandbox.objects = S3OverHttp(environ)
        self._region = usual_region(environ)

    def close(self) -> None:
        """Let go of the file; what is kept lies in it alone then, unless another process has it open."""
        self._sandbox.close()

    @property
    def pace(self) -> float:
        """What a second of waiting is worth: a poller that would sleep n seconds sleeps n times this.

        0 where waiting changes nothing, because states change by looking or by command.
        """
        clock = self._sandbox.clock()
        return min(1 / clock.factor, LONGEST_PACE) if clock.mode == "real" and clock.factor else 0.0

    def __call__(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Answer one request.

        Raises ConnectionResetError when the sandbox was told to break the connection, AwsShadowError when it
        cannot answer because of what it keeps.
        """
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        target = headers.get("x-amz-target", "")
        if not target.startswith(TARGET_PREFIX):
            return _parts(self._of_others(request, headers))
        body = request.body or b""
        answer = self._sandbox.answer(target, _bytes(body), self._region_of(request.url, headers))
        return _parts(_delivered(answer))

    def _of_others(self, request: Request, headers: dict[str, str]) -> Answer:
        """The answer to a call of a service around SageMaker, of which reading a log needs one."""
        # No call of SageMaker's needs any of these.
        from awsshadow.sandbox.services.dispatch import built_in_answer
        from awsshadow.sandbox.services.http_call import HttpCall
        from awsshadow.sandbox.services.recognition import service_of
        from awsshadow.sandbox.serving.http_guard import Rejection

        place = urlsplit(request.url)
        service = service_of(f"{place.path}?{place.query}", {name.title(): text for name, text in headers.items()})
        body = _bytes(request.body or b"")
        region = credential_scope(headers.get("authorization", ""))[0] or self._region
        call = HttpCall(service, "POST", place.path or "/", headers, body, region, f"{place.scheme}://{place.netloc}")
        answer = built_in_answer(self._sandbox, call)
        if answer is None:
            told = f"The awsshadow sandbox in this process does not answer calls of {service or 'that service'}."
            return Rejection(400, "SandboxRefused", told).answer()
        return _delivered(answer)

    def _region_of(self, url: str, headers: Mapping[str, str]) -> str:
        """The region a request is signed for; of an unsigned one, that of its host name."""
        signed = credential_scope(headers.get("authorization", ""))[0]
        if signed:
            return signed
        words = (urlsplit(url).hostname or "").split(".")
        named = words[words.index("sagemaker") + 1 :] if "sagemaker" in words else []
        return named[0] if named and named[0].count("-") >= 2 else self._region


def _delivered(answer: Answer) -> Answer:
    """The answer, when it is to come. Raises what it stands for when it is none."""
    if answer.failure is not None:
        raise answer.failure
    if answer.delay:
        time.sleep(answer.delay)
    if answer.cut:
        raise ConnectionResetError("The sandbox broke the connection, as it was told to.")
    return answer


def _parts(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    return answer.status, answer.headers, answer.body


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
