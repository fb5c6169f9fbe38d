"""Options and fixtures that every part's tests may use."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.docs import behaviour
from tests.support import models
from tests.support.endpoint import Endpoint
from tests.support.program import ROOT, Program, awsshadow
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

# The same examples every time, and no clock: what is new is looked for by the fuzz targets.
settings.register_profile("awsshadow", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("awsshadow")


def pytest_configure() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, ``nohup`` the end of the terminal, and all that is
    started by that: tests send both."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what says something of another service model than the installed one: ``model("1.44.5", since="...")``."""
    for mark in item.iter_markers("model"):
        reason = models.why_not(mark.args, mark.kwargs.get("since"))
        if reason is not None:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure says which rules of the reference it is about: a new model changes what follows from them."""
    report = yield
    rules = rules_at_stake(item) if report.failed else []
    if rules:
        known = ", ".join(models.recorded())
        head = f"installed: the model of botocore {models.installed_name()}; recorded: {known}"
        report.sections.append(("rules of docs/reference-behaviour", "\n".join([head, *rules])))
    return report


def rules_at_stake(item: pytest.Item) -> list[str]:
    """Number and title of the rules that a test shows; none for what is no matter of the reference."""
    if not isinstance(item, pytest.Function):
        return []
    case = getattr(item, "callspec", None) and item.callspec.params.get("case")
    if isinstance(case, dict) and "expect" in case:
        return behaviour.rules_of_case(case["id"], case["kind"])
    path = item.path.relative_to(ROOT).as_posix() if item.path.is_relative_to(ROOT) else ""
    return behaviour.rules_of_test(path, item.obj.__doc__)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("awsshadow")
    group.addoption("--quick", action="store_true", help="replay a sample of the recorded cases, the same every time")
    group.addoption("--screens", action="store_true", help="write the screens of tests/terminal instead of comparing")
    group.addoption("--case-workers", type=int, default=None, help="processes that replay cases (default: all cores)")
    group.addoption("--commands", type=int, default=200, help="commands to compare with the reference (default: 200)")
    group.addoption("--seed", type=int, default=0, help="seed of the commands compared with the reference (default: 0)")


@pytest.fixture(scope="session")
def slices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for compiled slices that all commands of a test session share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Endpoint]:
    """A scripted HTTP endpoint; each test gives it its own replies."""
    served = Endpoint()
    yield served
    served.close()


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The checkout as a program, loaded once and forked for each command."""
    if not hasattr(os, "fork"):
        pytest.skip("processes cannot fork here")
    started = awsshadow()
    yield started
    started.close()


@pytest.fixture
def stage(endpoint: Endpoint, slices: Path) -> Iterator[Stage]:
    """Empty home and working folders and an environment that points at the endpoint."""
    with Stage(endpoint.url, slices) as laid:
        yield laid


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's settings, credentials, sandbox or half-typed line; the working folder is the home and empty."""
    for name in [n for n in os.environ if n.startswith(("AWS", "COMP_"))]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))  # the home of Windows
    monkeypatch.chdir(folder)
    return folder
