"""``awsshadow link``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError, UsageError

if TYPE_CHECKING:
    from tests.commands.conftest import Own


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "bin" / "awsshadow"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_link_is_made_beside_the_program(program: Path, own: Own) -> None:
    said = f"{program.parent / 'aws'} -> {program}\n"
    for _ in range(2):
        assert own("link", path=str(program), PATH=str(program.parent)) == (0, said, "")
        assert os.path.realpath(program.parent / "aws") == str(program)


def test_a_link_in_another_folder_says_when_that_is_not_on_path(program: Path, own: Own, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    _, text, _ = own("link", str(tmp_path / "other"), path=str(program), PATH="/bin")
    assert "is not on PATH" in text


def test_another_program_is_never_replaced(program: Path, own: Own) -> None:
    (program.parent / "aws").write_text("precious")
    with pytest.raises(AwsShadowError, match="another program"):
        own("link", path=str(program))
    assert (program.parent / "aws").read_text() == "precious"


@pytest.mark.parametrize("arguments", [["a", "b"], ["--force"]])
def test_what_it_does_not_know_is_refused(program: Path, own: Own, arguments: list[str]) -> None:
    with pytest.raises(UsageError):
        own("link", *arguments, path=str(program))


def test_it_says_why_a_folder_cannot_take_the_link(program: Path, own: Own, tmp_path: Path) -> None:
    with pytest.raises(AwsShadowError, match="cannot make"):
        own("link", str(tmp_path / "missing"), path=str(program))


def test_a_module_is_no_program_to_link_to(own: Own, tmp_path: Path) -> None:
    with pytest.raises(AwsShadowError, match="needs the installed program"):
        own("link", path=str(tmp_path / "__main__.py"))
