"""The world one command runs in: folders, files and environment, laid out and taken away again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

#: Static credentials nobody owns; the pair is the one AWS prints in its own examples.
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class Stage:
    """A home folder and a working folder, and an environment that points at them and at ``url``.

    ``{ENDPOINT}``, ``{CWD}`` and ``{HOME}`` in what is laid out stand for the endpoint and the two
    folders. ``cache`` is where awsshadow may keep compiled slices between commands.
    """

    def __init__(self, url: str, cache: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="stage-", ignore_cleanup_errors=True)
        root = Path(self._folder.name)
        self.url = url
        self.home = root / "home"
        self.work = root / "cwd"
        self.home.mkdir()
        self.work.mkdir()
        self.environ = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "AWS_ENDPOINT_URL_SAGEMAKER": url,
        }
        if cache is not None:
            self.environ["XDG_CACHE_HOME"] = str(cache)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()

    def fill(self, text: str) -> str:
        """``text`` with the places named in it."""
        for name, value in (("{ENDPOINT}", self.url), ("{CWD}", str(self.work)), ("{HOME}", str(self.home))):
            text = text.replace(name, value)
        return text

    def lay(self, folder: Path, files: Mapping[str, str]) -> None:
        """Write ``files``, by their path below ``folder``."""
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.fill(content).encode("utf-8", "surrogateescape"))

    def set(self, environ: Mapping[str, str | None]) -> None:
        """Add variables to the environment; None takes one away."""
        for name, value in environ.items():
            if value is None:
                self.environ.pop(name, None)
            else:
                self.environ[name] = self.fill(value)
