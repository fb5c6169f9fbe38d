"""How the installed command begins: a script of the package's own, and what it says to the interpreter first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import awsshadow
from tests.support.program import ROOT

SCRIPT = Path(awsshadow.__file__).with_name("__main__.py")
SAYS_FIRST = """
import runpy, sys
sys.set_lazy_imports = lambda mode: print(mode, "awsshadow.main" in sys.modules)
sys.argv = ["awsshadow", "--version"]
runpy.run_module("awsshadow", run_name="__main__")
"""


def test_an_installer_makes_a_command_of_it() -> None:
    assert SCRIPT.read_text(encoding="utf-8").startswith("#!python\n")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode")
def test_it_is_executable_in_the_tree() -> None:
    tree = ROOT / "awsshadow" / "__main__.py"
    if not tree.exists():
        pytest.skip("not beside the tests of a wheel")
    assert os.access(tree, os.X_OK)


@pytest.mark.skipif(hasattr(sys, "set_lazy_imports"), reason="this Python has the real one")
def test_imports_are_made_lazy_before_the_first_of_the_package() -> None:
    done = subprocess.run([sys.executable, "-c", SAYS_FIRST], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("all False\nawsshadow/")


@pytest.mark.skipif(not hasattr(sys, "set_lazy_imports"), reason="from Python 3.15 on")
def test_a_library_leaves_the_mode_as_it_is() -> None:
    script = "import sys; from awsshadow.main import main; main(['--version']); print(sys.get_lazy_imports())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("normal\n")
