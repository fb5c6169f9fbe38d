"""Where botocore's data, the user's models and the cache lie. Finds botocore without importing it."""

import os
import sys

SERVICE = "sagemaker"

#: Raise it when the form of the slices changes: older caches are then left alone.
FORMAT = 3


def botocore_data() -> str | None:
    """The data folder of the installed botocore, or None without one."""
    loaded = sys.modules.get("botocore")
    if loaded is not None and loaded.__file__:
        return os.path.join(os.path.dirname(loaded.__file__), "data")
    for folder in sys.path:
        if os.path.isfile(os.path.join(folder, "botocore", "__init__.py")):
            return os.path.join(folder, "botocore", "data")
    return _found_otherwise()


def _found_otherwise() -> str | None:
    """botocore as the import system finds it when it lies on no plain path (an editable install, say)."""
    from importlib.util import find_spec  # milliseconds, which the plain look above saves

    spec = find_spec("botocore")
    return os.path.join(os.path.dirname(spec.origin), "data") if spec and spec.origin else None


def user_data_paths(environ: dict[str, str]) -> list[str]:
    """The folders in which the user may keep service models, first wins: botocore's rule."""
    paths = [p for p in environ.get("AWS_DATA_PATH", "").split(os.pathsep) if p]
    paths.append(os.path.join("~", ".aws", "models"))
    return [os.path.expanduser(os.path.expandvars(p)) for p in paths]


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


def is_private(folder: str) -> bool:
    """Whether ``folder`` is ours and nobody else may write in it; False when there is none."""
    try:
        state = os.stat(folder)
    except OSError:
        return False
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & 0o022


def cache_folder(environ: dict[str, str]) -> str | None:
    """The user's cache folder for this program, or None when there is no home to put it in."""
    if environ.get("XDG_CACHE_HOME"):
        base = environ["XDG_CACHE_HOME"]
    elif sys.platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
    else:
        home = os.path.expanduser("~")
        inside = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        base = os.path.join(home, *inside) if home != "~" else ""
    return os.path.join(base, "awsshadow") if os.path.isabs(base) else None
