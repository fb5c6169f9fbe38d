"""What the reference's botocore says of a damaged model, and the installed one, which is a later one, does not."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from botocore.hooks import BaseEventHooks

_KEYS_OF_RULES = ("version", "parameters", "rules", "documentation", "partitions")


def as_service_model(document: Any) -> Any:
    """A damaged ``service-2`` document so that what names the service in it is text, as the reference makes it."""
    metadata = document.get("metadata", {})
    if not isinstance(metadata, dict) or isinstance(metadata.get("serviceId", ""), str):
        return document
    return {**document, "metadata": {**metadata, "serviceId": str(metadata["serviceId"])}}


def watch(events: BaseEventHooks, model: Any, service: str) -> None:
    """Have the names of the service in ``model`` looked at when a class is made that is called after one of them."""
    metadata = model.get("metadata", {})

    def look(**_: Any) -> None:
        name = metadata.get("serviceAbbreviation", metadata.get("serviceFullName", service))
        name.replace("Amazon", "")

    events.register("creating-client-class", look)


def look_at_errors(answer: Mapping[str, Any], operation: Any) -> None:
    """Raise what is wrong with the errors of an operation: the reference looks through them for one to ask again on."""
    if answer.get("Error", {}).get("Code") is not None and operation is not None:
        for shape in operation.error_shapes:
            shape.metadata.get("retryable")


def check_rules(document: Any) -> None:
    """Raise what is said of a key of rules for endpoints that the reference does not know: later ones pass it over."""
    for key in document if isinstance(document, dict) else ():
        if key not in _KEYS_OF_RULES:
            raise TypeError(f"RuleSet.__init__() got an unexpected keyword argument {key!r}")
