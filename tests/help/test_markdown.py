"""Pages as Markdown, with the structure of the public reference page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.help import markdown
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
    code,
    text,
)

if TYPE_CHECKING:
    from awsshadow.help.blocks import Span


def body(*blocks: Block) -> str:
    page = Document(("sagemaker", "x"), "x", "", [Section("Options", list(blocks))])
    return markdown.render(page).split("## Options\n\n", 1)[1]


def para(words: str) -> Paragraph:
    return Paragraph([text(words)])


def test_title_breadcrumb_and_headings() -> None:
    page = Document(
        ("sagemaker", "x"), "x_y*", "", [Section("Description", [para("a")]), Section("Output", [para("b")])]
    )
    assert markdown.render(page, "up") == (
        "# x_y\\*\n\nup\n{ data-search-exclude }\n\n## Description\n\na\n\n## Output\n\nb\n"
    )


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([code("--x"), text(" (string) [required]")], "`--x` (string) [required]"),
        ([(BOLD, "b", ""), text(" "), (ITALIC, "i", "")], "**b** *i*"),
        ([(CODE | ITALIC, "x", "")], "*`x`*"),
        ([(0, "here", "https://x.org/a_(b)")], "[here](https://x.org/a_%28b%29)"),
        ([(0, "here", "http://docs.aws.amazon.com/x")], "[here](https://docs.aws.amazon.com/x)"),
        ([(0, "here", "http://x.org/amazon.com/")], "[here](http://x.org/amazon.com/)"),
        ([(CODE, "m", "command:sagemaker/m")], "[`m`](command:sagemaker/m)"),
        ([(0, "bad", "javascript:alert(1)")], "bad"),
        ([text("a*b_c_ `d` \\ {e}")], "a\\*b_c\\_ \\`d\\` \\\\ \\{e}"),
        ([text("a<b & c")], "a&lt;b &amp; c"),
        ([text("[a](b) [c]: d [e][f]")], "[a]\\(b) [c]\\: d [e]\\[f]"),
        ([text("1. one")], "1\\. one"),
        ([text("1) one")], "1\\) one"),
        ([text("- one")], "\\- one"),
        ([text("# one")], "\\# one"),
        ([text("> one")], "\\> one"),
        ([code("a`b")], "``a`b``"),
        ([code("`")], "`` ` ``"),
    ],
)
def test_inline(spans: list[Span], expected: object) -> None:
    assert markdown.inline(spans) == expected


def test_an_option_and_its_members() -> None:
    inner = Entry([text("Key"), text(" -> (string)")], [para("deep")])
    option = Entry([code("--x"), text(" (structure)")], [para("about"), Entry([text("A")], [para("a"), inner])])
    assert body(option, Literal("A=string", "Shorthand Syntax:"), para("end")) == (
        "`--x` (structure)\n\nabout\n\nA\n\n> a\n>\n> Key -> (string)\n>\n> > deep\n\n"
        "Shorthand Syntax:\n{ data-search-exclude }\n\n``` { data-search-exclude }\nA=string\n```\n\nend\n"
    )


def test_what_has_a_name_is_a_heading_with_the_way_to_it_as_id() -> None:
    inner = Entry([text("Key"), text(" -> (string)")], [para("deep")], "Key")
    element = Entry([text("(structure)")], [inner])
    option = Entry([code("--x"), text(" (list)")], [Entry([text("A"), text(" -> (list)")], [element], "A")], "--x")
    assert body(option) == (
        "### `--x` (list) { #--x data-toc-label='--x' }\n\n"
        "#### A -> (list) { #--x.A data-toc-label='A' }\n\n"
        "> (structure)\n>\n> > ###### Key -> (string) { #--x.A.Key data-toc-label='Key' }\n> >\n> > > deep\n"
    )


def test_members_of_an_answer_begin_with_its_section() -> None:
    page = Document(("sagemaker", "x"), "x", "", [Section("Output", [Entry([text("Arn")], [para("a")], "Arn")])])
    assert "### Arn { #output.Arn data-toc-label='Arn' }\n" in markdown.render(page)


def test_what_every_page_has_is_no_heading_and_common_options_are_not_searched() -> None:
    option = Entry([code("--x")], [para("a")], "--x")
    page = Document(("sagemaker", "x"), "x", "", [Section("Options", [option]), Section("Global", [option])])
    assert markdown.render(page, everywhere=["Global"], common=["--x"]).split("\n\n", 1)[1] == (
        "## Options\n\n### `--x` { #--x data-toc-label='--x' data-search-exclude }\n\na\n\n"
        "## Global { data-search-exclude }\n\n`--x`\n\na\n"
    )


def test_lists() -> None:
    assert body(Bullets([[para("a")], [para("b")]])) == "- a\n- b\n"
    assert body(Bullets([[para("a"), para("c")], [para("b")]], True)) == "1.  a\n\n    c\n\n2.  b\n"
    nested = Bullets([[para("a"), Bullets([[para("b")]])]])
    assert body(nested) == "-   a\n\n    - b\n"


def test_notes_are_quoted() -> None:
    assert body(Note("Warning", [para("mind")])) == "> **Warning**\n>\n> mind\n"


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    assert body(Literal("```\nx")) == "````\n```\nx\n````\n"
