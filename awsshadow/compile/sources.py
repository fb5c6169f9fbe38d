"""Where the service model lies, and how to tell one from another without parsing it."""

import gzip
import json
import os
from typing import Any

from awsshadow.compile.slices import Sources
from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data, user_data_paths

KINDS = ("service-2", "paginators-1", "waiters-2")


def load(environ: dict[str, str] | None = None) -> Sources:
    """Read the service model as botocore's loader would find it.

    The user's folders (``AWS_DATA_PATH``, then ``~/.aws/models``) come before botocore's own, and
    the ``sdk-extras`` of whichever version is newest are merged in. ``environ`` None means: look
    at botocore's own files only, as a build must. Raises FileNotFoundError without botocore.
    """
    folders = [botocore_data()] if environ is None else [*user_data_paths(environ), botocore_data()]
    documents = {}
    for kind in KINDS:
        documents[kind] = _load_kind([f for f in folders if f], kind)
    return Sources(documents["service-2"], documents["paginators-1"], documents["waiters-2"])


def _load_kind(folders: list[str], kind: str) -> dict[str, Any]:
    versions = sorted(
        {
            version
            for folder in folders
            for version in _listdir(os.path.join(folder, SERVICE))
            if _find(folder, version, kind)
        }
    )
    if not versions:
        raise FileNotFoundError(f"no {SERVICE} {kind} below {', '.join(folders) or 'botocore'}")
    found = next(path for folder in folders if (path := _find(folder, versions[-1], kind)))
    document = _read(found)
    for folder in folders:
        extras = _find(folder, versions[-1], f"{kind}.sdk-extras")
        if extras:
            _merge(document, _read(extras).get("merge", {}))
            break
    return document


def _listdir(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []


def _find(folder: str, version: str, name: str) -> str | None:
    base = os.path.join(folder, SERVICE, version, name)
    return next((base + end for end in (".json", ".json.gz") if os.path.isfile(base + end)), None)


def _read(path: str) -> dict[str, Any]:
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    document: dict[str, Any] = json.loads(data)
    return document


def _merge(base: dict[str, Any], extra: dict[str, Any]) -> None:
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value
