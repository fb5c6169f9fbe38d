"""What botocore's own model says of one of the services around SageMaker."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache

from awsshadow.errors import AwsShadowError
from awsshadow.paths import botocore_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ServiceModel:
    """The ``service-2`` document of a service, opened."""

    def __init__(self, document: dict[str, Any]) -> None:
        metadata = document["metadata"]
        self.protocol: str = metadata["protocol"]
        self.namespace: str = metadata.get("xmlNamespace", "")
        self.operations: dict[str, dict[str, Any]] = document["operations"]
        self.shapes: dict[str, dict[str, Any]] = document["shapes"]

    def input(self, operation: str) -> str | None:
        """The name of the input shape."""
        shape: str | None = self.operations[operation].get("input", {}).get("shape")
        return shape

    def output(self, operation: str) -> str | None:
        """The name of the output shape."""
        shape: str | None = self.operations[operation].get("output", {}).get("shape")
        return shape

    def status(self, code: str) -> int:
        """The HTTP status of an error type, 400 where the model does not say."""
        return int(self.shapes.get(code, {}).get("error", {}).get("httpStatusCode", 400))


@cache
def load(service: str) -> ServiceModel:
    """The newest model of a service, by the name of its folder in botocore's data. Raises AwsShadowError."""
    try:
        folder = os.path.join(botocore_data() or "", service)
        path = os.path.join(folder, max(os.listdir(folder)), "service-2.json")
        if os.path.exists(path):
            with open(path, "rb") as plain:
                return ServiceModel(json.load(plain))
        with gzip.open(path + ".gz") as packed:
            return ServiceModel(json.load(packed))
    except (OSError, ValueError, KeyError) as error:
        raise AwsShadowError(f"the installed botocore has no model of {service} that can be read: {error}") from error
