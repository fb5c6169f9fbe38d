from __future__ import annotations

import datetime
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest
from botocore.model import ShapeResolver
from botocore.utils import parse_to_aware_datetime
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.arguments import validate
from awsshadow.arguments.validation import is_timestamp
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.model import load

if TYPE_CHECKING:
    from awsshadow.model.store import Store

SHAPES: dict[str, dict[str, Any]] = {
    "Text": {"type": "string", "min": 2, "max": 3, "pattern": "x+", "enum": ["xx"]},
    "Word": {"type": "string"},
    "Number": {"type": "integer", "min": 1, "max": 2},
    "Long": {"type": "long"},
    "Share": {"type": "float", "min": 0.5},
    "Double": {"type": "double"},
    "Flag": {"type": "boolean"},
    "When": {"type": "timestamp"},
    "Blob": {"type": "blob"},
    "Texts": {"type": "list", "member": {"shape": "Text"}, "min": 1, "max": 1},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Number"}, "min": 1},
    "Choice": {"type": "structure", "union": True, "members": {"A": {"shape": "Word"}, "B": {"shape": "Word"}}},
    "Inner": {"type": "structure", "required": ["Token"], "members": {"Token": {"shape": "Word"}}},
    "Input": {
        "type": "structure",
        "required": ["Name", "Token"],
        "members": {
            "Name": {"shape": "Text"},
            "Number": {"shape": "Number"},
            "Long": {"shape": "Long"},
            "Share": {"shape": "Share"},
            "Double": {"shape": "Double"},
            "Flag": {"shape": "Flag"},
            "When": {"shape": "When"},
            "Blob": {"shape": "Blob"},
            "Texts": {"shape": "Texts"},
            "Map": {"shape": "Map"},
            "Choice": {"shape": "Choice"},
            "Inner": {"shape": "Inner"},
            "Self": {"shape": "Input"},
            "Token": {"shape": "Word", "idempotencyToken": True},
        },
    },
}
NAMES = ", ".join(SHAPES["Input"]["members"])


def report(parameters: object, name: str = "Input", shapes: dict[str, Any] = SHAPES) -> str:
    """The lines of the report; empty for parameters without fault."""
    try:
        validate(parameters, name, shapes)
    except ParameterError as error:
        return error.message.removeprefix("Parameter validation failed:\n")
    return ""


