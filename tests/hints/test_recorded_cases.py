"""Recorded cases of the reference with a terminal for standard error: but for hints everything is the same."""

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

#: What is on a terminal only, to its end.
HINT = re.compile(r"Hint: .*", re.DOTALL)


class AtTerminal(Forked):
    """A program whose standard error is a terminal; what it wrote there comes without hints."""

    def run(self, command: Command) -> Outcome:
        parent, child = os.openpty()
        seen: list[bytes] = []
        reader = threading.Thread(target=self._read, args=(parent, seen))
        reader.start()
        with tempfile.TemporaryDirectory(prefix="streams-") as folder:
            stdout = Path(folder, "stdout")
            order = {
                "argv": command.argv, "environ": command.environ, "folder": str(command.folder),
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


def test_all_but_the_hints_is_the_same(slices: Path) -> None:
    cases = [case for case in sample(holding(load()), SHARE, LEAST) if case["id"] not in EXCEPTIONS]
    pool = Pool(start, slices, None)
    try:
        pool.submit(cases)
        reports = []
        for case in cases:
            found = pool.result(case)
            # A hint may ask for names; a waiter shows what it sees.
            varies = ("requests", "stderr") if "wait" in case["argv"] else ("requests",)
            same = {key: case["expect"].get(key) for key in varies}
            report = differences(case, {**found, **same})
            if report is not None:
                reports.append(report)
    finally:
        pool.close()
    assert len(cases) > 100
    assert json.dumps(reports, indent=1) == "[]"
