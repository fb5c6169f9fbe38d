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
from awsshadow.sandbox import routing
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
    asked = known["_asked"]
    shown = json.dumps(call("describe")) if "describe" in given else ""
    texts = [v for m, v in asked.items() if isinstance(v, str) and f'"{m}":' in shown]
    assert all(json.dumps(text) in shown for text in texts)
    if "list" in given:
        items = families.family(title).listing["items"]
        assert len(call("list")[items]) == 1
    if "update" in given:
        call("update")
    if "delete" in given:
        call("delete")
        if "list" in given:
            assert call("list")[items] == []
        if "describe" in given:
            operation = given["describe"]
            gone = {**world.input(operation, world.minimal), **identity(world, title, known, operation)}
            code, _ = world.refused(operation, **gone)
            listed = {error["shape"] for error in world.model["operations"][operation].get("errors", ())}
            known = error_messages.NO_SUCH.get(title)
            assert code in ({known[0]} if known else listed or {"ValidationException"})


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


def test_a_family_of_the_table_gets_what_came_later(
    model: dict[str, Any], with_table: WithTable, fresh: World, judge: Judge
) -> None:
    """An operation that a known kind of resource did not have before."""
    lost = {"StopTrainingJob", "DeleteTrainingJob", "UpdateCodeRepository", "ListStudioLifecycleConfigs"}
    old = {**model, "operations": {name: spec for name, spec in model["operations"].items() if name not in lost}}
    with_table(inference.families(old), handlers=True, overrides=FAMILIES, but=NOT_A_FAMILY)
    assert routing.kind("CreateTrainingJob") == "stateful"
    for title in ("TrainingJob", "CodeRepository", "StudioLifecycleConfig"):
        fresh.make(title)
        assert {o for o in families.family(title).operations if routing.kind(o) == "inferred"} == set()
    fresh.call("ListStudioLifecycleConfigs")
    assert len(fresh.ok("ListStudioLifecycleConfigs")["StudioLifecycleConfigs"]) == 1
    for title in ("TrainingJob", "CodeRepository", "StudioLifecycleConfig"):
        known = fresh.make(title)
        operation = next(o for o in lost if o.endswith(title) and not o.startswith("Stop")) if title[0] != "S" else None
        if operation:
            params = {**fresh.input(operation, fresh.minimal), families.family(title).id[-1]: known[families.family(title).name]}
            assert judge.answer(operation, fresh.ok(operation, **params)) == []
    assert {routing.kind(operation) for operation in lost} == {"inferred"}


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
    assert len(made) - len(wrong) >= 64


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
