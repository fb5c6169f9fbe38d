"""Regions of a sandbox for whole commands in this process: each has nothing in it until a test makes something."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import pytest

_regions = count(1)


class Box:
    """A region of a sandbox that has nothing: ``world`` makes resources, ``environ`` is set for commands."""

    def __init__(self, folder: str, sandbox: Sandbox, model: dict[str, Any]) -> None:
        self.folder = folder
        self.region = f"em-pty-{next(_regions)}"
        self.world = World(sandbox, model, region=self.region)

    @property
    def environ(self) -> dict[str, str]:
        return {"AWSSHADOW_SANDBOX": self.folder, "AWS_DEFAULT_REGION": self.region}

    def faults(self, **rules: list[dict[str, Any]]) -> None:
        service.set_faults(self.folder, rules)


@contextmanager
def sandbox(tmp_path_factory: pytest.TempPathFactory, clock: str) -> Iterator[tuple[str, Sandbox]]:
    """A sandbox with this clock, and its folder."""
    folder = str(tmp_path_factory.mktemp(clock))
    opened = Sandbox(folder, clock=clock)
    yield folder, opened
    opened.close()
