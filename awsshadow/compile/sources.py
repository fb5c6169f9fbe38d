"""Where the service model lies, and how its files are read."""

from __future__ import annotations

import os
from collections import OrderedDict
from functools import partial

from awsshadow.compile.json_entries import read_model
from awsshadow.compile.slices import Sources
from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data, user_data_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.compile.damaged import DamagedSources

    Document = Any
    _Files = list[tuple["_Folder", str]]

KINDS = ("service-2", "paginators-1", "waiters-2")


class _Folder:
    """One folder of models. ``own``: botocore's, in which files may be packed and have a known form.

    In a user's folder only plain files count, as in AWS CLI 2.36.7.
    """

    def __init__(self, path: str, own: bool) -> None:
        self.path = path
        self._endings = (".json", ".json.gz") if own else (".json",)
        self.is_own = own

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

    def read(self, path: str, ordered: bool = False) -> Document:
        """The document in a file of this folder. Raises OSError, and ValueError for what is no JSON.

        ``ordered``: objects of a user's file are ``OrderedDict``, which shows in messages.
        """
        with open(path, "rb") as file:
            data = file.read()
        if path.endswith(".gz"):
            import gzip  # a user's files are never packed

            data = gzip.decompress(data)
        if self.is_own:
            return read_model(data)
        import json

        return json.loads(data.decode(), object_pairs_hook=OrderedDict if ordered else None)


def load(environ: dict[str, str] | None = None) -> Sources:
    """Read the service model as botocore's loader would find it.

    The user's folders (``AWS_DATA_PATH``, then ``~/.aws/models``) come before botocore's own, and
    the ``sdk-extras`` of whichever version is newest are merged in. ``environ`` None means: look
    at botocore's own files only, as a build must. Raises FileNotFoundError without botocore, OSError, and anything
    where a file holds no model.
    """
    return _read(_folders(environ))


def find(environ: dict[str, str], has_passed: bool = False) -> Sources | DamagedSources:
    """The same, but what is wrong with a user's files is left to be raised when it matters.

    ``has_passed``: they are known to be in order. Raises FileNotFoundError without botocore.
    """
    folders = _folders(environ)
    users = [
        kind for kind in KINDS if not all(folder.is_own for part in _files(folders, kind) for folder, _ in part[:1])
    ]
    if has_passed or not users:
        return _read(folders)
    from awsshadow.compile.soundness import is_sound, waiters_are_sound

    try:
        sources = _read(folders)
        sound = is_sound(sources, users)
    except Exception:  # what it is, and whether it matters, depends on the command
        sound = False
    if sound and waiters_are_sound(sources):
        sources.has_passed = True
        return sources
    from awsshadow.compile.damaged import DamagedSources

    damaged = DamagedSources(partial(_document, folders, ordered=True))
    if not sound:
        return damaged
    sources.of_waiters = damaged
    return sources


def _folders(environ: dict[str, str] | None) -> list[_Folder]:
    folders = [] if environ is None else [_Folder(path, own=False) for path in user_data_paths(environ)]
    data = botocore_data()
    if data:
        folders.append(_Folder(data, own=True))
    return folders


def _read(folders: list[_Folder]) -> Sources:
    return Sources(*(_document(folders, kind) for kind in KINDS))


def _files(folders: list[_Folder], kind: str) -> tuple[_Files, _Files]:
    """The files of the newest version of ``kind``, and its extras; of both the first one counts."""
    versions = {version for folder in folders for version in folder.versions() if folder.find(version, kind)}
    if not versions:
        places = ", ".join(folder.path for folder in folders)
        raise FileNotFoundError(f"no {SERVICE} {kind} below {places or 'botocore'}")
    newest = max(versions)
    bases, extras = (
        [(folder, path) for folder in folders if (path := folder.find(newest, name))]
        for name in (kind, f"{kind}.sdk-extras")
    )
    return bases, extras


def _document(folders: list[_Folder], kind: str, ordered: bool = False) -> Document:
    bases, extras = _files(folders, kind)
    document = _first(bases, ordered)
    extra = _first(extras, ordered)
    if extra is not None and "merge" in extra:
        _merge(document, extra["merge"])
    return document


def _first(files: _Files, ordered: bool) -> Document:
    """The first document that is there; a null is none."""
    return next((found for folder, path in files if (found := folder.read(path, ordered)) is not None), None)


def _merge(base: Document, extra: Document) -> None:
    for key in extra:
        if key in base and isinstance(extra[key], dict) and hasattr(base[key], "items"):
            base[key] = type(base[key])(base[key]) if isinstance(base[key], dict) else dict(base[key])
            _merge(base[key], extra[key])
        else:
            base[key] = extra[key]
