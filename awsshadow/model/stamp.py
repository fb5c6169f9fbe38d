"""Which model files a folder of slices came from, told without reading them."""

import os

from awsshadow.names import SERVICE
from awsshadow.paths import botocore_data, user_data_paths

#: Raise it when the form of the slices changes: older caches are then left alone.
FORMAT = 4


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


def stamp_of(folder: str) -> str | None:
    """What the slices in ``folder`` came from, None when it does not say."""
    try:
        with open(os.path.join(folder, "stamp"), encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _own_stamp(folder: str) -> list[str]:
    parts = []
    for path in _files(folder):
        parts.append(_size(path))
        if path.endswith(".gz"):
            with open(path, "rb") as file:
                file.seek(-8, os.SEEK_END)
                parts.append(file.read().hex())
    return parts


def _user_stamp(folder: str) -> list[str]:
    parts = []
    for path in _files(folder):
        try:
            state = os.stat(path)
        except OSError:
            continue  # a link that leads nowhere, such as an editor's lock, or a file that is just being replaced
        # A name that is not Unicode is spelled out: the stamp is text, and kept as such.
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        parts += [shown, str(state.st_size), str(state.st_mtime_ns)]
    return parts


def _files(folder: str) -> list[str]:
    versions = (os.path.join(folder, version) for version in _listdir(folder))
    return [os.path.join(version, name) for version in versions for name in _listdir(version)]


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
