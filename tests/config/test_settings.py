"""Settings with rules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.invocation import Globals

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", True),
        ("parameter_validation = true", True),
        ("parameter_validation = True", True),
        ("parameter_validation = false", False),
        ("parameter_validation = 1", False),
        ("parameter_validation =", False),
        ("parameter_validation =\n  a = true", False),
    ],
)
def test_what_turns_validation_off(tmp_path: Path, line: str, expected: bool) -> None:
    path = tmp_path / "config"
    path.write_text(f"[default]\n{line}\n")
    environ = {"AWS_CONFIG_FILE": str(path), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")}
    assert Settings(Globals(), environ, read_config_files(environ)).validates is expected
