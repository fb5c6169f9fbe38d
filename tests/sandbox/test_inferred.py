"""What no table names is served from the model: families that came later, and all of them when there is no table."""

from __future__ import annotations

import json
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.model import families
from awsshadow.model.families import inference
from awsshadow.model.families.overrides import FAMILIES, NOT_A_FAMILY
from awsshadow.sandbox import admin, routing
from awsshadow.sandbox.contract import error_messages
from awsshadow.sandbox.service import Sandbox, coverage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.conftest import Judge, MakeWorld, World

    #: Takes a packaged table, the operations that have code of their own and the irregular rows.
    WithTable = Callable[..., None]

#: Kinds of resources that came to the service late, and whose operations have no code of their own.
LATE = (
    "AIBenchmarkJob", "AIRecommendationJob", "AIWorkloadConfig", "InferenceRouter", "Job", "MlflowApp",
    "MlflowTrackingServer", "OptimizationJob", "PartnerApp", "TrainingSession",
)  # fmt: skip


#: Families for which the model does not say enough: each has irregular rows, or code of its own.
CORRECTED = {
    "ClusterExtension",  # the ARN names its cluster
    "HubContentReference",  # named by what is inside the ARN that it is made from
    "ImageVersion",  # numbered by the service
    "TrainingPlan",  # made from an offering
}


@pytest.fixture
def with_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> WithTable:
    """Puts another table in the place of the packaged one, for this test."""

    def put(rows: dict[str, Any], handlers: bool, overrides: Any, but: Any) -> None:
        path = tmp_path / "families.json"
        path.write_text(inference.render(rows), encoding="utf-8")
        monkeypatch.setattr(families, "_PATH", str(path))
        for name in ("_families", "_by_operation", "_learnt", "_actions"):
            monkeypatch.setattr(families, name, {})
        monkeypatch.setattr(inference, "families", partial(inference.families, overrides=overrides, but=but))
        if not handlers:
            monkeypatch.setattr(routing, "_HANDLERS", {})
            monkeypatch.setattr(routing, "EMPTY", {})

    return put


def roles(title: str) -> dict[str, str]:
    return {role: operation for operation, role in families.family(title).operations.items()}


def members(world: World, operation: str) -> set[str]:
    spec = world.model["operations"][operation]
    return set(world.model["shapes"][spec["input"]["shape"]]["members"]) if "input" in spec else set()


def identity(world: World, title: str, known: dict[str, Any], operation: str) -> dict[str, Any]:
    """What names a resource in a request."""
    family = families.family(title)
    known = {**known, "Arn": known["_arn"]}
    found = {m: known[m] for m in (*family.id, *family.parent) if m in known}
    for member, ways in family.either.items():
        same = next((known[way] for way in ways if way in known), None)
        found.update({way: known.get(way, same) for way in (member, *ways)})
    return {m: v for m, v in found.items() if m in members(world, operation)}


def life(world: World, judge: Judge, title: str) -> None:
    """Create, describe, list, update, stop and delete one, as far as there are such operations."""
    given = roles(title)

    def call(role: str, **more: Any) -> Any:
        operation = given[role]
        params = {**world.input(operation, world.minimal), **identity(world, title, known, operation), **more}
        answer = world.ok(operation, **params)
        assert judge.answer(operation, answer) == []
        assert judge.inexact(operation, answer) == []
        return answer

    known = world.make(title)
    asked = known.get("_asked", {})
    shown = json.dumps(call("describe")) if "describe" in given else ""
    texts = [v for m, v in asked.items() if isinstance(v, str) and f'"{m}":' in shown]
    assert all(json.dumps(text) in shown for text in texts)
    if "list" in given:
        items = families.family(title).listing["items"]
        listed = call("list")[items]  # and those that others were made with
        names = {known["_arn"], known.get(families.family(title).name)}
        assert any(value in names for item in listed for value in item.values() if isinstance(value, str))
    if "update" in given:
        call("update")
    if "delete" in given:
        call("delete")
        if "list" in given:
            assert len(call("list")[items]) == len(listed) - 1
        if "describe" in given:
            operation = given["describe"]
            gone = {**world.input(operation, world.minimal), **identity(world, title, known, operation)}
            code, _ = world.refused(operation, **gone)
            listed = {error["shape"] for error in world.model["operations"][operation].get("errors", ())}
            said = error_messages.NO_SUCH.get(title)
            assert code in ({said[0]} if said else listed or {"ValidationException"})


