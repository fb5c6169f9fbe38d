"""Requests are judged in the service's own words."""

import json
import re
from typing import Any

import pytest

from awsshadow.model import java_patterns
from awsshadow.model.constraints import java_text
from awsshadow.sandbox.contract.input_validation import check
from awsshadow.sandbox.contract.service_errors import Refusal

NAME = {"type": "string", "max": 5, "min": 1, "pattern": "[a-z]+"}
SHAPES: dict[str, dict[str, Any]] = {
    "Request": {
        "type": "structure",
        "required": ["ThingName"],
        "members": {
            "ThingName": {"shape": "Name"},
            "Count": {"shape": "Count"},
            "Kind": {"shape": "Kind"},
            "Names": {"shape": "Names"},
            "Environment": {"shape": "Environment"},
            "Variants": {"shape": "Variants"},
            "Choice": {"shape": "Choice"},
            "When": {"shape": "When"},
            "Flag": {"shape": "Flag"},
        },
    },
    "Name": NAME,
    "Count": {"type": "integer", "min": 2, "max": 3},
    "Kind": {"type": "string", "enum": ["One", "Two"]},
    "Names": {"type": "list", "member": {"shape": "Name"}, "max": 2},
    "Environment": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Name"}},
    "Variants": {"type": "list", "member": {"shape": "Variant"}},
    "Variant": {"type": "structure", "required": ["ModelName"], "members": {"ModelName": {"shape": "Name"}}},
    "Choice": {"type": "structure", "union": True, "members": {"A": {"shape": "Name"}, "B": {"shape": "Name"}}},
    "When": {"type": "timestamp"},
    "Flag": {"type": "boolean"},
}
ONE = "1 validation error detected: "
ALL_RULES = (
    "[Member must have length less than or equal to 5, Member must have length greater than or equal to 1, "
    "Member must satisfy regular expression pattern: [a-z]+]"
)


def problem(**params: Any) -> Any:
    with pytest.raises(Refusal) as caught:
        check({"ThingName": "good", **params}, "Request", SHAPES)
    return caught.value.code, caught.value.message


SENTENCES = [
    ({"ThingName": None}, "Value null at 'thingName' failed to satisfy constraint: Member must not be null"),
    (
        {"ThingName": ""},
        (
            "2 validation errors detected: "
            "Value '' at 'thingName' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1; "
            "Value '' at 'thingName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-z]+"
        ),
    ),
    (
        {"ThingName": "TOO-LONG"},
        (
            "2 validation errors detected: "
            "Value 'TOO-LONG' at 'thingName' failed to satisfy constraint: "
            "Member must have length less than or equal to 5; "
            "Value 'TOO-LONG' at 'thingName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-z]+"
        ),
    ),
    ({"Count": 9}, "Value '9' at 'count' failed to satisfy constraint: Member must have value less than or equal to 3"),
    (
        {"Count": 1},
        "Value '1' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 2",
    ),
    (
        {"Kind": "Six"},
        "Value 'Six' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [One, Two]",
    ),
    (
        {"Names": ["a", "b", "c"]},
        "Value '[a, b, c]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
    (
        {"Names": ["a", "B"]},
        f"Value '[a, B]' at 'names' failed to satisfy constraint: Member must satisfy constraint: {ALL_RULES}",
    ),
    (
        {"Environment": {"a": "B"}},
        (
            "Value '{a=B}' at 'environment' failed to satisfy constraint: "
            f"Map value must satisfy constraint: {ALL_RULES}"
        ),
    ),
    (
        {"Environment": {"A": "b"}},
        f"Value '{{A=b}}' at 'environment' failed to satisfy constraint: Map key must satisfy constraint: {ALL_RULES}",
    ),
    (
        {"Variants": [{"ModelName": "ok"}, {"ModelName": "NO"}]},
        (
            "Value 'NO' at 'variants.2.member.modelName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-z]+"
        ),
    ),
    (
        {"Variants": [{}]},
        "Value null at 'variants.1.member.modelName' failed to satisfy constraint: Member must not be null",
    ),
    (
        {"Choice": {"A": "a", "B": "b"}},
        "Value at 'choice' failed to satisfy constraint: Member must have exactly one of its members set",
    ),
]


@pytest.mark.parametrize(("params", "sentence"), SENTENCES)
def test_sentences(params: Any, sentence: Any) -> None:
    code, message = problem(**params)
    assert code == "ValidationException"
    assert message == (sentence if "validation errors" in sentence else ONE + sentence)


TYPES = [
    ({"ThingName": 3}, "NUMBER_VALUE can not be converted to a String"),
    ({"Count": "3"}, "STRING_VALUE can not be converted to an Integer"),
    ({"Count": True}, "TRUE_VALUE can not be converted to an Integer"),
    ({"Names": {}}, "Start of structure or map found where not expected."),
    ({"ThingName": ["a"]}, "Start of list found where not expected"),
    ({"When": "yesterday"}, "STRING_VALUE can not be converted to a Timestamp"),
    ({"Count": 2.0}, "NUMBER_VALUE can not be converted to an Integer"),
    ({"Count": 10**30}, "NUMBER_VALUE is out of range"),
    ({"Flag": 1}, "NUMBER_VALUE can not be converted to a Boolean"),
    ({"Variants": [{"ModelName": 1}]}, "NUMBER_VALUE can not be converted to a String"),
]


@pytest.mark.parametrize(("params", "sentence"), TYPES)
def test_wrong_types_are_found_while_reading(params: Any, sentence: Any) -> None:
    assert problem(**params) == ("SerializationException", sentence)


def test_what_is_not_known_is_passed_over() -> None:
    check({"ThingName": "a", "Unknown": {"x": 1}, "Count": 2}, "Request", SHAPES)
    check({"anything": 1}, None, {})


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "true"), ([1, "a"], "[1, a]"), ({"a": [False]}, "{a=[false]}"), (1.5, "1.5")]
)
def test_values_are_shown_as_java_shows_them(value: Any, shown: Any) -> None:
    assert java_text(value) == shown


def test_all_patterns_of_the_model_can_be_read(model: Any) -> None:
    found = {shape["pattern"] for shape in model["shapes"].values() if "pattern" in shape}
    for pattern in found:
        re.compile(java_patterns.TRANSLATED.get(pattern, pattern))
    assert set(java_patterns.TRANSLATED) <= found
    assert len(java_patterns.TRANSLATED) == 9


def test_translated_patterns_mean_what_java_means(model: Any) -> None:
    shapes = model["shapes"]
    assert java_patterns.matches(shapes["TagKey"]["pattern"], "Größe 1_x.:/=+-@")
    assert not java_patterns.matches(shapes["TagKey"]["pattern"], "a#b")
    assert java_patterns.matches(shapes["Catalog"]["pattern"], "data \U0001f600")
    assert not java_patterns.matches(shapes["Catalog"]["pattern"], "line\n")
    assert java_patterns.matches(shapes["EntityDescription"]["pattern"], "Ünïcode — “text”")
    assert java_patterns.matches(shapes["CustomerMetadataKey"]["pattern"], "key")


def test_every_problem_of_a_real_request_is_told(world: Any) -> None:
    code, message = world.refused(
        "CreateEndpointConfig",
        EndpointConfigName="bad name",
        ProductionVariants=[{"VariantName": "v", "ModelName": "no_good", "InstanceType": "ml.none"}],
    )
    assert code == "ValidationException"
    assert message.startswith("3 validation errors detected: ")
    assert "'productionVariants.1.member.modelName'" in message
    assert "Value 'ml.none' at 'productionVariants.1.member.instanceType'" in message
    assert json.dumps(message)
