"""Every slice against the full model of the installed botocore."""

from __future__ import annotations

import glob
import gzip
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from awsshadow.compile import customisations, json_entries, slices, sources
from awsshadow.names import argument_name
from awsshadow.paths import botocore_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.model.shapes import Model


@pytest.fixture(scope="module")
def full() -> Model:
    model: Model = json.loads(json.dumps(Loader().load_service_model("sagemaker", "service-2")))
    return model


@pytest.fixture(scope="module")
def read() -> slices.Sources:
    return sources.load()


def tree(shape: Any, seen: tuple[str, ...] = ()) -> dict[str, Any] | None:
    """A shape as a plain value, documentation left out, recursion cut."""
    if shape is None:
        return None
    facts = {
        "type": shape.type_name,
        "name": shape.name,
        "enum": list(getattr(shape, "enum", None) or []),
        "meta": {k: v for k, v in shape.metadata.items() if k != "enum"},
        "serialization": {k: v for k, v in shape.serialization.items() if k != "documentation"},
    }
    if shape.name in seen:
        return facts
    seen = (*seen, shape.name)
    if shape.type_name == "structure":
        facts["required"] = shape.required_members
        facts["union"] = shape.is_tagged_union
        facts["members"] = [(name, tree(member, seen)) for name, member in shape.members.items()]
    elif shape.type_name == "list":
        facts["member"] = tree(shape.member, seen)
    elif shape.type_name == "map":
        facts["pair"] = [tree(shape.key, seen), tree(shape.value, seen)]
    return facts


def test_a_model_cut_into_entries_is_the_model_parsed_whole(full: Model) -> None:
    with gzip.open(glob.glob(os.path.join(str(botocore_data()), "sagemaker", "*", "service-2.json.gz"))[-1]) as file:
        text = file.read()
    cut, whole = json_entries.read_model(text), json.loads(text)
    assert isinstance(cut["operations"], json_entries.Entries)
    assert isinstance(cut["shapes"], json_entries.Entries)
    for section in ("operations", "shapes"):
        assert list(cut[section]) == list(whole[section])
        assert dict(cut[section]) == whole[section]
        assert "Nope" not in cut[section]
        assert 3 not in cut[section]
    assert {**cut, "operations": 0, "shapes": 0} == {**whole, "operations": 0, "shapes": 0}


@pytest.mark.parametrize("indent", [None, 0, 1, 2, 3, 4, "\t"])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (",", " : ")])
def test_a_model_in_any_form_is_read(full: Model, indent: int | None, separators: tuple[str, str] | None) -> None:
    few = {name: full["operations"][name] for name in ("AddTags", "CreateModel")}
    shapes = {name: full["shapes"][name] for name in ("AddTagsInput", "TagList", "Tag", "TagKey")}
    document = {"version": "2.0", "metadata": {}, "operations": few, "shapes": shapes, "documentation": "x"}
    for order in (document, dict(reversed(document.items()))):
        read = json_entries.read_model(json.dumps(order, indent=indent, separators=separators).encode())
        assert {**read, "operations": dict(read["operations"]), "shapes": dict(read["shapes"])} == document


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"a":1}x'])
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # the kind is the promise
        json_entries.read_model(text)


@pytest.mark.parametrize("services", [("sts",), ("api.sagemaker", "sts"), ("s3", "no-such")])
def test_endpoints_cut_from_the_text_are_those_of_the_whole(services: tuple[str, ...]) -> None:
    with open(os.path.join(str(botocore_data()), "endpoints.json"), encoding="utf-8") as file:
        text = file.read()
    whole = json.loads(text)
    for partition in whole["partitions"]:
        partition["services"] = {k: v for k, v in partition["services"].items() if k in services}
    assert json.dumps(json_entries.read_endpoints(text, services)) == json.dumps(whole)
    assert json.dumps(json_entries.read_endpoints(json.dumps(json.loads(text)), services)) == json.dumps(whole)


def test_one_operation_parses_its_own_shapes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    loads: Callable[[str], Any] = json.loads

    def counted(text: str) -> Any:
        parsed.append(len(text))
        return loads(text)

    monkeypatch.setattr(json, "loads", counted)
    compiled = slices.compile_operation(sources.load(), "DescribeEndpoint")
    assert len(parsed) < 150
    assert sum(parsed) < 250_000
    assert compiled.input["cli"]["arguments"][0][0] == "endpoint-name"


def as_service(compiled: slices.CompiledSlice) -> ServiceModel:
    document = {k: v for k, v in compiled.input.items() if k != "cli"}
    document["shapes"] = {**compiled.input["shapes"], **compiled.output}
    return ServiceModel(json.loads(json.dumps(document)), "sagemaker")


