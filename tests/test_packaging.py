"""How the installed command begins: a script of the package's own, and what it says to the interpreter first.

And that a release has the same bytes whoever builds it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
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


@pytest.mark.skipif(sys.platform == "win32", reason="an entry point of the installer's there")
def test_what_lies_beside_the_script_is_not_imported(tmp_path: Path) -> None:
    """Not even if the command is a link, as `awsshadow link` and package managers make them."""
    beside = tmp_path / "beside"
    beside.mkdir()
    (beside / "json.py").write_text("raise SystemExit('not that one')")
    script = beside / "awsshadow"
    script.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "link").symlink_to(script)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for path in (script, tmp_path / "link"):
        words = [sys.executable, str(path), "sagemaker", "describe-endpoint", "--generate-cli-skeleton"]
        done = subprocess.run(words, env=environ, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_is_not_the_script_s_stays_on_the_path(tmp_path: Path) -> None:
    script = (
        f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['awsshadow', '--version']\n"
        "try: runpy.run_module('awsshadow', run_name='__main__')\nfinally: print(sys.path[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith(f"{tmp_path}\n")


@pytest.mark.skipif(hasattr(sys, "set_lazy_imports"), reason="this Python has the real one")
def test_imports_are_made_lazy_before_the_first_of_the_package() -> None:
    done = subprocess.run([sys.executable, "-c", SAYS_FIRST], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("all False\nawsshadow/")


@pytest.mark.skipif(not hasattr(sys, "set_lazy_imports"), reason="from Python 3.15 on")
def test_a_library_leaves_the_mode_as_it_is() -> None:
    script = "import sys; from awsshadow.main import main; main(['--version']); print(sys.get_lazy_imports())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("normal\n")


#: What a build reads, of the checkout; the same is in the source distribution.
SOURCES = (*tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
    "sdist"
]["include"], "pyproject.toml", "README.md", "LICENSE")  # fmt: skip
BUILDS = """
import os, sys
from hatchling.build import build_sdist, build_wheel
os.umask(int(sys.argv[2], 8))
os.makedirs(sys.argv[1])
print(build_sdist(sys.argv[1]), build_wheel(sys.argv[1]))
"""


def built(source: Path, into: Path, umask: str, **environ: str) -> dict[str, bytes]:
    """The bytes of the source distribution and of the wheel of the project in ``source``, by name."""
    words = [sys.executable, "-c", BUILDS, str(into), umask]
    done = subprocess.run(words, cwd=source, env={**os.environ, **environ}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name: (into / name).read_bytes() for name in done.stdout.split()}


@pytest.mark.skipif(not (ROOT / "awsshadow" / "__init__.py").exists(), reason="not beside the tests of a wheel")
def test_whoever_builds_it_and_wherever_the_bytes_are_the_same(tmp_path: Path) -> None:
    """From a checkout and from the source distribution: other folders, times, masks, languages, orders of sets."""
    pytest.importorskip("hatchling")
    one = tmp_path / "one"
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, one / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, one / name)
    for number, path in enumerate(sorted(one.rglob("*"))):
        os.utime(path, (1e9 + number, 1e9 + number))
    first = built(one, tmp_path / "first", "022", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    with tarfile.open(tmp_path / "first" / f"awsshadow-{awsshadow.__version__}.tar.gz") as archive:
        archive.extractall(tmp_path / "an other", filter="data")
    (other,) = (tmp_path / "an other").iterdir()
    second = built(other, tmp_path / "second", "077", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert len(first) == 2
    assert {name: hashlib.sha256(held).hexdigest() for name, held in first.items()} == {
        name: hashlib.sha256(held).hexdigest() for name, held in second.items()
    }
    with zipfile.ZipFile(tmp_path / "first" / f"awsshadow-{awsshadow.__version__}-py3-none-any.whl") as wheel:
        assert sum(name.startswith("awsshadow/slices/") for name in wheel.namelist()) > 400
