"""What is drawn in a fast way where that is possible is drawn the same in the other way, whatever is drawn."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from awsshadow.errors import AwsShadowError
from awsshadow.output import json_form, table_form, table_layout, yaml_scalar

TEXTS = st.text(max_size=12) | st.text(st.sampled_from("ab 1%sé日\t\n\x1b\x7f\u2028'\":#-"), max_size=90)
KEYS = st.sampled_from(["Name", "Key", "a%s", "%%", "é", "日本", "x" * 30, ""])
SCALARS = st.none() | st.booleans() | st.integers() | st.integers(10**30, 10**40) | st.floats() | TEXTS
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.lists(st.fixed_dictionaries({"Name": SCALARS, "Value": SCALARS}), max_size=5)
    ),
    max_leaves=25,
)


def table(document: Any, terminal: int, coloured: bool) -> str:
    """The text of a table, or the error it ends in."""
    lines: list[tuple[str, ...]] = []
    try:
        table_form.draw("Title", document, terminal, coloured, lines.append)
    except AwsShadowError as error:
        return error.message
    return "".join("".join(line) for line in lines)


@settings(deadline=None, max_examples=300)
@example([{}, [1]], 80, False)
@given(DOCUMENTS, st.sampled_from([20, 80, 200]), st.booleans())
@example({"a%s": "x" * 60, "%%": "y" * 40, "c": 100}, 80, False)
@example([{"Name": "x" * 90, "Value": "%d"}], 80, False)
def test_a_table_that_is_filled_in_is_one_that_is_drawn(document: Any, terminal: int, coloured: bool) -> None:
    filled = table(document, terminal, coloured)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_layout, "_fill_in", lambda *_: False)
        assert filled == table(document, terminal, coloured)


WORDS = [
    "true",
    "Null",
    "~",
    "=",
    "<<",
    "-",
    "a: b",
    "a #b",
    "1",
    "1e3",
    "0x1F",
    ".inf",
    "2024-01-02",
    "2024-01-02T03:04:05Z",
]
NEAR_STAMPS = st.from_regex(
    r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?(Z|[-+][0-9:]*)?x?\Z"
) | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[-+][0-9]{2}:[0-9]{2}\Z")


class Never:
    """A pattern's method that finds nothing."""

    def __call__(self, _: str) -> None:
        return None


@example("_", 0)
@example("__1", 0)
@settings(deadline=None, max_examples=500)
@given(
    TEXTS | st.sampled_from(WORDS) | NEAR_STAMPS | st.text(st.sampled_from("ab/ :-#"), max_size=100), st.integers(0, 90)
)
def test_a_scalar_that_is_plain_at_first_sight_is_plain(text: str, column: int) -> None:
    def both() -> tuple[str, str | None]:
        return yaml_scalar.scalar(text, column, 2), yaml_scalar.simple_key.__wrapped__(text)

    fast = both()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_scalar, "_SIMPLE", Never())
        patch.setattr(yaml_scalar, "_STAMPS", frozenset())
        assert fast == both()


@settings(deadline=None, max_examples=300)
@given(DOCUMENTS)
def test_json_is_what_the_standard_library_writes(document: Any) -> None:
    assert json_form.encode(document) == json.dumps(document, indent=4, ensure_ascii=False)
    assert json_form._before_refusal([document, {"key": object()}, 1]).startswith(
        json.dumps([document], indent=4, ensure_ascii=False)[:-2] + ',\n    {\n        "key": '
    )
