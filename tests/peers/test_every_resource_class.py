"""Every resource class of sagemaker-core reads what the sandbox has of its kind: the types are the package's own."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.model.families import table
from awsshadow.sandbox.service import Sandbox
from tests.peers.conftest import REGION
from tests.sandbox.conftest import MADE_OTHERWISE, World, _load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

resources: Any = pytest.importorskip("sagemaker.core.resources", reason="sagemaker-core is not installed")

#: Classes that take the answer for the structure that lies in it, or look in it for what was asked.
CANNOT = {"ImageVersion", "TrainingSession", "Workforce", "Workteam"}
CLASSES: dict[str, Any] = {
    name: value
    for name, value in vars(resources).items()
    if inspect.isclass(value) and issubclass(value, resources.Base) and value is not resources.Base
}


@pytest.fixture(scope="module")
def made(folder: str) -> Iterator[dict[str, dict[str, Any]]]:
    """Of every family one resource with all optional members, by its title."""
    sandbox = Sandbox(folder)
    world = World(sandbox, _load_model(), full=True, region=REGION)
    yield {
        title: world.make(title)
        for title, family in table().items()
        if "create" in family.operations.values() or title in MADE_OTHERWISE
    }
    sandbox.close()


def arguments(function: Any, known: dict[str, Any]) -> dict[str, Any]:
    """What is known of the parameters of a function. Skips the test when one that it needs is not."""
    by_name = {member.lower(): value for member, value in known.items()}
    parameters = inspect.signature(function).parameters
    needed = {name for name, each in parameters.items() if each.default is inspect.Parameter.empty}
    found = {name: by_name[name.replace("_", "")] for name in parameters if name.replace("_", "") in by_name}
    if not needed <= set(found):
        pytest.skip(f"needs {', '.join(sorted(needed - set(found)))}")
    return {name: value for name, value in found.items() if name in needed or name in KEYS}


#: Members that name what lies in another resource, and may be left out.
KEYS = {"user_profile_name", "hub_content_version"}


@pytest.mark.parametrize("name", [name for name, value in CLASSES.items() if hasattr(value, "get_all")])
def test_lists_are_read(name: str, made: dict[str, dict[str, Any]]) -> None:
    asked = {k: v for k, v in arguments(CLASSES[name].get_all, made.get(name, {})).items() if k not in KEYS}
    found = list(CLASSES[name].get_all(**asked))
    assert found or name not in made
    assert all(isinstance(item, CLASSES[name]) for item in found)


@pytest.mark.parametrize("name", [name for name, value in CLASSES.items() if hasattr(value, "get")])
def test_what_is_there_is_read(name: str, made: dict[str, dict[str, Any]]) -> None:
    if name not in made:
        pytest.skip("nothing makes one by a request")
    asked = arguments(CLASSES[name].get, made[name])
    if name in CANNOT:
        with pytest.raises(ValueError, match="Field required"):
            CLASSES[name].get(**asked)
    else:
        assert isinstance(CLASSES[name].get(**asked), CLASSES[name])
