"""What has become of a request as an answer of HTTP: a document, an error of the service, a failure of the file."""

from __future__ import annotations

import json

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.contract.protocol import CONTENT_TYPE, Answer, DefectError
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.state.damage import FILE_ERRORS, DamagedError, explained, is_passing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.contract.service_errors import Refusal
    from awsshadow.sandbox.engine.fault_injection import Faults

#: Errors that the model lists have a capital in the name of their message.
_LOWER_CASE = ("ValidationException", "ThrottlingException", "SerializationException", "UnknownOperationException")


def answered(status: int, document: dict[str, Any], faults: Faults, name: str) -> Answer:
    """The answer with a document, late or cut where the faults say so of the operation."""
    body, headers = _written(document)
    return Answer(status, headers, body, delay=faults.late(name), cut=faults.cut(name))


def _written(document: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    headers = {"Content-Type": CONTENT_TYPE, "x-amzn-RequestId": random_text("%")}
    return json.dumps(document, separators=(",", ":")).encode(), headers


def refused(refusal: Refusal, faults: Faults, name: str) -> Answer:
    """The answer that is an error of the service."""
    member = "message" if refusal.code in _LOWER_CASE else "Message"
    return answered(refusal.status, {"__type": refusal.code, member: refusal.message}, faults, name)


def failed(error: Exception, name: str, folder: str) -> Answer:
    """The answer when the file cannot be used, or what it holds is not what it should be."""
    code, status = "ServiceUnavailable", 503
    failure: AwsShadowError
    if isinstance(error, FILE_ERRORS):
        failure = explained(error, folder)
    elif isinstance(error, AwsShadowError):
        failure = error
    else:
        failure = DefectError(
            f"the sandbox in {folder} failed at {name[:80]} ({error!r:.200}): what it keeps of this is damaged, or "
            "this is a defect of awsshadow"
        )
        failure.__cause__ = error
    if isinstance(failure, DamagedError | DefectError):
        code, status = "InternalFailure", 500
    body, headers = _written({"__type": code, "message": failure.message})
    return Answer(status, headers, body, failure=None if is_passing_failure(error) else failure)


def is_passing_failure(error: Exception) -> bool:
    """Whether it may be over the next time: no failure of the sandbox then, but a reason to ask again."""
    return isinstance(error, FILE_ERRORS) and is_passing(error)
