"""``awsshadow sandbox coverage``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import UsageError

if TYPE_CHECKING:
    from tests.commands.sandbox.conftest import Line


def test_every_operation_and_how_many_of_each_kind(line: Line) -> None:
    rows = line("coverage").splitlines()
    assert any(row.startswith("CreateModel ") for row in rows)
    assert sum(int(row.split()[0]) for row in rows[rows.index("") + 1 :]) == rows.index("")


def test_only_some(line: Line) -> None:
    rows = line("coverage", "CreateModel", "list-models").splitlines()
    assert [row.split()[0] for row in rows] == ["CreateModel", "ListModels"]


@pytest.mark.parametrize(
    ("words", "sentence", "meant"),
    [
        (["NONSENSE"], "SageMaker has no operation 'NONSENSE'", ""),
        (["CreateModl"], "SageMaker has no operation 'CreateModl'", "  * CreateModel"),
        (["list-models", "list-modls"], "SageMaker has no operation 'list-modls'", "  * list-models"),
    ],
)
def test_an_operation_that_there_is_not(line: Line, words: list[str], sentence: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        line("coverage", *words)
    assert sentence in caught.value.message
    assert ("Maybe you meant:\n\n" + meant in caught.value.message) == bool(meant)
    assert caught.value.exit_code == 252
