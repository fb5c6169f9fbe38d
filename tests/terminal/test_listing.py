"""A long listing on a terminal: a line while it is read, gone at the end; how to go on after Ctrl-C."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.terminal import progress
from awsshadow.terminal.appearance import PLAIN, Appearance
from awsshadow.terminal.pieces import USUAL
from tests.support.held_service import HeldService
from tests.support.screen import LIMIT, render
from tests.terminal.conftest import WIDTHS

if TYPE_CHECKING:
    from awsshadow.terminal.pieces import Piece
    from tests.terminal.conftest import OnTerminal, SameScreen

PAGES = 6
LIST = ("sagemaker", "list-models", "--region", "us-east-1", "--no-sign-request")


def listing(_: str, given: dict[str, Any], number: int) -> tuple[int, object]:
    """Pages of two models; the third request is told to slow down."""
    if number == 3:
        return 400, {"__type": "ThrottlingException", "message": "Rate exceeded"}
    page = int(given.get("NextToken", "0"))
    models = [{"ModelName": f"m-{page}-{n}", "ModelArn": "arn", "CreationTime": 1.0} for n in range(2)]
    return 200, {"Models": models, **({"NextToken": str(page + 1)} if page + 1 < PAGES else {})}


@pytest.fixture
def slow() -> Iterator[HeldService]:
    service = HeldService(listing)
    yield service
    service.close()


def names(text: str) -> int:
    return len(re.findall(r"m-\d-\d", text))


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("program", ["aws", "awsshadow"])
def test_a_line_moves_and_is_gone_at_the_end(
    on_terminal: OnTerminal, slow: HeldService, program: str, columns: int
) -> None:
    when = slow.until_seen({2: b"ListModels: 1 page, 2 items", 4: b"throttled 1 time"})
    shown = on_terminal(*LIST, "--endpoint-url", slow.url, columns=columns, piped=True, program=program, when=when)
    assert shown.code == 0
    assert names(shown.stdout.decode()) == 2 * PAGES
    assert b"\x1b" not in shown.stdout
    assert re.search(rb"2 pages, 4 items, (\d+/s, )?throttled 1 time", shown.raw)
    assert "…" not in shown.raw.decode()
    assert shown.screen() == ""
    for end in range(0, len(shown.raw), 7):  # at no time is it more than one line
        assert render(shown.raw[:end], columns, 10).count("\n") <= 1
    assert b"\x1b[?25l" not in shown.raw, "a program that is killed cannot bring the cursor back"


def test_the_result_is_whole_where_both_go_to_the_terminal(on_terminal: OnTerminal, slow: HeldService) -> None:
    both = on_terminal(*LIST, "--endpoint-url", slow.url, when=slow.until_seen({2: b"ListModels: "}))
    assert b"ListModels: " in both.raw
    assert json.loads(both.screen())["Models"][11]["ModelName"] == "m-5-1"


@pytest.mark.parametrize("format", ["text", "yaml-stream"])
def test_what_is_written_page_by_page_has_no_line_between(
    on_terminal: OnTerminal, slow: HeldService, format: str
) -> None:
    slow.later(2, 2 * progress.PATIENCE)
    shown = on_terminal(*LIST, "--endpoint-url", slow.url, "--output", format)
    assert b"ListModels: " not in shown.raw
    assert names(shown.screen()) == 2 * PAGES


@pytest.mark.parametrize(
    ("asked", "seen"), [("off", ""), ("plain", "ListModels: 1 page, 2 items")]
)  # fmt: skip
def test_plain_lines_and_none(on_terminal: OnTerminal, slow: HeldService, asked: str, seen: str) -> None:
    when = slow.until_seen({2: seen.encode()}) if seen else None
    if when is None:
        slow.later(2, 2 * progress.PATIENCE)
    shown = on_terminal(*LIST, "--endpoint-url", slow.url, piped=True, AWSSHADOW_PROGRESS=asked, when=when)
    assert b"\x1b" not in shown.raw
    assert shown.screen().startswith(seen)
    assert bool(seen) == bool(shown.raw)


def test_a_short_listing_says_nothing(on_terminal: OnTerminal, slow: HeldService) -> None:
    shown = on_terminal(*LIST, "--endpoint-url", slow.url, "--max-items", "2", piped=True)
    assert (shown.code, shown.raw) == (0, b"")


@pytest.mark.parametrize("program", ["aws", "awsshadow"])
def test_ctrl_c_says_how_to_go_on(
    on_terminal: OnTerminal, slow: HeldService, same_screen: SameScreen, program: str
) -> None:
    held = slow.hold(3)
    sent: list[int] = []

    def interrupt(raw: bytes, running: subprocess.Popen[bytes]) -> None:
        if b"2 pages" in raw and not sent:
            sent.append(signal.SIGINT)
            running.send_signal(signal.SIGINT)

    shown = on_terminal(*LIST, "--endpoint-url", slow.url, program=program, piped=True, when=interrupt)
    assert shown.code == 130
    assert shown.stdout == b"\n"
    same_screen("interrupted-80", shown.screen())
    token = shown.screen().split()[-1]
    held.set()
    rest = on_terminal(*LIST, "--endpoint-url", slow.url, "--starting-token", token, piped=True)
    assert names(rest.stdout.decode()) == 2 * (PAGES - 2)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_over_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a request is signed somebody may be asked for a code, at the same terminal."""
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    said: list[Piece] = []
    asked, written = threading.Event(), threading.Event()

    class Stderr(Terminal):
        def flush(self) -> None:
            written.set()

    def saying(_: int) -> list[Piece]:
        asked.set()
        return said

    stderr = Stderr()
    with progress.Progress(saying, stderr, Appearance(True, False, 80, progress=PLAIN)):
        assert asked.wait(LIMIT)
        assert stderr.getvalue() == ""
        said.append(("ListModels: 1 page", USUAL))
        assert written.wait(LIMIT)
    assert stderr.getvalue() == "ListModels: 1 page\n"
