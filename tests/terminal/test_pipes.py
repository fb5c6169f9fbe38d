"""In a pipe there is nothing of this, and no rich; ``tests/hints/test_recorded_cases.py`` holds every byte of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import OnTerminal

COMMANDS = [
    [],
    ["help"],
    ["sagemaker", "help"],
    ["sagemaker", "list-models"],
    ["sagemaker", "list-models", "--output", "table", "--color", "on"],
    ["sagemaker", "describe-model", "--model-name", "none"],
    ["sagemaker", "describe-modl"],
    ["sagemaker", "wait", "endpoint-in-service", "--endpoint-name", "none"],
    ["wait", "endpoint", "none"],
    ["sagemaker", "list-models", "--hydrate", "--regions", "us-east-1,us-west-2"],
    ["doctor"],
    ["doctor", "--json"],
    ["completion", "bash"],
    ["sandbox", "ls"],
    ["sandbox", "coverage"],
    ["sandbox", "faults", "show"],
    ["sandbox", "reset", "--yes"],
]
LOADED = """
import sys
sys.argv = sys.argv[1:]
from awsshadow.main import main
try:
    main()
finally:
    found = sorted(name for name in sys.modules if name.split(".")[0] in ("rich", "pygments"))
    print("loaded:", *found, file=sys.stderr)
"""


@pytest.mark.parametrize("forced", [{}, {"FORCE_COLOR": "1", "AWSSHADOW_COLOR": "1", "AWSSHADOW_TIMES": "1"}])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_piped_command_loads_rich(environ: dict[str, str], words: list[str], forced: dict[str, str]) -> None:
    line = [sys.executable, "-c", LOADED, "awsshadow", *words]
    given = {**environ, **forced, "AWSSHADOW_SANDBOX": "box"}
    done = subprocess.run(line, env=given, capture_output=True, timeout=60, check=False)
    assert done.stderr.decode().splitlines()[-1] == "loaded:"
    assert b"\x1b" not in done.stdout or "--color" in words


def test_rich_is_loaded_where_a_table_is_drawn(on_terminal: OnTerminal, box: str) -> None:
    shown = on_terminal("sandbox", "ls", "--state", box, PYTHONPROFILEIMPORTTIME="1")
    assert b"rich.table" in shown.raw
    shown = on_terminal("sagemaker", "list-models", AWSSHADOW_SANDBOX=box, PYTHONPROFILEIMPORTTIME="1")
    assert b"rich" not in shown.raw.replace(b"enrich", b"")
