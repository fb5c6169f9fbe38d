"""Folding, times, appearance, and painting: whatever the text, nothing of it is lost."""

from __future__ import annotations

import io
import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.output import json_form, yaml_form
from awsshadow.output.console_links import console_url
from awsshadow.output.terminal_view import TerminalView
from awsshadow.streams import Streams, visible
from awsshadow.terminal.appearance import appearance, color_choice
from awsshadow.terminal.folding import display_width, fold
from awsshadow.terminal.moving_line import MovingLine
from awsshadow.terminal.pieces import UNDERWAY
from awsshadow.terminal.tables import table
from awsshadow.terminal.times import ago, local, span

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
NAMES = st.text(st.sampled_from("abcXYZ019/:.-_= ,日é"), max_size=60)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
    | st.sampled_from(["it's", 'a "b"', "2026-03-01T12:00:00+00:00", "a: b", "- x", "#", "", " ", "'", '"', "x\ny"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | st.just("a: 'b"), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
CODES = re.compile("\x1b\\[[0-9;]*m")


@given(TEXTS | NAMES, st.integers(1, 50))
def test_folding_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = fold(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(display_width(line) <= max(width, 2) for line in lines)  # a wide character needs two


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 9, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("/usr/lib/python3.11/site-packages/botocore", 20, ["/usr/lib/python3.11/", "site-packages/", "botocore"]),
        ("CreatePresignedDomainUrl", 16, ["CreatePresigned", "DomainUrl"]),
        ("2026-03-01T12:00:00+00:00", 18, ["2026-03-01", "T12:00:00+00:00"]),
        ("arn:aws:iam::123456789012:role/Any", 16, ["arn:aws:iam::", "123456789012:", "role/Any"]),
        ("x" * 9, 4, ["xxxx", "xxxx", "x"]),
        ("日本語", 4, ["日本", "語"]),
    ],
)
def test_folding(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width) == lines


@given(DOCUMENTS, st.integers(1, 30))
def test_painting_adds_codes_and_nothing_else(document: Any, size: int) -> None:
    for form, text in (("json", json_form.render(document)), ("yaml", yaml_form.render(document))):
        shown = visible(text)
        view = TerminalView(colours=True, links=False, times=False, fits=None)
        parts = [shown[at : at + size] for at in range(0, len(shown), size)]
        painted = "".join([view.painted(part, form) for part in parts]) + view.rest(form)
        assert CODES.sub("", painted) == shown


def test_what_has_which_colour() -> None:
    view = TerminalView(colours=True, links=False, times=False, fits=None)
    lines = view.painted('{\n    "Name": "a",\n    "Count": 3,\n    "On": true,\n    "Of": null\n}\n', "json").split(
        "\n"
    )
    key = "\x1b[34;1m{}\x1b[0m: "
    assert lines[1] == "    " + key.format('"Name"') + '\x1b[32m"a"\x1b[0m,'
    assert lines[2] == "    " + key.format('"Count"') + "\x1b[36m3\x1b[0m,"
    assert lines[3] == "    " + key.format('"On"') + "\x1b[33mtrue\x1b[0m,"
    assert lines[4] == "    " + key.format('"Of"') + "\x1b[33mnull\x1b[0m"
    lines = view.painted("A:\n- B: 'x\n    y: z'\n  C: 1\n", "yaml").split("\n")
    assert lines[1] == "- \x1b[34;1mB\x1b[0m: \x1b[32m'x\x1b[0m"
    assert lines[2] == "\x1b[32m    y: z'\x1b[0m"
    assert lines[3] == "  \x1b[34;1mC\x1b[0m: \x1b[36m1\x1b[0m"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (59.9, "59s"), (60, "1m"), (3599, "59m 59s"), (7200, "2h"), (7260, "2h 1m"), (90061, "1d 1h"),
     (86400 * 6 + 60, "6d"), (86400 * 30 + 7200, "30d")],
)  # fmt: skip
def test_spans(seconds: float, text: str) -> None:
    assert span(seconds) == text
    assert ago(1e9 - seconds, 1e9) == (f"{text} ago" if seconds >= 1 else "now")
    assert ago(1e9 + seconds, 1e9) == (f"in {text}" if seconds >= 1 else "now")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
