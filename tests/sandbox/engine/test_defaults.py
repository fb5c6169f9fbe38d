"""What is left out of requests is what the documentation says it is: in descriptions, and of lists."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from awsshadow.model.families import STATED, table
from awsshadow.sandbox.engine import defaults
from tests.sandbox.engine.test_lifecycle import LISTED, ROLES, ids, inner, make_like, scope_of

with open(STATED, encoding="utf-8") as _file:
    HELD = json.load(_file)
CREATES = [name for name, values in HELD["created"].items() if values]


def places(value: Any, path: list[str]) -> Iterator[Any]:
    """The objects in which the last member of a path may stand."""
    if path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from places(item, path[1:])
    elif len(path) == 1:
        if isinstance(value, dict):
            yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from places(value[path[0]], path[1:])


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("create", CREATES)
def test_members_left_out_are_shown(create: Any, full: Any, world: Any) -> None:
    title = next(title for title, roles in ROLES.items() if roles.get("create") == create)
    world.maker.full = full
    params = world.create_input(title)
    before = json.dumps(params)
    for path in HELD["created"][create]:
        for place in list(places(params, path.split("."))):
            place.pop(path.rpartition(".")[2], None)
    sent = json.dumps(params)
    made = world.ok(create, **params)
    assert json.dumps(params) == sent
    known = {**world.newest(title), **params, **made}
    shown = inner(title, world.ok(ROLES[title]["describe"], **ids(title, known, world)))
    seen = 0
    for path, value in HELD["created"][create].items():
        wanted = shown[value["of"]] if isinstance(value, dict) and "of" in value else value
        for place in places(shown, path.split(".")):
            assert place[path.rpartition(".")[2]] == wanted, path
            seen += 1
    assert seen or not full or before == sent, create


def test_what_was_given_is_left_alone(world: Any) -> None:
    role = "arn:aws:iam::123456789012:role/r"
    world.ok("CreateNotebookInstance", NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn=role,
             VolumeSizeInGB=20, DirectInternetAccess="Disabled")  # fmt: skip
    shown = world.ok("DescribeNotebookInstance", NotebookInstanceName="n")
    assert (shown["VolumeSizeInGB"], shown["DirectInternetAccess"], shown["RootAccess"]) == (20, "Disabled", "Enabled")


@pytest.mark.parametrize("title", [t for t in LISTED if HELD["lists"].get(ROLES[t]["list"])])
def test_lists_without_an_order_have_the_documented_one(title: Any, world: Any) -> None:
    operation, said = ROLES[title]["list"], HELD["lists"][ROLES[title]["list"]]
    first = world.make(title)
    fixed = scope_of(title, first, world, operation)
    for _ in range(2):
        make_like(title, first, world)
    items = table()[title].listing["items"]
    plain = world.ok(operation, **fixed)[items]
    asked = {member: said[member] for member in ("SortBy", "SortOrder") if member in said}
    assert plain == world.ok(operation, **fixed, **asked)[items]
    if said.get("SortOrder", "").upper() == "ASCENDING":
        assert plain != world.ok(operation, **fixed, SortOrder=turned(said["SortOrder"]))[items]
        assert plain[::-1] == world.ok(operation, **fixed, SortOrder=turned(said["SortOrder"]))[items]


def turned(order: str) -> str:
    return "DESCENDING" if order.isupper() else "Descending"


def test_a_sort_without_an_order_takes_the_documented_order(world: Any) -> None:
    for name in ("b", "a", "c"):
        world.ok("CreateModelPackageGroup", ModelPackageGroupName=name)
        world.ok("CreateExperiment", ExperimentName=name)
    groups = world.ok("ListModelPackageGroups", SortBy="Name")["ModelPackageGroupSummaryList"]
    assert [group["ModelPackageGroupName"] for group in groups] == ["a", "b", "c"]
    experiments = world.ok("ListExperiments", SortBy="Name")["ExperimentSummaries"]
    assert [experiment["ExperimentName"] for experiment in experiments] == ["c", "b", "a"]


def test_names_without_any_stated_order_ascend(world: Any) -> None:
    role = "arn:aws:iam::123456789012:role/r"
    for name in ("b", "a", "c"):
        world.ok("CreateNotebookInstance", NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=role)
    found = world.ok("ListNotebookInstances")["NotebookInstances"]
    assert [notebook["NotebookInstanceName"] for notebook in found] == ["a", "b", "c"]
    world.ok("StopNotebookInstance", NotebookInstanceName="a")
    found = world.ok("ListNotebookInstances", SortBy="Status")["NotebookInstances"]
    assert [notebook["NotebookInstanceStatus"] for notebook in found] == ["InService", "InService", "Stopped"]
    found = world.ok("ListNotebookInstances", SortBy="CreationTime")["NotebookInstances"]
    assert [notebook["NotebookInstanceName"] for notebook in found] == ["c", "a", "b"]


def test_sizes_of_pages_are_the_documented_ones(world: Any) -> None:
    first = world.make("OptimizationJob")
    for _ in range(11):
        make_like("OptimizationJob", first, world)
    assert len(world.ok("ListOptimizationJobs")["OptimizationJobSummaries"]) == 12
    for number in range(12):
        world.ok("CreateExperiment", ExperimentName=f"e{number}")
    page = world.ok("ListExperiments")
    assert len(page["ExperimentSummaries"]) == 10
    assert page["NextToken"]


def test_operations_that_the_table_does_not_know_are_read_from_the_model(world: Any, monkeypatch: Any) -> None:
    held: dict[str, Any] = {"lists": {}, "created": {}}
    monkeypatch.setattr(defaults, "_table", lambda: held)
    for name in ("b", "a"):
        world.ok("CreateModelPackageGroup", ModelPackageGroupName=name)
    groups = world.ok("ListModelPackageGroups")["ModelPackageGroupSummaryList"]
    assert [group["ModelPackageGroupName"] for group in groups] == ["b", "a"]
    assert held["lists"]["ListModelPackageGroups"] == HELD["lists"]["ListModelPackageGroups"]
    world.make("TransformJob")
    read = {k: v for k, v in HELD["created"]["CreateTransformJob"].items() if v != "$"}
    assert held["created"]["CreateTransformJob"] == read
