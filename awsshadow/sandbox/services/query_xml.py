"""The protocol ``query``: the operation and its input as a form, output as XML."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qsl

from awsshadow.sandbox.contract.protocol import Answer
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.services.values import from_text, iso, to_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.http_call import HttpCall
    from awsshadow.sandbox.services.service_model import ServiceModel

    Form = dict[str, str]


def operation_of(model: ServiceModel, call: HttpCall) -> str:
    """The operation that a request is. Raises Refusal when it is none of the service's."""
    name = _form(call).get("Action", "")
    if name not in model.operations:
        raise Refusal("InvalidAction", f"Could not find operation {name[:100]} for version {_version(call)}")
    return name


def params_of(model: ServiceModel, operation: str, call: HttpCall) -> dict[str, Any]:
    """The members of the input. Raises Refusal for what cannot be read."""
    name = model.input(operation)
    if name is None:
        return {}
    found: dict[str, Any] | None = _read(_form(call), "", name, model)
    return found or {}


def answer(model: ServiceModel, operation: str, output: dict[str, Any]) -> Answer:
    """The answer to a request that was served."""
    name = model.output(operation)
    inner = "" if name is None else _written(f"{operation}Result", output, name, model)
    ids = f"<ResponseMetadata><RequestId>{random_text('%')}</RequestId></ResponseMetadata>"
    space = f' xmlns="{model.namespace}"' if model.namespace else ""
    return _answer(200, f"<{operation}Response{space}>{inner}{ids}</{operation}Response>")


def refused(model: ServiceModel, refusal: Refusal, extra: dict[str, Any]) -> Answer:
    """The answer that is an error."""
    code = model.shapes.get(refusal.code, {}).get("error", {}).get("code", refusal.code)
    status = refusal.status if refusal.status != 400 else model.status(refusal.code)
    more = "".join(f"<{name}>{escape(to_text(value), quote=False)}</{name}>" for name, value in extra.items())
    message = escape(refusal.message, quote=False)
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message>{more}</Error>"
    space = f' xmlns="{model.namespace}"' if model.namespace else ""
    return _answer(
        status, f"<ErrorResponse{space}>{error}<RequestId>{random_text('%')}</RequestId></ErrorResponse>", code
    )


def _answer(status: int, text: str, code: str = "") -> Answer:
    headers = {"Content-Type": "text/xml", "x-amzn-RequestId": random_text("%")}
    return Answer(status, {**headers, **({"x-amzn-errortype": code} if code else {})}, text.encode())


def _form(call: HttpCall) -> Form:
    text = call.body.decode("utf-8", "replace")
    return dict(parse_qsl(call.query, keep_blank_values=True)) | dict(parse_qsl(text, keep_blank_values=True))


def _version(call: HttpCall) -> str:
    return _form(call).get("Version", "")[:40]


def _read(form: Form, prefix: str, name: str, model: ServiceModel) -> Any:
    """The value whose words in the form begin with ``prefix``; None without one."""
    shape = model.shapes[name]
    if shape["type"] == "structure":
        dot = f"{prefix}." if prefix else ""
        found = {
            member: value
            for member, ref in shape["members"].items()
            if (value := _read(form, dot + ref.get("locationName", member), ref["shape"], model)) is not None
        }
        return found or None
    if shape["type"] == "list":
        inner = shape["member"]["shape"]
        values: list[Any] = []
        step = prefix if shape.get("flattened") else f"{prefix}.{shape['member'].get('locationName', 'member')}"
        while (value := _read(form, f"{step}.{len(values) + 1}", inner, model)) is not None:
            values.append(value)
        return values or None
    return from_text(form[prefix], shape) if prefix in form else None


def _written(tag: str, value: Any, name: str, model: ServiceModel) -> str:
    shape = model.shapes[name]
    if shape["type"] == "structure":
        inner = "".join(
            _written(ref.get("locationName", member), value[member], ref["shape"], model)
            for member, ref in shape["members"].items()
            if value.get(member) is not None
        )
    elif shape["type"] == "list":
        inner = "".join(_written("member", item, shape["member"]["shape"], model) for item in value)
    else:
        text = iso(value) if shape["type"] == "timestamp" else to_text(value)
        inner = escape(text, quote=False)
    return f"<{tag}>{inner}</{tag}>"
