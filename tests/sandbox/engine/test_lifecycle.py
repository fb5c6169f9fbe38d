"""Every family lives a whole life: made, shown, made twice, listed, changed, stopped, ended, gone."""

import json
from typing import Any

import pytest

from awsshadow.model.families import table
from awsshadow.sandbox import service
from awsshadow.sandbox.service import coverage
from awsshadow.sandbox.state import database

coverage()  # the table has the families of a newer model, too, once they were asked for
ROLES = {title: {role: operation for operation, role in family.operations.items()} for title, family in table().items()}
#: An execution is begun and ends with its steps; tests/sandbox/operations/test_pipelines.py has its life.
WHOLE = [t for t, roles in ROLES.items() if "create" in roles and "describe" in roles and t != "PipelineExecution"]
LISTED = [title for title in WHOLE if "list" in ROLES[title]]


def ids(title: Any, known: Any, world: Any, operation: Any = None) -> Any:
    """The members that identify a resource in requests of its family."""
    family = table()[title]
    given = {m: known[m] for m in family.id if m in known}
    if title == "ModelPackage":
        # A version answers the name of its group as its name; only the ARN names the version.
        given = {"ModelPackageName": known["_arn"]}
    for ways in family.either.values():
        given.update({m: known[m] for m in ways if m in known})
    operation = operation or ROLES[title]["describe"]
    spec = world.model["operations"][operation]
    members = world.model["shapes"][spec["input"]["shape"]]["members"]
    given = {m: v for m, v in given.items() if m in members}
    for alias in ("ModelPackageArn",):
        if alias in members and alias not in given:
            given[alias] = known["_arn"]
    return given


def inner(title: Any, document: Any) -> Any:
    wrap = table()[title].wrap
    return document[wrap] if wrap else document


#: Families that get to where they stay at moments of their own.
LATER = {"InferenceExperiment", "TrainingPlan"}


@pytest.mark.parametrize("title", WHOLE)
def test_create_then_describe_echoes_what_was_asked(title: Any, world: Any, judge: Any) -> None:
    world.maker.full = True
    params = world.create_input(title)
    create = ROLES[title]["create"]
    made = world.ok(create, **params)
    assert judge.answer(create, made) == []
    known = {**world.newest(title), **params, **made}
    family = table()[title]
    describe = ROLES[title]["describe"]
    shown = world.ok(describe, **ids(title, known, world))
    assert judge.answer(describe, shown) == []
    shown = inner(title, shown)
    assert family.arn is None or shown.get(family.arn, known["_arn"]) == known["_arn"]
    same = [m for m in params if m in shown and isinstance(params[m], (str, int)) and not m.endswith("Tags")]
    assert {m: shown[m] for m in same} == {m: params[m] for m in same}
    if family.states:
        assert shown[family.status] == family.states["stable"] or title in LATER


#: Families whose create has no name of the caller's that could be taken, or keeps versions by number.
NEVER_TWICE = {
    "Artifact", "Domain", "ClusterSchedulerConfig", "ComputeQuota", "MlflowApp", "PartnerApp", "ImageVersion",
}  # fmt: skip


@pytest.mark.parametrize("title", [t for t in WHOLE if t not in NEVER_TWICE])
def test_a_name_can_be_used_once(title: Any, world: Any) -> None:
    create = ROLES[title]["create"]
    params = world.make(title)["_asked"]
    # Another token: the same one would be the same request and answered alike.
    params = {m: (v[::-1] + "x" if "Token" in m else v) for m, v in params.items()}
    if title == "InferenceExperiment":
        params["EndpointName"] = world.make("Endpoint")["EndpointName"]
    code, message = world.refused(create, **params)
    assert code in {"ResourceInUse", "ConflictException", "ValidationException"}
    assert message


@pytest.mark.parametrize("title", LISTED)
def test_lists_page_through_everything_once(title: Any, world: Any, judge: Any) -> None:
    first = world.make(title)
    operation = ROLES[title]["list"]
    fixed = scope_of(title, first, world, operation)
    for _ in range(4):
        make_like(title, first, world)
    items = table()[title].listing["items"]
    seen, token = [], None
    for _ in range(10):
        page = world.ok(operation, **fixed, MaxResults=2, **({"NextToken": token} if token else {}))
        assert judge.answer(operation, page) == []
        assert len(page[items]) <= 2
        seen += [json.dumps(item, sort_keys=True) for item in page[items]]
        token = page.get("NextToken")
        if not token:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("title", LISTED)
