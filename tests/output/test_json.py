"""``json``: layout, numbers, what prints nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.output import json_form
from tests.output.answers import Pages, show

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, ""),
        ({"A": {}, "B": []}, '{\n    "A": {},\n    "B": []\n}\n'),
        ({"B": 1, "A": [1, []]}, '{\n    "B": 1,\n    "A": [\n        1,\n        []\n    ]\n}\n'),
        ([1.0, 1e22, 1e-7, -0.0, 10**20], "[\n    1.0,\n    1e+22,\n    1e-07,\n    -0.0,\n    1" + "0" * 20 + "\n]\n"),
        ([float("nan"), float("inf"), float("-inf")], "[\n    NaN,\n    Infinity,\n    -Infinity\n]\n"),
        ("é\u2028/\x07\n", '"é\u2028/\\u0007\\n"\n'),
        (None, "null\n"),
        ("", '""\n'),
        (0, "0\n"),
        (False, "false\n"),
        ([], "[]\n"),
    ],
)  # fmt: skip
def test_layout(document: object, expected: str) -> None:
    assert show("json", document) == expected


@given(VALUES)
def test_the_text_is_that_of_the_standard_library(document: object) -> None:
    assert json_form.encode(document) == json.dumps(document, indent=4, ensure_ascii=False)


NAMES = st.text(st.characters() | st.sampled_from('%s"\\\ud800\x00é'), max_size=3)
RECORDS = st.lists(NAMES, min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, VALUES)), min_size=2, max_size=4)
)


@given(st.lists(RECORDS, min_size=1, max_size=3), st.sampled_from([0, 2, 256]))
def test_objects_of_one_kind_are_laid_out_alike(records: list[list[dict[str, Any]]], kept: int) -> None:
    document = {"a": records, "b": [{"%s": records}, records[-1]]}
    expected = json.dumps(document, indent=4, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_form, "_LAYOUTS", {})
        patch.setattr(json_form, "_MOST_LAYOUTS", kept)
        assert json_form.encode(document) == expected
        assert json_form.encode(document) == expected
        assert len(json_form._LAYOUTS) <= kept


def test_the_layout_of_a_map_is_not_kept() -> None:
    json_form.encode({f"name {number}": number for number in range(1000)})
    assert all(len(kind) < 100 for kind in json_form._LAYOUTS)


@given(st.lists(st.lists(VALUES, max_size=3), min_size=1, max_size=4), st.none() | st.text(min_size=1))
def test_pages_make_the_same_text_as_one_document(lists: list[list[Any]], token: str | None) -> None:
    pages = Pages([{"Models": values, "NextToken": "t"} for values in lists], resume_token=token)
    whole = {"Models": [value for values in lists for value in values]} | ({"NextToken": token} if token else {})
    assert show("json", pages) == json.dumps(whole, indent=4, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("document", "character", "expected"),
    [
        ({"A": "xé"}, "é", '"xé"'),
        ({"é": "x"}, "é", '"é"'),
        (["a", "é\\\""], "é", ',\n    "é\\\\\\""'),
        (["é"], "é", '[\n    "é"'),
        ({"A": [["b", ": é"]]}, "é", ',\n            ": é"'),
        ("é", "é", '"é"'),
    ],
)  # fmt: skip
def test_what_the_reference_writes_at_once(document: object, character: str, expected: str) -> None:
    text = json_form.encode(document)
    start, end = json_form.unit(text, text.index(character))
    assert text[start:end] == expected


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_deep_values_are_written_as_deep_as_the_standard_library_writes_them(kind: str) -> None:
    value: Any = "é"
    for _ in range(600):
        value = [value] if kind == "lists" else {"a": value}
    expected = json.dumps(value, indent=4, ensure_ascii=False)
    assert show("json", value) == expected + "\n"
    listed = show("json", Pages([{"Models": [value, 1]}, {"Models": [value]}]))
    assert listed == json.dumps({"Models": [value, 1, value]}, indent=4, ensure_ascii=False) + "\n"
