"""Commands drawn at random, run by a real ``aws`` and by awsshadow, which must do the same.

AWSSHADOW_REFERENCE names the ``aws``: the release in docs/compatibility.md, its SageMaker model that
of the botocore installed here. ``--commands`` and ``--seed`` say how many are drawn and which: by turns from
the service model and from parts of the recorded cases.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.reference.generate import Generator
from tests.reference.recombine import Recombiner
from tests.support.cases import differences
from tests.support.pool import Pool
from tests.support.program import awsshadow, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.cases import Case

PROGRAM = "AWSSHADOW_REFERENCE"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(PROGRAM not in os.environ, reason=f"{PROGRAM} names no AWS CLI"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        count, seed = (metafunc.config.getoption(name) for name in ("--commands", "--seed"))
        drawn: list[Case] = []
        if PROGRAM in os.environ:
            sources = Generator(seed), Recombiner(seed)
            drawn = [sources[index % 2].case(index) for index in range(count)]
        metafunc.parametrize("case", drawn, ids=[case["id"] for case in drawn])


@pytest.fixture(scope="module")
def pools(request: pytest.FixtureRequest, slices: Path) -> Iterator[tuple[Pool, Pool]]:
    """Both programs, at work on all commands from the start."""
    workers = request.config.getoption("--case-workers")
    both = Pool(partial(reference, os.environ[PROGRAM]), slices, workers), Pool(awsshadow, slices, workers)
    yield both
    for pool in both:
        pool.close()


def test_same(case: Case, pools: tuple[Pool, Pool]) -> None:
    real, shadow = pools
    report = differences({**case, "expect": real.result(case)}, shadow.result(case))
    if report is not None:
        pytest.fail(report, pytrace=False)
