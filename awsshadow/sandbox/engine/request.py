"""One request while it is served: what was asked, and the resources it may read and write."""

from __future__ import annotations

import os
from types import MappingProxyType

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.contract.service_errors import Refusal
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.engine.objects import Objects
    from awsshadow.sandbox.engine.transitions import Effects
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    #: What is known for an answer, by the names of its members; ``output_projection`` cuts it to the output shape.
    View = dict[str, Any]


class Request:
    """``params`` are checked and cannot be changed; ``errors`` are the error types the model gives the operation,
    ``objects`` an S3 when one is there."""

    __slots__ = ("base_url", "effects", "errors", "faults", "objects", "operation", "params", "resources")

    def __init__(
        self,
        operation: str,
        params: Mapping[str, Any],
        errors: list[str],
        resources: Resources,
        faults: Faults,
        base_url: str,
        effects: Effects,
        objects: Objects | None = None,
    ) -> None:
        self.operation = operation
        self.params: Mapping[str, Any] = MappingProxyType(dict(params))
        self.errors = errors
        self.resources = resources
        self.faults = faults
        self.base_url = base_url
        self.effects = effects
        self.objects = objects

    def with_params(self, **params: Any) -> Request:
        """The same request with these parameters in place of, or beside, its own."""
        changed = {**self.params, **params}
        return Request(
            self.operation, changed, self.errors, self.resources, self.faults, self.base_url, self.effects, self.objects
        )

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

    def need(self, title: str, key: str) -> Record:
        """A resource by key or ARN. Raises Refusal as its family does when it is not there."""
        family = families.family(title)
        record = self.resources.get(family.store, key)
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
