"""``text``: rows, labels, pages and the errors of mixed lists."""

import io

import pytest

from awsshadow.errors import AwsShadowError
from tests.output.answers import Pages, show


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, ""),
        ([], ""),
        (None, "None\n"),
        ("", "\n"),
        ("a\tb\nc", "a\tb\nc\n"),
        ([True, None, 1.0, 1e22, float("nan"), float("inf")], "True\tNone\t1.0\t1e+22\tnan\tinf\n"),
        ({"b": 1, "a": 2, "C": 3}, "3\t2\t1\n"),
        ({"Map": {"x": 1, "Y": 2}, "Empty": {}}, "MAP\t2\t1\n"),
        ({"L": ["a", "b"]}, "L\ta\nL\tb\n"),
        ({"L": [{"b": 1}, {"a": 2}, {}]}, "L\t\t1\nL\t2\t\nL\t\t\n"),
        ([{"a": 1, "m": {"k": 2}}, {"a": {"x": 1}, "m": [3]}], "1\nM\t2\n{'x': 1}\nM\t3\n"),
        ([{"a": [1]}, {"a": []}], "A\t1\n"),
        ([[1, [2]], 3], "3\n1\n2\n"),
        ({"L": [[1], 2]}, "L\t2\nL\t1\n"),
    ],
)  # fmt: skip
def test_rows(document: object, expected: str) -> None:
    assert show("text", document) == expected


@pytest.mark.parametrize(("odd", "name"), [(None, "NoneType"), ("x", "str"), ([1], "list"), (1, "int")])
def test_a_list_of_objects_and_something_else_ends_the_command(odd: object, name: str) -> None:
    stdout = io.StringIO()
    with pytest.raises(AwsShadowError) as caught:
        show("text", {"A": "before", "L": [{"a": 1}, odd]}, stdout=stdout)
    assert caught.value.message == f"'{name}' object has no attribute 'items'"
    assert stdout.getvalue() == "before\n"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (None, "7\nMODELS\ta\nMODELS\tb\nMODELS\tc\nNone\nNEXTTOKEN\ttok\n"),
        ("Models[].Name", "a\tb\nc\nNone\nNone\n"),
        ("length(Models || `[]`)", "2\n1\n0\n0\n"),
    ],
)
def test_pages_are_printed_one_by_one(query: str | None, expected: str) -> None:
    pages = Pages(
        [
            {"Models": [{"Name": "a"}, {"Name": "b"}], "NextToken": "1", "Other": "dropped"},
            {"Models": [{"Name": "c"}], "NextToken": "2"},
            {"NextToken": "3"},
        ],
        non_aggregate={"TotalHits": 7},
        resume_token="tok",
    )
    assert show("text", pages, query) == expected


def test_dotted_result_keys_are_set_where_they_were_found() -> None:
    pages = Pages([{"A": {"B": ["x"]}, "C": ["y"]}, {}], keys=("A.B", "C"))
    assert show("text", pages) == "B\tx\nC\ty\nNone\nA\tNone\n"
