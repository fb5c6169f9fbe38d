"""Documents against the model: the same verdict as botocore and the service, and the line of what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.arguments import yaml12
from awsshadow.arguments.validation import check
from awsshadow.check.documents import Document, Malformed
from awsshadow.check.positions import json_lines, yaml_lines
from awsshadow.errors import AwsShadowError
from awsshadow.model import constraints, load
from tests.json_schema.test_schema import requests

if TYPE_CHECKING:
    from awsshadow.model.store import FolderStore


def refused(body: dict[str, Any], name: str, shapes: dict[str, Any]) -> bool:
    """Whether botocore or the service would not take it."""
    try:
        check(body, name, shapes)
    except AwsShadowError:
        return True
    return bool(constraints.mistyped(body, name, shapes) or constraints.problems(body, name, shapes))


def mutations(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = [body, {**body, "Unknown": 1}]
    for member in body:
        found.append({k: v for k, v in body.items() if k != member})
        found += [{**body, member: value} for value in ([None], {"x": 1}, "", "x" * 3000, -5, 10**12, True, 0.5)]
    return found


def test_the_verdict_is_that_of_botocore_and_of_the_service(store: FolderStore) -> None:
    good = bad = 0
    for name, bodies in requests().items():
        slice = load(store, "operations", name)
        if slice.input_shape is None:
            continue
        shapes = slice.shapes
        for body in mutations(bodies[0]) + bodies[1:]:
            text = json.dumps(body)
            found = list(Document("d.json", text).findings(slice, strict=True))
            # Of a token that nobody gave, the service is sent one.
            tokens = {
                member: "x" * 32
                for member, reference in shapes[slice.input_shape]["members"].items()
                if reference.get("idempotencyToken") and member not in body
            }
            assert bool(found) == refused({**body, **tokens}, slice.input_shape, shapes), (name, text, found)
            good += not found
            bad += bool(found)
    assert good > 400
    assert bad > 4000


YAML = """\
# awsshadow: create-training-job
TrainingJobName: &name job
AlgorithmSpecification: {TrainingInputMode: Fil,
  TrainingImage: i}
Tags:
  - Key: a
    Value: 5
  - {Key: b, Valu: c}
RoleArn: arn:aws:iam::123456789012:role/r
OutputDataConfig: {S3OutputPath: s3://b/o}
StoppingCondition: {}
Experimentconfig: {}
"""


def test_findings_have_lines(store: FolderStore) -> None:
    slice = load(store, "operations", "create-training-job")
    found = [(f.line, f.rule, f.level) for f in Document("j.yaml", YAML).findings(slice, strict=False)]
    expected = [
        (3, "enum", "warning"),
        (7, "wrong-type", "error"),
        (8, "unknown-member", "error"),
        (12, "unknown-member", "error"),
    ]
    assert sorted(found) == expected
    as_json = json.dumps(yaml12.load(YAML), indent=2)
    lines = {f.rule: f.line for f in Document("j.json", as_json).findings(slice, strict=True)}
    assert as_json.splitlines()[lines["enum"] - 1].strip().startswith('"TrainingInputMode": "Fil"')
    assert '"Value": 5' in as_json.splitlines()[lines["wrong-type"] - 1]
    assert [f.level for f in Document("j.json", as_json).findings(slice, strict=True) if f.rule == "enum"] == ["error"]


def test_places_of_json() -> None:
    text = '\n{"a": [1, {"b\\"\\n": null}, "x\\\\"],\n "c":\n  {}, "d" : {"e"\n: 1.5e3 , "f": []}, "g": true}\n'
    lines = json_lines(text)
    paths = {(): 2, ("a",): 2, ("a", 1, 'b"\n'): 2, ("a", 2): 2, ("c",): 3, ("d", "e"): 4, ("d", "f"): 5, ("g",): 5}
    assert {path: lines.of(path) for path in paths} == paths
    assert lines.of(("d", "nothing", 3)) == 4


def test_places_of_yaml_with_anchors() -> None:
    lines = yaml_lines(yaml12.compose("a: &x [1,\n 2]\nb: *x\nc: &y\n  d: *y\n"))
    assert [lines.of(path) for path in [("a", 1), ("b",), ("b", 0), ("c", "d")]] == [2, 3, 1, 5]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", "# awsshadow: create-model\n", "create-model"),
        ("a.yaml", "a: 1\n# awsshadow:sagemaker CreateModel  \n", "create-model"),
        ("a.yaml", "# yaml-language-server: $schema=.schemas/create-model.json\na: 1", "create-model"),
        ("a.yaml", '$schema: "x/y/create-model.schema.json"', "create-model"),
        ("a.json", '{"$schema": "create-model.json"}', "create-model"),
        ("a", '{"$schema": "create-model.json"}', "create-model"),
        ("a.json", '{"a": "# awsshadow: create-model"}', None),
        ("a.json", "[]", None),
        ("a.yaml", "", None),
    ],
)
def test_which_operation_it_is_for(path: str, text: str, expected: str | None) -> None:
    assert Document(path, text).operation == expected


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [("a.json", '{\n"a":\n}', 3), ("a.yaml", "a: 1\nb: [\n", 3), ("a.yaml", "a: 1\na: 2\n", 1), ("a.json", "", 1)],
)
def test_what_is_no_document(path: str, text: str, line: int) -> None:
    with pytest.raises(Malformed) as caught:
        Document(path, text)
    assert caught.value.line == line


def test_secrets_are_not_repeated(store: FolderStore) -> None:
    slices = [load(store, "operations", name) for name in store.index()["operations"]]
    tried = 0
    for slice in slices:
        for member, reference in slice.shapes.get(slice.input_shape or "", {}).get("members", {}).items():
            shape = slice.shapes[reference["shape"]]
            if (shape.get("sensitive") or reference.get("sensitive")) and shape["type"] == "string":
                text = json.dumps({member: "hush\n" * 100_000})
                assert "hush" not in str(list(Document("d.json", text).findings(slice, strict=True)))
                tried += 1
    assert tried > 0


@pytest.mark.parametrize("path", ["d.json", "d.yaml"])
def test_what_is_nested_deeply_is_no_crash(store: FolderStore, path: str) -> None:
    slice = load(store, "operations", "search")
    inside = '{"SearchExpression": {"SubExpressions": ['
    for text in (
        "[" * 100_000,
        '{"a":' * 5_000,
        '{"Resource":' + "[" * 300 + "]" * 300 + "}",
        inside * 90 + "]}}" * 90,
    ):
        try:
            found = list(Document(path, text).findings(slice, strict=True))
        except Malformed:
            continue
        assert found