def test_times_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        now = 1772366400.0 + 60  # a minute after noon, UTC
        assert local("2026-03-01T12:00:00+00:00", now) == "2026-03-01 21:00:00 (1m ago)"
        assert local("2026-03-01T12:00:00.5Z", now) == "2026-03-01 21:00:00 (59s ago)"
        assert [local(text, now) for text in ("2026-03-01", "2026-03-01T12:00:00", "x", "9999-12-31T23:59:59Z")][
            :3
        ] == [None] * 3
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("arn", "page"),
    [
        (
            "arn:aws:sagemaker:eu-west-1:1:endpoint/e",
            "eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/endpoints/e",
        ),
        (
            "arn:aws-cn:sagemaker:cn-north-1:1:training-job/j",
            "cn-north-1.console.amazonaws.cn/sagemaker/home?region=cn-north-1#/jobs/j",
        ),
        ("arn:aws:iam::1:role/service-role/R", "console.aws.amazon.com/iam/home#/roles/R"),
        ("arn:aws:sagemaker:eu-west-1:1:domain/d", None),
        ("arn:aws:sagemaker:eu-west-1:1:model", None),
        ("arn:aws-iso:sagemaker:x:1:model/m", None),
        ("arn:aws:s3:::bucket", None),
        ("arn", None),
    ],
)  # fmt: skip
def test_pages_of_the_console(arn: str, page: str | None) -> None:
    assert console_url(arn) == (f"https://{page}" if page else None)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("no such thing")


@pytest.mark.parametrize(
    ("given", "environ", "choice"),
    [
        ("auto", {}, "auto"),
        ("auto", {"NO_COLOR": "1"}, "off"),
        ("auto", {"NO_COLOR": ""}, "auto"),
        ("auto", {"TERM": "dumb"}, "off"),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, "auto"),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "0"}, "off"),
        ("auto", {"TERM": "dumb", "CLICOLOR_FORCE": "1"}, "auto"),
        ("auto", {"CLICOLOR": "0"}, "off"),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, "off"),
        ("on", {"NO_COLOR": "1", "TERM": "dumb"}, "on"),
        ("off", {"FORCE_COLOR": "1"}, "off"),
    ],
)
def test_colour_is_decided_in_one_place(given: str, environ: dict[str, str], choice: str) -> None:
    assert color_choice(given, environ) == choice
    seen = appearance(Streams(None, Terminal(), None), "stdout", environ, given)
    assert seen.is_coloured == (choice != "off")
    assert not appearance(Streams(None, io.StringIO(), None), "stdout", environ, given).is_coloured


@pytest.mark.parametrize(
    ("environ", "links", "progress"),
    [
        ({}, False, "live"),
        ({"WT_SESSION": "x"}, True, "live"),
        ({"TERM_PROGRAM": "vscode"}, True, "live"),
        ({"VTE_VERSION": "7200"}, True, "live"),
        ({"VTE_VERSION": "4600"}, False, "live"),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False, "live"),
        ({"TERM": "dumb", "WT_SESSION": "x"}, False, "plain"),
        ({"AWSSHADOW_PROGRESS": "plain"}, False, "plain"),
        ({"AWSSHADOW_PROGRESS": "OFF"}, False, "off"),
    ],
)
def test_links_and_movement(environ: dict[str, str], links: bool, progress: str) -> None:
    seen = appearance(Streams(None, None, Terminal()), "stderr", environ)
    assert (seen.has_links, seen.progress) == (links, progress)
    assert appearance(Streams(None, None, io.StringIO()), "stderr", environ).progress == "off"


@given(NAMES, st.integers(20, 60))
def test_a_moving_line_fits(text: str, columns: int) -> None:
    look = appearance(Streams(None, None, Terminal()), "stderr", {"NO_COLOR": "1"})
    look.columns = columns
    line = MovingLine(look).drawn([(text, UNDERWAY)], columns)
    assert "\n" not in line
    assert display_width(line) <= columns


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=4), st.integers(40, 120))
def test_a_table_fits(rows: list[tuple[str, str, str]], columns: int) -> None:
    look = appearance(Streams(None, Terminal(), None), "stdout", {"NO_COLOR": "1"})
    look.columns = columns
    text = table(("ONE", "TWO", "THREE"), rows, look)
    assert all(display_width(line) <= columns for line in text.splitlines())
    bare = re.sub(r"\s", "", text)
    for cell in (cell for row in rows for cell in row):
        assert all(character in bare for character in re.sub(r"\s", "", cell))
    assert json.dumps(text).count("\\u001b") == 0
