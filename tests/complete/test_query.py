"""Member names in half-typed queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.complete import query

if TYPE_CHECKING:
    from awsshadow.complete.query import Shapes
    from tests.complete.conftest import Complete

SHAPES: Shapes = {
    "Root": {"type": "structure", "members": {"Models": {"shape": "Models"}, "Next": {"shape": "Text"}}},
    "Models": {"type": "list", "member": {"shape": "Model"}},
    "Model": {
        "type": "structure",
        "members": {
            "Name": {"shape": "Text"},
            "Made": {"shape": "Time"},
            "Box": {"shape": "Box"},
            "Rows": {"shape": "Rows"},
            "Tags": {"shape": "Tags"},
        },
    },
    "Box": {"type": "structure", "members": {"Image": {"shape": "Text"}, "Mode": {"shape": "Text"}}},
    "Boxes": {"type": "list", "member": {"shape": "Box"}},
    "Rows": {"type": "list", "member": {"shape": "Boxes"}},
    "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Box"}},
    "Text": {"type": "string"},
    "Time": {"type": "timestamp"},
}
MODEL = ["Name", "Made", "Box", "Rows", "Tags"]
BOX = ["Image", "Mode"]


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ("", ["Models", "Next"]),
        ("Models.", []),
        ("Models[].", MODEL),
        ("Models[*].", MODEL),
        ("Models[0].", MODEL),
        ("Models[-1].", MODEL),
        ("Models[1:3].", MODEL),
        ("Models[].Box.", BOX),
        ("Models[0].Box.", BOX),
        ("Models[].Name.", []),
        ("Models[].Nothing.", []),
        ("Models[].Tags.*.", BOX),
        ("Models[].Rows[].", []),
        ("Models[].Rows[][].", BOX),
        ("Models[].Rows[0][0].", BOX),
        ("Models[].Rows[0].", []),
        ("Models[?", MODEL),
        ("Models[?Name=='x' && ", MODEL),
        ("Models[?Name=='x'].", MODEL),
        ("Models[?Box.", BOX),
        ("Models[?contains(", MODEL),
        ("Models[?contains(Name, 'x')].", MODEL),
        ("Models[?!", MODEL),
        ("Models[?Made > `2`].Box.", BOX),
        ("Models[].[", MODEL),
        ("Models[].[Name, ", MODEL),
        ("Models[].[Name, Box.", BOX),
        ("Models[].{n: ", MODEL),
        ("Models[].{n: Name, b: Box.", BOX),
        ('Models[].{"n": ', MODEL),
        ("Models[].{n: {m: ", MODEL),
        ("Models[].{n: Box}.", ["n"]),
        ("Models[].{n: Box}.n.", BOX),
        ("Models[].{n: Box} | [0].n.", BOX),
        ("Models | ", []),
        ("Models | [0].", MODEL),
        ("Models[].Box | [].", BOX),
        ("Models[0] | ", MODEL),
        ("Models[0].Box||", ["Models", "Next"]),
        ("(Models)[0].", MODEL),
        ("(Models[0] || Next).", MODEL),
        ("(Models[0]).", MODEL),
        ("sort_by(", ["Models", "Next"]),
        ("sort_by(Models, &", MODEL),
        ("sort_by(Models, &Box.", BOX),
        ("sort_by(Models, &Made)[].", MODEL),
        ("sort_by(Models, &Made)[-1].Box.", BOX),
        ("reverse(sort_by(Models, &Made))[0].", MODEL),
        ("max_by(Models, &Made).", MODEL),
        ("length(Models).", []),
        ("@.", ["Models", "Next"]),
        ("Models[].@.", MODEL),
        ('"Models"[].', MODEL),
        ("[Models, ", ["Models", "Next"]),
        ("{a: Models}.a[].", MODEL),
        ("Models[].Rows[*][*].", BOX),
        ("Next == '", []),
        ("Next == 'Models[].", []),
        ("Next == `", []),
        ('Next == "', []),
        ("Models[].{", []),
        ("Models[].{n", []),
        ("]", []),
        ("..", []),
        ("Models[].Name ", []),
    ],
)
def test_where_a_name_may_stand(settled: str, expected: list[str]) -> None:
    assert [text for text, _ in query.candidates(settled, SHAPES, "Root")] == [settled + name for name in expected]


def test_the_beginning_of_a_name_narrows_and_types_are_told() -> None:
    assert query.candidates("Models[].M", SHAPES, "Root") == [("Models[].Made", "timestamp")]
    assert query.candidates("M", SHAPES, "Root") == [("Models", "list")]


@given(st.text("ModelsNameBx.[]{}()|&?*!@,:'`\"=<> 0-", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for found, _ in query.candidates(text, SHAPES, "Root"):
        assert found.startswith(text)


def test_a_very_deep_text_is_given_up(complete: Complete) -> None:
    assert complete("aws sagemaker list-models --query " + "(" * 100_000) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("list-models --query ", ["NextToken", "Models"]),
        ("list-models --query Models[].Mod", ["Models[].ModelName", "Models[].ModelArn"]),
        ("list-models --query=Models[0].ModelN", ["--query=Models[0].ModelName"]),
        ("list-models --query 'Models[?ModelName==`x`] | [0].Cre", ["Models[?ModelName==`x`] | [0].CreationTime"]),
        ("describe-endpoint --query EndpointS", ["EndpointStatus"]),
        ("add-association --query ", ["SourceArn", "DestinationArn"]),
        ("delete-endpoint --query ", []),
    ],
)
def test_lines(complete: Complete, line: str, expected: list[str]) -> None:
    found = complete(f"aws sagemaker {line}")
    assert sorted(found) == sorted(expected)
