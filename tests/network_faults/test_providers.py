"""Every provider of credentials with every fault of it: what the reference makes of it, and no secret to be seen.

The expectations are recorded; where AWSSHADOW_REFERENCE names an AWS CLI, it is held to them, too.
``python -m tests.network_faults.providers`` prints them as a table.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.network_faults.provider_attempt import WORKS, Attempts, leaks, of_awsshadow, of_reference
from tests.network_faults.provider_table import CANARY, PROVIDERS
from tests.network_faults.providers import recorded, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.program import Outcome

PROGRAM = "AWSSHADOW_REFERENCE"
#: With ``--debug`` runs what works, and what makes a secret be met where it is not expected.
SHOWING = ("echoed", "cut off", "half", "the secret", "broken off", WORKS)


@pytest.fixture(scope="module")
def attempts(slices: Path) -> Iterator[Attempts]:
    if not hasattr(os, "fork"):
        pytest.skip("processes cannot fork here")
    with Attempts(of_awsshadow, slices) as made:
        yield made


@pytest.fixture(scope="module")
def real(slices: Path) -> Iterator[Attempts]:
    """The reference."""
    if PROGRAM not in os.environ:
        pytest.skip(f"{PROGRAM} names no AWS CLI")
    with Attempts(of_reference(os.environ[PROGRAM]), slices) as made:
        yield made


def shown(outcomes: dict[str, Outcome]) -> dict[str, list[str]]:
    return {name: found for name, outcome in outcomes.items() if (found := leaks(outcome))}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_provider(provider: str, attempts: Attempts) -> None:
    cells = attempts.cells(provider)
    assert shown({name: outcome for name, (_, outcome) in cells.items()}) == {}
    assert {name: found["damaged"] for name, (found, _) in cells.items() if found["damaged"]} == {}
    expected = recorded()[provider]
    assert {name: found for name, (found, _) in cells.items() if not same(found, expected[name])} == {}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_debug_shows_no_secret(provider: str, attempts: Attempts) -> None:
    cells = attempts.cells(provider, debug=True, names=[n for n in attempts.names(provider) if n.endswith(SHOWING)])
    assert shown({name: outcome for name, (_, outcome) in cells.items()}) == {}
    expected = recorded()[provider]
    codes = {name: found["code"] for name, (found, _) in cells.items()}
    assert codes == {name: expected[name]["code"] for name in codes}


@pytest.mark.reference
@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_reference_does_what_was_recorded(provider: str, real: Attempts) -> None:
    cells = {name: found for name, (found, _) in real.cells(provider).items()}
    assert cells == recorded()[provider]


def test_every_provider_has_its_faults_and_every_cell_a_recording() -> None:
    found = recorded()
    assert {name: {WORKS, *faults} for name, (_, faults) in PROVIDERS.items()} == {n: set(c) for n, c in found.items()}
    assert all(len(faults) >= 12 for _, faults in PROVIDERS.values())
    assert {name: cells[WORKS]["code"] for name, cells in found.items()} == dict.fromkeys(PROVIDERS, 0)


def test_every_scene_has_a_secret() -> None:
    for name, (scene, _) in PROVIDERS.items():
        assert CANARY in repr(scene), name
