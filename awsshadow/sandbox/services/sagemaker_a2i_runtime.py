"""Human loops of Amazon A2I. Nobody reviews: a loop is in progress until it is stopped."""

from __future__ import annotations

import json

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest

INVALID = "ValidationException"
NOT_FOUND = "ResourceNotFoundException"
LOOP = "HumanLoop"
#: Loops of a page when no number is asked for.
_PAGE = 10


def start(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``StartHumanLoop``."""
    params, name = request.params, request.params["HumanLoopName"]
    _need_flow(request)
    try:
        json.loads(params["HumanLoopInput"]["InputContent"])
    except ValueError as error:
        raise Refusal(INVALID, f"The InputContent is not JSON: {error}") from error
    arn = request.arn("sagemaker", f"human-loop/{name}")
    doc = {"FlowDefinitionArn": params["FlowDefinitionArn"], "HumanLoopInput": params["HumanLoopInput"]}
    record = Record(LOOP, name, doc, now=request.now, arn=arn, parent=params["FlowDefinitionArn"], status="InProgress")
    if request.resources.get(LOOP, name) is not None or not request.resources.insert(record):
        raise Refusal("ConflictException", f"A human loop named {name} exists with another input.")
    return {"HumanLoopArn": arn}


def describe(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DescribeHumanLoop``."""
    return _shown(_loop(request))


def stop(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``StopHumanLoop``."""
    loop = _loop(request)
    if loop.status == "InProgress":
        loop.become("Stopped", [], request.now)
        request.resources.save(loop)
    return {}


def delete(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DeleteHumanLoop``."""
    loop = _loop(request)
    if loop.status == "InProgress":
        raise Refusal(INVALID, f"The human loop {loop.name} is InProgress: stop it first.")
    request.resources.remove(loop)
    return {}


def listed(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``ListHumanLoops``."""
    params = request.params
    _need_flow(request)
    after, before = params.get("CreationTimeAfter"), params.get("CreationTimeBefore")
    loops = [
        loop
        for loop in request.resources.find(LOOP, parent=params["FlowDefinitionArn"])
        if (after is None or loop.created >= after) and (before is None or loop.created <= before)
    ]
    if params.get("SortOrder", "Descending") == "Descending":
        loops.reverse()
    token = params.get("NextToken", "0")
    if not (token.isascii() and token.isdigit()):
        raise Refusal(INVALID, "The NextToken is not one of this operation.")
    begin, size = int(token[:18]), params.get("MaxResults", _PAGE)
    more = begin + size < len(loops)
    shown = [_shown(loop) for loop in loops[begin : begin + size]]
    return {"HumanLoopSummaries": shown, "NextToken": str(begin + size) if more else None}


def _shown(loop: Record) -> dict[str, Any]:
    return {
        "HumanLoopName": loop.name,
        "HumanLoopArn": loop.arn,
        "HumanLoopStatus": loop.status,
        "CreationTime": loop.created,
        "FlowDefinitionArn": loop.doc["FlowDefinitionArn"],
    }


def _loop(request: ServiceRequest) -> Record:
    name = request.params["HumanLoopName"]
    found = request.resources.get(LOOP, name)
    if found is None:
        raise Refusal(NOT_FOUND, f"There is no human loop {name}.")
    return found


def _need_flow(request: ServiceRequest) -> None:
    """Raise Refusal unless the flow definition is there and active."""
    arn = request.params["FlowDefinitionArn"]
    flow = request.resources.get("FlowDefinition", arn)
    if flow is None:
        raise Refusal(NOT_FOUND, f"There is no flow definition {arn}.")
    if flow.status != "Active":
        raise Refusal(INVALID, f"The flow definition {arn} is not Active: its status is {flow.status}.")


OPERATIONS = {
    "StartHumanLoop": start,
    "DescribeHumanLoop": describe,
    "StopHumanLoop": stop,
    "DeleteHumanLoop": delete,
    "ListHumanLoops": listed,
}
READING = frozenset({"DescribeHumanLoop", "ListHumanLoops"})
