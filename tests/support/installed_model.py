"""A fixture for tests that need all slices of the installed model: their conftest imports it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from awsshadow.model.store import FolderStore, find_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderStore:
    """All commands of the installed model."""
    home: Path = tmp_path_factory.mktemp("home")
    found = find_store({"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CACHE_HOME": str(home)})
    assert isinstance(found, FolderStore)
    return found
