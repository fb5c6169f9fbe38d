"""Recorded cases of the reference with a terminal for standard error: but for hints, and what is said of a wait,
everything is the same, standard output and requests too."""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from pathlib import Path

import pytest

from tests.conformance.test_cases import EXCEPTIONS, LEAST, SHARE
from tests.support.cases import differences, holding, load, sample
from tests.support.pool import Pool
from tests.support.program import AWSSHADOW, THIRD_PARTIES, Command, Forked, Outcome, Program, read

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a case is a fork of the loaded program")

#: So many parts of the cases are replayed by themselves, for several processes.
PARTS = 2
#: What is on a terminal only, to its end.
HINT = re.compile(r"(\x1b\[2m)?Hint: .*", re.DOTALL)


class AtTerminal(Forked):
    """A program whose standard error is a terminal; what it wrote there comes without hints."""

    def run(self, command: Command) -> Outcome:
        parent, child = os.openpty()
        seen: list[bytes] = []
        reader = threading.Thread(target=self._read, args=(parent, seen))
        reader.start()
        with tempfile.TemporaryDirectory(prefix="streams-") as folder:
            stdout = Path(folder, "stdout")
            environ = {**command.environ, "TERM": "xterm-256color"}
            order = {
                "argv": command.argv, "environ": environ, "folder": str(command.folder),
                "stdin": command.stdin, "stdout": str(stdout), "stderr": os.ttyname(child), "limit": command.limit,
            }  # fmt: skip
            try:
                code = self._ask(order)["code"]
            finally:
                os.close(child)
                reader.join()
                os.close(parent)
            text = b"".join(seen).decode("utf-8", "surrogateescape").replace("\r\n", "\n")
            return Outcome(code, read(stdout), HINT.sub("", text))

    @staticmethod
    def _read(parent: int, seen: list[bytes]) -> None:
        while True:
            try:
                seen.append(os.read(parent, 100_000))
            except OSError:  # nobody has the other end any more
                return


def start() -> Program:
    return AtTerminal("awsshadow.main:main", THIRD_PARTIES + AWSSHADOW)


@pytest.mark.parametrize("part", range(PARTS))
def test_all_but_the_hints_is_the_same(slices: Path, part: int) -> None:
    cases = [case for case in sample(holding(load()), SHARE, LEAST) if case["id"] not in EXCEPTIONS][part::PARTS]
    pool = Pool(start, slices, 1)
    try:
        pool.submit(cases)
        reports, spoke = [], 0
        for case in cases:
            found = pool.result(case)
            spoke += bool(found["stderr"])
            # A waiter shows what it sees.
            same = {"stderr": case["expect"].get("stderr")} if "wait" in case["argv"] else {}
            report = differences(case, {**found, **same})
            if report is not None:
                reports.append(report)
    finally:
        pool.close()
    assert len(cases) * PARTS > 100
    assert spoke * PARTS > 30
    assert json.dumps(reports, indent=1) == "[]"
