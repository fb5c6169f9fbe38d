"""Schemas of operations: the meta-schema holds for all, recorded requests validate, mutated ones do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from awsshadow.json_schema.schema import schema
from awsshadow.model import constraints, load
from awsshadow.names import argument_name
from tests.support.cases import holding
from tests.support.cases import load as recorded

if TYPE_CHECKING:
    from awsshadow.model.store import FolderStore

Body = dict[str, Any]


def requests() -> dict[str, list[Body]]:
    """The bodies of the recorded requests for the installed model, by the command of the operation."""
    found: dict[str, list[Body]] = {}
    for case in (case for case in holding(recorded()) if case["kind"] != "own-model"):
        for request in case["expect"].get("requests", []):
            target = request.get("target") or ""
            if target.startswith("SageMaker.") and isinstance(request.get("body"), dict):
                found.setdefault(argument_name(target.partition(".")[2]), []).append(request["body"])
    return found


@pytest.fixture(scope="module")
def bodies(store: FolderStore) -> dict[str, list[Body]]:
    return {name: bodies for name, bodies in requests().items() if store.has("operations", name)}


@pytest.mark.parametrize("options", [{}, {"strict": True, "full": True}, {"output": True}])
def test_the_meta_schema_holds_for_all_operations(store: FolderStore, options: dict[str, bool]) -> None:
    for name in store.index()["operations"]:
        made = schema(load(store, "operations", name), **options)
        Draft202012Validator.check_schema(made)
        assert set(made.get("$defs", {})) >= set(references(made))


def references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for item in value for name in references(item)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"].rpartition("/")[2]] if isinstance(value.get("$ref"), str) else []
    return own + [name for item in value.values() for name in references(item)]


def without_token(name: str, slice: Any) -> bool:
    return bool(slice.shapes[slice.input_shape]["members"].get(name, {}).get("idempotencyToken"))


def test_recorded_requests_validate_if_the_model_allows_them(store: FolderStore, bodies: dict[str, list[Body]]) -> None:
    valid = refused = 0
    for name, documents in bodies.items():
        slice = load(store, "operations", name)
        if slice.input_shape is None:
            continue
        judge = Draft202012Validator(schema(slice, strict=True))
        lax = Draft202012Validator(schema(slice))
        for body in documents:
            wrong = constraints.mistyped(body, slice.input_shape, slice.shapes)
            problems = [wrong] if wrong else constraints.problems(body, slice.input_shape, slice.shapes)
            errors = [error.message for error in judge.iter_errors(body)]
            if not problems:
                assert errors == [], (name, body)
                valid += 1
            elif errors:
                refused += 1
            if problems and all("enum value set" in problem for problem in problems):
                assert lax.is_valid(body)
    assert valid > 500
    assert refused > 500


def test_mutated_requests_do_not(store: FolderStore, bodies: dict[str, list[Body]]) -> None:
    mutated = 0
    for name, documents in bodies.items():
        slice = load(store, "operations", name)
        made = schema(slice)
        judge = Draft202012Validator(made)
        body = next((body for body in documents if judge.is_valid(body)), None)
        if body is None:
            continue
        wrong: list[Body] = [{**body, "Unknown": "x"}]
        wrong += [{k: v for k, v in body.items() if k != member} for member in made.get("required", ())]
        wrong += [{**body, member: {"a": [None]}} for member in body]
        assert [document for document in wrong if judge.is_valid(document)] == [], name
        mutated += len(wrong)
    assert mutated > 500


def test_a_token_is_not_required_at_the_top(store: FolderStore) -> None:
    for name in store.index()["operations"]:
        slice = load(store, "operations", name)
        for member in schema(slice).get("required", ()):
            assert not without_token(member, slice)


def test_the_same_bytes_each_time(store: FolderStore) -> None:
    texts = {json.dumps(schema(load(store, "operations", "create-training-job"))) for _ in range(3)}
    assert len(texts) == 1


def test_what_a_schema_says(store: FolderStore) -> None:
    made = schema(load(store, "operations", "create-training-job"))
    mode = made["$defs"]["TrainingInputMode"]
    assert mode["anyOf"] == [{"enum": ["Pipe", "File", "FastFile"]}, {"type": "string"}]
    assert made["properties"]["TrainingJobName"]["$ref"] == "#/$defs/TrainingJobName"
    assert (made["$defs"]["TrainingJobName"]["minLength"], made["$defs"]["TrainingJobName"]["maxLength"]) == (1, 63)
    assert "RoleArn" in made["required"]
    assert made["properties"]["RoleArn"]["description"].endswith(".")
    strict = schema(load(store, "operations", "create-training-job"), strict=True)
    mode = strict["$defs"]["TrainingInputMode"]
    assert (mode["type"], mode["enum"]) == ("string", ["Pipe", "File", "FastFile"])


def test_unions_recursion_and_sensitive_members(store: FolderStore) -> None:
    unions = sensitive = 0
    for name in store.index()["operations"]:
        for found in schema(load(store, "operations", name)).get("$defs", {}).values():
            unions += found.get("maxProperties") == 1 and found.get("minProperties") == 1
            sensitive += bool(found.get("x-sensitive"))
    assert min(unions, sensitive) > 0
    inside = schema(load(store, "operations", "search"))["$defs"]
    assert references(inside["SearchExpressionList"]) == ["SearchExpression"]
    assert "SearchExpressionList" in references(inside["SearchExpression"])


def test_an_operation_without_input_takes_an_empty_object(store: FolderStore) -> None:
    empty = [n for n in store.index()["operations"] if load(store, "operations", n).input_shape is None]
    for name in empty:
        judge = Draft202012Validator(schema(load(store, "operations", name)))
        assert judge.is_valid({})
        assert not judge.is_valid({"a": 1})