def test_every_operation_has_a_slice_that_botocore_reads_as_the_full_model(full: Model, read: slices.Sources) -> None:
    model = ServiceModel(full, "sagemaker")
    assert len(full["operations"]) >= 425
    for operation in full["operations"]:
        theirs = model.operation_model(operation)
        service = as_service(slices.compile_operation(read, operation))
        ours = service.operation_model(operation)
        assert tree(ours.input_shape) == tree(theirs.input_shape), operation
        assert tree(ours.output_shape) == tree(theirs.output_shape), operation
        assert [tree(e) for e in ours.error_shapes] == [tree(e) for e in theirs.error_shapes], operation
        assert ours.http == theirs.http
        assert ours.metadata == theirs.metadata
        assert ours.idempotent_members == theirs.idempotent_members


def test_slices_hold_no_documentation_and_docs_hold_it_all(full: Model, read: slices.Sources) -> None:
    compiled = slices.compile_operation(read, "CreateInferenceExperiment")
    assert "documentation" not in json.dumps([compiled.input, compiled.output])
    assert compiled.docs["operation"] == full["operations"]["CreateInferenceExperiment"]["documentation"]
    for name, docs in compiled.docs["shapes"].items():
        shape: Any = full["shapes"][name]
        assert docs.get("doc") == shape.get("documentation")
        for member, text in docs.get("members", {}).items():
            ref = shape["members"][member] if "members" in shape else shape[member]
            assert text == ref["documentation"]


def test_every_waiter_has_a_slice(read: slices.Sources) -> None:
    loaded = Loader().load_service_model("sagemaker", "waiters-2")["waiters"]
    assert len(slices.waiters(read)) == len(loaded) >= 13
    for name, row in loaded.items():
        compiled = slices.compile_waiter(read, name)
        assert compiled.input["cli"]["waiter"] == {"name": name, **row}
        assert compiled.input["cli"]["operation"] == row["operation"]
        assert "starting-token" not in [a[0] for a in compiled.input["cli"]["arguments"]]


def test_every_paginator_is_in_its_slice(read: slices.Sources) -> None:
    loaded = Loader().load_service_model("sagemaker", "paginators-1")["pagination"]
    for operation, row in loaded.items():
        assert slices.compile_operation(read, operation).input["cli"]["paginator"] == row
    assert loaded["Search"]["non_aggregate_keys"] == ["TotalHits"]


def test_every_customisation_row_matches_the_model(full: Model) -> None:
    assert customisations.unmatched(full) == []
    assert customisations.unmatched({"operations": {}, "shapes": {}})


def arguments_of(read: slices.Sources, operation: str) -> list[Any]:
    return slices.compile_operation(read, operation).input["cli"]["arguments"]


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        ("DescribeModel", ["model-name", "cli-input-json", "cli-input-yaml", "generate-cli-skeleton"]),
        (
            "ListTags",
            ["resource-arn", "next-token", "max-results", "cli-input-json", "cli-input-yaml"]
            + ["starting-token", "page-size", "max-items", "generate-cli-skeleton"],
        ),
        (
            "DeleteImageVersion",
            ["image-name", "alias", "version-number", "cli-input-json", "cli-input-yaml", "generate-cli-skeleton"],
        ),
    ],
)
def test_the_argument_table_has_the_order_of_the_reference(
    read: slices.Sources, operation: str, names: list[str]
) -> None:
    assert [row[0] for row in arguments_of(read, operation)] == names


def test_booleans_are_pairs_and_paging_members_are_hidden(read: slices.Sources) -> None:
    rows = {row[0]: row for row in arguments_of(read, "UpdateEndpoint")}
    assert rows["retain-deployment-config"][1] == "member"
    assert rows["no-retain-deployment-config"][1:3] == ["negation", "RetainDeploymentConfig"]
    hidden = [row[0] for row in arguments_of(read, "ListModels") if row[6]]
    assert hidden == ["next-token", "max-results"]


def test_idempotency_tokens_are_never_required(read: slices.Sources) -> None:
    required = {row[0] for row in arguments_of(read, "CreatePipeline") if row[5]}
    assert "client-request-token" not in required
    assert "pipeline-name" in required


def test_waiters_keep_the_names_of_the_model(read: slices.Sources) -> None:
    compiled = slices.compile_waiter(read, "ImageVersionCreated")
    assert "version" in [row[0] for row in compiled.input["cli"]["arguments"]]


@pytest.mark.parametrize(
    ("member", "argument"),
    [
        ("CreateAutoMLJobV2", "create-auto-ml-job-v2"),
        ("ListAIWorkloadConfigs", "list-ai-workload-configs"),
        ("LabelCategoryConfigS3Uri", "label-category-config-s3-uri"),
        ("S3BucketOwnerAccountId", "s3-bucket-owner-account-id"),
        ("MLFramework", "ml-framework"),
        ("MaxPayloadInMB", "max-payload-in-mb"),
        ("PipelineDefinitionS3Location", "pipeline-definition-s3-location"),
        ("name", "name"),
    ],
)
def test_argument_names(member: str, argument: str) -> None:
    assert argument_name(member) == argument


def test_argument_names_are_those_of_botocore(full: Model) -> None:
    from botocore import xform_name

    words = set(full["operations"]) | {m for s in full["shapes"].values() for m in s.get("members", {})}
    assert {w: argument_name(w) for w in words} == {w: xform_name(w, "-") for w in words}