def test_lists_filter_and_sort(title: Any, world: Any) -> None:
    listing = table()[title].listing
    operation = ROLES[title]["list"]
    first = world.make(title)
    fixed = scope_of(title, first, world, operation)
    made = [first, *(make_like(title, first, world) for _ in range(2))]
    items = listing["items"]
    assert len(world.ok(operation, **fixed)[items]) == 3
    for member, (how, column) in listing["filters"].items():
        if column == "created":
            far = 4_000_000_000 if how == ">=" else 1
            assert world.ok(operation, **fixed, **{member: far})[items] == [], member
        if column == "name" and how == "contains":
            name = made[1][table()[title].name]
            assert len(world.ok(operation, **fixed, **{member: name})[items]) == 1, member
    orders = enum_of(world, operation, "SortOrder")
    for value in listing.get("sort", ()):
        up = world.ok(operation, **fixed, SortBy=value, SortOrder=orders[0])[items]
        down = world.ok(operation, **fixed, SortBy=value, SortOrder=orders[1])[items]
        assert up == down[::-1], value


@pytest.mark.parametrize("title", [t for t in WHOLE if "update" in ROLES[t]])
def test_update_changes_and_settles(title: Any, world: Any, judge: Any) -> None:
    known = world.make(title)
    update = ROLES[title]["update"]
    if title == "NotebookInstance":
        world.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    world.maker.full = False
    params = {**world.input(update), **ids(title, known, world, update)}
    if "TargetVersion" in params:
        params["TargetVersion"] = 1
    if title == "Pipeline":
        params["PipelineDescription"] = "changed"
    members = world.model["shapes"][world.model["operations"][update]["input"]["shape"]]["members"]
    texts = {m: "changed" for m in members if m.endswith("Description")}
    answer = world.ok(update, **{**params, **texts})
    assert judge.answer(update, answer) == []
    shown = inner(title, world.ok(ROLES[title]["describe"], **ids(title, known, world)))
    for member in texts:
        assert shown.get(member, "changed") == "changed"
    states = table()[title].states
    if states and title not in {"InferenceExperiment", "NotebookInstance", "TrainingJob"}:
        assert shown[table()[title].status] in {states["stable"], states.get("updated")}


@pytest.mark.parametrize("title", [t for t in WHOLE if "stop" in ROLES[t] and t != "InferenceExperiment"])
def test_stop_and_start(title: Any, sandbox: Any, make_world: Any) -> None:
    world = make_world(sandbox)
    database.put_clock(sandbox._connection, database.get_clock(sandbox._connection).changed("frozen"))
    known = world.make(title)
    family, roles = table()[title], ROLES[title]
    if not family.is_job:
        database.put_clock(sandbox._connection, database.get_clock(sandbox._connection).changed("instant"))
    world.ok(roles["stop"], **ids(title, known, world, roles["stop"]))
    database.put_clock(sandbox._connection, database.get_clock(sandbox._connection).changed("instant"))
    shown = inner(title, world.ok(roles["describe"], **ids(title, known, world)))
    assert shown[family.status] == family.states["stopped"]
    if family.is_job:
        world.refused(roles["stop"], **ids(title, known, world, roles["stop"]))
    if "start" in roles:
        world.ok(roles["start"], **ids(title, known, world, roles["start"]))
        shown = inner(title, world.ok(roles["describe"], **ids(title, known, world)))
        assert shown[family.status] == family.states.get("started", family.states["stable"])


