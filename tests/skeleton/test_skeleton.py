from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.arguments.yaml12 import load as load_yaml
from awsshadow.model import Slice, find_store, load
from awsshadow.skeleton import fake_output, input_json, input_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from awsshadow.model.store import Store

EPOCH = datetime.datetime(1970, 1, 1)


@pytest.fixture(scope="session")
def store(slices: Path) -> Store:
    return find_store({"XDG_CACHE_HOME": str(slices)})


class FakeSlice:
    """A slice of hand-written shapes: ``Input`` is its input and its output."""

    input_shape: str | None = "Input"
    output_shape: str | None = "Input"

    def __init__(self, shapes: dict[str, Any], docs: dict[str, Any] | None = None) -> None:
        self.shapes = shapes
        self._docs = docs or {}

    def docs(self) -> dict[str, Any]:
        return {"operation": "", "shapes": self._docs}

    def all_shapes(self) -> dict[str, Any]:
        return self.shapes


def structure(members: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"type": "structure", "members": {name: {"shape": shape} for name, shape in members.items()}, **more}


SHAPES = {
    "Text": {"type": "string"},
    "Mode": {"type": "string", "enum": ["One", "Two"]},
    "Odd": {"type": "string", "enum": ["true"]},
    "Number": {"type": "integer"},
    "Share": {"type": "double"},
    "Flag": {"type": "boolean"},
    "When": {"type": "timestamp"},
    "Blob": {"type": "blob"},
    "Empty": structure({}),
    "Modes": {"type": "list", "member": {"shape": "Mode"}},
    "Nested": {"type": "list", "member": {"shape": "Modes"}},
    "Empties": {"type": "list", "member": {"shape": "Empty"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Pair"}},
    "Maps": {"type": "list", "member": {"shape": "Map"}},
    "Pair": structure({"Key": "Text", "Self": "Pair", "Value": "Number"}, required=["Key"]),
    "Pairs": {"type": "list", "member": {"shape": "Pair"}},
    "Input": structure(
        {
            "Text": "Text",
            "Mode": "Mode",
            "Odd": "Odd",
            "Share": "Share",
            "Flag": "Flag",
            "When": "When",
            "Empty": "Empty",
            "Modes": "Modes",
            "Nested": "Nested",
            "Empties": "Empties",
            "Map": "Map",
            "Maps": "Maps",
            "Pairs": "Pairs",
        },
        required=["Pairs", "Text"],
    ),
}
PAIR: dict[str, Any] = {"Key": "", "Self": {}, "Value": 0}

YAML = """\
Text: ''  # [REQUIRED] First.
Mode: One # A mode. Valid values are: One, Two.
Odd: 'true' # Valid values are: true.
Share: 0.0
Flag: true
When: 1970-01-01 00:00:00
Empty: {}
Modes:
- One
Nested:
- - One
Empties:
- {}
Map:
  KeyName:
    Key: ''  # [REQUIRED]
    Self: {}
    Value: 0
Maps:
- KeyName:
    Key: ''  # [REQUIRED]
    Self: {}
    Value: 0
Pairs:  # [REQUIRED]
- Key: ''  # [REQUIRED]
  Self: {}
  Value: 0
"""


def fake(shapes: dict[str, Any], docs: dict[str, Any] | None = None) -> Slice:
    slice: Any = FakeSlice(shapes, docs)
    return slice  # type: ignore[no-any-return]


def test_input_json() -> None:
    text = input_json(fake(SHAPES))
    expected = {
        "Text": "",
        "Mode": "One",
        "Odd": "true",
        "Share": 0.0,
        "Flag": True,
        "When": "1970-01-01T00:00:00",
        "Empty": {},
        "Modes": ["One"],
        "Nested": [["One"]],
        "Empties": [{}],
        "Map": {"KeyName": PAIR},
        "Maps": [{"KeyName": PAIR}],
        "Pairs": [PAIR],
    }
    assert text == json.dumps(expected, indent=4) + "\n"


def test_input_yaml() -> None:
    docs = {
        "Input": {"members": {"Text": "<p>First. Second.</p>"}},
        "Mode": {"doc": "A mode: yes"},
        "Odd": {},
    }
    # The blanks around a missing sentence stay.
    expected = YAML.replace("# Valid", "#  Valid").replace("[REQUIRED]\n", "[REQUIRED] \n")
    assert input_yaml(fake(SHAPES, docs)) == expected


@pytest.mark.parametrize(
    ("documentation", "comment"),
    [
        ("One. Two.", "# One."),
        ("One: two.", "# One."),
        ("No end", "# No end."),
        ("... dots", ""),
        ("", ""),
        (" <p> A <code>b</code>\nc&amp;d\u2028e. f</p>", "#   A b c&d e."),
        ("<p>open. more", "# <p>open."),
        ("a &nbsp; b. c", "# a &nbsp; b."),
        ("<p>a</p><p>b. c</p>", "# ab."),
    ],
)
def test_comments(documentation: str, comment: str) -> None:
    shapes = {"Input": structure({"A": "Text", "B": "Text"}), "Text": {"type": "string"}}
    text = input_yaml(fake(shapes, {"Text": {"doc": documentation}}))
    first, second = (gap + comment if comment else "" for gap in ("  ", " "))
    assert text == f"A: ''{first}\nB: ''{second}\n"


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("v" * 73, ["  Key: " + "v" * 73 + "  # [REQUIRED] "]),
        ("v" * 74, ["  Key: ", "    " + "v" * 74 + "  # [REQUIRED] "]),
    ],
)
def test_a_word_beyond_column_80_gets_a_line_of_its_own(value: str, lines: list[str]) -> None:
    shapes = {
        "Input": structure({"In": "Inner"}),
        "Inner": structure({"Key": "Mode"}, required=["Key"]),
        "Mode": {"type": "string", "enum": [value]},
    }
    found = input_yaml(fake(shapes)).splitlines()
    assert found[0] == "In:"
    assert [line.partition(" Valid")[0] for line in found[1:]] == lines


