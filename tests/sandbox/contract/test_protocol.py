"""Bodies of any kind: whatever comes over the wire, an answer goes back."""

import ast
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import awsshadow
from awsshadow import __version__
from awsshadow.sandbox import service
from awsshadow.sandbox.contract import protocol
from awsshadow.sandbox.state import database

BODIES = [
    b"\x00",
    b"nul",
    b'{"NameContains": "\\ud800"}',
    b'{"NameContains": NaN}',
    b'{"CreationTimeAfter": 1e999}',
    b'{"CreationTimeAfter": 1' + b"0" * 40 + b"}",
    b'{"MaxResults": 1' + b"0" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"NameContains": {"a": [' + b"[" * 900 + b"]" * 900 + b"]}}",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_rough_bodies(world: Any, body: Any) -> None:
    answer = world.sandbox.answer("SageMaker.ListModels", body, world.region)
    assert answer.status == 400
    assert json.loads(answer.body)["__type"] in {"SerializationException", "ValidationException"}


@pytest.mark.parametrize("depth", [50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 2000])
def test_deep_expressions_are_no_trouble(world: Any, depth: int) -> None:
    world.make("Model")
    text = '{"SubExpressions":[' * depth + "{}" + "]}" * depth
    body = f'{{"Resource": "Model", "SearchExpression": {text}}}'.encode()
    answer = world.sandbox.answer("SageMaker.Search", body, world.region)
    assert answer.status in {200, 400}


@pytest.mark.parametrize("name", ["it's", 'say "so"', "a;--", "ä" * 10, "x\u0000y", "%_%", "\U0001f600"])
def test_texts_are_texts(world: Any, name: Any) -> None:
    world.ok("ListModels", SortBy="Name")
    arn = world.ok("CreateModelPackageGroup", ModelPackageGroupName="g", ModelPackageGroupDescription="d")[
        "ModelPackageGroupArn"
    ]
    tags = [{"Key": "key", "Value": "value"}]
    world.ok("AddTags", ResourceArn=arn, Tags=tags)
    status, document = world.call(
        "CreateTrialComponent", TrialComponentName="c", Parameters={name: {"StringValue": name}}
    )
    if status == 200:
        shown = world.ok("DescribeTrialComponent", TrialComponentName="c")
        assert shown["Parameters"] == {name: {"StringValue": name}}
    else:
        assert document["__type"] == "ValidationException"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_json_is_answered(data: Any, shared: Any, model: Any) -> None:
    operation = data.draw(st.sampled_from(sorted(model["operations"])))
    spec = model["operations"][operation]
    members = list(model["shapes"][spec["input"]["shape"]]["members"]) if "input" in spec else []
    names = st.sampled_from(members) if members else st.just("none")
    document = data.draw(st.dictionaries(names, JSON, max_size=4))
    answer = shared.answer(f"SageMaker.{operation}", json.dumps(document).encode(), "eu-fuzz-1")
    assert answer.status in {200, 400, 501}
    json.loads(answer.body, parse_constant=pytest.fail)


def test_a_file_that_stays_busy_is_told(tmp_path: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path))
    sandbox._connection.execute("PRAGMA busy_timeout=10")
    other = database.connect(str(tmp_path))
    with database.writing(other):
        answer = sandbox.answer("SageMaker.CreateExperiment", b'{"ExperimentName": "x"}', "eu-west-1")
    assert answer.status == 503
    assert json.loads(answer.body)["__type"] == "ServiceUnavailable"
    assert sandbox.answer("SageMaker.CreateExperiment", b'{"ExperimentName": "x"}', "eu-west-1").status == 200
    other.close()
    sandbox.close()


def test_facts_of_the_wire_and_names_of_the_environment_stand_once() -> None:
    once = (
        protocol.MARK, protocol.CONTENT_TYPE, protocol.TARGET_PREFIX,
        "AWSSHADOW_SANDBOX", "AWS_REGION", "AWS_DEFAULT_REGION", "us-east-1",
    )  # fmt: skip
    found = Counter(
        node.value
        for path in Path(awsshadow.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in once
    )
    assert found == dict.fromkeys(once, 1)


def test_an_answer_has_its_length_and_the_mark() -> None:
    answer = protocol.Answer(200, {"A": "b"}, b"12345")
    assert answer.headers == {protocol.MARK: __version__, "Content-Length": "5", "A": "b"}
    assert (answer.delay, answer.cut, answer.failure) == (0, False, None)


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        ({}, "us-east-1"),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-1"),
        ({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "eu-west-2"}, "eu-west-2"),
        ({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": ""}, "eu-west-1"),
    ],
)
def test_the_usual_region(environ: dict[str, str], region: str) -> None:
    assert protocol.usual_region(environ) == region
