"""The body of a request, without a client, a region or credentials: what ``--dry-run`` shows."""

from __future__ import annotations

from botocore.model import ServiceModel
from botocore.serialize import TIMESTAMP_PRECISION_LEGACY, create_serializer

from awsshadow.call.error_translation import Border

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model import Slice


def request_body(command: Slice, parameters: dict[str, Any]) -> str:
    """The JSON text that a call with valid ``parameters`` sends; tokens that botocore would draw are left out."""
    with Border():
        model = ServiceModel(command.service_model()).operation_model(command.operation)
        serializer = create_serializer(
            model.service_model.metadata["protocol"],
            include_validation=False,
            timestamp_precision=TIMESTAMP_PRECISION_LEGACY,
        )
        body: bytes = serializer.serialize_to_request(parameters, model)["body"]
    return body.decode()
