"""In a pipe nothing of this is there: no rich, no byte of standard output other than the reference's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.conformance.test_cases import EXCEPTIONS, LEAST, SHARE
from tests.support.cases import conceal, holding, load, replay, sample
from tests.support.endpoint import Endpoint
from tests.support.program import AWSSHADOW, THIRD_PARTIES, Command, Forked, Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import OnTerminal

COMMANDS = [
    [],
    ["help"],
    ["sagemaker", "help"],
    ["sagemaker", "list-models"],
    ["sagemaker", "list-models", "--output", "table", "--color", "on"],
    ["sagemaker", "describe-model", "--model-name", "none"],
    ["sagemaker", "describe-modl"],
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


class ErrorsOnTerminal(Forked):
    """The checkout with its standard error on a terminal; what it writes there is read and kept."""

    def run(self, command: Command) -> Outcome:
        parent, child = os.openpty()
        seen: list[bytes] = []
        reader = threading.Thread(target=drain, args=(parent, seen), daemon=True)
        reader.start()
        try:
            path = os.path.join(command.folder, "..", "stdout")
            order = {
                "argv": command.argv, "environ": {**command.environ, "TERM": "xterm-256color"},
                "folder": str(command.folder), "stdin": command.stdin, "stdout": path, "stderr": os.ttyname(child),
                "limit": command.limit,
            }  # fmt: skip
            code = self._ask(order)["code"]
        finally:
            os.close(child)
        reader.join()
        os.close(parent)
        with open(path, "rb") as file:
            return Outcome(
                code, file.read().decode("utf-8", "surrogateescape"), b"".join(seen).decode("utf-8", "replace")
            )


def drain(terminal: int, seen: list[bytes]) -> None:
    """Read what is written to a terminal until the last one has closed it."""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            return
        if not part:
            return
        seen.append(part)


def test_standard_output_is_the_same_with_errors_on_a_terminal(slices: Path) -> None:
    cases = [case for case in sample(holding(load()), SHARE, LEAST) if case["id"] not in EXCEPTIONS]
    program, endpoint = ErrorsOnTerminal("awsshadow.main:main", THIRD_PARTIES + AWSSHADOW), Endpoint()
    different, spoke = [], 0
    try:
        for case in cases:
            got = replay(case, program, endpoint, slices)
            spoke += bool(got["stderr"])
            if "stdout_sha256" in case["expect"]:
                got = conceal(got)
            facets = ("rc", "stdout", "stdout_sha256", "requests")
            wrong = [facet for facet in facets if got.get(facet) != case["expect"].get(facet)]
            if wrong:
                different.append((case["id"], wrong))
    finally:
        program.close()
        endpoint.close()
    assert len(cases) > 100
    assert spoke > 30
    assert different == [], json.dumps(different)
