"""moto's own tests of SageMaker, sent to this sandbox: ``python -m tests.peers.moto_suite CHECKOUT``.

CHECKOUT is a checkout of moto; the packages that its tests need (boto3, freezegun, the extra ``rehearsal``) lie beside
this one. All tests run as they are; those that fail run again with inputs that the service would take
(``valid_input``). What fails then either has a reason in ``moto_reasons.json``, which is the peer's, or is ours. The
exit code is 1 when anything is ours, or when a reason is given for what does not fail.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
#: Under which a test may pass: some of the peer's look at work that is done, some at work that is on its way.
CLOCKS = ("instant", "frozen", "step")
#: Seconds that one run of all tests may take.
PATIENCE = 900

#: How the names of the peer's files begin.
PREFIX = "test_sagemaker_"

PASSED = "passed"
PASSED_WHEN_VALID = "passed when its inputs are valid"
SKIPPED = "skipped by itself"
OF_THE_PEER = "the peer's own"
OURS = "ours"


@dataclass(frozen=True)
class Verdict:
    """What became of one test, and why it is not ``passed``."""

    test: str
    judgement: str
    reason: str = ""


def reasons() -> dict[str, str]:
    """Test -> why it fails for a reason of the peer's own, with inputs that are valid."""
    with open(os.path.join(HERE, "moto_reasons.json"), encoding="utf-8") as file:
        document: dict[str, list[str]] = json.load(file)
    return {test: reason for reason, tests in document.items() for test in tests}


def guide() -> str:
    """The part of docs/sandbox-peers.md that lists reasons and tests, in markdown."""
    by_reason: dict[str, list[str]] = {}
    for test, reason in reasons().items():
        by_reason.setdefault(reason, []).append(test.removeprefix(PREFIX))
    return "\n".join(
        f"- {reason}\n" + "".join(f"  - `{test}`\n" for test in tests) for reason, tests in by_reason.items()
    )


def listed(page: str) -> list[str]:
    """The tests that a page lists."""
    return re.findall(r"^  - `(.+)`$", page, re.MULTILINE)


def verdicts(checkout: str) -> list[Verdict]:
    """What became of every test, in the order in which they ran."""
    plain = _run(checkout, [])
    valid: dict[str, dict[str, str]] = {}
    for clock in CLOCKS:
        failed = [test for test, line in plain.items() if valid.get(test, line)["outcome"] == "failed"]
        if failed:
            again = _run(checkout, failed, "--valid", "--clock", clock)
            errors = {test: f"{valid[test]['error']} | " if test in valid else "" for test in again}
            valid |= {
                test: {**line, "error": f"{errors[test]}{clock}: {line['error']}"} for test, line in again.items()
            }
    known = reasons()
    return [_verdict(test, line, valid.get(test, line), known) for test, line in plain.items()]


def _verdict(test: str, plain: dict[str, str], valid: dict[str, str], known: dict[str, str]) -> Verdict:
    if plain["outcome"] != "failed":
        return Verdict(test, PASSED if plain["outcome"] == "passed" else SKIPPED, _short(plain["error"]))
    if valid["outcome"] == "passed":
        return Verdict(test, PASSED_WHEN_VALID, _constraints(plain) or _short(plain["error"]))
    if test in known:
        return Verdict(test, OF_THE_PEER, known[test])
    return Verdict(test, OURS, _short(valid["error"]))


def _run(checkout: str, tests: list[str], *options: str) -> dict[str, dict[str, str]]:
    """Test -> line of the report. Raises RuntimeError when no test ran."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report")
        child = [sys.executable, "-m", "tests.peers.moto_child", *options, checkout, report, *tests]
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("AWS", "PYTEST"))}
        words = [sys.executable, "-m", "awsshadow", "sandbox", "run", "--", *child]
        done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode not in (0, 1) or not os.path.exists(report):
            raise RuntimeError(f"The tests did not run:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        with open(report, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        return {line["test"]: line for line in lines}


def _constraints(line: dict[str, str]) -> str:
    """Which members of which requests the model refuses: ``CreateModel executionRoleArn``."""
    found = [
        f"{refusal.partition(':')[0]} {path}"
        for refusal in line["refused"]
        for path in re.findall("' at '([^']+)'", refusal)
    ]
    return ", ".join(dict.fromkeys(found))


def _short(error: str) -> str:
    return " ".join(error.split())[:900]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout")
    parser.add_argument("--all", action="store_true", help="name the tests that pass, too")
    asked = parser.parse_args()
    found = verdicts(os.path.abspath(asked.checkout))
    for verdict in found:
        if asked.all or verdict.judgement in (OURS, OF_THE_PEER, PASSED_WHEN_VALID):
            print(f"{verdict.judgement}: {verdict.test}\n    {verdict.reason}")
    for judgement, count in Counter(verdict.judgement for verdict in found).most_common():
        print(f"{count:4} {judgement}")
    stale = sorted(set(reasons()) - {v.test for v in found if v.judgement == OF_THE_PEER})
    for test in stale:
        print(f"a reason for what does not fail: {test}")
    return int(bool(stale) or any(verdict.judgement == OURS for verdict in found))


if __name__ == "__main__":
    sys.exit(main())
