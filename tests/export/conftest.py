"""Whole commands in this process, against a sandbox of the test's own in which all is at rest."""

from __future__ import annotations

import io
import os
from itertools import count
from typing import TYPE_CHECKING

import pytest

from awsshadow.invocation import Process
from awsshadow.model import find_store, load
from awsshadow.model.families import describing
from awsshadow.names import argument_name
from awsshadow.run import carry_out
from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from awsshadow.streams import Streams
from tests.fanout.conftest import network
from tests.sandbox.conftest import World, model
from tests.waiting.conftest import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from awsshadow.model.families import Family

    Environ = dict[str, str] | None

__all__ = ["model", "network"]

#: A region in which generated ARNs meet their patterns.
REGION = "us-east-1"
ROLE = "arn:aws:iam::123456789012:role/r"


class Box:
    """A sandbox with nothing in it: ``world`` makes resources, ``full`` with all members that the model has."""

    def __init__(self, folder: Path, model: dict[str, Any], patch: pytest.MonkeyPatch) -> None:
        self.folder = str(folder)
        self.sandbox = Sandbox(self.folder, clock="instant")
        self.world = World(self.sandbox, model, region=REGION)
        self.full = World(self.sandbox, model, full=True, region=REGION)
        self._patch = patch
        self._numbers = count(1)

    @property
    def environ(self) -> dict[str, str]:
        return {"AWSSHADOW_SANDBOX": self.folder, "AWS_DEFAULT_REGION": REGION}

    def run(
        self, *words: str, stdin: str = "", terminal: bool = False, program: str = "awsshadow", env: Environ = None
    ) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command; ``terminal``: somebody looks at both."""
        for name, value in (self.environ if env is None else env).items():
            self._patch.setenv(name, value)
        kind = Terminal if terminal else io.StringIO
        stdout, stderr = kind(), kind()
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
        streams = Streams(given, stdout, stderr)
        code = carry_out(Process(program, "/opt/awsshadow", dict(os.environ), streams, is_own=False), list(words))
        return code, stdout.getvalue(), stderr.getvalue()

    def ok(self, *words: str) -> str:
        """What a command prints that has to end with 0 and say nothing else."""
        code, stdout, stderr = self.run(*words)
        assert (code, stderr) == (0, ""), (words, stdout)
        return stdout

    def faults(self, **rules: list[dict[str, Any]]) -> None:
        service.set_faults(self.folder, rules)

    def fresh(self) -> str:
        """A name that nothing has."""
        return f"fresh{next(self._numbers)}"

    def words(self, family: Family, *known: dict[str, Any]) -> list[str]:
        """The options that name a resource of which these members are known."""
        slice = load(find_store(dict(os.environ)), "operations", argument_name(describing.describe(family)))
        shape = slice.shapes[slice.input_shape or ""]
        required = [member for member in shape["members"] if member in shape.get("required", ())]
        if family.title == "ModelPackage":  # one of a group has no name
            known = ({"ModelPackageArn": known[0]["ModelPackageArn"]},)
        found = describing.identified(family, shape["members"], required, *known)
        names = {argument.member: argument.name for argument in slice.arguments if argument.kind == "member"}
        return [word for member, value in found.items() for word in (f"--{names[member]}", str(value))]

    def endpoint(self, name: str = "blue", config: str = "c", models: tuple[str, ...] = ("m",)) -> None:
        """An endpoint with its configuration and its models, which are made where they are not there."""
        variants = []
        for name_ in models:
            self.world.call("CreateModel", ModelName=name_, ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "i"})
            variants.append({"VariantName": f"v-{name_}", "ModelName": name_, "InitialInstanceCount": 1,
                             "InstanceType": "ml.m5.large"})  # fmt: skip
        self.world.call("CreateEndpointConfig", EndpointConfigName=config, ProductionVariants=variants)
        self.world.ok("CreateEndpoint", EndpointName=name, EndpointConfigName=config)


@pytest.fixture
def box(
    tmp_path: Path, model: dict[str, Any], empty_home: Path, slices: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Box]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(slices))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr("time.sleep", lambda _: None)  # between the attempts of one call
    made = Box(tmp_path / "box", model, monkeypatch)
    yield made
    made.sandbox.close()
