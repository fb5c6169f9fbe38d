"""A world to complete in: the session's slices, an empty home, the checkout's programs on PATH."""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from awsshadow.complete.completer import candidate_lines, cut_command

ROOT = Path(__file__).resolve().parents[2]


class Complete(Protocol):
    """Asks for the candidates at the end of ``line``, or with the cursor at ``point``; ``more`` are variables."""

    def __call__(
        self, line: str, point: int | None = None, described: bool = False, more: Mapping[str, str] | None = None
    ) -> list[str]: ...


@pytest.fixture(autouse=True)
def home(empty_home: Path) -> Path:
    return empty_home


@pytest.fixture
def environ(home: Path, slices: Path) -> dict[str, str]:
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "USERPROFILE") if name in os.environ}  # of Windows
    return {**system, "HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_CACHE_HOME": str(slices)}


@pytest.fixture
def complete(environ: dict[str, str]) -> Complete:
    def ask(
        line: str, point: int | None = None, described: bool = False, more: Mapping[str, str] | None = None
    ) -> list[str]:
        cut = cut_command(line, len(line) if point is None else point)
        return candidate_lines(cut, {**environ, **(more or {})}, described)

    return ask


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``awsshadow``, a link to it called ``aws``, and ``awsshadow_completer``."""
    folder = tmp_path_factory.mktemp("bin")
    entries = {
        "awsshadow": "awsshadow.main import main",
        "awsshadow_completer": "awsshadow.complete.completer import answer",
    }
    for name, entry in entries.items():
        path = folder / name
        lines = ["#!" + sys.executable, "import sys", f"sys.path[0] = {str(ROOT)!r}", f"from {entry} as entry"]
        path.write_text("\n".join([*lines, "sys.exit(entry())", ""]))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    (folder / "aws").symlink_to(folder / "awsshadow")
    return folder


@pytest.fixture(scope="session")
def shell_environ(tmp_path_factory: pytest.TempPathFactory, slices: Path, programs: Path) -> dict[str, str]:
    """What a shell starts with, in a home that has a few files."""
    folder = tmp_path_factory.mktemp("shell")
    (folder / "data").mkdir()
    (folder / "data" / "input.json").write_text("{}")
    (folder / "data" / "two words").write_text("")
    path = f"{programs}:/usr/local/bin:/usr/bin:/bin"
    return {"HOME": str(folder), "PATH": path, "XDG_CACHE_HOME": str(slices), "TERM": "xterm", "LANG": "C.UTF-8"}
