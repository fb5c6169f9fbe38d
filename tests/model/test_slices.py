"""Every slice against the full model of the installed botocore."""

import json
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape

from awsshadow.compile import customisations, slices, sources
from awsshadow.names import argument_name

Model = dict[str, Any]


@pytest.fixture(scope="module")
def full() -> Model:
    model: Model = json.loads(json.dumps(Loader().load_service_model("sagemaker", "service-2")))
    return model


@pytest.fixture(scope="module")
def read() -> slices.Sources:
    return sources.load()


def tree(shape: Shape | None, seen: tuple[str, ...] = ()) -> dict[str, object] | None:
    """A shape as a plain value, documentation left out, recursion cut."""
    if shape is None:
        return None
    facts: dict[str, object] = {
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


def as_service(piece: slices.Slice) -> ServiceModel:
    document = {k: v for k, v in piece.input.items() if k != "cli"}
    document["shapes"] = {**piece.input["shapes"], **piece.output}
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
    piece = slices.compile_operation(read, "CreateInferenceExperiment")
    assert "documentation" not in json.dumps([piece.input, piece.output])
    assert piece.docs["operation"] == full["operations"]["CreateInferenceExperiment"]["documentation"]
    for name, docs in piece.docs["shapes"].items():
        shape = full["shapes"][name]
        assert docs.get("doc") == shape.get("documentation")
        for member, text in docs.get("members", {}).items():
            ref = shape["members"][member] if "members" in shape else shape[member]
            assert text == ref["documentation"]


def test_every_waiter_has_a_slice(read: slices.Sources) -> None:
    loaded = Loader().load_service_model("sagemaker", "waiters-2")["waiters"]
    assert len(slices.waiters(read)) == len(loaded) >= 13
    for name, row in loaded.items():
        piece = slices.compile_waiter(read, name)
        assert piece.input["cli"]["waiter"] == {"name": name, **row}
        assert piece.input["cli"]["operation"] == row["operation"]
        assert "starting-token" not in [a[0] for a in piece.input["cli"]["arguments"]]


def test_every_paginator_is_in_its_slice(read: slices.Sources) -> None:
    loaded = Loader().load_service_model("sagemaker", "paginators-1")["pagination"]
    for operation, row in loaded.items():
        assert slices.compile_operation(read, operation).input["cli"]["paginator"] == row
    assert loaded["Search"]["non_aggregate_keys"] == ["TotalHits"]


def test_every_customisation_row_matches_the_model(full: Model) -> None:
    assert customisations.unmatched(full) == []
    assert customisations.unmatched({"operations": {}, "shapes": {}})


def arguments_of(read: slices.Sources, operation: str) -> list[list[object]]:
    rows: list[list[object]] = slices.compile_operation(read, operation).input["cli"]["arguments"]
    return rows


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
    piece = slices.compile_waiter(read, "ImageVersionCreated")
    assert "version" in [row[0] for row in piece.input["cli"]["arguments"]]


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
