"""A world to complete in: the session's slices, an empty home, the checkout's programs on PATH."""

import stat
import sys
from pathlib import Path

import pytest

from awsshadow.complete.completer import candidate_lines, cut_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(empty_home):
    return empty_home


@pytest.fixture
def environ(home, slices):
    return {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_CACHE_HOME": str(slices)}


@pytest.fixture
def complete(environ):
    """``complete(line)`` -> the candidates with the cursor at the end of the line, or at ``point``."""

    def ask(line, point=None, described=False, **more):
        return candidate_lines(cut_command(line, len(line) if point is None else point), {**environ, **more}, described)

    return ask


@pytest.fixture(scope="session")
def programs(tmp_path_factory):
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
def shell_environ(tmp_path_factory, slices, programs):
    """What a shell starts with, in a home that has a few files."""
    folder = tmp_path_factory.mktemp("shell")
    (folder / "data").mkdir()
    (folder / "data" / "input.json").write_text("{}")
    (folder / "data" / "two words").write_text("")
    path = f"{programs}:/usr/local/bin:/usr/bin:/bin"
    return {"HOME": str(folder), "PATH": path, "XDG_CACHE_HOME": str(slices), "TERM": "xterm", "LANG": "C.UTF-8"}
