"""Every recorded case of the reference, replayed; the exceptions are those docs/compatibility.md names."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, cast

import pytest

from tests.support.cases import Case, differences, expectation, holding, load, sample
from tests.support.pool import Pool
from tests.support.program import ROOT, awsshadow, click_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a case is a fork of the loaded program")

COMPATIBILITY = ROOT / "docs" / "compatibility.md"

#: With ``--quick``: one case in so many, but at least so many of a kind.
SHARE, LEAST = 40, 4


def exceptions(text: str) -> set[str]:
    """The cases named in the tables of a document: ids in backticks, in lines that are table rows."""
    rows = (line for line in text.splitlines() if line.startswith("|"))
    return {case for row in rows for case in re.findall(r"`([a-z]+(?:-[a-z]+)*-\d{4})`", row)}


EXCEPTIONS = exceptions(COMPATIBILITY.read_text(encoding="utf-8")) if COMPATIBILITY.exists() else set()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = list(load())
        if metafunc.config.getoption("--quick"):
            cases = sample(cases, SHARE, LEAST)
        metafunc.parametrize("case", list(map(parameter, cases)))


def parameter(case: Case) -> object:
    """A case with the expectation for the installed model. An exception must differ, while it is named as one."""
    marks = []
    if case["id"] in EXCEPTIONS:
        marks.append(pytest.mark.xfail(strict=True, reason="named in docs/compatibility.md"))
    expected = expectation(case)
    if isinstance(expected, str):
        marks.append(pytest.mark.skip(reason=expected))
    else:
        case = {**case, "expect": expected}
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.fixture(scope="session")
def pool(request: pytest.FixtureRequest, slices: Path) -> Iterator[Pool]:
    """The workers, set to all chosen cases at once; with pytest-xdist each process replays its own."""
    started = Pool(awsshadow, slices, request.config.getoption("--case-workers"))
    if not hasattr(request.config, "workerinput"):
        items = [item for item in request.session.items if isinstance(item, pytest.Function)]
        params = [item.callspec.params for item in items if item.originalname == "test_case"]
        started.submit(cast("Case", values["case"]) for values in params)
    yield started
    started.close()


def test_case(case: Case, pool: Pool) -> None:
    report = differences(case, pool.result(case))
    if report is not None:
        pytest.fail(report, pytrace=False)


def test_the_click_tree_prints_the_same(slices: Path) -> None:
    """Both doors read a line with the same rows: a sample of the cases, invoked through click."""
    cases = [case for case in sample(holding(load()), SHARE, LEAST) if case["id"] not in EXCEPTIONS]
    pool = Pool(click_tree, slices, None)
    try:
        pool.submit(cases)
        reports = [report for case in cases if (report := differences(case, pool.result(case))) is not None]
    finally:
        pool.close()
    assert len(cases) > 100
    assert reports == []


def test_exceptions_are_cases() -> None:
    assert {case["id"] for case in load()} >= EXCEPTIONS


def test_exceptions_are_read_from_tables() -> None:
    text = "Not `call-0001`.\n\n| case | why |\n|---|---|\n| `cli-input-hand-0002`, `wait-0003` | reason |\n"
    assert exceptions(text) == {"cli-input-hand-0002", "wait-0003"}
