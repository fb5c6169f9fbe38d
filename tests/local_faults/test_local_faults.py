"""Every row of ``every``: exit code, standard error, whether something is printed, what is left behind.

Where AWSSHADOW_REFERENCE names an AWS CLI, it is held to the rows that are under its name.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.local_faults.every import compared, every, expectations
from tests.local_faults.fault import came
from tests.support.program import reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.local_faults.fault import Fault
    from tests.support.endpoint import Endpoint
    from tests.support.program import Program

PROGRAM = "AWSSHADOW_REFERENCE"
FAULTS = every()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="devices and capabilities of Linux")


@pytest.fixture(scope="module")
def real() -> Iterator[Program]:
    """The reference."""
    started = reference(os.environ[PROGRAM])
    yield started
    started.close()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.key)
def test_fault(fault: Fault, program: Program, endpoint: Endpoint, slices: Path) -> None:
    found = came(fault, program, endpoint, slices)
    assert found == expectations()[fault.key]


@pytest.mark.reference
@pytest.mark.skipif(PROGRAM not in os.environ, reason=f"{PROGRAM} names no AWS CLI")
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if compared(fault)], ids=lambda fault: fault.key)
def test_fault_with_the_reference(fault: Fault, real: Program, endpoint: Endpoint, slices: Path) -> None:
    found, expected = came(fault, real, endpoint, slices), expectations()[fault.key]
    assert (found.code, found.message, found.printed) == (expected.code, expected.message, expected.printed)


def test_each_row_has_one_expectation_and_each_expectation_a_row() -> None:
    keys = [fault.key for fault in FAULTS]
    assert len(set(keys)) == len(keys)
    assert set(expectations()) == set(keys)


def test_nothing_is_told_by_a_traceback_and_nothing_is_half_done() -> None:
    for key, expected in expectations().items():
        assert "Traceback" not in expected.message, key
        assert expected.code in (0, 1, 120, 141, 252, 253, 254, 255), key
        assert not [name for name in expected.left if "building" in name or name.endswith((".json", ".1"))], key
        if "is closed" not in key:
            assert "'NoneType' object" not in expected.message, key
