"""``awsshadow site``, under both its names."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.commands.site import NEEDED
from awsshadow.errors import AwsShadowError, ParameterError, UsageError
from tests.help.conftest import Bakery
from tests.support.program import ROOT

if TYPE_CHECKING:
    from tests.commands.conftest import Own


@pytest.fixture
def guides(tmp_path: Path) -> str:
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "index.md").write_text("# Welcome\n")
    return str(folder)


def test_it_can_stop_before_the_generator(
    own: Own, tmp_path: Path, guides: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awsshadow.commands.site.find_store", lambda _: Bakery({}))
    code, text, _ = own("site", str(tmp_path / "out"), "--guides", guides, "--source-only")
    pages = tmp_path / "out" / "pages"
    assert code == 0
    assert re.fullmatch(r"\d+ pages of Markdown are in .*out/pages\n", text)
    assert (pages / "index.md").read_text().startswith("# Welcome\n")
    assert "- [`sandbox`](sandbox/index.md) - " in (pages / "reference" / "index.md").read_text()
    assert "- [`clock`](clock/index.md) - " in (pages / "reference" / "sandbox" / "index.md").read_text()
    assert "--region" in (pages / "reference" / "sandbox" / "ls.md").read_text()


def test_its_module_is_a_name_for_it(own: Own, environ: dict[str, str]) -> None:
    words = [sys.executable, "-m", "awsshadow.help.site", "--help"]
    done = subprocess.run(words, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == own("site", "help")


def test_without_the_generator_it_says_what_to_install(
    own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(AwsShadowError, match="pip install 'zensical>="):
        own("site", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_it_names_the_generator_that_the_project_is_tested_with() -> None:
    if not (ROOT / "pyproject.toml").exists():
        pytest.skip("not beside the tests of a wheel")
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["dependency-groups"]["docs"] == [NEEDED]


def test_guides_that_are_not_there_are_said_to_be_missing(own: Own, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="nowhere: there is no such folder"):
        own("site", str(tmp_path / "out"), "--guides", str(tmp_path / "nowhere"), "--source-only")
    assert not (tmp_path / "out").exists()


def test_it_needs_a_folder(own: Own) -> None:
    with pytest.raises(UsageError, match="arguments are required: OUT"):
        own("site")
