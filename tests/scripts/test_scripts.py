"""Shell fragments as people write them, run by bash with ``aws`` on the PATH.

``NAME.sh`` is the fragment and ``NAME.json`` its world: ``responses`` of the endpoint (a body may be
JSON), ``home`` files, programs it ``needs``, and what to ``expect``: exit code, both outputs, and the
requests as operation, region and body. The expectations are the reference's; where AWSSHADOW_REFERENCE
names an AWS CLI, it is held to them too. ``python -m tests.scripts.record AWS`` writes them.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.scripts.fragment import FRAGMENTS, install, perform, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.endpoint import Endpoint

PROGRAM = "AWSSHADOW_REFERENCE"


@pytest.fixture(scope="session")
def shadow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``aws`` is the checkout."""
    return install(tmp_path_factory.mktemp("bin"))


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``aws`` is the reference."""
    if PROGRAM not in os.environ:
        pytest.skip(f"{PROGRAM} names no AWS CLI")
    return install(tmp_path_factory.mktemp("bin"), os.environ[PROGRAM])


def need(name: str) -> None:
    """Skip where a program that the fragment runs is not installed."""
    for program in ("bash", "python3", *read(name).get("needs", [])):
        if shutil.which(program, path="/usr/local/bin:/usr/bin:/bin") is None:
            pytest.skip(f"{program} is not installed")


@pytest.mark.parametrize("name", FRAGMENTS)
def test_fragment(name: str, shadow: Path, endpoint: Endpoint, slices: Path) -> None:
    need(name)
    assert perform(name, shadow, endpoint, slices) == read(name)["expect"]


@pytest.mark.reference
@pytest.mark.parametrize("name", FRAGMENTS)
def test_fragment_with_the_reference(name: str, reference: Path, endpoint: Endpoint) -> None:
    need(name)
    assert perform(name, reference, endpoint) == read(name)["expect"]
