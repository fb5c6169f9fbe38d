"""What a call loads: start-up time is mostly imports, so their number has a budget."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.interpreter import unmeasured

#: A little above what is needed now, most with Python 3.15, whose own library loads five more than that of 3.14 (317
#: and 312); raising it wants a reason and a measurement.
BUDGET = 320

#: Packages that have no business in a plain call.
UNWANTED = (
    "awscrt", "boto3", "concurrent.futures.process", "click", "cryptography", "multiprocessing", "rich", "s3transfer",
    "yaml",
)  # fmt: skip

SCRIPT = f"""
import sys; sys.path[:0] = {sys.path!r}
from awsshadow.call.deferred_imports import DeferredImports
with DeferredImports():
    import awsshadow.call.client
executed = [name for name, module in sys.modules.items() if type(module).__name__ != "_Deferred"]
print(len(executed))
print(*executed)
"""


@pytest.fixture(scope="module")
def loaded() -> tuple[int, set[str]]:
    words = [sys.executable, "-I", "-c", SCRIPT]
    done = subprocess.run(words, env=unmeasured(), capture_output=True, text=True, check=True)
    count, names = done.stdout.splitlines()
    return int(count), set(names.split())


def test_number_of_modules(loaded: tuple[int, set[str]]) -> None:
    assert loaded[0] <= BUDGET


@pytest.mark.parametrize("package", UNWANTED)
def test_unwanted(loaded: tuple[int, set[str]], package: str) -> None:
    assert package not in loaded[1]


@pytest.mark.parametrize("module", ["debug", "login", "proof", "transport", "trust_folder", "waiting"])
def test_rare_parts_are_loaded_when_needed(loaded: tuple[int, set[str]], module: str) -> None:
    assert f"awsshadow.call.{module}" not in loaded[1]
