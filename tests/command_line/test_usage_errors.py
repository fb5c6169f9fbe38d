"""Which names are suggested for a misspelt one: those that the standard library finds close, found with less."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from awsshadow.command_line.usage_errors import nearest

WORDS = st.text(st.sampled_from("abcde-"), max_size=8)


@given(WORDS, st.lists(WORDS, max_size=8, unique=True), st.sampled_from([0.6, 0.8]))
def test_words_that_cannot_be_close_are_passed_over(word: str, names: list[str], alike: float) -> None:
    assert nearest(word, names, alike) == get_close_matches(word, names, 3, alike)


def test_a_slip_finds_its_operation() -> None:
    names = ["describe-model", "describe-models", "create-model", "s3"]
    assert nearest("describe-modl", names) == ["describe-model", "describe-models"]
