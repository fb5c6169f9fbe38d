"""Which commands there are besides the one service of this package, and which of them are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awsshadow.command_line import command_names
from awsshadow.command_line.command_names import CommandNames

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_service_that_is_newer_than_the_reference_is_known_and_not_suggested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("brand-new", "s3", "config"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(command_names, "botocore_data", lambda: str(tmp_path))
    names = CommandNames({"sagemaker", "mine"}, {"doctor"})
    assert {"brand-new", "s3api", "configservice", "tnb", "mine"} <= {name for name in ALL if name in names}
    assert "doctor" not in names
    assert "config" not in names
    suggested = set(names)
    assert {"mine", "doctor", "s3", "s3api", "tnb", "sagemaker-runtime"} <= suggested
    assert "brand-new" not in suggested
    assert (names.is_newer("brand-new"), names.is_newer("s3")) == (True, False)


ALL = ("brand-new", "s3api", "configservice", "tnb", "mine")
