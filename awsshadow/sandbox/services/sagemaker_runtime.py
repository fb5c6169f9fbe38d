"""Invoking endpoints. Nothing infers: the body comes back, or what a rule of the faults says (``invoke``).

The sentence for an endpoint that cannot be invoked is public (aws/amazon-sagemaker-examples 293, 559), and so is
the one of a model that answers with an error (aws/sagemaker-python-sdk); the others are invented.
"""

from __future__ import annotations

import json
import random

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.services.served import ErrorWithMembers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.fault_injection import Rule
    from awsshadow.sandbox.services.served import ServiceRequest
    from awsshadow.sandbox.state.records import Record

INVALID = "ValidationError"
MODEL_ERROR = "ModelError"
#: An update loses no availability (API reference, UpdateEndpoint), nor does undoing one.
SERVING = ("InService", "Updating", "SystemUpdating", "RollingBack")
#: Bytes of one part of a stream.
PART = 1024


def invoke(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``InvokeEndpoint``."""
    endpoint = _endpoint(request)
    if endpoint.doc.get("AsyncInferenceConfig"):
        raise Refusal(INVALID, f"Endpoint {endpoint.name} is for asynchronous inference: use InvokeEndpointAsync.")
    variant = _variant(request, endpoint)
    body, kind = _result(request, endpoint, variant)
    return {
        "Body": body,
        "ContentType": kind,
        "InvokedProductionVariant": variant,
        "CustomAttributes": request.params.get("CustomAttributes"),
    }


def invoke_with_stream(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``InvokeEndpointWithResponseStream``: the same in parts."""
    answer = invoke(request)
    body = answer["Body"]
    parts = [body[begin : begin + PART] for begin in range(0, len(body), PART)] or [b""]
    return {**answer, "Body": [("PayloadPart", part) for part in parts]}


def invoke_async(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``InvokeEndpointAsync``: where the result will lie."""
    params, endpoint = request.params, _endpoint(request)
    config = endpoint.doc.get("AsyncInferenceConfig")
    if not config:
        raise Refusal(
            INVALID, f"Endpoint {endpoint.name} is not for asynchronous inference: it has no AsyncInferenceConfig."
        )
    if not params.get("InputLocation") and not params.get("Body"):
        raise Refusal(INVALID, "InputLocation is required.")
    rule = request.faults.invocation(endpoint.name, _variant(request, endpoint))
    if rule is not None and rule.get("error"):
        _raise(request, rule, endpoint, "")
    id, output = random_text("%"), config.get("OutputConfig") or {}
    where = params.get("S3OutputPathExtension", "").strip("/")
    name = params.get("Filename") or f"{id}.out"
    place = "/".join(part for part in (str(output.get("S3OutputPath", "")).rstrip("/"), where, name) if part)
    failure = str(output.get("S3FailurePath", "")).rstrip("/")
    return {
        "InferenceId": params.get("InferenceId") or id,
        "OutputLocation": place,
        "FailureLocation": f"{failure}/{id}-error.out" if failure else None,
    }


def _endpoint(request: ServiceRequest) -> Record:
    """The endpoint, when it answers. Raises Refusal."""
    name = request.params["EndpointName"]
    found = request.resources.get("Endpoint", name)
    if found is None:
        raise Refusal(INVALID, f"Endpoint {name} of account {request.resources.account} not found.")
    if found.status not in SERVING:
        raise Refusal(
            INVALID,
            f"Endpoint {name} of account {request.resources.account} is not InService: its status is {found.status}.",
        )
    return found


def _variant(request: ServiceRequest, endpoint: Record) -> str:
    """The variant that is asked for, that of a component, or one drawn by the weights. Raises Refusal."""
    variants = endpoint.doc.get("ProductionVariants") or []
    target, component = (request.params.get(member) for member in ("TargetVariant", "InferenceComponentName"))
    if component:
        found = request.resources.get("InferenceComponent", component)
        if found is None or found.doc.get("EndpointName") != endpoint.name:
            raise Refusal(INVALID, f"Inference Component {component} of endpoint {endpoint.name} not found.")
        if found.status not in SERVING:
            raise Refusal(INVALID, f"Inference Component {component} is not InService: its status is {found.status}.")
        return str(found.doc.get("VariantName", ""))
    names = [variant["VariantName"] for variant in variants]
    if target:
        if target not in names:
            raise Refusal(INVALID, f"Variant {target} of endpoint {endpoint.name} not found.")
        return str(target)
    weights = [float(variant.get("CurrentWeight", 1.0)) for variant in variants]
    if not any(weights):
        weights = [1.0] * len(names)
    return str(random.choices(names, weights)[0]) if names else ""  # noqa: S311 - load is spread, nothing is kept secret


def _result(request: ServiceRequest, endpoint: Record, variant: str) -> tuple[bytes, str]:
    """Body and content type of what the model answers. Raises Refusal for an error that a rule asks for."""
    params = request.params
    rule = request.faults.invocation(endpoint.name, variant) or {}
    request.delay = float(rule.get("seconds", 0))
    if rule.get("error"):
        _raise(request, rule, endpoint, variant)
    if "body" not in rule:
        return params["Body"], str(rule.get("type") or params.get("ContentType") or "application/octet-stream")
    body = rule["body"]
    if isinstance(body, str):
        return body.encode(), str(rule.get("type", "text/plain"))
    return json.dumps(body).encode(), str(rule.get("type", "application/json"))


def _raise(request: ServiceRequest, rule: Rule, endpoint: Record, variant: str) -> None:
    """Raise the error of a rule; that of a model has what the container said."""
    code, said = rule["error"], rule.get("body", "")
    text = said if isinstance(said, str) else json.dumps(said)
    if code != MODEL_ERROR:
        raise Refusal(code, text or "The sandbox was asked to let this call fail.")
    status, region = rule.get("status", 500), request.resources.region
    group = f"/aws/sagemaker/Endpoints/{endpoint.name}"
    message = (
        f"Received {'client' if status < 500 else 'server'} error ({status}) from {variant or 'primary'} with message "
        f'"{text}". See https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}'
        f"#logEventViewer:group={group} in account {request.resources.account} for more information."
    )
    members = {
        "OriginalStatusCode": status,
        "OriginalMessage": text,
        "LogStreamArn": request.arn("logs", f"log-group:{group}"),
    }
    raise ErrorWithMembers(MODEL_ERROR, message, members)


OPERATIONS = {
    "InvokeEndpoint": invoke,
    "InvokeEndpointAsync": invoke_async,
    "InvokeEndpointWithResponseStream": invoke_with_stream,
}
READING = frozenset(OPERATIONS)
