"""Every family of the table: planned, deleted, stopped, and what hangs on it with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.model import families
from awsshadow.model.families import describing, removing
from awsshadow.model.families.document import Model
from awsshadow.names import argument_name
from awsshadow.sandbox import service
from tests.removal.conftest import planned, removed
from tests.waiting.test_families import identified, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.removal.conftest import Box
    from tests.waiting.conftest import Run, Stepping

REMOVABLE = removing.removable()
DELETABLE = [name for name, family in REMOVABLE.items() if removing.can(family, removing.DELETE)]
STOPPABLE = [name for name, family in REMOVABLE.items() if removing.can(family, removing.STOP)]


def words(box: Box, title: str, made: dict[str, Any]) -> list[str]:
    """A resource as it is typed behind the family."""
    family = families.family(title)
    return typed(box.world.model, family, identified(box.world.model, family, made))


class TestTable:
    def test_every_row_is_in_the_model(self, model: dict[str, Any]) -> None:
        known = Model(model)
        for title, rows in removing.BELOW.items():
            above = families.family(title)
            described = known.members(describing.describe(above), "output")
            described = known.inner(described[above.wrap]) if above.wrap else described
            for row in rows:
                listing = families.family(row.title).operation("list")
                assert listing is not None
                assert set(row.ask) <= set(known.members(listing, "input"))
                names = {*described, above.id[-1]}
                assert {*row.ask.values(), *row.match.values()} <= names, (title, row.title)
        for operation in (*removing.PARTING.values(), removing.CONTENT_VERSIONS, removing.DELETE_REFERENCE):
            assert operation in model["operations"]

    def test_what_is_used_is_named_by_its_holders(self, model: dict[str, Any]) -> None:
        for used in removing.USED:
            for holder in used.holders:
                shown = model["operations"][describing.describe(families.family(holder))]["output"]["shape"]
                assert set(used.members) & set(members(model, shown)), (used.word, holder)

    def test_all_that_the_sandbox_refuses_to_delete_has_a_row(self) -> None:
        for title, family in families.table().items():
            for dependent in family.dependents:
                assert dependent in [row.title for row in removing.BELOW[title]], title

    @pytest.mark.parametrize("name", REMOVABLE)
    def test_no_option_has_two_meanings(self, name: str) -> None:
        from awsshadow.commands.remove import RemoveFamily

        command = RemoveFamily(REMOVABLE[name], {})
        options = [option for param in command.params for option in param.opts if option.startswith("-")]
        assert len(set(options)) == len(options)


def members(model: dict[str, Any], name: str, seen: tuple[str, ...] = ()) -> list[str]:
    """The names of all members below a shape."""
    shape = model["shapes"][name]
    found: list[str] = []
    if name in seen:
        return found
    for member, reference in shape.get("members", {}).items():
        found += [member, *members(model, reference["shape"], (*seen, name))]
    for inner in ("member", "value"):
        if inner in shape:
            found += members(model, shape[inner]["shape"], (*seen, name))
    return found


@pytest.mark.parametrize("name", DELETABLE)
def test_deleted(name: str, box: Box, run: Run) -> None:
    family = REMOVABLE[name]
    made = box.world.make(family.title)
    cascade = ["--cascade"] if family.title in removing.BELOW else []
    gone = removed(run, box, name, *words(box, family.title, made), *cascade)
    assert made["_arn"] in gone


@pytest.mark.parametrize("name", [n for n in DELETABLE if "delete_failed" in REMOVABLE[n].states])
def test_a_deletion_that_fails(name: str, box: Box, run: Run) -> None:
    family = REMOVABLE[name]
    made = box.world.make(family.title)
    line = ["remove", name, *words(box, family.title, made), "--yes"]
    box.faults(fail=[{"family": family.title, "on": "delete", "reason": "no luck", "times": 1}])
    code, stdout, stderr = run(*line, env=box.environ)
    shown = box.world.ok(describing.describe(family), **identified(box.world.model, family, made))
    said = f"is {family.states['delete_failed']}" + ": no luck" * bool(describing.reason(shown))
    assert (code, stdout.startswith("failed "), said in stderr) == (3, True, True), stderr
    assert run(*line, env=box.environ)[0] == 0


@pytest.mark.parametrize("name", DELETABLE)
def test_selected(name: str, box: Box, run: Run) -> None:
    """All that a listing has: what is listed is described, and what is described can be deleted."""
    family = REMOVABLE[name]
    made = box.world.make(family.title)
    needed = [
        f"--{argument_name(member)}={made.get(member) or made['_asked'][member]}"
        for member in Model(box.world.model).required(str(family.operation("list")), "input")
    ]
    cascade = ["--cascade"] if family.title in removing.BELOW else []
    lines = planned(run, box, removing.plural(family), "--all", *needed, *cascade)
    if family.title == "ModelPackage":  # without a group the service lists those of no group
        assert lines
    assert made["_arn"] in {line["Arn"] for line in lines}
    for line in lines:
        assert set(line) >= {"Action", "Family", "Keys", "Region", "Account", "Status", "CreationTime", "Why"}
        assert (line["Account"], line["Region"]) == ("123456789012", box.region)
    assert removed(run, box, removing.plural(family), "--all", *needed, *cascade, lines=lines)


def test_an_experiment_is_stopped_with_its_variants_as_they_are(stepping: Stepping, run: Run) -> None:
    made = stepping.world.make("InferenceExperiment")
    assert run("wait", "inference-experiment", made["Name"], env=stepping.environ)[0] == 0
    line = ["remove", "inference-experiment", made["Name"], "--stop", "--yes"]
    code, stdout, stderr = run(*line, env=stepping.environ)
    assert (code, stdout) == (0, f"stopped inference experiment {made['Name']}\n"), stderr


@pytest.mark.parametrize("name", [name for name in STOPPABLE if name != "inference-experiment"])
def test_stopped(name: str, frozen_box: Box, run: Run) -> None:
    family, world = REMOVABLE[name], frozen_box.world
    made = world.make(family.title)
    if not family.is_job:
        service.advance_clock(frozen_box.folder, "1d")
    line = ["remove", name, *words(frozen_box, family.title, made), "--stop", "--yes", "--timeout", "10s"]
    shown = identified(world.model, family, made)
    code, stdout, stderr = run(*line, env=frozen_box.environ)
    if "stopping" in family.states:
        assert (code, stdout, "is still there after 10s" in stderr) == (124, "", True), stderr
        assert describing.status(family, world.ok(describing.describe(family), **shown)) == family.states["stopping"]
        service.advance_clock(frozen_box.folder, "1d")
    else:
        assert (code, stdout.split()[0]) == (0, "stopped"), stderr
    status = describing.status(family, world.ok(describing.describe(family), **shown))
    assert status == family.states["stopped"]
    code, stdout, stderr = run(*line, env=frozen_box.environ)
    assert (code, stdout.split()[0]) == (0, "over"), stderr


@pytest.mark.parametrize("name", [name for name in STOPPABLE if name not in DELETABLE])
def test_what_can_only_be_stopped_has_to_be_asked_for_so(name: str, box: Box, run: Run) -> None:
    code, stdout, stderr = run("remove", name, "x", "--yes", env=box.environ)
    assert (code, stdout, "cannot be deleted, only stopped: add --stop" in stderr) == (252, "", True)


# What hangs on something: how both are made -> the words for what is removed, and what has to go.


def _two(first: str, second: str, key: str) -> Callable[[Box], tuple[list[str], set[str]]]:
    """A resource of a family, which makes what it hangs on."""

    def make(box: Box) -> tuple[list[str], set[str]]:
        made = box.world.make(second)
        name = made.get(key) or made["_asked"][key]
        arns = {made["_arn"]}
        return [argument_name(first), str(name)], arns

    return make


def _adapter(box: Box) -> tuple[list[str], set[str]]:
    endpoint = box.endpoint("e", box.config("c", box.model("m")))
    arns = set()
    for name, specification in (("base", {"ModelName": "m"}), ("one", {"BaseInferenceComponentName": "base"})):
        made = box.world.ok(
            "CreateInferenceComponent", InferenceComponentName=name, EndpointName=endpoint,
            Specification=specification, RuntimeConfig={"CopyCount": 1}, VariantName="v0",
        )  # fmt: skip
        arns.add(made["InferenceComponentArn"])
    return ["inference-component", "base"], arns


def _schedule(box: Box) -> tuple[list[str], set[str]]:
    endpoint = box.endpoint("e", box.config("c", box.model("m")))
    return ["endpoint", endpoint], {box.schedule("s", endpoint)}


def _space(box: Box) -> tuple[list[str], set[str]]:
    domain = box.domain()
    box.profile(domain, "u")
    box.profile(domain, "v")
    arns = {}
    for owner in ("u", "v"):
        arns[owner] = box.world.ok(
            "CreateSpace", DomainId=domain, SpaceName=f"of-{owner}",
            OwnershipSettings={"OwnerUserProfileName": owner}, SpaceSharingSettings={"SharingType": "Private"},
        )["SpaceArn"]  # fmt: skip
    return ["user-profile", "u", "--domain-id", domain], {arns["u"]}


def _space_app(box: Box) -> tuple[list[str], set[str]]:
    domain = box.domain()
    for name in ("s", "t"):
        box.world.ok("CreateSpace", DomainId=domain, SpaceName=name)
    named = {"DomainId": domain, "AppType": "JupyterServer", "AppName": "default"}
    arns = [box.world.ok("CreateApp", **named, SpaceName=name)["AppArn"] for name in ("s", "t")]
    return ["space", "s", "--domain-id", domain], {arns[0]}


def _profile_app(box: Box) -> tuple[list[str], set[str]]:
    domain = box.domain()
    arns = [box.app(domain, box.profile(domain, name)) for name in ("u", "v")]
    return ["user-profile", "u", "--domain-id", domain], {arns[0]}


def _association(root: str) -> Callable[[Box], tuple[list[str], set[str]]]:
    def make(box: Box) -> tuple[list[str], set[str]]:
        trial, component = box.world.make("Trial"), box.world.make("TrialComponent")
        named = {"TrialName": trial["TrialName"], "TrialComponentName": component["TrialComponentName"]}
        box.world.ok("AssociateTrialComponent", **named)
        return [argument_name(root), str({"Trial": trial, "TrialComponent": component}[root][f"{root}Name"])], set()

    return make


def _hub(box: Box) -> tuple[list[str], set[str]]:
    content = box.world.make("HubContent")
    asked = content["_asked"]
    arns = {content["_arn"]}
    arns.add(box.world.ok("ImportHubContent", **{**asked, "HubContentVersion": "1.2.0"})["HubContentArn"])
    other = {**asked, "HubContentType": "Notebook", "HubContentName": "book"}
    arns.add(box.world.ok("ImportHubContent", **other)["HubContentArn"])
    public = "arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/public-model"
    linked = box.world.ok("CreateHubContentReference", HubName=asked["HubName"], SageMakerPublicHubContentArn=public)
    arns.add(linked["HubContentArn"])
    return ["hub", asked["HubName"]], arns


def _plan(box: Box) -> tuple[list[str], set[str]]:
    made = box.world.make("EdgeDeploymentPlan")
    return ["device-fleet", made["_asked"]["DeviceFleetName"]], {made["_arn"]}


def _device(box: Box) -> tuple[list[str], set[str]]:
    made = box.world.make("Device")
    return ["device-fleet", made["DeviceFleetName"]], set()


def _execution(box: Box) -> tuple[list[str], set[str]]:
    made = box.world.make("PipelineExecution")
    return ["pipeline", made["PipelineName"]], set()


def _workteam(box: Box) -> tuple[list[str], set[str]]:
    arns = []
    for _ in range(2):
        name = box.world.make("Workforce")["WorkforceName"]
        team = {**box.world.create_input("Workteam"), "WorkforceName": name}
        arns.append(box.world.ok("CreateWorkteam", **team)["WorkteamArn"])
    return ["workforce", name], {arns[-1]}


CASCADES: dict[tuple[str, str], Callable[[Box], tuple[list[str], set[str]]]] = {
    ("Cluster", "ClusterExtension"): _two("Cluster", "ClusterExtension", "ClusterArn"),
    ("Cluster", "ClusterSchedulerConfig"): _two("Cluster", "ClusterSchedulerConfig", "ClusterArn"),
    ("Cluster", "ComputeQuota"): _two("Cluster", "ComputeQuota", "ClusterArn"),
    ("DeviceFleet", "EdgeDeploymentPlan"): _plan,
    ("DeviceFleet", "Device"): _device,
    ("Domain", "App"): _two("Domain", "App", "DomainId"),
    ("Domain", "Space"): _two("Domain", "Space", "DomainId"),
    ("Domain", "UserProfile"): _two("Domain", "UserProfile", "DomainId"),
    ("Endpoint", "InferenceComponent"): _two("Endpoint", "InferenceComponent", "EndpointName"),
    ("Endpoint", "MonitoringSchedule"): _schedule,
    ("Experiment", "Trial"): _two("Experiment", "Trial", "ExperimentName"),
    ("Hub", "HubContent"): _hub,
    ("Image", "ImageVersion"): _two("Image", "ImageVersion", "ImageName"),
    ("InferenceComponent", "InferenceComponent"): _adapter,
    ("ModelPackageGroup", "ModelPackage"): lambda box: _package(box),
    ("Pipeline", "PipelineExecution"): _execution,
    ("Space", "App"): _space_app,
    ("Trial", "TrialComponent"): _association("Trial"),
    ("TrialComponent", "Trial"): _association("TrialComponent"),
    ("UserProfile", "App"): _profile_app,
    ("UserProfile", "Space"): _space,
    ("Workforce", "Workteam"): _workteam,
}


def _package(box: Box) -> tuple[list[str], set[str]]:
    group = box.world.make("ModelPackageGroup")["ModelPackageGroupName"]
    given = box.world.create_input("ModelPackage")
    arns = set()
    for _ in range(2):
        one = {**given, "ModelPackageGroupName": group, "ClientToken": box.world.token()}
        one.pop("ModelPackageName", None)
        arns.add(box.world.ok("CreateModelPackage", **one)["ModelPackageArn"])
    return ["model-package-group", group], arns


def test_every_row_is_tried() -> None:
    assert set(CASCADES) == {(title, row.title) for title, rows in removing.BELOW.items() for row in rows}


@pytest.mark.parametrize("row", CASCADES, ids="-".join)
def test_cascade(row: tuple[str, str], box: Box, run: Run) -> None:
    typed_words, arns = CASCADES[row](box)
    lines = planned(run, box, *typed_words, "--cascade")
    before = {line["Family"] for line in lines if line["Why"] != "asked for"}
    if before:
        code, stdout, stderr = run("remove", *typed_words, "--yes", env=box.environ)
        assert (code, stdout, "add it to take along what has to go first" in stderr) == (252, "", True)
    gone = removed(run, box, *typed_words, "--cascade", lines=lines)
    assert arns <= gone
    below = next(r for r in removing.BELOW[row[0]] if r.title == row[1])
    if below.action in removing.PARTING:
        assert [line["Action"] for line in lines if line["Step"] == 1] == [below.action]
    steps = {line["Arn"]: line["Step"] for line in lines if line["Arn"] is not None}
    for line in lines:
        for other in line["HangsOn"]:
            assert line["Step"] < steps[other]
