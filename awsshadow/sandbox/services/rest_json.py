"""The protocol ``rest-json``: operations by method and path, members in paths, headers, queries and bodies."""

from __future__ import annotations

import json
import re
from functools import cache
from urllib.parse import parse_qs, unquote

from awsshadow.sandbox.contract.json_body import parsed
from awsshadow.sandbox.contract.protocol import Answer
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.services.event_stream import frames
from awsshadow.sandbox.services.values import from_text, read, to_text, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.http_call import HttpCall
    from awsshadow.sandbox.services.service_model import ServiceModel

JSON = "application/json"
EVENT_STREAM = "application/vnd.amazon.eventstream"


def operation_of(model: ServiceModel, call: HttpCall) -> str:
    """The operation that a request is. Raises Refusal when it is none of the service's."""
    return _route(model, call)[0]


def params_of(model: ServiceModel, operation: str, call: HttpCall) -> dict[str, Any]:
    """The members of the input; the payload of a blob is bytes. Raises Refusal for what cannot be read."""
    name = model.input(operation)
    if name is None:
        return {}
    shape = model.shapes[name]
    labels, query = _route(model, call)[1], parse_qs(call.query, keep_blank_values=True)
    params: dict[str, Any] = {}
    for member, ref in shape["members"].items():
        key, where, inner = ref.get("locationName", member), ref.get("location"), model.shapes[ref["shape"]]
        if where == "uri":
            params[member] = from_text(labels[key], inner)
        elif where == "header" and key.lower() in call.headers:
            params[member] = from_text(call.headers[key.lower()], inner)
        elif where == "querystring" and key in query:
            params[member] = _of_query(query[key], inner, model)
    payload = shape.get("payload")
    if payload is None:
        body = {m: r for m, r in shape["members"].items() if "location" not in r}
        return {**params, **_of_body(call.body, body, model)}
    if model.shapes[shape["members"][payload]["shape"]]["type"] == "blob":
        return {**params, payload: call.body}
    return {**params, payload: read(parsed(call.body), shape["members"][payload]["shape"], model.shapes)}


def answer(model: ServiceModel, operation: str, output: dict[str, Any]) -> Answer:
    """The answer to a request that was served."""
    spec = model.operations[operation]
    status = spec["http"].get("responseCode", 200)
    name = model.output(operation)
    if name is None:
        return Answer(status, _headers(JSON), b"{}")
    shape = model.shapes[name]
    headers = {
        ref["locationName"]: to_text(output[member])
        for member, ref in shape["members"].items()
        if ref.get("location") == "header" and output.get(member) is not None
    }
    payload = shape.get("payload")
    if payload is None:
        rest = {m: v for m, v in output.items() if "location" not in shape["members"].get(m, {})}
        return Answer(status, {**_headers(JSON), **headers}, _json(written(rest, name, model.shapes)))
    inner = model.shapes[shape["members"][payload]["shape"]]
    if inner.get("eventstream"):
        return Answer(status, {**_headers(EVENT_STREAM), **headers}, frames(output[payload]))
    return Answer(status, {**_headers("application/octet-stream"), **headers}, output.get(payload, b""))


def refused(model: ServiceModel, refusal: Refusal, extra: dict[str, Any]) -> Answer:
    """The answer that is an error; ``extra`` are further members of its shape."""
    members = model.shapes.get(refusal.code, {}).get("members", {})
    name = next((m for m in members if m.lower() == "message"), "message")
    status = refusal.status if refusal.status != 400 else model.status(refusal.code)
    headers = {**_headers(JSON), "x-amzn-ErrorType": refusal.code}
    return Answer(status, headers, _json({name: refusal.message, **extra}))


def _headers(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, "x-amzn-RequestId": random_text("%")}


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()


def _of_query(texts: list[str], shape: dict[str, Any], model: ServiceModel) -> Any:
    if shape["type"] != "list":
        return from_text(texts[0], shape)
    inner = model.shapes[shape["member"]["shape"]]
    return [from_text(text, inner) for text in texts]


def _of_body(body: bytes, members: dict[str, dict[str, Any]], model: ServiceModel) -> dict[str, Any]:
    if not members:
        return {}
    document = parsed(body)
    known = {ref.get("locationName", member): (member, ref["shape"]) for member, ref in members.items()}
    return {
        known[key][0]: read(value, known[key][1], model.shapes)
        for key, value in document.items()
        if key in known and value is not None
    }


def _route(model: ServiceModel, call: HttpCall) -> tuple[str, dict[str, str]]:
    """Operation and labels of the path; literal words of a path count more than labels."""
    for method, form, operation in _routes(model):
        match = form.fullmatch(call.path.rstrip("/") or "/") if method == call.method else None
        if match:
            return operation, {name: unquote(text) for name, text in match.groupdict().items()}
    raise Refusal("UnknownOperationException", f"{call.service} has no operation at {call.method} {call.path[:200]}")


@cache
def _routes(model: ServiceModel) -> list[tuple[str, re.Pattern[str], str]]:
    found = []
    for operation, spec in model.operations.items():
        uri = spec["http"]["requestUri"].partition("?")[0]
        form = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(uri)))
        found.append((uri.count("{"), spec["http"]["method"], form, operation))
    return [(method, form, operation) for _, method, form, operation in sorted(found, key=lambda row: row[0])]