def test_fake_output() -> None:
    pair = {"Key": "Key", "Self": {}, "Value": 0}
    assert fake_output(fake(SHAPES)) == {
        "Text": "Text",
        "Mode": "Mode",
        "Odd": "Odd",
        "Share": 0.0,
        "Flag": True,
        "When": EPOCH,
        "Empty": {},
        "Modes": ["Mode"],
        "Nested": [["Mode"]],
        "Empties": [{}],
        "Map": {"KeyName": pair},
        "Maps": [{"KeyName": pair}],
        "Pairs": [pair],
    }
    texts = {"Input": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}}, "Text": SHAPES["Text"]}
    assert fake_output(fake(texts)) == {"KeyName": ""}


def test_no_input_and_no_output() -> None:
    slice = fake({})
    slice.__dict__.update(input_shape=None, output_shape=None)
    assert input_json(slice) == input_yaml(slice) == "{}\n"
    assert fake_output(slice) == {}


def test_a_blob_has_a_sample() -> None:
    slice = fake({"Input": structure({"Data": "Blob"}), "Blob": {"type": "blob"}})
    assert json.loads(input_json(slice)) == {"Data": None}
    assert load_yaml(input_yaml(slice)) == {"Data": b""}


def same(sample: Any, name: str, shapes: dict[str, Any], above: tuple[str, ...] = ()) -> bool:
    """Whether ``sample`` has all members of its shape, in model order."""
    shape = shapes[name]
    if shape["type"] == "structure":
        members = {} if name in above else shape["members"]
        inside = (*above, name)
        return list(sample) == list(members) and all(
            same(sample[m], members[m]["shape"], shapes, inside) for m in sample
        )
    if shape["type"] == "list":
        return len(sample) == 1 and same(sample[0], shape["member"]["shape"], shapes, above)
    if shape["type"] == "map":
        return list(sample) == ["KeyName"] and same(sample["KeyName"], shape["value"]["shape"], shapes, above)
    if shape["type"] == "string" and "enum" in shape:
        return bool(sample == shape["enum"][0])
    return not isinstance(sample, dict | list)


def test_every_operation_shows_all_its_members(store: Store) -> None:
    for command in store.index()["operations"]:
        slice = load(store, "operations", command)
        text = input_json(slice)
        sample = json.loads(text)
        assert text == json.dumps(sample, indent=4) + "\n"
        if slice.input_shape:
            assert same(sample, slice.input_shape, slice.shapes), command
        else:
            assert sample == {}


def test_both_input_documents_say_the_same(store: Store) -> None:
    def plain(value: object) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return "1970-01-01T00:00:00" if value == EPOCH else value

    names = list(store.index()["operations"])
    for command in names[::8]:
        slice = load(store, "operations", command)
        assert plain(load_yaml(input_yaml(slice))) == json.loads(input_json(slice)), command


def test_a_structure_inside_itself_is_empty(store: Store) -> None:
    sample = json.loads(input_json(load(store, "operations", "search")))
    assert sample["SearchExpression"]["SubExpressions"] == [{}]


@pytest.mark.parametrize(
    ("make", "digest"),
    [
        pytest.param(make, digest, marks=pytest.mark.model(version), id=f"{make.__name__}-{version}")
        for version, make, digest in (
            ("1.44.5", input_json, "b7e58af16041a96936909cee04ea7b3a70e278c849f673deb9c802292ab630c6"),
            ("1.44.5", input_yaml, "eb53ecfeb3714c434a3a1dec913bc08a7d7595cd7cb4e7051413cea795b14943"),
            ("1.44.8", input_json, "921004d1dfe4fb8815b27230ff8b420e5f41870942bc00dab7e090683630b78a"),
            ("1.44.8", input_yaml, "8306d701e28590103afda24b9449fb4d142bb476015e62954be179fd776651d6"),
        )
    ],
)
def test_every_document_is_the_one_a_real_aws_prints(store: Store, make: Callable[[Slice], str], digest: str) -> None:
    """The digest is that of what AWS CLI 2.36.7 prints, each text behind the name of its operation."""
    found = hashlib.sha256()
    for command in sorted(store.index()["operations"]):
        found.update(f"{command}\n{make(load(store, 'operations', command))}".encode())
    assert found.hexdigest() == digest
