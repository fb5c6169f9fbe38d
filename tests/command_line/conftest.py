"""A command line read as a person would type it, against the slices of the installed model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from awsshadow import command_line
from awsshadow.compile import sources
from awsshadow.compile.build import build
from awsshadow.invocation import Globals, Invocation
from awsshadow.model.store import FolderStore
from tests.support.reading import understood

Read = Callable[..., Invocation]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderStore:
    """All slices of the installed model, compiled once."""
    folder = tmp_path_factory.mktemp("slices")
    build(sources.load({}), str(folder), "test")
    return FolderStore(str(folder), {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def read(store: FolderStore, home: Path) -> Read:
    """``read("list-models --max-results 3")``: text is split at blanks and ``sagemaker`` put before it."""

    def parse(
        line: str | list[str], friendly: bool = False, check: Callable[[Globals], None] | None = None
    ) -> Invocation:
        argv = ["sagemaker", *line.split()] if isinstance(line, str) else line
        command_line.first_pass(argv, "aws")
        return understood(command_line.steps(argv, "aws", {}, store=store, friendly=friendly), check)

    return parse
