"""Where botocore's data, the user's models and the cache lie. Finds botocore without importing it."""

import os
import stat
import sys


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


def make_private(folder: str) -> None:
    """Make ``folder`` and what is missing above it for its owner alone, whatever the umask. Raises OSError."""
    above = os.path.dirname(folder)
    if above and above != folder and not os.path.isdir(above):
        make_private(above)
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise


def is_private(folder: str) -> bool:
    """Whether ``folder`` is ours and nobody else may write in it; False when there is none.

    A link to a folder counts only where nobody else can have put it.
    """
    try:
        state = os.lstat(folder)
        if stat.S_ISLNK(state.st_mode):
            return is_private(os.path.dirname(folder)) and _is_ours(os.stat(folder))
    except OSError:
        return False
    return _is_ours(state)


def _is_ours(state: os.stat_result) -> bool:
    if not stat.S_ISDIR(state.st_mode):
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
