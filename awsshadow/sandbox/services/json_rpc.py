"""The protocol ``json``: the operation in ``X-Amz-Target``, input and output as JSON bodies."""

from __future__ import annotations

import json

from awsshadow.sandbox.contract.json_body import parsed
from awsshadow.sandbox.contract.protocol import CONTENT_TYPE, Answer
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.services.values import read, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.http_call import HttpCall
    from awsshadow.sandbox.services.service_model import ServiceModel


def operation_of(model: ServiceModel, call: HttpCall) -> str:
    """The operation that a request is. Raises Refusal when it is none of the service's."""
    name = call.headers.get("x-amz-target", "").partition(".")[2]
    if name not in model.operations:
        raise Refusal("UnknownOperationException", f"{call.service} has no operation {name[:100]}")
    return name


def params_of(model: ServiceModel, operation: str, call: HttpCall) -> dict[str, Any]:
    """The members of the input. Raises Refusal for what cannot be read."""
    name = model.input(operation)
    document: dict[str, Any] = {} if name is None else read(parsed(call.body), name, model.shapes)
    return document


def answer(model: ServiceModel, operation: str, output: dict[str, Any]) -> Answer:
    """The answer to a request that was served."""
    name = model.output(operation)
    return _answer(200, {} if name is None else written(output, name, model.shapes))


def refused(model: ServiceModel, refusal: Refusal, extra: dict[str, Any]) -> Answer:
    """The answer that is an error."""
    status = refusal.status if refusal.status != 400 else model.status(refusal.code)
    return _answer(status, {"__type": refusal.code, "message": refusal.message, **extra})


def _answer(status: int, document: dict[str, Any]) -> Answer:
    body = json.dumps(document, separators=(",", ":")).encode()
    return Answer(status, {"Content-Type": CONTENT_TYPE, "x-amzn-RequestId": random_text("%")}, body)
