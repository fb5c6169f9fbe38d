"""Commands on a terminal, and screens they are compared with."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.program import ROOT
from tests.support.screen import LIMIT, Shown, watch

SCREENS = Path(__file__).parent / "screens"
WIDTHS = (40, 80, 200)

#: ``same_screen(name, text)`` compares ``text`` with a committed screen.
SameScreen = Callable[[str, str], None]


class OnTerminal(Protocol):
    """Runs awsshadow with these words on a terminal; ``program`` is the name it is called by.

    Variables are given by name or as ``settings``.
    """

    def __call__(
        self, *words: str, columns: int = 80, rows: int = 24, piped: bool = False, program: str = "awsshadow",
        when: Callable[..., None] | None = None, settings: Mapping[str, str] | None = None, **more: str,
    ) -> Shown: ...  # fmt: skip


@pytest.fixture(autouse=True)
def needs_a_terminal() -> None:
    """Skips where there is none."""
    if sys.platform == "win32":
        pytest.skip("there are no pseudo-terminals")
    pytest.importorskip("pyte", reason="pyte is not installed: a screen cannot be drawn")


@pytest.fixture
def environ(empty_home: Path, slices: Path) -> dict[str, str]:
    """A terminal of today, a home without files, nothing that is set."""
    return {
        "HOME": str(empty_home), "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(slices), "TERM": "xterm-256color",
        "LANG": "C.UTF-8", "TZ": "UTC", "AWS_PAGER": "", "PYTHONPATH": str(ROOT), "AWS_EC2_METADATA_DISABLED": "true",
        "SHELL": "/bin/bash", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


@pytest.fixture
def on_terminal(environ: dict[str, str], tmp_path: Path) -> OnTerminal:
    """Runs the checkout under the name that a case says, in an empty home."""
    start = tmp_path / "start.py"
    start.write_text("import sys; sys.argv[0:1] = []\nfrom awsshadow.main import main\nsys.exit(main())\n")

    def run(
        *words: str, columns: int = 80, rows: int = 24, piped: bool = False, program: str = "awsshadow",
        when: Callable[..., None] | None = None, settings: Mapping[str, str] | None = None, **more: str,
    ) -> Shown:  # fmt: skip
        line = [sys.executable, str(start), program, *words]
        return watch(line, {**environ, **(settings or {}), **more}, Path(environ["HOME"]), columns, rows, piped, when)

    return run


@pytest.fixture
def same_screen(request: pytest.FixtureRequest) -> SameScreen:
    """Compares with the committed screen of that name; ``--screens`` writes it instead."""

    def compare(name: str, text: str) -> None:
        path = SCREENS / f"{name}.txt"
        if request.config.getoption("--screens"):
            path.write_text(text, encoding="utf-8")
            return
        assert path.exists(), f"there is no screen {path.name}: pytest --screens makes one, look at it"
        kept = path.read_text(encoding="utf-8")
        if text != kept:
            lines = difflib.unified_diff(kept.splitlines(), text.splitlines(), "kept", "shown", lineterm="")
            pytest.fail("\n".join(lines), pytrace=False)

    return compare


MODEL = (
    "--execution-role-arn", "arn:aws:iam::123456789012:role/Any",
    "--primary-container", "Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1",
)  # fmt: skip
NOON = "frozen:2026-03-01T12:00:00Z"
LONG_NAME = "a-model-with-a-name-that-is-as-long-as-names-of-models-may-be-x"


@pytest.fixture(scope="session")
def made_box(tmp_path_factory: pytest.TempPathFactory, slices: Path) -> Path:
    """The folder of a sandbox in which some models were made, an hour before its frozen now; to be copied."""
    home = tmp_path_factory.mktemp("made-box")
    state = ("--state", "box")
    lines = [
        ("sandbox", "clock", "set", NOON, *state),
        *(("sagemaker", "create-model", "--model-name", name, *MODEL)
          for name in ("churn-1", "churn-10", "churn-2", LONG_NAME)),
        ("sandbox", "clock", "advance", "65m", *state),
    ]  # fmt: skip
    given = {"HOME": str(home), "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(slices), "PYTHONPATH": str(ROOT),
             "AWSSHADOW_SANDBOX": "box"}  # fmt: skip
    for line in lines:
        words = [sys.executable, "-m", "awsshadow", *line]
        subprocess.run(words, cwd=home, env=given, check=True, capture_output=True, timeout=LIMIT)
    return home / "box"


@pytest.fixture
def box(environ: dict[str, str], made_box: Path) -> str:
    """A sandbox of one's own in the folder ``box``, as ``made_box``."""
    shutil.copytree(made_box, Path(environ["HOME"], "box"))
    return "box"
