"""``table``: sections, widths, upright rows, colours."""

import json
from pathlib import Path
from typing import Any

import pytest

from awsshadow import output
from awsshadow.errors import AwsShadowError
from awsshadow.output.table_form import draw
from awsshadow.output.table_layout import display_width
from awsshadow.streams import Streams
from tests.output.answers import Pages, Recorder, show

CASES = json.loads((Path(__file__).parent / "golden" / "tables.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case["document"])[:40])
def test_layout(case: dict[str, Any]) -> None:
    assert show("table", case["document"]).split("\n") == case["lines"]


@pytest.mark.parametrize("document", [{}, [], None, "", 0, False])
def test_nothing_is_printed_for_nothing(document: object) -> None:
    assert show("table", document) == ""


def test_a_table_wider_than_the_terminal_turns_single_rows_upright() -> None:
    lines = show("table", {"A": "x" * 40, "B": "y" * 40, "L": [{"k": 1, "v": 2}, {"k": 3, "v": 4}]}).splitlines()
    assert not any("x" in line and "y" in line for line in lines)
    assert any("k" in line and "v" in line for line in lines)


def test_percent_signs_in_upright_headers_are_only_text() -> None:
    lines = show("table", {"a%s": "x" * 60, "%%": "y" * 40, "c": 100}).splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [line[1:6].strip() for line in lines[3:6]] == ["%%", "a%s", "c"]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([[1, 2], [3]], "Row should have 2 elements, instead it has 1"),
        ([{"a": 1}, []], "'list' object has no attribute 'get'"),
        ([{"a": 1}, "b"], "string indices must be integers, not 'str'"),
        ([["x"], [{"a": 1, "b": 2}]], "list index out of range"),
    ],
)
def test_rows_that_do_not_fit(document: object, message: str) -> None:
    with pytest.raises(AwsShadowError, match=message.replace("(", r"\(")):
        show("table", document)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("é", 2), ("日本", 4), ("a\t\n", 3), ("e\u0301", 3), ("ｱ", 1)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_pages_are_merged() -> None:
    pages = Pages([{"Models": [{"N": "a"}]}, {"Models": [{"N": "b"}]}], resume_token="t")
    merged = {"Models": [{"N": "a"}, {"N": "b"}], "NextToken": "t"}
    lines: list[tuple[str, ...]] = []
    draw("ListModels", merged, 80, False, lines.append)
    assert show("table", pages) == "".join("".join(line) for line in lines)


BLUE, RESET = "\x1b[1m\x1b[34m", "\x1b[0m"


@pytest.mark.parametrize(
    ("color", "terminal", "expected"), [("auto", False, 0), ("off", True, 0), ("on", False, 1), ("auto", True, 1)]
)
def test_who_sees_colours(color: str, terminal: bool, expected: int) -> None:
    text = show("table", {"A": "x"}, color=color, stdout=Recorder(terminal))
    assert (BLUE in text) == bool(expected)
    assert text.endswith("\n" + RESET * 2 if expected and terminal else "\n" + RESET if expected else "\n")


def test_every_coloured_write_is_followed_by_a_reset() -> None:
    text = show("table", {"A": "x", "B": [{"C": "y", "D": 1}]}, color="on")
    assert text == (Path(__file__).parent / "golden" / "coloured.table").read_text("utf-8")


@pytest.mark.parametrize(("color", "cells"), [("on", f"|  {BLUE}X{RESET}    |"), ("off", "|  X    |")])
def test_an_error_is_a_table_without_resets(color: str, cells: str) -> None:
    text = "".join(output.error_pieces("table", {"Code": "X", "Message": "m"}, color, Streams(None, None, None)))
    assert text.startswith(
        "---------------------\n|       error       |\n+-------+-----------+\n| Code  |  Message  |\n"
    )
    assert cells in text


def test_lists_in_lists_may_be_as_deep_as_the_stack() -> None:
    value: list[object] = ["x"]
    for _ in range(600):
        value = [value]
    assert show("table", value) == show("table", [[["x"]]])
