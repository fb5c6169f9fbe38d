"""``awsshadow man``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.commands.man import personal_folder
from awsshadow.errors import ParameterError, UsageError
from awsshadow.own_commands import OWN_COMMANDS
from tests.help.conftest import Bakery

if TYPE_CHECKING:
    from tests.commands.conftest import Own


@pytest.fixture(autouse=True)
def bakery(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small service: the pages of the real one are looked at elsewhere."""
    monkeypatch.setattr("awsshadow.commands.man.find_store", lambda _: Bakery({}))


def test_pages_go_to_the_folder_given_own_commands_among_them(own: Own, tmp_path: Path) -> None:
    code, text, _ = own("man", str(tmp_path))
    written = os.listdir(tmp_path / "man1")
    assert (code, text) == (0, f"{len(written)} manual pages are in {tmp_path}/man1; try: man awsshadow-sagemaker\n")
    assert {"awsshadow.1", "awsshadow-sagemaker-bake-bread.1", "awsshadow-sandbox-clock-set.1"} <= set(written)
    assert {f"awsshadow-{name}.1" for name in OWN_COMMANDS} <= set(written)
    own_pages = [str(tmp_path / "man1" / name) for name in written if not name.startswith("awsshadow-sagemaker")]
    if shutil.which("mandoc"):
        checked = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *own_pages], capture_output=True, text=True)
        assert checked.stdout == ""
    page = (tmp_path / "man1" / "awsshadow-sandbox-ls.1").read_text()
    assert "awsshadow\\-sandbox\\-ls \\- List the resources in the sandbox" in page


def test_without_a_folder_they_go_where_man_looks(own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own("man", XDG_DATA_HOME=str(tmp_path))[0] == 0
    assert os.listdir(tmp_path / "man" / "man1")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert personal_folder({}) == "/home/somebody/.local/share/man"


@pytest.mark.parametrize("arguments", [["a", "b"], ["--install"]])
def test_other_words_are_refused(own: Own, arguments: list[str]) -> None:
    with pytest.raises(UsageError):
        own("man", *arguments)


def test_a_folder_that_cannot_be_written_to(own: Own, tmp_path: Path) -> None:
    (tmp_path / "man1").write_text("a file")
    with pytest.raises(ParameterError, match="File exists"):
        own("man", str(tmp_path))
