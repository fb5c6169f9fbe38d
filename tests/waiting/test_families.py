"""Every family with a status: it succeeds, fails, is stopped, is deleted, or is not there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.model.families import describing, log_groups, outcomes, table
from awsshadow.names import argument_name
from awsshadow.sandbox import service

if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.families import Family
    from tests.waiting.conftest import Run, Stepping

WITH_STATUS = describing.with_status()
#: Families whose status changes by itself.
MOVING = {name: family for name, family in WITH_STATUS.items() if family.states}

#: Jobs that run until they are stopped, and have to be before they can be deleted.
RUN_ON = {"InferenceExperiment"}


def having(*roles: str) -> list[str]:
    return [name for name, family in MOVING.items() if set(roles) <= set(family.operations.values())]


def operation(family: Family, role: str) -> str:
    return next(name for name, found in family.operations.items() if found == role)


def accepted(model: dict[str, Any], name: str) -> dict[str, Any]:
    shape: dict[str, Any] = model["shapes"][model["operations"][name]["input"]["shape"]]
    return shape


def identified(model: dict[str, Any], family: Family, made: dict[str, Any]) -> dict[str, Any]:
    """The members that describe it."""
    shape = accepted(model, describing.describe(family))
    required = [m for m in shape["members"] if m in shape.get("required", ())]
    return describing.identified(family, shape["members"], required, made)


def typed(model: dict[str, Any], family: Family, members: dict[str, Any]) -> list[str]:
    """The members as words behind ``wait FAMILY``: the name, and options."""
    shape = accepted(model, describing.describe(family))
    name = describing.name_member(family, [m for m in shape["members"] if m in shape.get("required", ())])
    options = [
        # The one option of these that has another name than its member.
        f"--{'version-number' if m == 'Version' else argument_name(m)}={value}"
        for m, value in members.items()
        if m != name
    ]
    return [str(members[name]), *options]


def called(stepping: Stepping, family: Family, role: str, made: dict[str, Any]) -> tuple[str, str]:
    """The command and the document of an operation on a resource."""
    name = operation(family, role)
    shape = accepted(stepping.world.model, name)
    document = {m: made[m] for m in shape.get("required", ()) if m in made}
    document |= {m: v for m, v in identified(stepping.world.model, family, made).items() if m in shape["members"]}
    if role == "stop" and family.title == "InferenceExperiment":
        document["ModelVariantActions"] = {"production": "Retain", "shadow": "Remove"}
    return argument_name(name), json.dumps(document)


@pytest.mark.parametrize("name", WITH_STATUS)
def test_success(name: str, stepping: Stepping, run: Run) -> None:
    family = WITH_STATUS[name]
    made = stepping.world.make(family.title)
    words = typed(stepping.world.model, family, identified(stepping.world.model, family, made))
    assert run("wait", name, *words, env=stepping.environ) == (0, "", "")
    code, stdout, stderr = run("wait", name, *words, "--output", "json", env=stepping.environ)
    assert (code, stderr) == (0, "")
    state = describing.status(family, json.loads(stdout))
    assert not state or outcomes.outcome(family, state) in (outcomes.SUCCESS, outcomes.STOPPED)


#: What is made in a way of its own, see the world of the sandbox's tests.
IN_A_WAY_OF_ITS_OWN = ("HubContent", "PipelineExecution")


@pytest.mark.parametrize("name", [name for name in having("create") if MOVING[name].title not in IN_A_WAY_OF_ITS_OWN])
def test_create_and_wait(name: str, stepping: Stepping, run: Run) -> None:
    family = MOVING[name]
    command, document = argument_name(operation(family, "create")), stepping.world.create_input(family.title)
    words = ["sagemaker", command, "--cli-input-json", json.dumps(document)]
    code, stdout, stderr = run(*words, "--wait", env=stepping.environ)
    assert (code, stderr) == (0, "")
    made = {**document, **(json.loads(stdout) if stdout else {})}
    shape = accepted(stepping.world.model, describing.describe(family))
    known = identified(stepping.world.model, family, made)
    assert set(shape.get("required", ())) <= set(known)


@pytest.mark.parametrize("name", [name for name in having("create") if "failed" in MOVING[name].states])
def test_failure(name: str, stepping: Stepping, run: Run) -> None:
    family = MOVING[name]
    service.set_faults(stepping.folder, {"fail": [{"family": family.title, "reason": "no\nspace"}]})
    made = stepping.world.make(family.title)
    words = typed(stepping.world.model, family, identified(stepping.world.model, family, made))
    code, stdout, stderr = run("wait", name, *words, env=stepping.environ)
    failed = family.states["failed"]
    if outcomes.outcome(family, failed) == outcomes.STOPPED:  # an experiment cannot fail, but be cancelled
        assert (code, stdout) == (0, "")
        code, stdout, stderr = run("wait", name, *words, "--for", family.states["stable"], env=stepping.environ)
    assert (code, stdout) == (3, "")
    assert f"{name.replace('-', ' ')} " in stderr
    assert f" is {failed}" in stderr
    shown = stepping.world.ok(describing.describe(family), **identified(stepping.world.model, family, made))
    assert (": no space" in stderr) == bool(describing.reason(shown))
    assert ("log group" in stderr) == bool(log_groups.group(family, shown))


@pytest.mark.parametrize("name", having("stop"))
def test_stop_and_wait(name: str, stepping: Stepping, run: Run) -> None:
    family = MOVING[name]
    made = stepping.world.make(family.title)
    if not family.is_job or family.title in RUN_ON:
        words = typed(stepping.world.model, family, identified(stepping.world.model, family, made))
        assert run("wait", name, *words, env=stepping.environ)[0] == 0
    command, document = called(stepping, family, "stop", made)
    found = run("sagemaker", command, "--cli-input-json", document, "--wait", env=stepping.environ)
    assert (found[0], found[2]) == (0, "")
    shown = stepping.world.ok(describing.describe(family), **identified(stepping.world.model, family, made))
    assert describing.status(family, shown) in {family.states.get("stopped"), family.states["stable"]}


@pytest.mark.parametrize("name", having("delete"))
def test_delete_and_wait(name: str, stepping: Stepping, run: Run) -> None:
    family = MOVING[name]
    made = stepping.world.make(family.title)
    known = identified(stepping.world.model, family, made)
    words = typed(stepping.world.model, family, known)
    assert run("wait", name, *words, env=stepping.environ)[0] == 0
    if "delete" in family.allowed or family.title in RUN_ON:
        stop, document = called(stepping, family, "stop", made)
        assert run("sagemaker", stop, "--cli-input-json", document, "--wait", env=stepping.environ)[0] == 0
    command, document = called(stepping, family, "delete", made)
    found = run("sagemaker", command, "--cli-input-json", document, "--wait", env=stepping.environ)
    assert (found[0], found[2]) == (0, "")
    status, answer = stepping.world.call(describing.describe(family), **known)
    gone = status == 400 and answer["__type"] in describing.missing_types(describing.describe(family))
    assert gone or outcomes.outcome(family, describing.status(family, answer)) == outcomes.DELETED
    assert run("wait", name, *words, "--for", "deleted", env=stepping.environ)[0] == 0


@pytest.mark.parametrize("name", WITH_STATUS)
def test_missing(name: str, stepping: Stepping, run: Run, model: dict[str, Any]) -> None:
    family = WITH_STATUS[name]
    describe = describing.describe(family)
    document = stepping.world.minimal.make(model["operations"][describe]["input"]["shape"])
    words = typed(model, family, document)
    code, stdout, stderr = run("wait", name, *words, env=stepping.environ)
    assert (code, stdout) == (254, "")
    assert f"when calling the {describe} operation" in stderr
    assert run("wait", name, *words, "--for", "deleted", env=stepping.environ) == (0, "", "")
    asked = ["sagemaker", argument_name(describe), "--cli-input-json", json.dumps(document)]
    assert run(*asked, "--exists", env=stepping.environ) == (1, "", "")


@pytest.mark.parametrize("family", [f for f in table().values() if f.operation("describe")], ids=lambda f: f.title)
def test_the_error_for_a_missing_resource_is_known(family: Family) -> None:
    """What the sandbox answers, which is what is known of the service, is taken for that."""
    from awsshadow.sandbox.contract.error_messages import no_such

    assert no_such(family, "n", "arn").code in describing.missing_types(describing.describe(family))
