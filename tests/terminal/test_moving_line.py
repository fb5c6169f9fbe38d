"""The line that moves, and whoever else writes to the terminal meanwhile."""

from __future__ import annotations

import io
import re
import threading
from typing import TYPE_CHECKING

import pytest

from awsshadow.terminal import progress
from awsshadow.terminal.appearance import LIVE, Appearance
from awsshadow.terminal.pieces import BADLY, QUIET, USUAL, WELL, folded, painted, plain, width
from tests.support.screen import LIMIT, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.terminal.pieces import Piece


class Terminal(io.StringIO):
    """A terminal of so many ``columns`` at the moment; ``until`` waits for what is written to it."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.columns = columns
        self.drawn: list[str] = []
        self._more = threading.Condition()

    def write(self, text: str) -> int:
        with self._more:
            self.drawn.append(text)
            self._more.notify_all()
        return super().write(text)

    def until(self, holds: Callable[[list[str]], bool]) -> None:
        with self._more:
            assert self._more.wait_for(lambda: holds(self.drawn), LIMIT), self.drawn

    def draws(self, number: int) -> None:
        """Wait for so many drawings more."""
        begin = len(self.drawn)
        self.until(lambda drawn: len(drawn) >= begin + number)


def saying(columns: int) -> list[Piece]:
    return [("x" * columns, USUAL)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal(80)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "PACE", 0.001)
    monkeypatch.setattr(progress, "columns_of", lambda _: made.columns)
    return made


LOOK = Appearance(True, False, 80, progress=LIVE)


def bare(text: str) -> str:
    return re.sub(r"\x1b\[\??\d*[a-zA-Z]|\r", "", text)


def test_it_is_as_wide_as_the_terminal_is_at_the_time(terminal: Terminal) -> None:
    """The cursor waits at its beginning, so what a narrower terminal makes of it is all below, and goes with it."""
    with progress.Progress(saying, terminal, LOOK):
        terminal.draws(3)
        terminal.columns = 40
        terminal.until(lambda drawn: any(len(bare(one)) == 39 for one in drawn))
    lines = [one for one in terminal.drawn if bare(one)]
    assert {len(bare(one)) for one in lines} == {79, 39}
    assert all(one.startswith("\r\x1b[?7l") and one.endswith("\x1b[?7h\x1b[J\r") for one in lines)
    assert terminal.drawn[-1] == "\r\x1b[J"


@pytest.mark.parametrize("columns", [1, 2, 3, 10])
def test_a_terminal_may_be_tiny(terminal: Terminal, columns: int) -> None:
    terminal.columns = columns
    with progress.Progress(lambda _: [("asking", USUAL)], terminal, LOOK):
        terminal.draws(2)
    assert all(len(bare(one)) <= max(columns - 1, 1) for one in terminal.drawn)


def test_what_is_written_stays_above(terminal: Terminal) -> None:
    with progress.Progress(saying, terminal, LOOK) as line:
        for number in range(20):
            terminal.draws(1)
            line.write(f"line {number}\n")
    assert render(terminal.getvalue().replace("\n", "\r\n").encode(), 80).splitlines() == [
        f"line {number}" for number in range(20)
    ]


def test_a_question_has_the_terminal_for_itself(terminal: Terminal) -> None:
    with progress.Progress(saying, terminal, LOOK) as line:
        terminal.draws(2)
        line.hide()
        before = len(terminal.drawn)
        assert terminal.drawn[-1] == "\r\x1b[J"
        terminal.write("Enter MFA code: ")
        line.unhide()
        terminal.until(lambda drawn: len(drawn) > before + 1)
        assert terminal.drawn[before] == "Enter MFA code: "


def test_in_the_background_nothing_is_written(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Semaphore(0)

    def elsewhere(_: object) -> bool:
        asked.release()
        return False

    monkeypatch.setattr(progress, "_is_in_front", elsewhere)
    with progress.Progress(saying, terminal, LOOK):
        for _ in range(3):
            assert asked.acquire(timeout=LIMIT)
    assert terminal.drawn == []


def test_a_terminal_that_has_gone_is_no_failure(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = threading.Event()

    def write(text: str) -> int:
        gone.set()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(terminal, "write", write)
    with progress.Progress(saying, terminal, LOOK) as line:
        assert gone.wait(LIMIT)
        line.hide()


PIECES: list[Piece] = [
    ("endpoint blue: ", USUAL),
    ("not found", BADLY),
    (" after 4m, see /aws/x", USUAL),
    (" (x)", QUIET),
]


@pytest.mark.parametrize("columns", range(1, 60))
def test_folding_keeps_words_and_tones(columns: int) -> None:
    found = folded(PIECES, columns)
    assert "".join(plain(found).split()) == "".join(plain(PIECES).split())
    assert all(len(line) <= columns for line in plain(found).splitlines())
    told = "".join(text for text, tone in found if tone == BADLY)
    assert "".join(told.split()) == "notfound"


def test_tones_are_codes_where_there_is_colour() -> None:
    assert painted([("a ", USUAL), ("b", WELL)], True) == "a \x1b[32mb\x1b[0m"
    assert painted(PIECES, False) == plain(PIECES)
    assert width([("宽", USUAL)]) == 2
