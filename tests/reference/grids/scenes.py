"""What the grids share: commands, what they are answered, and the form of a case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.cases import Case

    #: Variables to set; None takes one away.
    Environ = dict[str, str | None]
    #: A reply of ``tests/support/endpoint_server.py``.
    Reply = Mapping[str, object]

FORMATS = ("json", "text", "table", "yaml", "yaml-stream", "off")
SOME_ENDPOINT = {
    "EndpointName": "prod", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/prod",
    "EndpointConfigName": "cfg", "EndpointStatus": "InService", "CreationTime": 1700000000,
    "LastModifiedTime": 1700000000.5, "ProductionVariants": [
        {"VariantName": "a", "CurrentWeight": 1.0, "CurrentInstanceCount": 2, "DeployedImages": [{"Image": "i"}]},
        {"VariantName": "b", "CurrentWeight": 0.25},
    ],
}  # fmt: skip
SOME_ENDPOINTS = {
    "Endpoints": [
        {"EndpointName": f"ep-{n}", "CreationTime": 1700000000 + n, "EndpointStatus": "InService"} for n in (0, 1)
    ]
}
DESCRIBE = ["sagemaker", "describe-endpoint", "--endpoint-name", "prod"]
LIST = ["sagemaker", "list-endpoints"]
NO_KEYS: Environ = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}


def case(argv: list[str], *bodies: object, **parts: object) -> Case:
    """A command, and what it is answered: documents, or text.

    ``parts`` are those of a recorded case (``tests/conformance/README.md``): ``env``, ``home``, ``files``, ``stdin``.
    """
    replies = [{"status": 200, "body": body if isinstance(body, str) else json.dumps(body)} for body in bodies]
    return {"argv": argv, "responses": replies, **parts}