@pytest.mark.parametrize(
    "title", [t for t in WHOLE if "delete" in ROLES[t] and t not in {"App", "InferenceExperiment"}]
)
def test_delete_then_gone(title: Any, world: Any) -> None:
    known = world.make(title)
    if title == "NotebookInstance":
        world.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    delete = ROLES[title]["delete"]
    world.ok(delete, **{**world.input(delete, world.minimal), **ids(title, known, world, delete)})
    code, message = world.refused(ROLES[title]["describe"], **ids(title, known, world))
    assert code in {"ResourceNotFound", "ValidationException"}
    assert message
    again = {**world.input(delete, world.minimal), **ids(title, known, world, delete)}
    if "ClientRequestToken" not in again:
        if table()[title].deletes_nothing:
            world.ok(delete, **again)
        else:
            assert world.refused(delete, **again)[0] == code
    if "list" in ROLES[title]:
        listed = world.ok(ROLES[title]["list"], **scope_of(title, known, world, ROLES[title]["list"]))
        assert listed[table()[title].listing["items"]] == []


def test_the_case_of_names_does_not_matter(world: Any) -> None:
    """Where ARNs are in small letters; names are shown as they were given."""
    role = "arn:aws:iam::123456789012:role/sandbox-role"
    world.ok("CreateModel", ModelName="MyModel", PrimaryContainer={"Image": "image"}, ExecutionRoleArn=role)
    assert world.ok("DescribeModel", ModelName="mymodel")["ModelName"] == "MyModel"
    variant = {"VariantName": "v", "ModelName": "MYMODEL", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
    world.ok("CreateEndpointConfig", EndpointConfigName="config", ProductionVariants=[variant])
    world.ok("DeleteModel", ModelName="MYMODEL")
    assert world.refused("DescribeModel", ModelName="MyModel")[0] == "ValidationException"


def test_a_deleted_app_is_shown_for_a_day(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    domain = world.make("Domain")["DomainId"]
    profile = {"DomainId": domain, "UserProfileName": "someone"}
    world.ok("CreateUserProfile", **profile)
    app = {**profile, "AppType": "JupyterServer", "AppName": "default"}
    world.ok("CreateApp", **app)
    service.advance_clock(str(tmp_path), "10m")
    world.ok("DeleteApp", **app)
    assert world.ok("DescribeApp", **app)["Status"] == "Deleting"
    service.advance_clock(str(tmp_path), "1m")
    assert world.ok("DescribeApp", **app)["Status"] == "Deleted"
    assert [a["Status"] for a in world.ok("ListApps", DomainIdEquals=domain)["Apps"]] == ["Deleted"]
    # It is there to be seen only: it cannot be deleted again, and its name is free.
    assert world.refused("DeleteApp", **app) == ("ValidationException", "RecordNotFound")
    world.ok("CreateApp", **app)
    assert world.ok("DescribeApp", **app)["Status"] == "Pending"
    service.advance_clock(str(tmp_path), "10m")
    world.ok("DeleteApp", **app)
    assert world.refused("DeleteUserProfile", **profile)[0] == "ResourceInUse"
    service.advance_clock(str(tmp_path), "1m")
    world.ok("DeleteUserProfile", **profile)
    service.advance_clock(str(tmp_path), "1d")
    assert world.refused("DescribeApp", **app) == ("ValidationException", "RecordNotFound")
    sandbox.close()


def enum_of(world: Any, operation: Any, member: Any) -> Any:
    """The values of an input member, ascending first for orders."""
    shapes = world.model["shapes"]
    members = shapes[world.model["operations"][operation]["input"]["shape"]]["members"]
    return sorted(shapes[members[member]["shape"]]["enum"]) if member in members else []


def scope_of(title: Any, known: Any, world: Any, operation: Any) -> Any:
    """What a list has to be asked with to show a resource: required members, and its group."""
    spec = world.model["operations"][operation]
    shape = world.model["shapes"][spec["input"]["shape"]]
    return {m: known[m] for m in shape.get("required", ())}


def make_like(title: Any, first: Any, world: Any) -> Any:
    """One more beside the first: in the same parent, when it has one."""
    family = table()[title]
    params = world.create_input(title, world.minimal)
    for member in family.parent:
        if member in params:
            params[member] = first["_asked"][member]
    for member in (way for ways in family.either.values() for way in ways):
        if member in first["_asked"] and member != family.name:
            params[member] = first["_asked"][member]
    made = world.ok(ROLES[title]["create"], **params)
    return {**world.newest(title), **params, **made}
