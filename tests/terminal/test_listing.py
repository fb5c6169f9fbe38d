"""A long listing on a terminal: a line while it is read, gone at the end; how to go on after Ctrl-C."""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from awsshadow.terminal import progress
from awsshadow.terminal.appearance import PLAIN, Appearance
from tests.support.screen import render
from tests.terminal.conftest import WIDTHS

if TYPE_CHECKING:
    from tests.terminal.conftest import OnTerminal, SameScreen

PAGES = 6
LIST = ("sagemaker", "list-models", "--region", "us-east-1", "--no-sign-request")


class Slow(http.server.BaseHTTPRequestHandler):
    """Pages of two models, each after a while; the third request is told to slow down."""

    seconds = 0.3
    asked = 0

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        page = int(given.get("NextToken", "0"))
        type(self).asked += 1
        time.sleep(self.seconds)
        if self.asked == 3:
            self.answer(400, {"__type": "ThrottlingException", "message": "Rate exceeded"})
            return
        models = [{"ModelName": f"m-{page}-{n}", "ModelArn": "arn", "CreationTime": 1.0} for n in range(2)]
        self.answer(200, {"Models": models, **({"NextToken": str(page + 1)} if page + 1 < PAGES else {})})

    def answer(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # a program that was interrupted reads no more
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    class Mine(Slow):
        asked = 0

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def names(text: str) -> int:
    return len(re.findall(r"m-\d-\d", text))


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("program", ["aws", "awsshadow"])
def test_a_line_moves_and_is_gone_at_the_end(on_terminal: OnTerminal, slow: str, program: str, columns: int) -> None:
    shown = on_terminal(*LIST, "--endpoint-url", slow, columns=columns, piped=True, program=program)
    assert shown.code == 0
    assert names(shown.stdout.decode()) == 2 * PAGES
    assert b"\x1b" not in shown.stdout
    assert b"ListModels: 1 page, 2 items" in shown.raw
    assert re.search(rb"pages, \d+ items, (\d/s, )?throttled 1 time", shown.raw)
    assert "…" not in shown.raw.decode()
    assert shown.screen() == ""
    for end in range(0, len(shown.raw), 7):  # at no time is it more than one line
        assert render(shown.raw[:end], columns, 10).count("\n") <= 1
    assert b"\x1b[?25l" not in shown.raw, "a program that is killed cannot bring the cursor back"


def test_the_result_is_whole_where_both_go_to_the_terminal(on_terminal: OnTerminal, slow: str) -> None:
    both = on_terminal(*LIST, "--endpoint-url", slow)
    assert b"ListModels: " in both.raw
    assert json.loads(both.screen())["Models"][11]["ModelName"] == "m-5-1"


@pytest.mark.parametrize("format", ["text", "yaml-stream"])
def test_what_is_written_page_by_page_has_no_line_between(on_terminal: OnTerminal, slow: str, format: str) -> None:
    shown = on_terminal(*LIST, "--endpoint-url", slow, "--output", format)
    assert b"ListModels: " not in shown.raw
    assert names(shown.screen()) == 2 * PAGES


@pytest.mark.parametrize(
    ("asked", "seen"), [("off", ""), ("plain", "ListModels: 1 page, 2 items")]
)  # fmt: skip
def test_plain_lines_and_none(on_terminal: OnTerminal, slow: str, asked: str, seen: str) -> None:
    shown = on_terminal(*LIST, "--endpoint-url", slow, piped=True, AWSSHADOW_PROGRESS=asked)
    assert b"\x1b" not in shown.raw
    assert shown.screen().startswith(seen)
    assert bool(seen) == bool(shown.raw)


def test_a_short_listing_says_nothing(on_terminal: OnTerminal, slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slow, "seconds", 0)
    shown = on_terminal(*LIST, "--endpoint-url", slow, "--max-items", "2", piped=True)
    assert (shown.code, shown.raw) == (0, b"")


@pytest.mark.parametrize("program", ["aws", "awsshadow"])
def test_ctrl_c_says_how_to_go_on(on_terminal: OnTerminal, slow: str, same_screen: SameScreen, program: str) -> None:
    sent: list[int] = []

    def interrupt(raw: bytes, running: subprocess.Popen[bytes]) -> None:
        if b"2 pages" in raw and not sent:
            sent.append(signal.SIGINT)
            running.send_signal(signal.SIGINT)

    shown = on_terminal(*LIST, "--endpoint-url", slow, program=program, piped=True, when=interrupt)
    assert shown.code == 130
    assert shown.stdout == b"\n"
    same_screen("interrupted-80", shown.screen())
    token = shown.screen().split()[-1]
    rest = on_terminal(*LIST, "--endpoint-url", slow, "--starting-token", token, piped=True)
    assert names(rest.stdout.decode()) == 2 * (PAGES - 2)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_over_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a request is signed somebody may be asked for a code, at the same terminal."""
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    said: list[str] = [""]
    stderr = Terminal()
    with progress.Progress(lambda: said[0], stderr, Appearance(True, False, 80, progress=PLAIN)):
        time.sleep(0.2)
        assert stderr.getvalue() == ""
        said[0] = "ListModels: 1 page"
        time.sleep(0.3)
    assert stderr.getvalue() == "ListModels: 1 page\n"
