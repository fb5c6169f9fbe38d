"""Record the cases again with an AWS CLI: ``python -m tests.conformance.record AWS [--kind KIND ...] [--check]``.

Inputs stay as they are; expectations become what AWS does now. Files are written so that the same
cases give the same bytes. With ``--check`` nothing is written and what would change is printed. The
exit code is 1 when an expectation changed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
from functools import partial
from typing import TYPE_CHECKING

from tests.support.cases import FOLDER, Case, conceal, differences, load, sample
from tests.support.pool import Pool
from tests.support.program import reference

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str]) -> int:
    """Record, and return 1 when an expectation changed."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.record")
    parser.add_argument("aws", help="the AWS CLI to record")
    parser.add_argument("--kind", action="append", help="record cases of this kind only; may be repeated")
    parser.add_argument("--check", action="store_true", help="write nothing, print what would change")
    parser.add_argument("--share", type=int, default=1, help="with --check: look at one case in so many")
    parser.add_argument("--workers", type=int, default=None, help="processes at work (default: all cores)")
    given = parser.parse_args(arguments)
    cases = [case for case in load() if not given.kind or case["kind"] in given.kind]
    chosen = sample(cases, given.share, 1) if given.check else cases
    changed = record(chosen, Pool(partial(reference, given.aws), workers=given.workers), show=given.check)
    print(f"{changed} of {len(chosen)} cases changed")
    if changed and not given.check:
        for kind in {case["kind"] for case in cases}:
            write(FOLDER / f"{kind}.jsonl.gz", [case for case in cases if case["kind"] == kind])
    return 1 if changed else 0


def record(cases: list[Case], pool: Pool, show: bool) -> int:
    """Put what the program in ``pool`` does into ``cases``; return how many changed."""
    changed = 0
    pool.submit(cases)
    try:
        for case in cases:
            got = pool.result(case)
            report = differences(case, got)
            if report is not None:
                changed += 1
                case["expect"] = conceal(got) if "stdout_sha256" in case["expect"] else got
                if show:
                    print(report)
    finally:
        pool.close()
    return changed


def write(path: Path, cases: list[Case]) -> None:
    """Write one kind's cases; neither the time nor the place of writing shows in the bytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        for case in cases:
            file.write((json.dumps(case, sort_keys=True) + "\n").encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
