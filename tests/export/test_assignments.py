"""``--set``: where a path leads, what a value is, and what is said of those that do not fit."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from awsshadow.errors import ParameterError
from awsshadow.export.assignments import Assignment, assign

SHAPES: dict[str, dict[str, Any]] = {
    "Input": {
        "type": "structure",
        "members": {
            "JobName": {"shape": "Name"},
            "Count": {"shape": "Count"},
            "Rate": {"shape": "Rate"},
            "Spot": {"shape": "Flag"},
            "Until": {"shape": "Time"},
            "Parameters": {"shape": "Map"},
            "Tags": {"shape": "Tags"},
            "Config": {"shape": "Config"},
            "Kind": {"shape": "Kind"},
        },
    },
    "Name": {"type": "string", "pattern": "[a-z0-9=.-]*", "max": 20},
    "Kind": {"type": "string", "enum": ["A", "B"]},
    "Count": {"type": "integer", "min": 1},
    "Rate": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Time": {"type": "timestamp"},
    "Text": {"type": "string"},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Tags": {"type": "list", "member": {"shape": "Tag"}},
    "Tag": {
        "type": "structure",
        "required": ["Key"],
        "members": {"Key": {"shape": "Text"}, "Value": {"shape": "Text"}},
    },
    "Config": {"type": "structure", "members": {"Inner": {"shape": "Config"}, "Count": {"shape": "Count"}}},
}
DOCUMENT = {"JobName": "j", "Tags": [{"Key": "a", "Value": "b"}], "Parameters": {"lr": "1"}}


def assigned(*given: str) -> dict[str, Any]:
    document = deepcopy(DOCUMENT)
    assign(document, [Assignment(text) for text in given], "Input", SHAPES)
    return document


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("JobName=k", {"JobName": "k"}),
        ("JobName=a=b", {"JobName": "a=b"}),
        ("JobName=", {"JobName": ""}),
        ("JobName=null", {"JobName": "null"}),
        ("Count=2", {"Count": 2}),
        ("Rate=1e-3", {"Rate": 0.001}),
        ("Spot=true", {"Spot": True}),
        ("Until=2030-01-01T00:00:00Z", {"Until": "2030-01-01T00:00:00Z"}),
        ("Kind=Z", {"Kind": "Z"}),  # the service may be newer than the model
        ("Parameters.lr=0.01", {"Parameters": {"lr": "0.01"}}),
        ("Parameters.new=x y", {"Parameters": {"lr": "1", "new": "x y"}}),
        ('Parameters["a.b=]"]=x', {"Parameters": {"lr": "1", "a.b=]": "x"}}),
        ('Parameters={"x": "y"}', {"Parameters": {"x": "y"}}),
        ("Parameters=null", {"Parameters": None}),
        ("Tags[0].Value=c", {"Tags": [{"Key": "a", "Value": "c"}]}),
        ("Tags[1].Key=c", {"Tags": [{"Key": "a", "Value": "b"}, {"Key": "c"}]}),
        ('Tags[0]={"Key": "z"}', {"Tags": [{"Key": "z"}]}),
        ("Tags[0]=null", {"Tags": []}),
        ("Config.Inner.Inner.Count=3", {"Config": {"Inner": {"Inner": {"Count": 3}}}}),
    ],
)
def test_values(given: str, expected: dict[str, Any]) -> None:
    whole = {key: value for key, value in {**DOCUMENT, **expected}.items() if value is not None}
    assert assigned(given) == whole


def test_later_ones_see_what_earlier_ones_did() -> None:
    assert assigned("Tags[1].Key=c", "Tags[1].Value=d", "Tags[0]=null")["Tags"] == [{"Key": "c", "Value": "d"}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("JobName", "expected PATH=VALUE"),
        ("=x", "expected PATH=VALUE"),
        ("[0]=x", "expected PATH=VALUE"),
        (".JobName=x", "expected PATH=VALUE"),
        ("Config.=x", "expected PATH=VALUE"),
        ("Config..Count=1", "expected PATH=VALUE"),
        ("Tags[-1].Key=x", "expected PATH=VALUE"),
        ("Tags[x].Key=x", "expected PATH=VALUE"),
        ("JobNme=x", "JobNme: there is no member JobNme; did you mean JobName?"),
        ("Config.Inner.Cuont=1", "Config.Inner.Cuont: there is no member Cuont; did you mean Count?"),
        ("Config.Xyz=1", "Config.Xyz: there is no member Xyz; there are Inner, Count"),
        ("Config[0]=1", "Config[0]: there is no member 0"),
        ("Tags.Key=x", "Tags.Key: Key leads nowhere: what it stands in is a list"),
        ("Parameters[0]=x", "Parameters[0]: 0 leads nowhere: what it stands in is a map"),
        ("JobName.x=x", "JobName.x: x leads nowhere: what it stands in is a string"),
        ("Tags[2].Key=x", "Tags[2].Key: there are 1 elements, so that the next one is [1]"),
        ("Count=two", "Count: expected a whole number"),
        ("Count=1.5", "Count: expected a whole number"),
        ("Count=0", "Count must have value greater than or equal to 1"),
        ("Rate=x", "Rate: expected a number"),
        ("Spot=yes", "Spot: expected true or false"),
        ("Until=soon", "Until must be a time"),
        ("Until=now-7d", "Until must be a time"),
        ("Tags=[", "Tags: expected a list in JSON"),
        ("Tags={}", "Tags must be a list"),
        ('Tags=[{"Kye": "x"}]', "Tags[0] has no member Kye; did you mean Key?"),
        ('Tags[1]={"Value": "x"}', "Tags[1] lacks its required member Key"),
        ("Parameters=[1]", "Parameters must be an object"),
        ("JobName=A B", "JobName must"),
    ],
)
def test_what_does_not_fit_names_the_path(given: str, said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        assigned(given)
    assert said in caught.value.message
    assert caught.value.message.startswith("argument --set: ")
    assert caught.value.exit_code == 252
