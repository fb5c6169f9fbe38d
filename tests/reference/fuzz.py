"""Look for differences for as long as one likes.

::

    python -m tests.reference.fuzz AWS [--commands N] [--seed N] [SOURCE] [--store FILE] [--workers N]

takes N commands, runs each with the AWS CLI at AWS and with awsshadow, and prints what differed. SOURCE says where
they come from: nothing for the service model, ``--mix [--kind KIND ...]`` for parts of the recorded cases,
``--respell`` for both of these said in other ways, ``--grid [GRID ...]`` for the grids, ``--all`` for these four by
turns. With ``--store`` the differing commands are kept, with what the AWS CLI did, as recorded cases. The exit code
is 1 when something differed; what ``docs/compatibility.md`` lists is named (``known.py``) and does not count.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.reference.generate import Generator
from tests.reference.grids.table import every
from tests.reference.known import known
from tests.reference.recombine import Recombiner
from tests.reference.respell import Respeller
from tests.support.cases import differences
from tests.support.pool import Pool
from tests.support.program import awsshadow, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from tests.support.cases import Case

    class Source(Protocol):
        """Where commands come from, by their number."""

        def case(self, index: int) -> Case: ...


#: Commands drawn and handed out at a time; after how many is said how far it is.
BATCH = 50
STEP = 1000


def main(arguments: list[str]) -> int:
    """Compare, and return 1 when something differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference.fuzz")
    parser.add_argument("aws", help="the AWS CLI to compare with")
    parser.add_argument("--commands", type=int, help="how many commands (default: 1000, or the whole grid)")
    parser.add_argument("--seed", type=int, default=0, help="which commands (default: 0)")
    parser.add_argument("--store", type=Path, help="a JSONL file for the commands that differed")
    parser.add_argument("--workers", type=int, default=None, help="processes at work (default: all cores)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--mix", action="store_true", help="draw from parts of the recorded cases")
    source.add_argument("--respell", action="store_true", help="say what is drawn in other ways")
    source.add_argument("--grid", nargs="*", metavar="GRID", help="take the commands of these grids, or of all")
    source.add_argument("--all", action="store_true", help="take commands from everywhere by turns")
    parser.add_argument("--kind", action="append", help="with --mix: begin with cases of this kind; may be repeated")
    wanted = parser.parse_args(arguments)
    cases = chosen(wanted)
    found: list[Case] = []
    with tempfile.TemporaryDirectory() as cache:
        pools = (
            Pool(partial(reference, wanted.aws), Path(cache), wanted.workers),
            Pool(awsshadow, Path(cache), wanted.workers),
        )
        for start in range(0, len(cases), BATCH):
            for case, report in compare(cases[start : start + BATCH], *pools):
                print(report, end="\n\n", flush=True)
                found.append(case)
            done = min(start + BATCH, len(cases))
            if done % STEP == 0:
                print(f"{done} of {len(cases)} compared, {len(found)} differ", file=sys.stderr, flush=True)
        for pool in pools:
            pool.close()
    print(f"{len(found)} of {len(cases)} commands differ")
    if wanted.store:
        wanted.store.write_text("".join(json.dumps(case, sort_keys=True) + "\n" for case in found), encoding="utf-8")
    return 1 if found else 0


def chosen(wanted: argparse.Namespace) -> list[Case]:
    """The commands that were asked for."""
    if wanted.grid is not None:
        cases = every(wanted.grid)
        return Random(wanted.seed).sample(cases, min(wanted.commands or len(cases), len(cases)))
    count = wanted.commands or 1000
    if wanted.all:
        return by_turns(wanted.seed, count)
    if wanted.respell:
        drawing: Source = Respeller(wanted.seed)
    else:
        drawing = Recombiner(wanted.seed, wanted.kind or ()) if wanted.mix else Generator(wanted.seed)
    return [drawing.case(index) for index in range(count)]


def by_turns(seed: int, count: int) -> list[Case]:
    """``count`` commands, from the model, the recorded cases, both said in other ways, and the grids."""
    sources: tuple[Source, ...] = (Generator(seed), Recombiner(seed), Respeller(seed))
    grids = every()
    laid_out = Random(seed).sample(grids, min(count // (len(sources) + 1), len(grids)))
    drawn = [sources[index % len(sources)].case(index) for index in range(count - len(laid_out))]
    return Random(seed).sample(drawn + laid_out, count)


def compare(cases: list[Case], real: Pool, shadow: Pool) -> Iterator[tuple[Case, str]]:
    """Yield each case in which the two differ, with what the first did as its expectation, and a report.

    A difference that is known is printed instead.
    """
    for pool in (real, shadow):
        pool.submit(cases)
    for case in cases:
        recorded, got = {**case, "expect": real.result(case)}, shadow.result(case)
        report = differences(recorded, got)
        if report is None:
            continue
        reason = known(recorded, got)
        if reason is None:
            yield recorded, report
        else:
            print(f"{case['id']}: as docs/compatibility.md says, {reason}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
