"""``uv tool install``, ``uvx`` and ``pipx install`` make a working command of the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Seconds that downloading and installing may take.
LIMIT = 300


def carried_out(
    words: Sequence[str], environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, **(environ or {})}
    given.pop("PYTHONPATH", None)
    return subprocess.run(words, env=given, cwd=folder, capture_output=True, text=True, timeout=LIMIT)


@pytest.fixture(scope="module")
def installers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of ``uv`` and ``pipx``, from a package index."""
    folder = tmp_path_factory.mktemp("installers")
    carried_out([sys.executable, "-m", "venv", str(folder)])
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    done = carried_out([str(programs / "python"), "-m", "pip", "install", "-q", "uv", "pipx"])
    if done.returncode != 0:
        pytest.skip(f"uv and pipx cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    return programs


@pytest.fixture(scope="module")
def wheel(installers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that users get, built from the checkout; with it everything that it needs can be had."""
    if not (ROOT / "awsshadow" / "__init__.py").exists():
        pytest.skip("not beside the tests of a wheel")
    folder = tmp_path_factory.mktemp("wheel")
    pip = [str(installers / "python"), "-m", "pip"]
    fetched = carried_out([*pip, "download", "-q", "-d", str(folder / "index"), "click>=8.1", "hatchling>=1.27,<2"])
    if fetched.returncode != 0:
        pytest.skip("there is no package index to build from")
    done = carried_out([*pip, "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)])
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("awsshadow-*.whl")
    return found


def check(program: Sequence[str], environ: Mapping[str, str], folder: Path) -> None:
    """The command answers, brings its slices, and rehearses."""
    version = carried_out([*program, "--version"], environ, folder)
    assert version.stdout.startswith("awsshadow/"), version.stderr
    skeleton = carried_out([*program, "sagemaker", "delete-model", "--generate-cli-skeleton"], environ, folder)
    assert skeleton.stdout == '{\n    "ModelName": ""\n}\n', skeleton.stderr
    listed = [*program, "sagemaker", "list-models", "--query", "Models"]
    assert carried_out(listed, {**environ, "AWSSHADOW_SANDBOX": str(folder / "box")}, folder).stdout == "[]\n"
    names = carried_out([*program, "sandbox", "coverage", "CreateModel"], environ, folder)
    assert names.stdout.split() == ["CreateModel", "stateful", "Model"]


def uv_environ(folder: Path) -> dict[str, str]:
    return {
        "HOME": str(folder), "UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin"),
        "UV_CACHE_DIR": str(folder / "cache"), "UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never",
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip


def test_uv_tool_install(installers: Path, wheel: Path, tmp_path: Path) -> None:
    environ = uv_environ(tmp_path)
    done = carried_out([str(installers / "uv"), "tool", "install", str(wheel)], environ, tmp_path)
    assert done.returncode == 0, done.stderr
    check([str(tmp_path / "bin" / "awsshadow")], environ, tmp_path)
    assert (tmp_path / "bin" / "awsshadow_completer").exists()


def test_uvx(installers: Path, wheel: Path, tmp_path: Path) -> None:
    check([str(installers / "uvx"), "-q", "--from", str(wheel), "awsshadow"], uv_environ(tmp_path), tmp_path)


def test_pipx_install(installers: Path, wheel: Path, tmp_path: Path) -> None:
    environ = {
        "HOME": str(tmp_path), "PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_MAN_DIR": str(tmp_path / "man"), "PIPX_DEFAULT_PYTHON": sys.executable,
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    done = carried_out([str(installers / "pipx"), "install", str(wheel)], environ, tmp_path)
    assert done.returncode == 0, done.stderr
    check([str(tmp_path / "bin" / "awsshadow")], environ, tmp_path)
    assert (tmp_path / "bin" / "awsshadow_completer").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the PATH of Windows has no compiler to hide")
def test_a_folder_of_wheels_is_enough(installers: Path, wheel: Path, tmp_path: Path) -> None:
    """Without an index, a network or a compiler: every package has a wheel, and none is built."""
    pip = [str(installers / "python"), "-m", "pip"]
    house = tmp_path / "house"
    fetched = carried_out([*pip, "download", "-q", "--only-binary", ":all:", "-d", str(house), str(wheel)])
    assert fetched.returncode == 0, fetched.stderr
    assert {path.suffix for path in house.iterdir()} == {".whl"}
    assert carried_out([sys.executable, "-m", "venv", str(tmp_path / "venv")]).returncode == 0
    programs = tmp_path / "venv" / "bin"
    alone = {
        "HOME": str(tmp_path), "PATH": str(programs), "CC": "/bin/false", "PIP_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    words = [str(programs / "python"), "-m", "pip", "install", "-q", "--no-index", "--find-links", str(house)]
    done = subprocess.run([*words, "awsshadow"], env=alone, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    check([str(programs / "awsshadow")], alone, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a POSIX shell")
def test_the_lines_after_the_first_command_work_as_written(wheel: Path, tmp_path: Path) -> None:
    """README.md: what follows the first command, in the folder it left, here against a sandbox."""
    assert carried_out([sys.executable, "-m", "venv", ".venv"], folder=tmp_path).returncode == 0
    done = carried_out([".venv/bin/pip", "install", "-q", str(wheel)], folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = block("next lines")
    assert lines[0].startswith(". .venv/bin/activate")
    assert sum("awsshadow" in line for line in lines) > 3
    script = "set -e\n" + "\n".join(lines)
    environ = {
        "HOME": str(tmp_path),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "AWSSHADOW_SANDBOX": str(tmp_path / "box"),
    }
    shown = carried_out(["bash", "-c", script], environ, tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert '"Models": []' in shown.stdout


def block(name: str) -> list[str]:
    """The lines of the shell block that README.md marks with ``name``."""
    _, _, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"<!-- {name} -->\n```sh\n")
    return rest.partition("```")[0].splitlines()
