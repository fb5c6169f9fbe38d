"""Whole commands in this process against a sandbox, as for waiting, and a sandbox in which all is at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox import service
from tests.sandbox.conftest import model
from tests.support import box as boxes
from tests.waiting.conftest import run, time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from awsshadow.sandbox.service import Sandbox

__all__ = ["model", "run", "time"]


class Box(boxes.Box):
    """An empty region, and what listings have to find."""

    def groups(self, number: int) -> list[str]:
        """The names of so many model package groups that it makes."""
        names = [f"g{at:04}" for at in range(number)]
        for name in names:
            tags = [{"Key": "name", "Value": name}]
            self.world.ok("CreateModelPackageGroup", ModelPackageGroupName=name, Tags=tags)
        return names


@pytest.fixture(scope="session")
def at_rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sandbox]]:
    with boxes.sandbox(tmp_path_factory, "instant") as made:
        yield made


@pytest.fixture
def box(at_rest: tuple[str, Sandbox], model: dict[str, Any]) -> Iterator[Box]:
    yield Box(*at_rest, model)
    service.set_faults(at_rest[0], None)


@pytest.fixture
def network(tmp_path: Path) -> dict[str, str]:
    """The environment of commands that go to a scripted endpoint; the test adds its address."""
    return {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody"}
