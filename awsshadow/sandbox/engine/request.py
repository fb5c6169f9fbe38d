"""One request while it is served: what was asked, and the resources it may read and write."""

from __future__ import annotations

import os

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.contract.service_errors import Refusal
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.engine.transitions import Effects
    from awsshadow.sandbox.state.resources import Record, Resources


class Request:
    """``params`` are checked; ``errors`` are the error types the model gives the operation."""

    __slots__ = ("base_url", "effects", "errors", "faults", "operation", "params", "resources")

    def __init__(
        self,
        operation: str,
        params: dict[str, Any],
        errors: list[str],
        resources: Resources,
        faults: Faults,
        base_url: str,
        effects: Effects,
    ) -> None:
        self.operation = operation
        self.params = params
        self.errors = errors
        self.resources = resources
        self.faults = faults
        self.base_url = base_url
        self.effects = effects

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
        """The ARN of a resource here. The service writes the resource part in small letters
        (aws/amazon-sagemaker-examples 293); hubs and partner apps keep theirs, their ARNs are public."""
        region, account = self.resources.region, self.resources.account
        partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
        keeps = type in {"hub", "hub-content", "partner-app", "mlflow-app", "job"}
        return f"arn:{partition}:sagemaker:{region}:{account}:{type}/{path if keeps else path.lower()}"

    def no_such(self, family: Family, key: str) -> Refusal:
        """The answer for a resource that is not there."""
        arn = key if key.startswith("arn:") else self.arn(family.type, key)
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
