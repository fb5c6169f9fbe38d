"""Pages as text: widths, indentation, marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.help import terminal
from awsshadow.help.blocks import (
    BOLD,
    CODE,
    ITALIC,
    Block,
    Bullets,
    Document,
    Entry,
    Literal,
    Note,
    Paragraph,
    Section,
    text,
)
from tests.help.outline import letters
from tests.help.trees import BLOCKS, DOCUMENTS, PATIENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.help.blocks import Span

SGR = re.compile(r"\x1b\[\d+m")
LINK = re.compile(r"\x1b\]8;([^;\x1b]*);([^\x1b]*)\x1b\\")


def page(*blocks: Block, summary: str = "") -> Document:
    return Document(("sagemaker", "x"), "x", summary, [Section("Options", list(blocks))])


def body(*blocks: Block, width: int = 80, ansi: bool = False) -> str:
    return terminal.render(page(*blocks), width, ansi).split("OPTIONS\n" if not ansi else "OPTIONS\x1b[22m\n", 1)[1]


def para(words: str) -> Paragraph:
    return Paragraph([text(words)])


def test_name_and_summary_come_first() -> None:
    assert terminal.render(page(summary="Does it"), 80, False) == "NAME\n    x - Does it\n\nOPTIONS\n"
    assert terminal.render(page(), 80, False).startswith("NAME\n    x\n")


def test_paragraphs_are_filled_and_indented() -> None:
    assert body(para("one two three four five six"), para("end"), width=20) == (
        "  one two three four\n  five six\n\n  end\n"
    )


def test_wide_pages_indent_by_four_and_stop_at_a_readable_width() -> None:
    lines = body(para("word " * 100), width=1000).split("\n")
    assert lines[0].startswith("    word")
    assert max(map(len, lines)) <= 100


def test_a_word_wider_than_the_page_is_broken() -> None:
    assert body(para("a" * 40), width=22) == f"  {'a' * 20}\n  {'a' * 20}\n"


def test_what_is_said_about_a_term_follows_it_without_a_gap() -> None:
    entry = Entry([(CODE, "--name", ""), text(" (string)")], [para("It is."), para("So.")])
    assert body(entry, entry) == (
        "    --name (string)\n        It is.\n\n        So.\n\n    --name (string)\n        It is.\n\n        So.\n"
    )


def test_a_list_under_its_announcement_has_no_gaps() -> None:
    bullets = Bullets([[para("a")], [para("b")]])
    assert body(para("Values:"), bullets) == "    Values:\n    * a\n    * b\n"
    assert body(para("Sentence."), bullets) == "    Sentence.\n\n    * a\n    * b\n"


def test_items_of_several_blocks_are_apart_and_numbers_line_up() -> None:
    bullets = Bullets([[para("a"), para("more")], [para("b")]], ordered=True)
    assert body(bullets) == "    1. a\n\n       more\n\n    2. b\n"
    many = Bullets([[para(str(i))] for i in range(1, 11)], ordered=True).items
    assert body(Bullets(many, True)).endswith("    9.  9\n    10. 10\n")


def test_an_item_may_begin_with_a_note() -> None:
    assert body(Bullets([[Note("Note", [para("mind")])]])) == "    *\n      NOTE:\n          mind\n"


def test_literals_keep_their_lines_whatever_the_width() -> None:
    long = "x" * 200
    assert body(Literal(f"{long}\n  y", "JSON Syntax:")) == f"    JSON Syntax:\n\n        {long}\n          y\n"


def test_bold_and_underlining_stand_around_each_word() -> None:
    spans = [
        (CODE, "Model", ""),
        text(", "),
        (BOLD, "not that", ""),
        text(" "),
        (ITALIC, "x", ""),
        (0, "y", "https://z"),
    ]
    assert body(Paragraph(spans), ansi=True) == (
        "    \x1b[1mModel\x1b[22m, \x1b[1mnot\x1b[22m \x1b[1mthat\x1b[22m \x1b[4mx\x1b[24m\x1b[4my\x1b[24m\n"
    )


def linked(*spans: Span, width: int = 80, ansi: bool = False) -> str:
    text = terminal.render(page(Paragraph(spans)), width, ansi, links=True)
    return text.split("OPTIONS\x1b[22m\n" if ansi else "OPTIONS\n", 1)[1]


def test_links_stand_around_each_word_and_say_which_belong_together() -> None:
    assert linked((0, "the docs", "https://a.org/x?y=z"), text(" and "), (0, "more", "http://b.org/")) == (
        "    \x1b]8;id=1;https://a.org/x?y=z\x1b\\the\x1b]8;;\x1b\\ "
        "\x1b]8;id=1;https://a.org/x?y=z\x1b\\docs\x1b]8;;\x1b\\ "
        "and \x1b]8;id=2;http://b.org/\x1b\\more\x1b]8;;\x1b\\\n"
    )


def test_a_linked_word_is_underlined_where_there_are_styles() -> None:
    assert linked((0, "x", "https://a.org"), ansi=True) == (
        "    \x1b]8;id=1;https://a.org\x1b\\\x1b[4mx\x1b[24m\x1b]8;;\x1b\\\n"
    )


@pytest.mark.parametrize(
    "url",
    [
        "command:sagemaker/x",
        "javascript:alert(1)",
        "https://a.org/\x1b]0;title\x07",
        "https://a.org/ b",
        "https://ä.org",
    ],
)
def test_what_is_no_plain_address_is_no_link(url: str) -> None:
    assert linked((0, "x", url)) == "    x\n"


def test_a_link_goes_on_in_each_piece_of_a_broken_word() -> None:
    lines = linked((0, "a" * 45, "https://a.org"), width=24).splitlines()
    assert [LINK.sub("", line) for line in lines] == ["  " + "a" * 22, "  " + "a" * 22, "  a"]
    assert [LINK.findall(line) for line in lines] == [[("id=1", "https://a.org"), ("", "")]] * 3


@PATIENT
@given(DOCUMENTS, st.integers(20, 100), st.booleans())
def test_links_change_nothing_but_the_links(document: Document, width: int, ansi: bool) -> None:
    shown = terminal.render(document, width, ansi, links=True)
    assert LINK.sub("", shown) == terminal.render(document, width, ansi)
    for line in shown.split("\n"):
        assert [bool(url) for _, url in LINK.findall(line)] == [True, False] * line.count("\x1b]8;;\x1b\\")


def test_the_name_of_an_entry_is_bold_and_a_bare_type_is_not() -> None:
    entries = [Entry([text("Key"), text(" -> (string)")], []), Entry([text("(string)")], [])]
    assert body(*entries, ansi=True) == "    \x1b[1mKey\x1b[22m -> (string)\n\n    (string)\n"


@PATIENT
@given(DOCUMENTS, st.integers(1, 120))
def test_no_line_but_of_literals_is_wider_than_the_page(document: Document, width: int) -> None:
    literal = {line.strip() for s in document.sections for line in literals(s.blocks)}
    limit = max(width, terminal.MIN_WIDTH)
    for line in terminal.render(document, width, False).split("\n"):
        assert len(line) <= limit or line.strip() in literal


def literals(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Literal):
            yield from block.text.split("\n")
        for inner in getattr(block, "items", None) or ([block.children] if hasattr(block, "children") else []):
            yield from literals(inner)


@PATIENT
@given(DOCUMENTS, st.integers(20, 100))
def test_marks_change_nothing_but_the_marks(document: Document, width: int) -> None:
    assert SGR.sub("", terminal.render(document, width, True)) == terminal.render(document, width, False)


@PATIENT
@given(DOCUMENTS, st.integers(20, 100))
def test_each_line_ends_what_it_began(document: Document, width: int) -> None:
    for line in terminal.render(document, width, True).split("\n"):
        assert line.count("\x1b[1m") == line.count("\x1b[22m")
        assert line.count("\x1b[4m") == line.count("\x1b[24m")


@PATIENT
@given(st.lists(BLOCKS, max_size=4), st.integers(20, 100))
def test_no_letter_is_lost(blocks: list[Block], width: int) -> None:
    shown = "".join(terminal.render(page(*blocks), width, False).split())
    for words in letters(blocks):
        assert "".join(words.split()) in shown


@pytest.mark.parametrize("width", [-5, 0, 1, 20, 40])
def test_deep_nesting_leaves_room_for_words(width: int) -> None:
    block: Block = para("some words that need room to be read")
    for _ in range(30):
        block = Entry([text("Name"), text(" -> (structure)")], [block])
    lines = body(block, width=width).split("\n")
    assert max(map(len, lines)) <= max(width, 20)
