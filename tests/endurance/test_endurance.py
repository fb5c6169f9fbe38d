"""Small runs of ``soak`` and ``killed``; docs/robustness.md has what came of the large ones."""

from __future__ import annotations

import os
import sys

import pytest

from tests.endurance.killed import KINDS, carry_out
from tests.endurance.soak import Held, grown, soak

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not os.path.isdir("/proc/self/fd"), reason="looks into /proc, and forks"
)


def test_a_sandbox_holds_no_more_after_two_thousand_requests() -> None:
    found = soak(2000, 4, seed=1)
    assert found[-1].requests == 2000
    assert grown(found) == []


def test_what_grows_is_told() -> None:
    steady = [Held(number, 30_000_000, 13, 6, 0) for number in range(20)]
    leaking = [Held(number, 30_000_000 + number * 1_000_000, 13 + number, 6, 0) for number in range(20)]
    assert grown(steady) == []
    assert [told.partition(":")[0] for told in grown(leaking)] == ["memory", "open files"]


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment(kind: str) -> None:
    assert carry_out(kind, 7, seed=1) == []
