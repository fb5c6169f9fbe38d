"""What is said of many calls while they are made."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.errors import ServiceError
from awsshadow.fanout import tally as module
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.fanout.tally import Tally
from awsshadow.invocation import Globals
from awsshadow.streams import Streams
from awsshadow.terminal.pieces import plain

if TYPE_CHECKING:
    from awsshadow.call import ConnectedOperation


class Operation:
    """Is throttled at first, so many times."""

    name = "DescribeModel"

    def __init__(self, throttles: int = 0) -> None:
        self.throttles = throttles

    def call(self, parameters: dict[str, str]) -> dict[str, str]:
        if self.throttles:
            self.throttles -= 1
            raise ServiceError("slow down", {"Code": "ThrottlingException"})
        return parameters


@pytest.fixture
def paces(monkeypatch: pytest.MonkeyPatch) -> Paces:
    now = iter([0.0] + [2.0] * 100)
    monkeypatch.setattr(module, "monotonic", lambda: next(now))
    return Paces(Clock(worth=0.0))


def ask(paces: Paces, throttles: int = 0) -> None:
    operation: ConnectedOperation = Operation(throttles)  # type: ignore[assignment]
    paces.call(operation, {})


def said(tally: Tally, columns: int = 77) -> str:
    return plain(tally.saying(columns))


def test_nothing_before_the_first_answer(paces: Paces) -> None:
    tally = Tally("ListModels", paces)
    tally.expect("region", 17)
    assert said(tally) == ""
    ask(paces)
    assert said(tally) == "ListModels: 0 of 17 regions"


def test_how_many_of_how_many(paces: Paces) -> None:
    tally = Tally("ListModels", paces)
    ask(paces, throttles=2)
    tally.expect("item", 1200, more=True)
    for _ in range(1150):
        tally.did("item")
    assert said(tally) == "ListModels: 1,150 of 1,200+ items, 575/s, throttled 2 times"
    assert said(tally, 50) == "1,150 of 1,200+ items, 575/s, throttled 2 times"
    assert said(tally, 40) == "1,150 of 1,200+ items, throttled 2 times"
    assert said(tally, 30) == "1,150 of 1,200+ items"
    tally.expect("item", 3)
    assert said(tally, 30) == "1,150 of 1,203 items"


def test_several_kinds_of_things(paces: Paces) -> None:
    tally = Tally("running", paces)
    ask(paces)
    tally.expect("list", 34)
    tally.expect("resource", 0)
    tally.did("list")
    assert said(tally) == "running: 1 of 34 lists, 0.5/s"
    tally.expect("resource", 2)
    assert said(tally) == "running: 1 of 34 lists, 0 of 2 resources, 0.5/s"
    assert said(tally, 20) == "0 of 2 resources"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stdout", "stderr", "prints_meanwhile", "debug", "shows"),
    [
        (io.StringIO, Terminal, True, False, True),
        (Terminal, Terminal, True, False, False),
        (Terminal, Terminal, False, False, True),
        (Terminal, Terminal, False, True, False),
        (Terminal, io.StringIO, False, False, False),
    ],
)
def test_where_there_is_a_line(
    paces: Paces, stdout: type[io.StringIO], stderr: type[io.StringIO], prints_meanwhile: bool, debug: bool, shows: bool
) -> None:
    options = Globals()
    options.debug = debug
    streams = Streams(None, stdout(), stderr())
    tally = Tally("running", paces).on(streams, Settings(options, {}, ConfigFiles({}, {})), prints_meanwhile)
    assert (tally._line is not None) == shows
