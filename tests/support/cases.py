"""Recorded cases: reading them, replaying one, and telling how it differs.

``tests/conformance/README.md`` says what a case holds.
"""

from __future__ import annotations

import difflib
import gzip
import hashlib
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import models
from tests.support.facts import Facts, facts
from tests.support.program import Command, Program
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.support.endpoint import Endpoint

Case = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[1] / "conformance" / "cases"
FACETS = ("rc", "stdout", "stderr", "requests")

#: Longest part of one value and most lines of one difference that a report shows.
SHOWN = 1500
LINES = 60


def load(folder: Path = FOLDER) -> Iterator[Case]:
    """All recorded cases, file by file in alphabetical order."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def holding(cases: Iterable[Case]) -> list[Case]:
    """Those that say something of the installed model, each with the expectation for it."""
    held = ((case, expectation(case)) for case in cases)
    return [{**case, "expect": expected} for case, expected in held if not isinstance(expected, str)]


def expectation(case: Case, model: models.Model | None = None, name: str | None = None) -> Facts | str:
    """What ``case`` expects with ``model``, which is that of botocore ``name``, or the reason for which it has no say.

    ``model`` None: the installed one. Expectations of later models stand in ``later``; the newest one counts that is
    not of a model newer than ``name``. One that quotes documentation names what it was quoted from in ``quotes``,
    and holds for the models that say just that.
    """
    if model is None or name is None:
        model, name = models.installed(), models.installed_name()
    version = models.numbers(name)
    since = case.get("since")
    if since and version < models.numbers(since):
        return f"came with botocore {since}; this is the model of {name}"
    found: list[Facts] = [
        case["expect"],
        *(
            expected
            for start, expected in sorted(case.get("later", {}).items(), key=lambda row: models.numbers(row[0]))
            if models.numbers(start) <= version
        ),
    ]
    if "quotes" not in case["expect"]:
        return found[-1]
    said = quoted(case, model)
    same = (expected for expected in found if expected["quotes"] == said)
    return next(same, f"quotes documentation that the model of botocore {name} does not have")


def quoted(case: Case, model: models.Model) -> str | None:
    """A digest of what ``model`` says of the input of the operation that ``case`` asks about; None without it."""
    return model.input_digest(model.commands.get(case["argv"][1], ""))


def sample(cases: list[Case], share: int, least: int) -> list[Case]:
    """Every ``share``-th case, and at least ``least`` of each kind; the same ones every time."""
    kinds: dict[str, list[Case]] = {}
    for case in cases:
        kinds.setdefault(case["kind"], []).append(case)
    chosen: list[Case] = []
    for kind, members in kinds.items():
        count = min(len(members), max(least, len(members) // share))
        chosen += random.Random(kind).sample(members, count)
    return chosen


def replay(case: Case, program: Program, endpoint: Endpoint, cache: Path | None = None) -> Facts:
    """Run a case and return what the program did, in the form of the case's expectation."""
    with Stage(endpoint.url, cache) as stage:
        stage.lay(stage.work, case.get("files", {}))
        stage.lay(stage.home, case.get("home", {}))
        stage.set(case.get("env", {}))
        endpoint.script(case.get("responses", []))
        argv = ["aws", *map(stage.fill, case["argv"])]
        outcome = program.run(Command(argv, stage.environ, stage.work, case.get("stdin")))
        return facts(stage, outcome, endpoint.requests())


def conceal(found: Facts) -> Facts:
    """The same with a digest in place of standard output, for output that quotes documentation."""
    digest = hashlib.sha256(found["stdout"].encode("utf-8", "surrogateescape")).hexdigest()
    return {"stdout_sha256": digest, **{k: v for k, v in found.items() if k != "stdout"}}


def differences(case: Case, got: Facts) -> str | None:
    """A report of how ``got`` differs from what the case expects; None when it does not."""
    expected = case["expect"]
    if "stdout_sha256" in expected:
        got = conceal(got)
    wrong = [facet for facet in (*FACETS, "stdout_sha256") if got.get(facet) != expected.get(facet)]
    if not wrong:
        return None
    lines = [f"{case['id']} differs in {', '.join(wrong)}", "aws " + " ".join(map(json.dumps, case["argv"]))]
    lines += [f"{key}: {json.dumps(case[key])[:SHOWN]}" for key in ("env", "files", "home", "stdin") if case.get(key)]
    for facet in wrong:
        lines += difference(facet, render(expected.get(facet)), render(got.get(facet)))
    return "\n".join(lines)


def difference(facet: str, expected: str, got: str) -> list[str]:
    """The lines in which two texts differ."""
    names = (f"{facet} expected", f"{facet} got")
    lines = list(difflib.unified_diff(expected.splitlines(), got.splitlines(), *names, lineterm="", n=2))
    if not lines:  # the same lines, ended otherwise
        return [f"{facet}: expected {expected[-200:]!r}, got {got[-200:]!r}"]
    return [line[:SHOWN] for line in lines[:LINES]]


def render(value: object) -> str:
    """A fact as text that can be compared line by line."""
    return value if isinstance(value, str) else json.dumps(value, indent=1, sort_keys=True)