@pytest.fixture
def fresh(tmp_path: Path, make_world: MakeWorld) -> Any:
    """A world over a sandbox that has met no model yet."""
    sandbox = Sandbox(str(tmp_path / "fresh"))
    yield make_world(sandbox)
    sandbox.close()


def older(model: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    """The model without the operations of some families."""
    gone = {operation for title in without for operation in families.family(title).operations}
    return {**model, "operations": {name: spec for name, spec in model["operations"].items() if name not in gone}}


def test_what_came_after_the_table_lives_a_whole_life(
    model: dict[str, Any], with_table: WithTable, fresh: World, judge: Judge
) -> None:
    """A table of an older model, with no word about what came later."""
    known = {title: row for title, row in FAMILIES.items() if title not in LATE}
    rows = inference.families(older(model, LATE), known)
    assert not set(LATE) & set(rows)
    with_table(rows, handlers=True, overrides=known, but=NOT_A_FAMILY)
    fresh.call("DescribeJob", JobName="none", JobCategory="AgentRFT")
    assert set(LATE) <= set(families.table())
    for title in LATE:
        assert {routing.kind(o) for o in families.family(title).operations} == {"inferred"}
        life(fresh, judge, title)


@pytest.mark.parametrize("operation", ["DeleteTrainingJob", "UpdateCodeRepository", "ListStudioLifecycleConfigs"])
def test_a_family_of_the_table_gets_what_came_later(
    operation: str, model: dict[str, Any], with_table: WithTable, fresh: World, judge: Judge
) -> None:
    """An operation that a known kind of resource did not have before works on what the others have made."""
    old = {**model, "operations": {name: spec for name, spec in model["operations"].items() if name != operation}}
    title = next(title for title in families.table() if operation.removesuffix("s").endswith(title) and len(title) > 5)
    with_table(inference.families(old), handlers=True, overrides=FAMILIES, but=NOT_A_FAMILY)
    known = fresh.make(title)
    assert families.find(operation) is None
    assert routing.kind(roles(title)["create"]) == "stateful"
    given = {**fresh.input(operation, fresh.minimal), **identity(fresh, title, known, operation)}
    answer = fresh.ok(operation, **given)
    assert judge.answer(operation, answer) == []
    assert routing.kind(operation) == "inferred"
    if operation.startswith("List"):
        assert len(answer["StudioLifecycleConfigs"]) == 1
    if operation.startswith("Delete"):
        fresh.refused(roles(title)["describe"], **identity(fresh, title, known, roles(title)["describe"]))


def test_known_operations_read_no_model(with_table: WithTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole model is read for what no table names, once, and for nothing else."""
    read = []
    monkeypatch.setattr(families, "learn", lambda model: read.append(model))
    sandbox = Sandbox(str(tmp_path / "known"))
    assert sandbox.answer("SageMaker.ListModels", b"{}", "eu-west-1").status == 200
    assert sandbox.answer("SageMaker.ListTags", b"{}", "eu-west-1").status == 400
    assert read == []
    monkeypatch.setattr(routing, "kind", lambda _: "inferred")
    for _ in range(2):
        sandbox.answer("SageMaker.ListEndpoints", b"{}", "eu-west-1")
        sandbox.answer("SageMaker.ListImages", b"{}", "eu-west-1")
    assert len(read) == 1
    sandbox.close()


def test_nearly_every_family_needs_no_table(
    with_table: WithTable, shared: Sandbox, make_world: MakeWorld, judge: Judge
) -> None:
    """Neither table nor irregular rows nor code of its own: what the model says by itself."""
    with_table({}, handlers=False, overrides={}, but=frozenset())
    coverage()
    wrong = {}
    made = [title for title in families.table() if "create" in roles(title)]
    for title in made:
        try:
            life(placed(make_world(shared)), judge, title)
        except (AssertionError, LookupError) as error:
            wrong[title] = str(error)
    assert set(wrong) == CORRECTED, wrong
    assert len(made) - len(wrong) >= 67


_regions = count(1)


def placed(world: World) -> World:
    """The same world in a region of its own: regions share nothing."""
    world.region = f"test-bbbb-{next(_regions)}"
    return world


def asked(world: World, operation: str) -> dict[str, Any]:
    """Input of an operation for which everything that it names was made, as far as something makes that."""
    found = families.find(operation)
    if found is None:
        return with_named(world, operation, families.action(operation).get("names", {}))
    family, role = found
    if role == "create":
        return world.create_input(family.title)
    if role != "put" and "put" in roles(family.title):
        put = roles(family.title)["put"]
        known = with_named(world, put, family.owner)
        world.ok(put, **known)
        return {**world.input(operation), **identity(world, family.title, {**known, "_arn": None}, operation)}
    if role in {"put", "add", "remove"} or "create" not in roles(family.title):
        return with_named(world, operation, family.owner)
    known = world.make(family.title)
    if role == "start":
        world.ok(roles(family.title)["stop"], **identity(world, family.title, known, roles(family.title)["stop"]))
    return {**world.input(operation), **identity(world, family.title, known, operation)}


def with_named(world: World, operation: str, named: dict[str, str]) -> dict[str, Any]:
    """Input of an operation in which these members name resources of these families."""
    params = world.input(operation)
    for member, title in named.items():
        if member in params and "create" in roles(title):
            known = world.make(title)
            name = known["_arn"] if member.endswith("Arn") else known.get(families.family(title).id[-1])
            params[member] = name or known[families.family(title).name]
    return params


def test_nearly_every_operation_needs_no_table(
    model: dict[str, Any], with_table: WithTable, shared: Sandbox, shared_frozen: Sandbox, make_world: MakeWorld,
    judge: Judge,
) -> None:  # fmt: skip
    """The same for all operations: a whole answer, or a sentence about what is missing."""
    with_table({}, handlers=False, overrides={}, but=frozenset())
    coverage()
    answered, refused = set(), {}
    for operation in model["operations"]:
        world = placed(make_world(shared_frozen if operation.startswith("Stop") else shared))
        try:
            params = asked(world, operation)
        except (AssertionError, LookupError) as error:
            refused[operation] = str(error)
            continue
        status, answer = world.call(operation, **params)
        if status == 200:
            answered.add(operation)
            assert judge.answer(operation, answer) == []
        else:
            assert status == 400
            refused[operation] = answer.get("message") or answer.get("Message")
    assert all(refused.values())
    assert len(answered) >= 385, refused


def test_requests_about_nothing_end_in_errors(
    model: dict[str, Any], with_table: WithTable, shared: Sandbox, make_world: MakeWorld, judge: Judge
) -> None:
    """Whatever is inferred, nothing fails in it."""
    with_table({}, handlers=False, overrides={}, but=frozenset())
    world = placed(make_world(shared))
    for operation, spec in model["operations"].items():
        for full in (False, True):
            world.maker.full = full
            params = world.maker.make(spec["input"]["shape"]) if "input" in spec else {}
            status, answer = world.call(operation, **params)
            assert status in {200, 400}
            assert status == 400 or judge.answer(operation, answer) == []


needs_gateways = pytest.mark.model(since="1.44.8")
CLUSTER = "arn:aws:sagemaker:eu-west-1:123456789012:cluster/abcdefghijkl"
PART = {"Name": "one", "Namespace": "space", "ClusterArn": CLUSTER}


@needs_gateways
def test_gateways_are_parts_of_a_global_one(world: World) -> None:
    role = "arn:aws:iam::123456789012:role/sandbox-role"
    made = world.ok("CreateGlobalInferenceGateway", Name="demo", ExecutionRoleArn=role, Gateways=[PART])
    assert made["Gateways"] == [PART]
    for name in ("demo", made["Id"], made["Arn"]):
        assert world.ok("DescribeGlobalInferenceGateway", Identifier=name)["Status"] == "ACTIVE"
    other = {**PART, "Name": "two"}
    added = [world.ok("AddInferenceGateway", Identifier=made["Id"], **other) for _ in range(2)]
    assert [answer["Status"] for answer in added] == ["ADDING", "ACTIVE"]
    assert added[0]["Gateway"] == other
    assert added[0]["Name"] == "demo"
    listed = world.ok("ListInferenceGateways", Identifier="demo")["InferenceGatewaySummaries"]
    assert [part["Name"] for part in listed] == ["one", "two"]
    filters = [{"Name": "Status", "Value": "REMOVING"}]
    assert world.ok("ListInferenceGateways", Identifier="demo", Filters=filters)["InferenceGatewaySummaries"] == []
    code, _ = world.refused("CreateGlobalInferenceGateway", Name="more", ExecutionRoleArn=role, Gateways=[PART])
    assert code == "ResourceInUse"
    assert len(world.ok("ListGlobalInferenceGateways")["GlobalInferenceGatewaySummaries"]) == 1
    assert world.ok("RemoveInferenceGateway", Identifier="demo", **other)["Status"] == "REMOVING"
    assert "Status" not in world.ok("RemoveInferenceGateway", Identifier="demo", **other)
    assert world.refused("RemoveInferenceGateway", Identifier="demo", **PART)[0] == "ValidationException"
    for _ in range(2):
        assert world.ok("DeleteGlobalInferenceGateway", Identifier="demo")["Name"] == "demo"
    assert world.refused("ListInferenceGateways", Identifier="demo")[0] == "ResourceNotFound"
    world.ok("CreateGlobalInferenceGateway", Name="more", ExecutionRoleArn=role, Gateways=[PART])


@needs_gateways
def test_a_gateway_that_is_busy_takes_no_part(frozen_world: World) -> None:
    role = "arn:aws:iam::123456789012:role/sandbox-role"
    frozen_world.ok("CreateGlobalInferenceGateway", Name="demo", ExecutionRoleArn=role, Gateways=[PART])
    other = {**PART, "Name": "two"}
    assert frozen_world.refused("AddInferenceGateway", Identifier="demo", **other)[0] == "ConflictException"


@needs_gateways
def test_a_dump_of_what_was_inferred_can_be_loaded(tmp_path: Path, make_world: MakeWorld) -> None:
    sandbox = Sandbox(str(tmp_path / "from"))
    make_world(sandbox).make("GlobalInferenceGateway")
    sandbox.close()
    assert admin.load(str(tmp_path / "to"), list(admin.dump(str(tmp_path / "from")))) > 2
    kept = [row["family"] for row in admin.listing(str(tmp_path / "to"))]
    assert kept == ["GlobalInferenceGateway", "InferenceGateway"]


@needs_gateways
def test_coverage_says_what_was_inferred() -> None:
    rows = {row["operation"]: (row["how"], row["by"]) for row in coverage()}
    assert rows["AddInferenceGateway"] == ("inferred", "InferenceGateway")
    assert rows["CreateGlobalInferenceGateway"] == ("inferred", "GlobalInferenceGateway")
    assert rows["CreateModel"] == ("stateful", "Model")
