from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.arguments.coerce import typed
from awsshadow.arguments.values import parameter
from awsshadow.errors import AwsShadowError, ParameterError
from tests.support.interpreter import in_one_wording

if TYPE_CHECKING:
    from tests.arguments.conftest import Resolve

SHAPES: dict[str, dict[str, Any]] = {
    "Text": {"type": "string"},
    "Number": {"type": "integer"},
    "Fraction": {"type": "float"},
    "Flag": {"type": "boolean"},
    "When": {"type": "timestamp"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Numbers": {"type": "list", "member": {"shape": "Number"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Number"}},
    "Pair": {
        "type": "structure",
        "members": {
            "Name": {"shape": "Text"},
            "Count": {"shape": "Number"},
            "Share": {"shape": "Fraction"},
            "On": {"shape": "Flag"},
            "At": {"shape": "When"},
            "Names": {"shape": "Texts"},
            "Counts": {"shape": "Numbers"},
            "Inner": {"shape": "Pair"},
            "Extra": {"shape": "Map"},
            "Pairs": {"shape": "Pairs"},
        },
    },
    "Pairs": {"type": "list", "member": {"shape": "Pair"}},
}


def parsed(value: Any, shape: str) -> Any:
    return parameter("opt", value, shape, SHAPES, {})


@pytest.mark.parametrize(
    ("shape", "value", "expected"),
    [
        ("Text", '{"a": 1}', '{"a": 1}'),
        ("Text", "", ""),
        ("Text", b"bytes", b"bytes"),
        ("When", "abc", "abc"),
        ("Number", " +1_000 ", 1000),
        ("Number", "\u0663", 3),
        ("Number", b"5\n", 5),
        ("Flag", True, True),
        ("Texts", [], []),
        ("Texts", ["a,b", "c"], ["a,b", "c"]),
        ("Texts", [' ["a", 1]'], ["a", 1]),
        ("Texts", ['["a"]', "c"], ['["a"]', "c"]),
        ("Texts", ['{"a":1}'], ['{"a":1}']),
        # the text of a file: JSON or else one element a character
        ("Texts", '["a"]', ["a"]),
        ("Texts", "x\ny", ["x", "\n", "y"]),
        ("Texts", b"ab", [97, 98]),
        ("Numbers", ["1", "2"], [1, 2]),
        ("Pair", "Name=a,Count=2", {"Name": "a", "Count": 2}),
        ("Pair", ' {"Count": "2"}', {"Count": "2"}),
        ("Map", "a=1,b=2", {"a": 1, "b": 2}),
        ("Pairs", [], []),
        ("Pairs", ["Name=a", "Count=2"], [{"Name": "a"}, {"Count": 2}]),
        ("Pairs", ['[{"Name": null}]'], [{"Name": None}]),
        ("Pairs", ['{"Name": "a"}', '{"Name": "b"}'], [{"Name": "a"}, {"Name": "b"}]),
        # one shorthand text for a list comes from a file and stays what it is
        ("Pairs", "Count=1", {"Count": "1"}),
    ],
)
def test_values(shape: str, value: object, expected: object) -> None:
    assert parsed(value, shape) == expected


