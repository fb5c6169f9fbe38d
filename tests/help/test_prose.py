"""The HTML of documentation strings, well formed and not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.help.blocks import Block, Bullets, Entry, Literal, Note, Paragraph
from awsshadow.help.prose import blocks
from tests.help.outline import letters

if TYPE_CHECKING:
    from awsshadow.help.blocks import Span


def shape(found: list[Block]) -> list[Any]:
    """Blocks as nested tuples: what was read, in a form that can be compared."""
    out: list[Any] = []
    for block in found:
        if isinstance(block, Paragraph):
            out.append(list(block.spans))
        elif isinstance(block, Bullets):
            out.append(("ol" if block.ordered else "ul", [shape(item) for item in block.items]))
        elif isinstance(block, Note):
            out.append((block.label, shape(block.children)))
        elif isinstance(block, Entry):
            out.append(("dl", list(block.term), shape(block.children)))
        elif isinstance(block, Literal):
            out.append(("pre", block.text))
    return out


def text(words: str) -> list[Span]:
    return [(0, words, "")]


URL = "https://example.com/a?b=1&c=2"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("no tag at all", [text("no tag at all")]),
        ("<p>one</p><p>two</p>", [text("one"), text("two")]),
        ("<p>  many \n spaces\there </p>", [text("many spaces here")]),
        ("<p>a <code> B </code>, c</p>", [[(0, "a ", ""), (1, "B", ""), (0, " , c", "")]]),
        ("<p><code>A</code>.</p>", [[(1, "A", ""), (0, ".", "")]]),
        ("<p><code>A</code> <code>B</code></p>", [[(1, "A", ""), (0, " ", ""), (1, "B", "")]]),
        ("<p><b>bold</b> and <i>italic</i></p>", [[(2, "bold", ""), (0, " and ", ""), (4, "italic", "")]]),
        ("<p><i><code>both</code></i></p>", [[(5, "both", "")]]),
        ('<p>a <a href="https://example.com/a?b=1&amp;c=2">b</a>.</p>', [[(0, "a ", ""), (0, "b", URL), (0, ".", "")]]),
        ("<p><a href='x'>one</a> <a>none</a></p>", [[(0, "one", "x"), (0, " none", "")]]),
        ('<a href="u"><code>X</code> y</a>', [[(1, "X", "u"), (0, " ", ""), (0, "y", "u")]]),
        ("<p>1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#39;&#x41;</p>", [text("1 < 2 && 3 > 2 \"'A")]),
        ("<p>&unknown; &amp; & &#0; &#xd800;</p>", [text("&unknown; & & &#0; &#xd800;")]),
        ("<p>if a<b or a <= b</p>", [text("if a<b or a <= b")]),
        ("<ul> <li> <p>one</p> </li> <li>two</li> </ul>", [("ul", [[text("one")], [text("two")]])]),
        ("<ol><li>one</li></ol>", [("ol", [[text("one")]])]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", [("ul", [[text("a"), ("ul", [[text("b")]])]])]),
        ("<ul><li>a<li>b</ul>c", [("ul", [[text("a")], [text("b")]]), text("c")]),
        ("<li>alone</li>", [("ul", [[text("alone")]])]),
        ("<ul>stray<li>a</li></ul>", [("ul", [[text("stray")], [text("a")]])]),
        ("<ul></ul><note> </note><dl></dl>", []),
        ("<note><p>mind</p></note>", [("Note", [text("mind")])]),
        ("<important>mind</important>", [("Warning", [text("mind")])]),
        ("<danger>mind</danger>", [("Danger", [text("mind")])]),
        ("<ul><li><p>a</p><note>b</note></li></ul>", [("ul", [[text("a"), ("Note", [text("b")])]])]),
        ("<ul><note>b</note></ul>", [("ul", [[("Note", [text("b")])]])]),
        ("<dl><dt>t</dt><dd>d</dd><dd>e</dd></dl>", [("dl", text("t"), [text("d"), text("e")])]),
        ("<dl><dt><p>t</p></dt><dd><p>d</p></dd></dl>", [("dl", text("t"), [text("d")])]),
        ("<dl><dt>t<dd>d<dt>u</dl>", [("dl", text("t"), [text("d")]), ("dl", text("u"), [])]),
        ("<dl><dd>d</dd></dl>", [text("d")]),
        ("<dt>t</dt><dd>d</dd>", [("dl", text("t"), [text("d")])]),
        ("<pre>  a\n   b\n</pre>", [("pre", "  a\n   b")]),
        ("<examples>gone <p>too</p></examples>kept", [text("kept")]),
        ("<fullname>gone</fullname><p>kept</p>", [text("kept")]),
        ("<p>x<p/>y<br>z</p>", [text("x"), text("y"), text("z")]),
        ("<span class='a'>in</span>line<unknown/>", [text("inline")]),
        ("</p></ul></b>text</note>", [text("text")]),
        ("<p>a<!-- b -->c</p>", [text("ac")]),
        ("<p>open <b>never closed", [[(0, "open ", ""), (2, "never closed", "")]]),
    ],
)  # fmt: skip
def test_documentation_is_read(html: str, expected: object) -> None:
    assert shape(blocks(html)) == expected


def test_a_space_goes_out_of_the_mark() -> None:
    assert shape(blocks("<p>a<code> B</code>c</p>")) == [[(0, "a ", ""), (1, "B", ""), (0, "c", "")]]


def test_endless_nesting_is_flattened() -> None:
    found = blocks("<ul><li>" * 5000 + "deep")
    assert "".join(letters(found)) == "deep"


TAGS = ["p", "ul", "ol", "li", "code", "b", "i", "a", "note", "important", "dl", "dt", "dd", "pre", "br", "x"]
MARKS = st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<p/>", '<a href="u">'])


@given(st.lists(MARKS | st.text(alphabet="abc\u2014 \n", max_size=6), max_size=40))
def test_with_any_tags_in_any_order_no_letter_is_lost(pieces: list[str]) -> None:
    found = "".join(letters(blocks("".join(pieces))))
    words = "".join(piece for piece in pieces if not piece.startswith("<"))
    assert Counter("".join(found.split())) == Counter("".join(words.split()))


@given(st.lists(MARKS | st.text(alphabet="<>&;#x1abc/'= \n", max_size=6), max_size=40))
def test_anything_is_read(pieces: list[str]) -> None:
    blocks("".join(pieces))


@given(st.text())
def test_any_text_is_read(words: str) -> None:
    blocks(words)


@given(st.text(alphabet="abcdef ", min_size=1), st.sampled_from(["p", "code", "b", "i", "li", "note", "dd", "dt"]))
def test_text_inside_any_tag_survives(words: str, tag: str) -> None:
    assert "".join(letters(blocks(f"<{tag}>{words}</{tag}>"))) == " ".join(words.split())
