"""Record the cases again with an AWS CLI::

    python -m tests.conformance.record AWS [--kind KIND ...] [--check] [--model VERSION] [--replace] [--new FILE]

Inputs stay as they are; what AWS does now becomes the expectation for the service model that AWS has. ``--model`` says
which botocore brings that model when it is not among the recorded ones (``models.json``), and adds it to these. With
``--replace`` what changed is the reference's doing and holds for all models. ``--new`` adds cases and
records these alone: a file with an object a line that has ``kind``, ``argv`` and what else a case may have, but no
``id`` and no ``expect``.

Files are written so that the same cases give the same bytes. With ``--check`` nothing is written and what would change
is printed. The exit code is 1 when an expectation changed, 2 when the model of AWS is not known.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import models
from tests.support.cases import FOLDER, Case, conceal, differences, expectation, load, quoted, sample
from tests.support.pool import Pool
from tests.support.program import interpreter_of, reference

if TYPE_CHECKING:
    from tests.support.facts import Facts
    from tests.support.models import Model

#: The kind of cases whose output quotes documentation, so that digests are kept in its place.
QUOTING = "skeleton-yaml-input"


def main(arguments: list[str]) -> int:
    """Record, and return 1 when an expectation changed."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.record")
    parser.add_argument("aws", help="the AWS CLI to record")
    parser.add_argument("--kind", action="append", help="record cases of this kind only; may be repeated")
    parser.add_argument("--check", action="store_true", help="write nothing, print what would change")
    parser.add_argument("--share", type=int, default=1, help="with --check: look at one case in so many")
    parser.add_argument("--workers", type=int, default=None, help="processes at work (default: all cores)")
    parser.add_argument("--model", help="the botocore that has the service model of AWS, if it is not yet recorded")
    parser.add_argument("--replace", action="store_true", help="what AWS does holds for all models")
    parser.add_argument("--new", type=Path, help="a file of cases to add")
    given = parser.parse_args(arguments)
    model = model_of(given.aws)
    name = models.name_of(model) or given.model
    if name is None:
        print("The service model of this AWS CLI is not among the recorded ones: say with --model whose it is.")
        return 2
    cases = list(load())
    new = added(given.new, cases) if given.new else []
    cases += new
    chosen = [case for case in new or cases if not given.kind or case["kind"] in given.kind]
    chosen = sample(chosen, given.share, 1) if given.check else chosen
    chosen = [case for case in chosen if "expect" not in case or not too_new(case, name)]
    recorder = Recorder(model, name, replace=given.replace, show=given.check)
    changed = recorder.record(chosen, Pool(partial(reference, given.aws), workers=given.workers))
    print(f"{changed} of {len(chosen)} cases changed")
    if changed and not given.check:
        for kind in {case["kind"] for case in chosen}:
            write(FOLDER / f"{kind}.jsonl.gz", [case for case in cases if case["kind"] == kind])
    if not given.check:
        models.add(name, model)
    return 1 if changed else 0


class Recorder:
    """Puts what a program does into cases, as the expectation for one service model.

    ``model`` is that of botocore ``name``; ``replace``: for all models; ``show``: print what differs.
    """

    def __init__(self, model: Model, name: str, replace: bool = False, show: bool = False) -> None:
        self._model, self._name = model, name
        self._replace, self._show = replace, show

    def record(self, cases: list[Case], pool: Pool) -> int:
        """Put what the program in ``pool`` does into ``cases``; return how many changed."""
        changed = 0
        pool.submit(cases)
        try:
            for case in cases:
                changed += self.take(case, pool.result(case))
        finally:
            pool.close()
        return changed

    def take(self, case: Case, got: Facts) -> bool:
        """Put ``got`` into ``case`` where it is another than expected; tell whether it was."""
        if "expect" not in case:
            case["expect"] = self._held(case, got)
            return True
        expected = expectation(case, self._model, self._name)
        if isinstance(expected, str):  # the documentation that it quotes is another
            report: str | None = f"{case['id']}: {expected}"
        else:
            report = differences({**case, "expect": expected}, got)
        if report is None:
            return False
        if self._show:
            print(report)
        self._put(case, self._held(case, got))
        return True

    def _held(self, case: Case, got: Facts) -> Facts:
        """``got`` as it is kept: of what quotes documentation a digest, and what it was quoted from."""
        if case["kind"] != QUOTING:
            return got
        return {**conceal(got), "quotes": quoted(case, self._model)}

    def _put(self, case: Case, held: Facts) -> None:
        first = case.get("since") or next(iter(models.recorded()))
        if self._replace or self._name == first:
            case["expect"] = held
        else:
            case.setdefault("later", {})[self._name] = held
        if self._replace:
            case.pop("later", None)


def too_new(case: Case, name: str) -> bool:
    """Whether ``case`` is about something that came after the model of botocore ``name``."""
    return "since" in case and models.numbers(name) < models.numbers(case["since"])


def added(path: Path, known: list[Case]) -> list[Case]:
    """The cases in a file, each with the next id of its kind. Raises ValueError for one without kind or words."""
    count: dict[str, int] = {}
    for case in known:
        count[case["kind"]] = max(count.get(case["kind"], 0), int(case["id"].rpartition("-")[2]))
    found: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if not {"kind", "argv"} <= set(case) or {"id", "expect"} & set(case):
            raise ValueError(f"no input of a case: {line[:200]}")
        count[case["kind"]] = count.get(case["kind"], 0) + 1
        found.append({**case, "id": f"{case['kind']}-{count[case['kind']]:04d}"})
    return found


def model_of(aws: str) -> Model:
    """The service model of the AWS CLI installed at ``aws``. Raises ValueError for one that is no Python program."""
    interpreter = interpreter_of(aws)
    if interpreter is None:
        raise ValueError(f"{aws} names no Python, so its service model cannot be found")
    ask = "import os, awscli.botocore as b; print(os.path.dirname(b.__file__))"
    done = subprocess.run([interpreter, "-c", ask], capture_output=True, text=True, check=True)
    return models.read(models.data_folder(Path(done.stdout.strip())))


def write(path: Path, cases: list[Case]) -> None:
    """Write one kind's cases; neither the time nor the place of writing shows in the bytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        for case in cases:
            file.write((json.dumps(case, sort_keys=True) + "\n").encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