@pytest.mark.parametrize(
    ("shape", "value", "message"),
    [
        ("Pair", '[{"Name": "a"}]', 'Invalid JSON:\n[{"Name": "a"}]'),
        (
            "Pair",
            "{Name=i}",
            (
                "Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\n"
                "JSON received: {Name=i}"
            ),
        ),
        ("Pair", "5", "Expected: '=', received: 'EOF' for input:\n 5\n ^"),
        ("Pairs", ["Name=c", '{"Name":"a"}'], "Expected: '=', received: '{' for input:\n {\"Name\":\"a\"}\n^"),
        ("Pairs", ['{"Name":"a"}', "Name=c"], "Invalid JSON:\nName=c"),
        ("Pairs", ['[{"Name":"a"}]', "x"], 'Invalid JSON:\n[{"Name":"a"}]'),
        ("Texts", ["[a"], "Invalid JSON: Expecting value: line 1 column 2 (char 1)\nJSON received: [a"),
        ("Numbers", ["1", "x"], "1"),
    ],
)
def test_what_cannot_be_parsed(shape: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parsed(value, shape)
    assert caught.value.message == f"Error parsing parameter '--opt': {message}"


@pytest.mark.parametrize(
    ("shape", "value", "message"),
    [
        ("Number", "1e3", "invalid literal for int() with base 10: '1e3'"),
        ("Number", "", "invalid literal for int() with base 10: ''"),
        ("Texts", " ", "string index out of range"),
        ("Pairs", ['{"Name":"a"}', ""], "string index out of range"),
        ("Pair", b"{}", "'in <string>' requires string as left operand, not int"),
        ("Pair", b"", "a bytes-like object is required, not 'str'"),
        ("Pair", "Count=abc", "invalid literal for int() with base 10: 'abc'"),
        ("Pair", "Share=abc", "could not convert string to float: 'abc'"),
        ("Pair", "Count=[1]", "int() argument must be a string, a bytes-like object or a real number, not 'list'"),
        ("Pair", "Share={a=b}", "float() argument must be a string or a real number, not 'dict'"),
        ("Pair", "On=[true]", "'list' object has no attribute 'lower'"),
        (
            "Pair",
            '{"a":' * 100_000,
            "maximum recursion depth exceeded while decoding a JSON object from a unicode string",
        ),
        ("Pair", "Name=" + "[" * 2000, "maximum recursion depth exceeded"),
    ],
)
def test_what_python_itself_refuses(shape: str, value: object, message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        parsed(value, shape)
    assert (caught.value.exit_code, caught.value.code) == (255, None)
    assert in_one_wording(caught.value.message) == message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"On": "TRUE"}, {"On": True}),
        ({"On": "yes"}, {"On": "yes"}),
        ({"Share": "inf"}, {"Share": float("inf")}),
        ({"At": "5", "Name": "5"}, {"At": "5", "Name": "5"}),
        ({"Unknown": "5"}, {"Unknown": "5"}),
        ({"Names": "a"}, {"Names": ["a"]}),
        ({"Names": ["a", "b"]}, {"Names": ["a", "b"]}),
        ({"Counts": ["1"]}, {"Counts": [1]}),
        # what is wrapped is not converted
        ({"Counts": "1"}, {"Counts": ["1"]}),
        ({"Pairs": {"Count": "1"}}, {"Pairs": [{"Count": "1"}]}),
        ({"Pairs": [{"Count": "1"}]}, {"Pairs": [{"Count": 1}]}),
        ({"Inner": {"Inner": {"Count": "7"}}}, {"Inner": {"Inner": {"Count": 7}}}),
        ({"Extra": {"a": "1"}}, {"Extra": {"a": 1}}),
        # what has the wrong shape is left for validation
        ({"Inner": "x", "Extra": ["x"], "Name": ["a"]}, {"Inner": "x", "Extra": ["x"], "Name": ["a"]}),
    ],
)
def test_shorthand_is_typed_along_the_shapes(value: dict[str, Any], expected: dict[str, Any]) -> None:
    assert typed(value, "Pair", SHAPES) == expected


def test_objects_of_option_json_are_ordered_dicts() -> None:
    value = parsed('{"Inner": {"Name": 1}}', "Pair")
    assert type(value) is OrderedDict
    assert type(value["Inner"]) is OrderedDict
    assert type(parsed("Name=a", "Pair")) is dict


def test_json_is_lenient_as_python_is() -> None:
    value = parsed('{"Count": 1, "Count": NaN, "Name": "\\ud800"}', "Pair")
    assert value["Count"] != value["Count"]
    assert value["Name"] == "\ud800"


def test_parameters_follow_the_argument_table_not_the_command_line(resolved: Resolve) -> None:
    parameters, pages, _ = resolved(
        "update-image-version", {"version-number": "3", "alias": "a", "horovod": False, "image-name": "i"}
    )
    assert list(parameters.items()) == [("ImageName", "i"), ("Alias", "a"), ("Horovod", False), ("Version", 3)]
    assert not pages


def test_the_first_wrong_value_in_table_order_is_reported(resolved: Resolve) -> None:
    with pytest.raises(ParameterError, match="'--sort-by': Unable to load paramfile"):
        resolved("list-models", {"max-results": "abc", "sort-by": "file://nope/nope"})


def test_long_options_arrive_as_numbers(resolved: Resolve) -> None:
    parameters, _, _ = resolved("describe-pipeline", {"pipeline-name": "p"})
    assert parameters == {"PipelineName": "p"}
    parameters, _, _ = resolved("update-pipeline-version", {"pipeline-arn": "p", "pipeline-version-id": 7})
    assert parameters == {"PipelineArn": "p", "PipelineVersionId": 7}
