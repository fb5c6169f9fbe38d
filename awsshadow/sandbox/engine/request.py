"""One request while it is served: what was asked, and the resources it may read and write."""

from __future__ import annotations

import os
from copy import copy
from types import MappingProxyType

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.contract.operation_model import Operation
    from awsshadow.sandbox.contract.service_errors import Refusal
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.engine.objects import Objects
    from awsshadow.sandbox.engine.transitions import Effects
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    #: What is known for an answer, by the names of its members; ``output_projection`` cuts it to the output shape.
    View = dict[str, Any]


class Request:
    """``params`` are checked and cannot be changed; ``errors`` are the error types the model gives the operation.

    ``model`` says what the service model has of an operation, ``objects`` is an S3 when one is there.
    """

    __slots__ = ("base_url", "effects", "errors", "faults", "model", "objects", "operation", "params", "resources")

    def __init__(
        self,
        operation: str,
        params: Mapping[str, Any],
        errors: list[str],
        resources: Resources,
        faults: Faults,
        base_url: str,
        effects: Effects,
        model: Callable[[str], Operation],
        objects: Objects | None = None,
    ) -> None:
        self.operation = operation
        self.params: Mapping[str, Any] = MappingProxyType(dict(params))
        self.errors = errors
        self.resources = resources
        self.faults = faults
        self.base_url = base_url
        self.effects = effects
        self.model = model
        self.objects = objects

    def with_params(self, **params: Any) -> Request:
        """The same request with these parameters in place of, or beside, its own."""
        return self.for_operation(self.operation, {**self.params, **params})

    def for_operation(self, operation: str, params: Mapping[str, Any]) -> Request:
        """A request of another operation, served as part of this one."""
        other = copy(self)
        other.operation, other.params = operation, MappingProxyType(dict(params))
        return other

    @property
    def now(self) -> float:
        """The moment of the request, in seconds since the epoch."""
        return self.resources.now

    def family(self) -> tuple[Family, str]:
        """The family this operation belongs to and its role there."""
        found = families.find(self.operation)
        assert found
        return found

    def arn(self, type: str, path: str) -> str:
        """The ARN of what lies here under a type and a path. The service writes the path in small letters
        (aws/amazon-sagemaker-examples 293)."""
        return self._arn(type, path.lower())

    def arn_of(self, family: Family, path: str) -> str:
        """The ARN of a resource of a family; some families keep capitals, their ARNs are public."""
        return self._arn(family.type, path if family.keeps_case else path.lower())

    def _arn(self, type: str, path: str) -> str:
        region, account = self.resources.region, self.resources.account
        partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
        return f"arn:{partition}:sagemaker:{region}:{account}:{type}/{path}"

    def link(self, path: str) -> str:
        """A link below the sandbox's own address with a token of its own; there is no page behind it."""
        return f"{self.base_url.rstrip('/')}/{path}?authToken={random_text('@32')}"

    def no_such(self, family: Family, key: str) -> Refusal:
        """The answer for a resource that is not there."""
        arn = key if key.startswith("arn:") else self.arn_of(family, key)
        return error_messages.no_such(family, key.rpartition("/")[2], arn)

    def find(self, family: Family, key: str) -> Record | None:
        """A resource by key or ARN, None when it is not there.

        Where ARNs are in small letters the case of a name does not matter: the API reference says so of CreateEndpoint,
        and clients rely on it where they take the name of a job from its ARN.
        """
        record = self.resources.get(family.store, key)
        if record is None and not family.keeps_case:
            head, colon, path = key.rpartition(":") if key.startswith("arn:") else ("", "", key)
            arn = f"{head}{colon}{path.lower()}" if colon else self.arn_of(family, path)
            record = self.resources.get(family.store, arn)
        return record

    def need(self, title: str, key: str) -> Record:
        """A resource by key or ARN. Raises Refusal as its family does when it is not there."""
        family = families.family(title)
        record = self.find(family, key)
        if record is None:
            raise self.no_such(family, key)
        return record

    def named(self, title: str, member: str) -> Record:
        """The resource that a member of the request names."""
        return self.need(title, self.params[member])


def random_text(form: str) -> str:
    """``d-@12`` -> ``d-`` and 12 random hexadecimal digits; ``#12`` with capitals; ``%`` for a UUID."""
    head, mark, count = next((form.partition(m) for m in "@#%" if m in form), (form, "", "0"))
    text = os.urandom(16).hex()
    if mark == "%":
        return f"{head}{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
    text = text[: int(count)]
    return head + (text.upper() if mark == "#" else text)
