"""A command line cut at the cursor."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.complete.cursor import cut_line


@pytest.mark.parametrize(
    ("line", "words", "fragment", "begin", "quote"),
    [
        ("", [], "", 0, ""),
        ("aws", [], "aws", 0, ""),
        ("aws ", ["aws"], "", 4, ""),
        ("  aws   sage", ["aws"], "sage", 8, ""),
        ("aws\tsage", ["aws"], "sage", 4, ""),
        ("aws 'a b", ["aws"], "a b", 4, "'"),
        ('aws "a b', ["aws"], "a b", 4, '"'),
        ("aws 'a b'", ["aws"], "a b", 4, ""),
        ("aws 'a b' ", ["aws", "a b"], "", 10, ""),
        ("aws a\\ b", ["aws"], "a b", 4, ""),
        ("aws a\\", ["aws"], "a", 4, ""),
        ("aws '' x", ["aws", ""], "x", 7, ""),
        ("aws '\\' x", ["aws", "\\"], "x", 8, ""),
        ('aws "\\"" x', ["aws", '"'], "x", 9, ""),
        ("aws --name=é", ["aws"], "--name=é", 4, ""),
    ],
)
def test_words_and_the_fragment(line: str, words: list[str], fragment: str, begin: int, quote: str) -> None:
    cut = cut_line(line, len(line))
    assert (cut.words, cut.fragment, cut.begin, cut.quote) == (words, fragment, begin, quote)


@pytest.mark.parametrize(
    ("point", "words", "fragment"),
    [(0, [], ""), (2, [], "aw"), (4, ["aws"], ""), (7, ["aws"], "sag"), (99, ["aws", "sagemaker"], "li"), (-3, [], "")],
)
def test_nothing_behind_the_cursor_counts(point: int, words: list[str], fragment: str) -> None:
    cut = cut_line("aws sagemaker li", point)
    assert (cut.words, cut.fragment) == (words, fragment)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Zs", "Zl", "Zp", "Cc")))))
def test_what_a_shell_quotes_is_read_back(words: list[str]) -> None:
    assert cut_line(shlex.join(words) + " ", 10**6).words == words
