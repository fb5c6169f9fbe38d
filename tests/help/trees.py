"""Arbitrary pages for hypothesis, built of what the tree may hold."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from awsshadow.help.blocks import BOLD, CODE, ITALIC, Block, Bullets, Document, Entry, Literal, Note, Paragraph, Section

#: Drawing whole words is many times faster than drawing letters, and it is the page that is tested.
WORD = st.sampled_from(
    [
        *("a", "the", "operation", "x" * 19, "y" * 20, "z" * 45),
        *"-.*'`\\[]()<>&|#_~^\"!",
        "1.",
        "--name",
        "\u2014",
        ".PP",
        "a_b",
    ]
)
WORDS = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
STYLES = st.sampled_from([0, CODE, BOLD, ITALIC, CODE | ITALIC])
URLS = st.sampled_from(["", "", "https://example.com/a_(b)", "javascript:x"])
SPANS = st.lists(st.tuples(STYLES, WORDS, URLS), min_size=1, max_size=4).map(
    lambda spans: [(style, words + " " * (i + 1 < len(spans)), url) for i, (style, words, url) in enumerate(spans)]
)
PARAGRAPHS = SPANS.map(Paragraph)
LITERALS = st.builds(Literal, st.lists(WORDS, min_size=1, max_size=4).map("\n".join), st.sampled_from(["", "Syntax:"]))


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(Bullets, st.lists(several, min_size=1, max_size=3), st.booleans()),
        st.builds(Entry, SPANS, st.lists(inner, max_size=3)),
        st.builds(Note, st.sampled_from(["Note", "Warning"]), several),
    )


BLOCKS = st.recursive(st.one_of(PARAGRAPHS, LITERALS), _containers, max_leaves=12)
SECTIONS = st.builds(Section, st.just("Options"), st.lists(BLOCKS, max_size=4))
DOCUMENTS = st.builds(
    Document, st.just(("sagemaker", "x")), WORD, st.one_of(st.just(""), WORDS), st.lists(SECTIONS, max_size=3)
)

#: Pages are slow to draw on a busy machine, which says nothing about what is tested.
PATIENT = settings(max_examples=40)
