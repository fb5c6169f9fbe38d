"""Updates lose nothing: what they leave out stays where their shape is one of their own, or has no room for it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from awsshadow.compile.sources import load
from awsshadow.model.families import find
from awsshadow.sandbox.engine.revision import MERGED
from tests.sandbox.engine.test_lifecycle import ROLES, WHOLE, ids, inner

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
_MODEL: Any = load().model
_SHAPES, _OPERATIONS = _MODEL["shapes"], _MODEL["operations"]


def members(shape: str) -> dict[str, str]:
    return {name: ref["shape"] for name, ref in _SHAPES[shape].get("members", {}).items()}


def side(operation: str, which: str) -> str:
    return str(_OPERATIONS[operation][which]["shape"])


def structures() -> Iterator[tuple[str, str, str, bool]]:
    """Family, update, member that is a structure, and whether what it leaves out stays."""
    for title in WHOLE:
        # What may change of an experiment depends on its state: its module says it.
        update = ROLES[title].get("update") if title != "InferenceExperiment" else None
        made = members(side(ROLES[title]["create"], "input"))
        for member, shape in members(side(update, "input")).items() if update else ():
            about = member.removesuffix("ForUpdate")
            if _SHAPES[shape]["type"] == "structure" and about in made:
                own = made[about] != shape or member in MERGED.get(str(update), ())
                yield title, str(update), member, own


def test_the_walk_finds_them() -> None:
    found = {(update, member): own for _, update, member, own in structures()}
    assert len(found) >= 30
    assert {name for name, own in found.items() if own} >= {
        ("UpdateCodeRepository", "GitConfig"),
        ("UpdateDomain", "DefaultUserSettings"),
        ("UpdateDomain", "DomainSettingsForUpdate"),
        ("UpdateFeatureGroup", "OnlineStoreConfig"),
        ("UpdateTrainingJob", "ProfilerConfig"),
        ("UpdateTrainingJob", "ResourceConfig"),
        ("UpdateUserProfile", "UserSettings"),
    }
    assert not found["UpdateMonitoringSchedule", "MonitoringScheduleConfig"]
    assert {update for update in MERGED if find(update)} == set(MERGED)


@pytest.mark.parametrize(("title", "update", "member", "own"), list(structures()))
def test_what_an_update_leaves_out_stays(title: Any, update: Any, member: Any, own: Any, world: Any) -> None:
    world.maker.full = True
    params = world.create_input(title)
    world.ok(ROLES[title]["create"], **params)
    known = {**world.newest(title), **params}
    describe = ROLES[title]["describe"]
    if title == "NotebookInstance":
        world.ok("StopNotebookInstance", NotebookInstanceName=known["NotebookInstanceName"])
    before = inner(title, world.ok(describe, **ids(title, known, world)))
    shape = members(side(update, "input"))[member]
    given = world.minimal.make(shape)
    asked = {**world.input(update, world.minimal), **ids(title, known, world, update), member: given}
    if "TargetVersion" in asked:
        asked["TargetVersion"] = 1
    world.ok(update, **asked)
    after = inner(title, world.ok(describe, **ids(title, known, world)))
    about = member.removesuffix("ForUpdate")
    if about in before:
        lost = list(gone(before[about], after[about], given, shape, own))
        assert lost == []


def gone(before: Any, after: Any, given: Any, shape: str, own: bool, path: str = "") -> Iterator[str]:
    """Paths that were there, were not given, should have stayed, and are not there as they were."""
    known = members(shape)
    for name, value in before.items():
        update = next((n for n in (name, f"{name}ForUpdate") if n in given), None)
        if update is None:
            if (own or name not in known) and after.get(name) != value:
                yield path + name
        elif isinstance(value, dict) and _SHAPES[known[update]]["type"] == "structure":
            deeper = own and not _SHAPES[known[update]].get("union")
            if deeper:
                yield from gone(value, after[name], given[update], known[update], own, f"{path}{name}.")


def test_the_keep_alive_period_of_a_training_job(world: Any) -> None:
    world.maker.full = True
    params = world.create_input("TrainingJob")
    name = params["TrainingJobName"]
    world.ok("CreateTrainingJob", **params)
    before = world.ok("DescribeTrainingJob", TrainingJobName=name)
    world.ok("UpdateTrainingJob", TrainingJobName=name, ResourceConfig={"KeepAlivePeriodInSeconds": 900})
    world.ok("UpdateTrainingJob", TrainingJobName=name, ProfilerConfig={"DisableProfiler": True})
    after = world.ok("DescribeTrainingJob", TrainingJobName=name)
    assert after["ResourceConfig"] == {**before["ResourceConfig"], "KeepAlivePeriodInSeconds": 900}
    assert after["ProfilerConfig"] == {**before["ProfilerConfig"], "DisableProfiler": True}


def test_the_secret_of_a_code_repository(world: Any) -> None:
    config = {"RepositoryUrl": "https://github.com/o/r.git", "Branch": "main"}
    secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s"
    world.ok("CreateCodeRepository", CodeRepositoryName="r", GitConfig=config)
    world.ok("UpdateCodeRepository", CodeRepositoryName="r", GitConfig={"SecretArn": secret})
    shown = world.ok("DescribeCodeRepository", CodeRepositoryName="r")
    assert shown["GitConfig"] == {**config, "SecretArn": secret}


def test_one_setting_of_a_domain_and_lists_that_end_it(world: Any) -> None:
    script = world.make("StudioLifecycleConfig")["StudioLifecycleConfigArn"]
    studio = {"JupyterLabAppSettings": {"LifecycleConfigArns": [script], "DefaultResourceSpec": SPEC}}
    made = world.ok(
        "CreateDomain", DomainName="d", AuthMode="IAM", VpcId="vpc-1", SubnetIds=["subnet-1"],
        DefaultUserSettings={"ExecutionRole": ROLE, **studio},
        DomainSettings={"RStudioServerProDomainSettings": {
            "DomainExecutionRoleArn": ROLE, "RStudioConnectUrl": "https://c",
        }},
    )  # fmt: skip
    domain = made["DomainArn"].rpartition("/")[2]
    world.ok("UpdateDomain", DomainId=domain, DefaultUserSettings={"StudioWebPortal": "DISABLED"})
    world.ok(
        "UpdateDomain", DomainId=domain, DefaultUserSettings={"JupyterLabAppSettings": {"LifecycleConfigArns": []}}
    )
    other = {"DomainExecutionRoleArn": f"{ROLE}-2"}
    world.ok(
        "UpdateDomain", DomainId=domain, DomainSettingsForUpdate={"RStudioServerProDomainSettingsForUpdate": other}
    )
    shown = world.ok("DescribeDomain", DomainId=domain)
    lab = {"LifecycleConfigArns": [], "DefaultResourceSpec": SPEC}
    assert shown["DefaultUserSettings"] == {
        "ExecutionRole": ROLE, "StudioWebPortal": "DISABLED", "JupyterLabAppSettings": lab,
    }  # fmt: skip
    settings = shown["DomainSettings"]["RStudioServerProDomainSettings"]
    assert settings == {**other, "RStudioConnectUrl": "https://c"}


SPEC = {"InstanceType": "ml.t3.medium"}


def test_a_schedule_is_replaced_as_a_whole(world: Any) -> None:
    world.maker.full = True
    params = world.create_input("MonitoringSchedule")
    world.ok("CreateMonitoringSchedule", **params)
    name = params["MonitoringScheduleName"]
    config = {
        "ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"},
        **{m: v for m, v in params["MonitoringScheduleConfig"].items() if m == "MonitoringJobDefinition"},
    }
    world.ok("UpdateMonitoringSchedule", MonitoringScheduleName=name, MonitoringScheduleConfig=config)
    shown = world.ok("DescribeMonitoringSchedule", MonitoringScheduleName=name)["MonitoringScheduleConfig"]
    assert "MonitoringJobDefinitionName" not in shown
    assert shown["ScheduleConfig"] == config["ScheduleConfig"]


def test_keys_of_trial_components_are_added_and_replaced(world: Any) -> None:
    one, two = {"NumberValue": 1.0}, {"NumberValue": 2.0}
    world.ok("CreateTrialComponent", TrialComponentName="c", Parameters={"a": one, "b": one})
    world.ok("UpdateTrialComponent", TrialComponentName="c", Parameters={"b": two}, ParametersToRemove=["a"])
    assert world.ok("DescribeTrialComponent", TrialComponentName="c")["Parameters"] == {"b": two}
    world.ok("CreateContext", ContextName="c", Source={"SourceUri": "u"}, ContextType="t", Properties={"a": "1"})
    world.ok("UpdateContext", ContextName="c", Properties={"b": "2"})
    assert world.ok("DescribeContext", ContextName="c")["Properties"] == {"b": "2"}


def test_the_provisioning_of_a_project(world: Any) -> None:
    details = {"ProductId": "prod-1", "ProvisioningArtifactId": "pa-1", "PathId": "lp-1"}
    world.ok("CreateProject", ProjectName="p", ServiceCatalogProvisioningDetails=details)
    changed = {"ProvisioningArtifactId": "pa-2"}
    world.ok("UpdateProject", ProjectName="p", ServiceCatalogProvisioningUpdateDetails=changed)
    shown = world.ok("DescribeProject", ProjectName="p")["ServiceCatalogProvisioningDetails"]
    assert shown == {**details, **changed}


def test_variants_of_an_experiment_that_do_not_change_stay(world: Any) -> None:
    params = {**world.create_input("InferenceExperiment"), "Schedule": {"StartTime": time.time() + 86_400}}
    world.ok("CreateInferenceExperiment", **params)
    name = params["Name"]
    larger = {
        "InfrastructureType": "RealTimeInference",
        "RealTimeInferenceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 2},
    }
    changed = {**params["ModelVariants"][1], "InfrastructureConfig": larger}
    world.ok("UpdateInferenceExperiment", Name=name, ModelVariants=[changed])
    shown = world.ok("DescribeInferenceExperiment", Name=name)["ModelVariants"]
    assert {v["VariantName"]: v["InfrastructureConfig"] for v in shown} == {
        "production": params["ModelVariants"][0]["InfrastructureConfig"],
        "shadow": larger,
    }
