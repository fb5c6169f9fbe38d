"""Where the service model lies, and how its files are read."""

from __future__ import annotations

import os

from awsshadow.compile.json_entries import read_model
from awsshadow.compile.slices import Sources
from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data, user_data_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Document = dict[str, Any]

KINDS = ("service-2", "paginators-1", "waiters-2")


class _Folder:
    """One folder of models. ``own``: botocore's, in which files may be packed and have a known form.

    In a user's folder only plain files count, as in AWS CLI 2.36.7.
    """

    def __init__(self, path: str, own: bool) -> None:
        self.path = path
        self._endings = (".json", ".json.gz") if own else (".json",)
        self._own = own

    def versions(self) -> list[str]:
        """The API versions that have a folder, in no order."""
        try:
            return os.listdir(os.path.join(self.path, SERVICE))
        except OSError:
            return []

    def find(self, version: str, name: str) -> str | None:
        """The path of a file, None without one. A link that leads nowhere is none."""
        base = os.path.join(self.path, SERVICE, version, name)
        return next((base + end for end in self._endings if os.path.isfile(base + end)), None)

    def read(self, path: str) -> Document:
        """The document in a file of this folder. Raises OSError, and ValueError for what is no JSON."""
        with open(path, "rb") as file:
            data = file.read()
        if path.endswith(".gz"):
            import gzip  # a user's files are never packed

            data = gzip.decompress(data)
        if self._own:
            return read_model(data)
        import json

        document: Document = json.loads(data.decode())
        return document


def load(environ: dict[str, str] | None = None) -> Sources:
    """Read the service model as botocore's loader would find it.

    The user's folders (``AWS_DATA_PATH``, then ``~/.aws/models``) come before botocore's own, and
    the ``sdk-extras`` of whichever version is newest are merged in. ``environ`` None means: look
    at botocore's own files only, as a build must. Raises FileNotFoundError without botocore.
    """
    folders = [] if environ is None else [_Folder(path, own=False) for path in user_data_paths(environ)]
    data = botocore_data()
    if data:
        folders.append(_Folder(data, own=True))
    model, paginators, waiters = (_load_kind(folders, kind) for kind in KINDS)
    return Sources(model, paginators, waiters)  # type: ignore[arg-type] # the file says that it is a model


def _load_kind(folders: list[_Folder], kind: str) -> Document:
    versions = {version for folder in folders for version in folder.versions() if folder.find(version, kind)}
    if not versions:
        places = ", ".join(folder.path for folder in folders)
        raise FileNotFoundError(f"no {SERVICE} {kind} below {places or 'botocore'}")
    newest = max(versions)
    document = next(folder.read(path) for folder in folders if (path := folder.find(newest, kind)))
    for folder in folders:
        extras = folder.find(newest, f"{kind}.sdk-extras")
        if extras:
            _merge(document, folder.read(extras).get("merge", {}))
            break
    return document


def _merge(base: Document, extra: Document) -> None:
    for key, value in extra.items():
        if isinstance(value, dict) and hasattr(base.get(key), "items"):
            base[key] = dict(base[key])
            _merge(base[key], value)
        else:
            base[key] = value
