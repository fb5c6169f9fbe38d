"""What the service model says of one operation, as far as serving it needs to know."""

from __future__ import annotations

from awsshadow.names import argument_name
from awsshadow.sandbox.contract.service_errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.store import Store


class Operation:
    """One operation; the output part is read when it is first needed. Raises Refusal for a name that is none."""

    def __init__(self, store: Store, name: str) -> None:
        command = argument_name(name)
        if not store.has("operations", command):
            raise Refusal("UnknownOperationException", f"SageMaker has no operation {name}")
        document = store.input("operations", command)
        if name not in document["operations"]:
            raise Refusal("UnknownOperationException", f"SageMaker has no operation {name}")
        spec = document["operations"][name]
        self.input: str | None = spec.get("input", {}).get("shape")
        self.output: str | None = spec.get("output", {}).get("shape")
        self.errors = [error["shape"] for error in spec.get("errors", ())]
        self.shapes: dict[str, dict[str, Any]] = document["shapes"]
        self._rest = (store, command)
        self._whole = False

    def all_shapes(self) -> dict[str, dict[str, Any]]:
        """Input and output shapes."""
        if not self._whole:
            store, command = self._rest
            self.shapes = {**self.shapes, **store.output("operations", command)}
            self._whole = True
        return self.shapes

    def docs(self) -> dict[str, dict[str, Any]]:
        """Documentation by shape: ``documentation`` of its own, ``members`` by name."""
        store, command = self._rest
        found: dict[str, dict[str, Any]] = store.docs("operations", command)["shapes"]
        return found

    def token_member(self) -> str | None:
        """The member that makes a repeated request the same request, None without one."""
        members = self.shapes[self.input]["members"] if self.input else {}
        return next((m for m, ref in members.items() if ref.get("idempotencyToken")), None)