@pytest.mark.parametrize(
    "fine",
    [
        {},
        # neither maxima nor patterns nor enumerations nor the size of a map are checked
        {"Number": 9, "Texts": ["abcd", "efgh"], "Map": {}},
        {"Number": True, "Long": True, "Double": 1, "Share": 0.5, "Flag": False, "Blob": "x"},
        {"Double": float("nan"), "Share": float("inf")},
        {"Texts": ("xx",), "Map": OrderedDict(xx=1), "Choice": {"A": "a"}},
        {"When": "2024-01-02"},
        {"When": 5.5},
        {"When": True},
        {"When": datetime.datetime(2024, 1, 2)},
    ],
)
def test_what_passes(fine: dict[str, Any]) -> None:
    assert report({"Name": "xx", **fine}) == ""


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"Name": ""}, "Invalid length for parameter Name, value: 0, valid min length: 2"),
        ({"Name": 5}, "Invalid type for parameter Name, value: 5, type: <class 'int'>, valid types: <class 'str'>"),
        (
            {"Name": b"x"},
            "Invalid type for parameter Name, value: b'x', type: <class 'bytes'>, valid types: <class 'str'>",
        ),
        (
            {"Name": None},
            "Invalid type for parameter Name, value: None, type: <class 'NoneType'>, valid types: <class 'str'>",
        ),
        ({"Number": 0}, "Invalid value for parameter Number, value: 0, valid min value: 1"),
        ({"Number": False}, "Invalid value for parameter Number, value: False, valid min value: 1"),
        (
            {"Number": 5.0},
            "Invalid type for parameter Number, value: 5.0, type: <class 'float'>, valid types: <class 'int'>",
        ),
        ({"Share": 0.25}, "Invalid value for parameter Share, value: 0.25, valid min value: 0.5"),
        (
            {"Double": "1"},
            (
                "Invalid type for parameter Double, value: 1, type: <class 'str'>, "
                "valid types: <class 'float'>, <class 'decimal.Decimal'>, <class 'int'>"
            ),
        ),
        ({"Flag": 1}, "Invalid type for parameter Flag, value: 1, type: <class 'int'>, valid types: <class 'bool'>"),
        (
            {"When": "abc"},
            (
                "Invalid type for parameter When, value: abc, type: <class 'str'>, "
                "valid types: <class 'datetime.datetime'>, timestamp-string"
            ),
        ),
        (
            {"When": datetime.date(2024, 1, 2)},
            (
                "Invalid type for parameter When, value: 2024-01-02, type: <class 'datetime.date'>, "
                "valid types: <class 'datetime.datetime'>, timestamp-string"
            ),
        ),
        ({"Texts": []}, "Invalid length for parameter Texts, value: 0, valid min length: 1"),
        ({"Texts": ["xx", "x"]}, "Invalid length for parameter Texts[1], value: 1, valid min length: 2"),
        (
            {"Texts": {"a": "b"}},
            (
                "Invalid type for parameter Texts, value: {'a': 'b'}, type: <class 'dict'>, "
                "valid types: <class 'list'>, <class 'tuple'>"
            ),
        ),
        ({"Map": {"xx": 0}}, "Invalid value for parameter Map.xx, value: 0, valid min value: 1"),
        ({"Map": {"x": 1}}, "Invalid length for parameter Map (key: x), value: 1, valid min length: 2"),
        ({"Choice": {}}, "Must set one of the following keys for tagged unionstructure Choice: A. B."),
        (
            {"Choice": {"A": "a", "B": "b"}},
            (
                "Invalid number of parameters set for tagged union structure Choice. "
                "Can only set one of the following keys: A. B."
            ),
        ),
        ({"Choice": {"C": "c"}}, 'Unknown parameter in Choice: "C", must be one of: A, B'),
        ({"Inner": {}}, 'Missing required parameter in Inner: "Token"'),
        ({"bogus": 1}, f'Unknown parameter in input: "bogus", must be one of: {NAMES}'),
        (
            {"Self": {"Name": "xx", "Token": "t", "Self": {"Name": "x", "Token": "t"}}},
            "Invalid length for parameter Self.Self.Name, value: 1, valid min length: 2",
        ),
    ],
)
def test_each_problem_has_its_line(wrong: dict[str, Any], line: str) -> None:
    assert report({"Name": "xx", **wrong}) == line


def test_all_problems_are_reported_in_the_order_of_botocore() -> None:
    assert report({"Map": {"x": 0}, "b": 1, "Choice": 5, "a": 2, "Texts": ["", 5]}).splitlines() == [
        'Missing required parameter in input: "Name"',
        f'Unknown parameter in input: "b", must be one of: {NAMES}',
        f'Unknown parameter in input: "a", must be one of: {NAMES}',
        "Invalid length for parameter Map (key: x), value: 1, valid min length: 2",
        "Invalid value for parameter Map.x, value: 0, valid min value: 1",
        "Invalid type for parameter Choice, value: 5, type: <class 'int'>, valid types: <class 'dict'>",
        "Invalid length for parameter Texts[0], value: 0, valid min length: 2",
        "Invalid type for parameter Texts[1], value: 5, type: <class 'int'>, valid types: <class 'str'>",
    ]


def test_where_a_value_came_from_shows() -> None:
    assert "value: OrderedDict(" in report({"Name": OrderedDict(a=1)})
    assert "type: <class 'collections.OrderedDict'>" in report({"Name": OrderedDict(a=1)})
    assert "value: {'a': 1}, type: <class 'dict'>" in report({"Name": {"a": 1}})


