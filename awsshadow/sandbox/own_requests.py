"""Requests that a resource makes by itself: the steps of a pipeline create, describe and stop jobs.

They are checked, limited and shaped as those of a client are; only throttling, delays and cuts, which are faults
of a connection, pass them by.
"""

from __future__ import annotations

from functools import partial

from awsshadow.sandbox import routing
from awsshadow.sandbox.contract.input_validation import check
from awsshadow.sandbox.contract.output_projection import project
from awsshadow.sandbox.engine.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.contract.operation_model import Operation
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.engine.objects import Objects
    from awsshadow.sandbox.state.resources import Resources


class OwnRequests:
    """The requests that are made while one request of a client is served, or while what is due is carried out.

    ``operation`` says what the model says of an operation; ``faults`` are those in force; ``objects`` is an S3 when
    one is there.
    """

    def __init__(
        self, operation: Callable[[str], Operation], faults: Faults, base_url: str = "", objects: Objects | None = None
    ) -> None:
        self._operation = operation
        self._faults = faults
        self._base_url = base_url
        self._objects = objects

    def effect(self, word: str) -> Callable[..., None]:
        """The function behind the kept word of an effect. Raises KeyError for a word that no version knows."""
        found = routing.effect(word)
        return partial(found, submit=self.submit) if word in routing.SUBMITTING else found

    def submit(self, resources: Resources, name: str, params: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request about these resources, at their moment. Raises Refusal as the operation does."""
        operation = self._operation(name)
        check(params, operation.input, operation.shapes)
        _, serve = routing.route(name)
        given = {member: value for member, value in params.items() if value is not None}
        request = Request(
            name,
            given,
            operation.errors,
            resources,
            self._faults,
            self._base_url,
            self.effect,
            self._operation,
            self._objects,
        )
        self._faults.quota(request)
        return shaped(serve(request), operation)


def shaped(known: dict[str, Any] | None, operation: Operation) -> dict[str, Any]:
    """What is known, cut to the output shape of an operation; an empty document where it has none."""
    if operation.output is None:
        return {}
    return project(known or {}, operation.output, operation.all_shapes())
