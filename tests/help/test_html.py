"""A page as one HTML file."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given

from awsshadow.help import html
from awsshadow.help.blocks import BOLD, CODE, Block, Bullets, Document, Entry, Literal, Note, Paragraph, Section, text
from tests.help.trees import DOCUMENTS, PATIENT

VOID = {"meta", "!doctype"}


class Balance(HTMLParser):
    """Fails on a tag that is closed out of turn; gathers the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(source: str) -> Balance:
    reader = Balance()
    reader.feed(source)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph([text("a<b & c")]), "<p>a&lt;b &amp; c</p>"),
        (Paragraph([(CODE, "x", ""), (BOLD, "y", "")]), "<p><code>x</code><strong>y</strong></p>"),
        (Paragraph([(0, "here", 'https://x.org/"')]), '<p><a href="https://x.org/&quot;">here</a></p>'),
        (Paragraph([(0, "here", "javascript:x")]), "<p>here</p>"),
        (Entry([text("t")], [Paragraph([text("d")])]), "<dl><dt>t</dt><dd><p>d</p>\n</dd></dl>"),
        (Bullets([[Paragraph([text("i")])]], True), "<ol><li><p>i</p>\n</li></ol>"),
        (Note("Note", [Paragraph([text("n")])]), "<aside><strong>Note</strong><p>n</p>\n</aside>"),
        (Literal("<x>", "JSON Syntax:"), "<p>JSON Syntax:</p>\n<pre>&lt;x&gt;</pre>"),
    ],
)
def test_blocks(block: Block, expected: object) -> None:
    page = html.render(Document((), "t", "", [Section("Options", [block])]))
    assert f"<h2>Options</h2>\n{expected}\n" in page
    checked(page)


@PATIENT
@given(DOCUMENTS)
def test_any_page_is_well_formed_and_links_only_to_the_web(document: Document) -> None:
    assert all(link.startswith("https://") for link in checked(html.render(document)).links)
