"""``table``: sections, widths, upright rows, colours."""

from typing import Any

import pytest

from awsshadow import output
from awsshadow.errors import AwsShadowError
from awsshadow.output.table_layout import display_width
from awsshadow.streams import Streams
from tests.output.answers import Pages, Recorder, show


def drawn(*lines: str) -> str:
    return "".join(line + "\n" for line in lines)


TITLE_ONLY = drawn("---------------", "|DescribeModel|")
CASES = [
    ("anything", TITLE_ONLY + "+-------------+\n"),
    ([[]], TITLE_ONLY),
    ([{}], TITLE_ONLY),
    ([{"x": []}], TITLE_ONLY),
    ({"Models": []}, TITLE_ONLY + "+-------------+\n"),
    ([None], TITLE_ONLY + drawn("+-------------+", "|  None       |", "+-------------+")),
    (
        [[1, 2], [3, 4]],
        TITLE_ONLY + drawn("+------+------+", "|  1   |  2   |", "|  3   |  4   |", "+------+------+"),
    ),
    (
        [{"a": 1}, {"b": "é"}],
        TITLE_ONLY + drawn("+------+------+", "|  a   |  b   |", "+------+------+",
                           "|  1   |      |", "|      |  é  |", "+------+------+"),
    ),
    (
        {"A": 1, "B": {"x": "y", "L": [{"k": 1, "m": [2]}, {"k": 3}]}},
        drawn("-----------------", "| DescribeModel |", "+-------+-------+", "|  A    |  1    |", "+-------+-------+",
              "||      B      ||", "|+------+------+|", "||  x   |  y   ||", "|+------+------+|",
              "|||     L     |||", "||+-----------+||", "|||     k     |||", "||+-----------+||",
              "|||  1        |||", "||+-----------+||", "||||    m    ||||", "|||+---------+|||",
              "||||  2      ||||", "|||+---------+|||", "|||     L     |||", "||+-----------+||",
              "|||     k     |||", "||+-----------+||", "|||  3        |||", "||+-----------+||"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), CASES)
def test_layout(document: Any, expected: str) -> None:
    assert show("table", document) == expected


@pytest.mark.parametrize("document", [{}, [], None, "", 0, False])
def test_nothing_is_printed_for_nothing(document: Any) -> None:
    assert show("table", document) == ""


def test_a_table_wider_than_the_terminal_turns_single_rows_upright() -> None:
    text = show("table", {"A": "x" * 40, "B": "y" * 40, "L": [{"k": 1, "v": 2}, {"k": 3, "v": 4}]})
    lines = text.splitlines()
    assert f"|  A               |  {'x' * 40}" in text or any(f"  {'x' * 40}" in line for line in lines)
    assert not any("x" in line and "y" in line for line in lines)
    assert {len(line) for line in lines} == {len(lines[0])}
    assert lines[-4].startswith("||") and "k" not in lines[-3]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([[1, 2], [3]], "Row should have 2 elements, instead it has 1"),
        ([{"a": 1}, "b"], "string indices must be integers, not 'str'"),
        ([["x"], [{"a": 1, "b": 2}]], "list index out of range"),
    ],
)
def test_rows_that_do_not_fit(document: Any, message: str) -> None:
    with pytest.raises((AwsShadowError, TypeError), match=message.replace("(", r"\(")):
        show("table", document)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("é", 2), ("日本", 4), ("a\t\n", 3), ("e\u0301", 3), ("ｱ", 1)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_pages_are_merged() -> None:
    pages = Pages([{"Models": [{"N": "a"}]}, {"Models": [{"N": "b"}]}], resume_token="t")
    assert show("table", pages) == drawn(
        "--------------------", "|    ListModels    |", "+------------+-----+", "|  NextToken |  t  |", "+------------+-----+",
        "||     Models     ||", "|+----------------+|", "||       N        ||", "|+----------------+|",
        "||  a             ||", "||  b             ||", "|+----------------+|",
    )  # fmt: skip


BLUE, DIM, RESET = "\x1b[1m\x1b[34m", "\x1b[2m\x1b[33m", "\x1b[0m"


def coloured(pieces: list[str]) -> str:
    return "".join(piece + RESET for piece in pieces)


@pytest.mark.parametrize(
    ("color", "terminal", "expected"), [("auto", False, 0), ("off", True, 0), ("on", False, 1), ("auto", True, 1)]
)
def test_who_sees_colours(color: str, terminal: bool, expected: int) -> None:
    text = show("table", {"A": "x"}, color=color, stdout=Recorder(terminal))
    assert (BLUE in text) == bool(expected)
    assert text.endswith("\n" + RESET * 2 if expected and terminal else "\n" + RESET if expected else "\n")


def test_every_coloured_write_is_followed_by_a_reset() -> None:
    bar = f"{DIM}|{RESET}"
    text = show("table", {"A": "x", "B": ["y"]}, color="on")
    assert text.startswith(coloured(["-----------------\n", "", "| DescribeModel |", "", "\n"]))
    assert coloured(["", f"|  {BLUE}A{RESET}    |  {BLUE}x{RESET}    |", "", "\n"]) in text
    assert text.endswith(coloured([bar, f"|  {BLUE}y{RESET}          |", bar, "\n", bar, "+-------------+", bar, "\n"]))


@pytest.mark.parametrize(("color", "cells"), [("on", f"|  {BLUE}X{RESET}    |"), ("off", "|  X    |")])
def test_an_error_is_a_table_without_resets(color: str, cells: str) -> None:
    text = output.error_text("table", {"Code": "X", "Message": "m"}, color, Streams(None, None, None))
    assert text.startswith("---------------------\n|       error       |\n+-------+-----------+\n| Code  |  Message  |\n")
    assert cells in text
