"""The few files of botocore's data folder that a SageMaker call reads, cut to what it needs."""

import gzip
import json
import os
import shutil
from typing import Any

from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data

#: Endpoint prefixes kept in ``endpoints.json``: SageMaker and what its credential chain may call.
_ENDPOINTS = ("api.sagemaker", "sts", "portal.sso", "oidc", "signin")
_WHOLE = ("partitions.json", "sdk-default-configuration.json", "_retry.json")


def write_endpoint_data(folder: str) -> None:
    """Lay ``data/`` below ``folder``: a search path for botocore's loader.

    ``endpoints.json`` keeps every partition but only the services of the credential chain, so
    region lists and host patterns stay whole. Raises OSError.
    """
    source = botocore_data()
    if not source:
        return
    target = os.path.join(folder, "data")
    os.makedirs(target)
    for name in _WHOLE:
        shutil.copyfile(os.path.join(source, name), os.path.join(target, name))
    with open(os.path.join(source, "endpoints.json"), encoding="utf-8") as file:
        endpoints: dict[str, Any] = json.load(file)
    for partition in endpoints["partitions"]:
        partition["services"] = {k: v for k, v in partition["services"].items() if k in _ENDPOINTS}
    with open(os.path.join(target, "endpoints.json"), "w", encoding="utf-8") as file:
        json.dump(endpoints, file, separators=(",", ":"))
    _write_rules(source, target)


def _write_rules(source: str, target: str) -> None:
    versions = sorted(os.listdir(os.path.join(source, SERVICE)))
    base = os.path.join(source, SERVICE, versions[-1], "endpoint-rule-set-1.json")
    place = os.path.join(target, SERVICE, versions[-1])
    os.makedirs(place)
    if os.path.isfile(base):
        shutil.copyfile(base, os.path.join(place, "endpoint-rule-set-1.json"))
        return
    with gzip.open(base + ".gz", "rb") as packed, open(os.path.join(place, "endpoint-rule-set-1.json"), "wb") as file:
        shutil.copyfileobj(packed, file)
