"""Results on a terminal: as they are, unless somebody asked for colour, links, times or tables that fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import MODEL, WIDTHS

if TYPE_CHECKING:
    from tests.terminal.conftest import OnTerminal, SameScreen

CODES = re.compile(rb"\x1b\[[0-9;]*m")
LINKS = re.compile(rb"\x1b\]8;;([^\x1b]*)\x1b\\")
DESCRIBE = ("sagemaker", "describe-model", "--model-name", "churn-1")
LIST = ("sagemaker", "list-models")
#: A terminal with links, and all that changes results.
WISHES = {"AWSSHADOW_COLOR": "1", "AWSSHADOW_TIMES": "1", "FORCE_HYPERLINK": "1"}
FORMATS = ("json", "yaml", "yaml-stream", "text", "table")


@pytest.mark.parametrize("format", FORMATS)
def test_colour_adds_codes_and_nothing_else(on_terminal: OnTerminal, box: str, format: str) -> None:
    words = [*LIST, "--output", format]
    plain = on_terminal(*words, columns=400, AWSSHADOW_SANDBOX=box).raw
    coloured = on_terminal(*words, columns=400, AWSSHADOW_SANDBOX=box, AWSSHADOW_COLOR="1").raw
    if format in ("json", "yaml", "yaml-stream"):
        assert b"\x1b" not in plain
        assert CODES.search(coloured)
    assert CODES.sub(b"", coloured) == CODES.sub(b"", plain)


@pytest.mark.parametrize("format", FORMATS)
def test_under_aws_and_in_a_pipe_no_wish_changes_the_text(on_terminal: OnTerminal, box: str, format: str) -> None:
    words = [*LIST, "--output", format]
    seen = set()
    for columns in (40, 200):
        plain = on_terminal(*words, program="aws", columns=columns, AWSSHADOW_SANDBOX=box).raw
        wished = on_terminal(*words, program="aws", columns=columns, AWSSHADOW_SANDBOX=box, settings=WISHES).raw
        assert CODES.sub(b"", wished) == CODES.sub(b"", plain)
        seen.add(on_terminal(*words, columns=columns, piped=True, AWSSHADOW_SANDBOX=box).stdout)
    for more in (WISHES, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
        seen.add(on_terminal(*words, piped=True, AWSSHADOW_SANDBOX=box, settings=more).stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}])
@pytest.mark.parametrize("program", ["aws", "awsshadow"])
def test_what_takes_colour_away(on_terminal: OnTerminal, box: str, program: str, more: dict[str, str]) -> None:
    for words in ([*LIST, "--output", "table"], LIST):
        seen = on_terminal(*words, program=program, AWSSHADOW_SANDBOX=box, AWSSHADOW_COLOR="1", settings=more).raw
        assert not re.search(rb"\x1b\[[0-9;]*[1-9]m", seen)
    table = [*LIST, "--output", "table", "--color", "on"]
    assert CODES.search(on_terminal(*table, program=program, AWSSHADOW_SANDBOX=box, settings=more).raw)


def test_a_dumb_terminal_can_be_told_otherwise(on_terminal: OnTerminal, box: str) -> None:
    more = {"TERM": "dumb", "FORCE_COLOR": "1", "AWSSHADOW_COLOR": "1", "AWSSHADOW_SANDBOX": box}
    assert CODES.search(on_terminal(*LIST, settings=more).raw)
    assert not CODES.search(on_terminal(*LIST, "--color", "off", settings=more).raw)
    assert not CODES.search(on_terminal(*LIST, settings=more, NO_COLOR="1").raw)


@pytest.mark.parametrize("format", FORMATS)
def test_arns_lead_to_the_console(on_terminal: OnTerminal, box: str, format: str) -> None:
    seen = on_terminal(*DESCRIBE, "--output", format, columns=200, AWSSHADOW_SANDBOX=box, settings=WISHES).raw
    found = {url.decode() for url in LINKS.findall(seen)} - {""}
    assert found == {
        "https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/models/churn-1",
        "https://console.aws.amazon.com/iam/home#/roles/Any",
    }
    unlinked = {**WISHES, "FORCE_HYPERLINK": "0"}
    assert not LINKS.search(on_terminal(*DESCRIBE, "--output", format, AWSSHADOW_SANDBOX=box, settings=unlinked).raw)


@pytest.mark.parametrize("format", FORMATS)
def test_times_are_those_of_this_machine(on_terminal: OnTerminal, box: str, format: str) -> None:
    more = {"AWSSHADOW_SANDBOX": box, "AWSSHADOW_TIMES": "1", "TZ": "Asia/Tokyo"}
    seen = on_terminal(*DESCRIBE, "--output", format, "--query", "[CreationTime]", settings=more).screen()
    assert "2026-03-01 21:00:00 (" in seen
    assert " ago)" in seen


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("words", [DESCRIBE, LIST], ids=["describe", "list"])
def test_tables_fit(
    on_terminal: OnTerminal,
    same_screen: SameScreen,
    box: str,
    words: tuple[str, ...],
    columns: int,
) -> None:
    line = [*words, "--output", "table"]
    seen = on_terminal(*line, columns=columns, AWSSHADOW_SANDBOX=box, AWSSHADOW_COLOR="1")
    lines = seen.screen().splitlines()
    assert max(map(len, lines)) <= columns
    assert len(set(map(len, lines))) == 1
    same_screen(f"table-{words[1]}-{columns}", seen.screen())
    assert MODEL[1] in re.sub(r"[\s|]", "", seen.screen()) or words == LIST
