"""Keys, values and brackets of half-typed shorthand, on a made-up model and on the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.complete import shorthand

if TYPE_CHECKING:
    from awsshadow.complete.shorthand import Shapes
    from tests.complete.conftest import Complete

SHAPES: Shapes = {
    "Items": {"type": "list", "member": {"shape": "Item"}},
    "Item": {
        "type": "structure",
        "required": ["Name"],
        "members": {
            "Name": {"shape": "Text"},
            "Kind": {"shape": "Kind"},
            "On": {"shape": "Flag"},
            "Kinds": {"shape": "Kinds"},
            "Inner": {"shape": "Inner"},
            "Inners": {"shape": "Inners"},
            "Labels": {"shape": "Labels"},
        },
    },
    "Inner": {"type": "structure", "members": {"A": {"shape": "Kind"}, "B": {"shape": "Text"}}},
    "Inners": {"type": "list", "member": {"shape": "Inner"}},
    "Kinds": {"type": "list", "member": {"shape": "Kind"}},
    "Kind": {"type": "string", "enum": ["Big", "Small"]},
    "Labels": {"type": "map", "key": {"shape": "Kind"}, "value": {"shape": "Inner"}},
    "Text": {"type": "string"},
    "Flag": {"type": "boolean"},
}


def offered(fragment: str, shape: str = "Items") -> list[str]:
    return [text for text, _ in shorthand.candidates(fragment, SHAPES, shape)]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", ["Name=", "Kind=", "On=", "Kinds=[", "Inner={", "Inners=[", "Labels={"]),
        ("K", ["Kind=", "Kinds=["]),
        ("Name=x,K", ["Name=x,Kind=", "Name=x,Kinds=["]),
        ("Kind=Big,K", ["Kind=Big,Kinds=["]),
        ("Kind=", ["Kind=Big", "Kind=Small"]),
        ("Kind=B", ["Kind=Big"]),
        ("On=", ["On=true", "On=false"]),
        ("Name=", []),
        ("Name=x", []),
        ("Kinds=", ["Kinds=[", "Kinds=Big", "Kinds=Small"]),
        ("Kinds=[", ["Kinds=[Big", "Kinds=[Small"]),
        ("Kinds=[Big,S", ["Kinds=[Big,Small"]),
        ("Kinds=Big,S", ["Kinds=Big,Small"]),
        ("Kinds=Big,", ["Kinds=Big,Big", "Kinds=Big,Small", *(f"Kinds=Big,{k}" for k in (
            "Name=", "Kind=", "On=", "Inner={", "Inners=[", "Labels={"))]),
        ("Inner=", ["Inner={"]),
        ("Inner={", ["Inner={A=", "Inner={B="]),
        ("Inner={A=", ["Inner={A=Big", "Inner={A=Small"]),
        ("Inner={A=Big,", ["Inner={A=Big,B="]),
        ("Inner={A=Big}", []),
        ("Inner={A=Big},Na", ["Inner={A=Big},Name="]),
        ("Inners=[", ["Inners=[{"]),
        ("Inners=[{A=Big},{", ["Inners=[{A=Big},{A=", "Inners=[{A=Big},{B="]),
        ("Labels={", ["Labels={Big=", "Labels={Small="]),
        ("Labels={Big={A=x},S", ["Labels={Big={A=x},Small="]),
        ("Labels={Big={", ["Labels={Big={A=", "Labels={Big={B="]),
        ("Name='a,K", []),
        ("Name='a,b',Ki", ["Name='a,b',Kind=", "Name='a,b',Kinds=["]),
        ("Name=a[b,Ki", ["Name=a[b,Kind=", "Name=a[b,Kinds=["]),
        ("Nothing={", []),
        ("Nothing=", []),
        ("Name=x}", []),
        ('[{"Name": ', []),
        ('{"Name": ', []),
    ],
)  # fmt: skip
def test_what_continues_a_value(fragment: str, expected: list[str]) -> None:
    assert offered(fragment) == expected


@pytest.mark.parametrize(
    ("shape", "fragment", "expected"),
    [
        ("Kind", "", ["Big", "Small"]),
        ("Kinds", "S", ["Big", "Small"]),
        ("Text", "", []),
        ("Flag", "", ["true", "false"]),
        ("Labels", "B", ["Big="]),
        ("Inner", "A=", ["A=Big", "A=Small"]),
    ],
)
def test_values_of_other_shapes(shape: str, fragment: str, expected: list[str]) -> None:
    assert offered(fragment, shape) == expected


def test_keys_say_their_type_and_whether_they_are_required() -> None:
    found = dict(shorthand.candidates("", SHAPES, "Items"))
    assert found["Name="] == "[string] required"
    assert found["Inner={"] == "[structure]"


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [("", ""), ("A=x", ""), ("A={B=[x", "]}"), ("A={B=[x]", "}"), ("A=[{B=1},{C=2", "}]"), ("A='{", ""), ("A=b{c", "")],
)
def test_what_closes_a_value(fragment: str, expected: str) -> None:
    assert shorthand.closing(fragment) == expected


@given(st.text("NameKidsIr=,{}[]'\"\\ x", max_size=40), st.sampled_from(sorted(SHAPES)))
def test_any_text_is_read(fragment: str, shape: str) -> None:
    found = shorthand.candidates(fragment, SHAPES, shape)
    assert all(isinstance(text, str) for text, _ in found)
    assert set(shorthand.closing(fragment)) <= {"}", "]"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("create-endpoint-config --production-variants VariantName=a,InstanceP", ["VariantName=a,InstancePools=["]),
        ("create-endpoint-config --production-variants CoreDumpConfig={Dest", ["CoreDumpConfig={DestinationS3Uri="]),
        ("create-endpoint-config --production-variants=VariantN", ["--production-variants=VariantName="]),
        ("create-endpoint-config --production-variants RoutingConfig={RoutingStrategy=L",
         ["RoutingConfig={RoutingStrategy=LEAST_OUTSTANDING_REQUESTS"]),
        ("create-model --vpc-config Sub", ["Subnets=["]),
        ("create-notebook-instance --root-access E", ["Enabled"]),
    ],
)  # fmt: skip
def test_lines(complete: Complete, line: str, expected: list[str]) -> None:
    assert complete(f"aws sagemaker {line}") == expected