def test_an_operation_without_input_takes_anything() -> None:
    validate({"a": 1}, None, {})


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({1: "a"}, "keywords must be strings"),
        ({"When": "1700000000000", "Name": 5}, 'Unable to calculate correct timezone offset for "1700000000000"'),
        ({"When": float("inf")}, 'Unable to calculate correct timezone offset for "inf"'),
        ({"When": "0001-01-01T00:00:00+05:00"}, "date value out of range"),
    ],
)
def test_what_no_line_can_say(parameters: dict[Any, Any], message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        validate(parameters, "Input", SHAPES)
    assert caught.value.message == message
    assert caught.value.exit_code == 255


TIMESTAMPS: list[Any] = [
    *["1700000000", "1700000000.75", "1e9", " 5 ", "1_000", "-5", "2024", "20240102", "2024-01-02", "Jan 2 2024"],
    *["01/02/2024", "2024-01", "12:30", "Monday", "2024-01-02T03:04:05Z", "20240102T030405Z", "9999-12-31"],
    *["Tue, 02 Jan 2024 03:04:05 GMT", "2024-01-02 03:04:05-0800", "2024-01-02T24:00:00", "2024-W01-1", "2024-001"],
    *["", "abc", "now", "2024-13-01", "10000-01-01", "nan", "99999999999999", "1700000000000", "inf", "-62135596800"],
    *["253402300799", "253402300800", "-62135596801", "0001-01-01", "0001-01-01T00:00:00+05:00", "\ud800"],
    *[5, -5.5, 1e18, 10**20, 99999999999999, float("nan"), float("inf"), True, None, [], {}, b"5", b"x"],
    *[datetime.datetime(1, 1, 1), datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC), datetime.date(2024, 1, 1)],
]


@pytest.mark.parametrize("value", TIMESTAMPS, ids=repr)
def test_timestamps_are_those_of_botocore(value: object) -> None:
    expected: bool | str
    try:
        parse_to_aware_datetime(value)
        expected = True
    except (TypeError, ValueError, AttributeError):
        expected = False
    except Exception as error:
        expected = str(error)
    found: bool | str
    try:
        found = is_timestamp(value)
    except AwsShadowError as error:
        found = error.message
    assert found == expected


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(-2, 2)
    | st.sampled_from(["", "x", "xx", "5", "2024-01-02", b"x"])
)
MEMBERS = st.sampled_from([*SHAPES["Input"]["members"], "A", "B", "xx", "bogus"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=4), max_leaves=15
)


def botocore_report(parameters: object, name: str, shapes: dict[str, Any]) -> str:
    shape = ShapeResolver(shapes).get_shape_by_name(name)
    found: str = ParamValidator().validate(parameters, shape).generate_report()
    return found


@given(st.dictionaries(MEMBERS, VALUES, max_size=6))
def test_botocore_says_the_same(parameters: dict[str, Any]) -> None:
    expected = botocore_report({"Token": "t", **parameters}, "Input", SHAPES)
    # botocore separates the members of a union in one way or another, depending on its version.
    expected = expected.replace("A, B.", "A. B.")
    assert report({"Token": "t", **parameters}) == expected


@pytest.mark.parametrize("command", ["create-training-job", "create-endpoint-config", "search", "create-domain"])
def test_botocore_says_the_same_of_real_operations(store: Store, command: str) -> None:
    slice = load(store, "operations", command)
    assert slice.input_shape is not None
    members = list(slice.shapes[slice.input_shape]["members"])
    values: list[Any] = [None, "", 0, [], {}, [{}], {"": {}}, "abc", [[]], -1]
    for value in values:
        parameters = dict.fromkeys(members, value)
        expected = botocore_report(parameters, slice.input_shape, slice.shapes)
        assert report(parameters, slice.input_shape, slice.shapes) == expected
