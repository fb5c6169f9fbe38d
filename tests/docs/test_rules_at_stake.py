"""A failure names the rules of the reference that it is about, found in the pages themselves."""

from __future__ import annotations

import pytest

from tests.conftest import pytest_runtest_makereport, rules_at_stake
from tests.docs.behaviour import rules_of_case, rules_of_test, shown
from tests.support import models


@pytest.mark.parametrize(
    ("id", "kind", "rules"),
    [
        ("paginate-hand-0081", "paginate-hand", ["output 3.1", "output 3.3"]),
        ("paginate-hand-0079", "paginate-hand", ["output 3.3"]),
        ("skeleton-input-0003", "skeleton-input", ["input 1.11", "input 3.1", "input 3.3"]),
        ("none-0001", "none", []),
    ],
)
def test_rules_of_a_recorded_case(id: str, kind: str, rules: list[str]) -> None:
    assert [" ".join(rule.split()[:2]) for rule in rules_of_case(id, kind)] == rules


def test_rules_of_a_test() -> None:
    assert rules_of_test("tests/complete/test_line.py", None) == ["input 6.1 The completer"]
    assert rules_of_test("tests/complete/test_line.py", "Words (behaviour: input 1.6).") == ["input 1.6 The word `--`"]
    assert rules_of_test("tests/none.py", "No rule.") == []


def test_every_section_is_read() -> None:
    assert len(shown()) > 60
    assert {"input 3.3", "output 10"} <= {" ".join(section.name.split()[:2]) for section in shown()}


def test_this_one_is_about_numbers(request: pytest.FixtureRequest) -> None:
    """Here (behaviour: output 5.6) is cited."""
    assert rules_at_stake(request.node) == ["output 5.6 Exit codes"]


def test_a_failure_names_them_and_the_model(request: pytest.FixtureRequest) -> None:
    """Here (behaviour: output 5.6) is cited."""

    def reported(outcome: str) -> pytest.TestReport:
        made = pytest.TestReport("x", ("x", 1, "x"), {}, outcome, None, "call")  # type: ignore[arg-type]
        steps = pytest_runtest_makereport(request.node)
        next(steps)
        with pytest.raises(StopIteration) as ended:
            steps.send(made)
        assert [ended.value.value] == [made]
        return made

    assert reported("passed").sections == []
    ((title, text),) = reported("failed").sections
    assert title == "rules of docs/reference-behaviour"
    assert f"the model of botocore {models.installed_name()}; recorded: 1.44.5, " in text
    assert text.endswith("output 5.6 Exit codes")
