"""The forms in which structured options are typed."""

from __future__ import annotations

from typing import Any

import pytest

from awsshadow.help.syntax import json_form, shorthand, words


def shapes(**more: Any) -> dict[str, Any]:
    return {
        "Text": {"type": "string"},
        "Count": {"type": "integer"},
        "Flag": {"type": "boolean"},
        "When": {"type": "timestamp"},
        "Choice": {"type": "string", "enum": ["A", "B"]},
        "Texts": {"type": "list", "member": {"shape": "Text"}},
        "Choices": {"type": "list", "member": {"shape": "Choice"}},
        "Counts": {"type": "list", "member": {"shape": "Count"}},
        "Pair": struct(Key="Text", Value="Count"),
        "Pairs": {"type": "list", "member": {"shape": "Pair"}},
        "Lists": {"type": "list", "member": {"shape": "Texts"}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "ChoiceMap": {"type": "map", "key": {"shape": "Choice"}, "value": {"shape": "Pair"}},
        "Empty": {"type": "structure", "members": {}},
        "Flat": struct(Flag="Flag", When="When", List="Texts"),
        "Deep1": struct(D="Deep2"),
        "Deep2": struct(D="Deep3"),
        "Deep3": struct(D="Text"),
        "TooDeep": struct(D="Deep1"),
        "Holder": struct(Pairs="Pairs", Map="Map", Inner="Flat"),
        **more,
    }


def struct(**members: str) -> dict[str, Any]:
    return {"type": "structure", "members": {name: {"shape": shape} for name, shape in members.items()}}


@pytest.mark.parametrize(
    ("name", "form"),
    [("Texts", '"string" "string" ...'), ("Choices", '"string" "string" ...'), ("Counts", "integer integer ...")]
    + [(name, None) for name in ("Pairs", "Lists", "Map", "Pair")],
)
def test_lists_of_scalars_are_words(name: str, form: str | None) -> None:
    assert words(shapes(), name) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Pair", "Key=string,Value=integer"),
        ("Pairs", "Key=string,Value=integer ..."),
        ("Flat", "Flag=boolean,When=timestamp,List=string,string"),
        ("Lists", "string,string ..."),
        ("Map", "KeyName1=string,KeyName2=string"),
        (
            "ChoiceMap",
            (
                "KeyName1={Key=string,Value=integer},KeyName2={Key=string,Value=integer}\n\n"
                "Where valid key names are:\n  A\n  B"
            ),
        ),
        (
            "Holder",
            (
                "Pairs=[{Key=string,Value=integer},{Key=string,Value=integer}],Map={KeyName1=string,KeyName2=string},"
                "Inner={Flag=boolean,When=timestamp,List=[string,string]}"
            ),
        ),
        ("Deep1", "D={D={D=string}}"),
        ("TooDeep", None),
        ("Empty", ""),
    ],
)
def test_shorthand(name: str, form: str | None) -> None:
    assert shorthand(shapes(), name) == form


def test_in_a_list_of_structures_the_element_does_not_count_as_a_level() -> None:
    more = {"Deeps": {"type": "list", "member": {"shape": "Deep1"}}}
    assert shorthand(shapes(**more), "Deeps") == "D={D={D=string}} ..."


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Text", '"string"'),
        ("Choice", '"A"|"B"'),
        ("Flag", "true|false"),
        ("When", "timestamp"),
        ("Texts", '["string", ...]'),
        ("Pair", '{\n  "Key": "string",\n  "Value": integer\n}'),
        ("Pairs", '[\n  {\n    "Key": "string",\n    "Value": integer\n  }\n  ...\n]'),
        ("Map", '{"string": "string"\n  ...}'),
        ("ChoiceMap", '{"A"|"B": {\n      "Key": "string",\n      "Value": integer\n    }\n  ...}'),
        ("Empty", "{\n\n}"),
        ("Lists", '[\n  ["string", ...]\n  ...\n]'),
    ],
)
def test_json(name: str, form: str | None) -> None:
    assert json_form(shapes(), name) == form
