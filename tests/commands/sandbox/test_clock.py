"""``awsshadow sandbox clock``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ParameterError

if TYPE_CHECKING:
    from tests.commands.sandbox.conftest import Line


def test_the_clock(line: Line) -> None:
    assert line("clock", "show").startswith("instant 20")
    assert line("clock", "set", "frozen:2030-01-01").strip() == "frozen 2030-01-01T00:00:00+00:00"
    assert line("clock", "advance", "7d").strip() == "2030-01-08T00:00:00+00:00"
    assert line("clock", "show").strip() == "frozen 2030-01-08T00:00:00+00:00"
    assert line("clock", "set", "real:60").startswith("real:60 2030-01-08T")


@pytest.mark.parametrize(
    ("words", "message"),
    [(["set", "sundial"], "not a clock: 'sundial'"), (["advance", "soon"], "not a duration: 'soon'")],
)
def test_a_value_that_cannot_be_used(line: Line, words: list[str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        line("clock", *words)
