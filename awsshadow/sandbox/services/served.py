"""One call of a service around SageMaker: read by its protocol, checked against its model, served, written."""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.model.constraints import mistyped, problems
from awsshadow.sandbox.contract.protocol import DefectError
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.services import json_rpc, query_xml, rest_json
from awsshadow.sandbox.services.service_model import load
from awsshadow.sandbox.state.damage import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from awsshadow.sandbox.contract.protocol import Answer
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.service import Sandbox
    from awsshadow.sandbox.services.http_call import HttpCall
    from awsshadow.sandbox.services.service_model import ServiceModel
    from awsshadow.sandbox.state.resources import Resources

    class Wire(Protocol):
        """A protocol, as a module."""

        def operation_of(self, model: ServiceModel, call: HttpCall, /) -> str: ...
        def params_of(self, model: ServiceModel, operation: str, call: HttpCall, /) -> dict[str, Any]: ...
        def answer(self, model: ServiceModel, operation: str, output: dict[str, Any], /) -> Answer: ...
        def refused(self, model: ServiceModel, refusal: Refusal, extra: dict[str, Any], /) -> Answer: ...

    #: Takes a checked request, returns the members of the output. Raises Refusal.
    Serve = Callable[["ServiceRequest"], dict[str, Any]]

    class Service(Protocol):
        """A module that plays a service: its operations, those that change nothing, its error for wrong input."""

        OPERATIONS: Mapping[str, Serve]
        READING: frozenset[str]
        INVALID: str


#: Not an AWS code: what an operation answers that the sandbox does not simulate.
NOT_SIMULATED = "NotSimulatedBySandbox"

#: The ``protocol`` of a model -> the module that speaks it.
WIRES: dict[str, Wire] = {"json": json_rpc, "query": query_xml, "rest-json": rest_json}


class ErrorWithMembers(Refusal):
    """An error whose shape has more than a message. ``members`` by their names in the model."""

    def __init__(self, code: str, message: str, members: dict[str, Any]) -> None:
        super().__init__(code, message)
        self.members = members


class ServiceRequest:
    """``params`` are checked; ``headers`` by name in small letters. ``delay`` makes the answer late, in seconds."""

    __slots__ = ("base_url", "delay", "faults", "headers", "operation", "params", "resources")

    def __init__(
        self, operation: str, params: dict[str, Any], call: HttpCall, resources: Resources, faults: Faults
    ) -> None:
        self.operation = operation
        self.params = params
        self.resources = resources
        self.faults = faults
        self.headers = call.headers
        self.base_url = call.base_url
        self.delay = 0.0

    @property
    def now(self) -> float:
        """The moment of the request, in seconds since the epoch."""
        return self.resources.now

    def arn(self, service: str, path: str, *, region: bool = True) -> str:
        """An ARN of the sandbox's account; ``region`` False of a service that has none."""
        place = self.resources.region
        partition = "aws-cn" if place.startswith("cn-") else "aws-us-gov" if place.startswith("us-gov-") else "aws"
        return f"arn:{partition}:{service}:{place if region else ''}:{self.resources.account}:{path}"


def answered(sandbox: Sandbox, service: Service, call: HttpCall) -> tuple[str, Answer]:
    """The name of the operation and the answer. Never raises for what a request or the file holds."""
    model = load(call.service)
    wire = WIRES[model.protocol]
    operation = ""
    try:
        operation = wire.operation_of(model, call)
        params = wire.params_of(model, operation, call)
        _check(params, model.input(operation), model, service)
        serve = service.OPERATIONS.get(operation)
        if serve is None:
            what = f"{call.service} {operation}"
            told = f"The awsshadow sandbox does not simulate {what}: it keeps nothing that this is about."
            raise Refusal(NOT_SIMULATED, told, 501)

        def within(resources: Resources, faults: Faults) -> Answer:
            faults.throttle(operation)
            request = ServiceRequest(operation, params, call, resources, faults)
            answer = wire.answer(model, operation, serve(request))
            answer.delay = request.delay + faults.late(operation)
            answer.cut = faults.cut(operation)
            return answer

        return operation, sandbox.share(call.region, within, reads=operation in service.READING)
    except Refusal as refusal:
        extra = refusal.members if isinstance(refusal, ErrorWithMembers) else {}
        return operation, wire.refused(model, refusal, extra)
    except AwsShadowError as error:
        damaged = isinstance(error, DamagedError | DefectError)
        code, status = ("InternalFailure", 500) if damaged else ("ServiceUnavailable", 503)
        answer = wire.refused(model, Refusal(code, error.message, status), {})
        answer.failure = error
        return operation, answer


def _check(params: dict[str, Any], name: str | None, model: ServiceModel, service: Service) -> None:
    """Raise Refusal unless ``params`` are what the shape asks for, in the words that SageMaker has for it, too."""
    if name is None:
        return
    plain = {member: "" if isinstance(value, bytes) else value for member, value in params.items()}
    wrong = mistyped(plain, name, model.shapes)
    if wrong:
        raise Refusal("SerializationException", wrong)
    found = problems(plain, name, model.shapes)
    if found:
        noun = "error" if len(found) == 1 else "errors"
        raise Refusal(service.INVALID, f"{len(found)} validation {noun} detected: {'; '.join(found)}")
