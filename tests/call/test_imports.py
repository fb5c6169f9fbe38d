"""What a call loads: start-up time is mostly imports, so their number has a budget."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.interpreter import unmeasured

if TYPE_CHECKING:
    from tests.call.served import Endpoint

#: A little above what is needed now, most with Python 3.15, whose own library loads four more than that of 3.14 (319
#: and 315); raising it wants a reason and a measurement.
BUDGET = 320
#: What botocore takes from certifi where another package has brought it: certifi with what reads files of packages.
OF_CERTIFI = 6

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
    assert loaded[0] <= BUDGET + (OF_CERTIFI if "certifi" in loaded[1] else 0)


@pytest.mark.parametrize("package", UNWANTED)
def test_unwanted(loaded: tuple[int, set[str]], package: str) -> None:
    assert package not in loaded[1]


@pytest.mark.parametrize("module", ["debug", "login", "proof", "transport", "trust_folder", "waiting"])
def test_rare_parts_are_loaded_when_needed(loaded: tuple[int, set[str]], module: str) -> None:
    assert f"awsshadow.call.{module}" not in loaded[1]


LAZY = hasattr(sys, "set_lazy_imports")
#: Modules that a whole call has executed: with lazy imports 278 (CPython 3.15.2), without them 358 (3.11), of which a
#: few compile slices where there are none of a wheel.
WHOLE_BUDGET = 285 if LAZY else 370
#: What is executed with lazy imports only if something takes a name out of it: that nothing does is worth 60 million
#: instructions, of cryptography alone twice that, where it is installed.
UNUSED = (
    "awsshadow.errors", "calendar", "cryptography", "ctypes", "dateutil", "inspect", "jmespath", "platform", "six",
    "urllib.request",
)  # fmt: skip
CALL = f"""
import sys; sys.path[:0] = {sys.path!r}
if hasattr(sys, "set_lazy_imports"):
    sys.set_lazy_imports("all")
sys.argv = ["awsshadow", "sagemaker", "list-endpoints", "--no-paginate", "--creation-time-after", "2024-02-29"]
from awsshadow.main import main
code = main()
executed = [name for name, module in sys.modules.items() if type(module).__name__ != "_Deferred"]
print(*executed, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def called(environ: pytest.MonkeyPatch, endpoint: Endpoint) -> set[str]:
    """The modules of a call by itself."""
    words = [sys.executable, "-I", "-c", CALL]
    done = subprocess.run(words, env=unmeasured(), capture_output=True, text=True, check=True)
    assert endpoint.bodies() == [{"CreationTimeAfter": 1709164800}]
    return set(done.stderr.split())


def test_a_whole_call(called: set[str]) -> None:
    assert len(called) <= WHOLE_BUDGET
    if LAZY:
        assert not called & set(UNUSED)
