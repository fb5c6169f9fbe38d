"""Which model files a folder of slices came from, told without reading them."""

import os

from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data, user_data_paths

#: Raise it when the form of the slices changes: older caches are then left alone.
FORMAT = 3


def model_stamp(environ: dict[str, str] | None = None) -> str | None:
    """A short text that differs whenever the files the slices come from differ; None without botocore.

    For botocore's own files it is built from sizes and, for the packed model, from the checksum
    that gzip keeps at its end, so nothing is read or unpacked. For a user's files, which people
    edit in place, it holds path, size and time of change. ``environ`` None leaves those out.
    """
    data = botocore_data()
    if data is None:
        return None
    parts = [str(FORMAT)]
    parts += _own_stamp(os.path.join(data, SERVICE))
    parts.append(_size(os.path.join(data, "endpoints.json")))
    for path in [] if environ is None else user_data_paths(environ):
        parts += _user_stamp(os.path.join(path, SERVICE))
    return "-".join(parts)


def _own_stamp(folder: str) -> list[str]:
    parts = []
    for version in _listdir(folder):
        for name in _listdir(os.path.join(folder, version)):
            path = os.path.join(folder, version, name)
            parts.append(_size(path))
            if name.endswith(".gz"):
                with open(path, "rb") as file:
                    file.seek(-8, os.SEEK_END)
                    parts.append(file.read().hex())
    return parts


def _user_stamp(folder: str) -> list[str]:
    parts = []
    for version in _listdir(folder):
        for name in _listdir(os.path.join(folder, version)):
            path = os.path.join(folder, version, name)
            state = os.stat(path)
            parts += [path, str(state.st_size), str(state.st_mtime_ns)]
    return parts


def _listdir(path: str) -> list[str]:
    try:
        return sorted(os.listdir(path))
    except OSError:
        return []


def _size(path: str) -> str:
    try:
        return str(os.stat(path).st_size)
    except OSError:
        return "none"
