"""The grids are cases, and the same ones in every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.reference.grids.table import GRIDS, every
from tests.support.program import ROOT


@pytest.mark.parametrize("name", GRIDS)
def test_each_grid_is_made_of_cases(name: str) -> None:
    cases = every([name])
    assert len(cases) > 30
    assert len({case["id"] for case in cases}) == len(cases)
    for case in cases:
        assert set(case) <= {"id", "kind", "argv", "responses", "env", "home", "files", "stdin"}
        assert all(isinstance(word, str) for word in case["argv"])


def test_a_number_names_the_same_command_in_every_run() -> None:
    """Whoever reads ``output-grid-7`` in a report can run it again."""
    program = "import json, sys; from tests.reference.grids.table import every; json.dump(every(), sys.stdout)"
    for seed in ("1", "2"):
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        printed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True)
        assert json.loads(printed.stdout) == json.loads(json.dumps(every()))
