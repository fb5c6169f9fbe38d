"""The few documents of botocore's data folder that a SageMaker call reads, cut to what it needs."""

from __future__ import annotations

import json
import os

from awsshadow.compile.json_entries import read_endpoints
from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Endpoint prefixes kept in ``endpoints``: SageMaker and what its credential chain may call.
_ENDPOINTS = ("api.sagemaker", "sts", "portal.sso", "oidc", "signin")
_WHOLE = ("partitions", "sdk-default-configuration", "_retry")
_RULES = "endpoint-rule-set-1"


def endpoint_data() -> dict[str, Any]:
    """Documents by the name under which botocore's loader is asked for them, with ``/`` between parts.

    ``endpoints`` keeps every partition but only the services of the credential chain, so region lists
    and host patterns stay whole. Empty without botocore. Raises OSError and ValueError.
    """
    source = botocore_data()
    if not source:
        return {}
    found = {name: json.loads(_text(os.path.join(source, name))) for name in _WHOLE}
    found["endpoints"] = read_endpoints(_text(os.path.join(source, "endpoints")), _ENDPOINTS)
    rules = f"{SERVICE}/{max(os.listdir(os.path.join(source, SERVICE)))}/{_RULES}"
    found[rules] = json.loads(_text(os.path.join(source, rules)))
    return found


def _text(base: str) -> str:
    """The text of ``<base>.json`` or of ``<base>.json.gz``."""
    if os.path.isfile(base + ".json"):
        with open(base + ".json", encoding="utf-8") as file:
            return file.read()
    import gzip

    with gzip.open(base + ".json.gz", "rt", encoding="utf-8") as file:
        return file.read()
