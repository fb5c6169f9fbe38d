"""Whole commands in this process against a sandbox, of which is known what it holds before and after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox import service
from tests.sandbox.conftest import model
from tests.support import box as boxes
from tests.waiting.conftest import kept, run, stepping, time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.sandbox.service import Sandbox
    from tests.waiting.conftest import Run

__all__ = ["kept", "model", "run", "stepping", "time"]

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sandbox-role"


class Box(boxes.Box):
    """An empty region, and what removals are tried on."""

    def held(self) -> dict[str, str]:
        """All there is in the region, by ARN or key: what it is. What is only shown as deleted is not there."""
        rows = self.world.sandbox._connection.execute(
            "SELECT arn, family, key, status, doc FROM resource WHERE scope LIKE ?", (f"%/{self.region}",)
        )
        return {arn or f"{family} {key}": f"{family} {doc}" for arn, family, key, status, doc in rows
                if status != "Deleted"}  # fmt: skip

    def model(self, name: str) -> str:
        self.world.ok("CreateModel", ModelName=name, ExecutionRoleArn=ROLE)
        return name

    def config(self, name: str, *models: str) -> str:
        variants = [
            {"VariantName": f"v{at}", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
            for at, model in enumerate(models)
        ]
        self.world.ok("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=variants)
        return name

    def endpoint(self, name: str, config: str) -> str:
        self.world.ok("CreateEndpoint", EndpointName=name, EndpointConfigName=config)
        return name

    def domain(self, name: str = "d", **settings: Any) -> str:
        made = self.world.ok(
            "CreateDomain", DomainName=name, AuthMode="IAM", VpcId="vpc-1", SubnetIds=["subnet-1"],
            DefaultUserSettings={"ExecutionRole": ROLE, **settings},
        )  # fmt: skip
        return str(made["DomainId"])

    def profile(self, domain: str, name: str) -> str:
        self.world.ok("CreateUserProfile", DomainId=domain, UserProfileName=name)
        return name

    def app(self, domain: str, profile: str, name: str = "default") -> str:
        named = {"DomainId": domain, "UserProfileName": profile, "AppType": "JupyterServer", "AppName": name}
        return str(self.world.ok("CreateApp", **named)["AppArn"])

    def schedule(self, name: str, endpoint: str) -> str:
        """The ARN of a schedule that watches an endpoint by the definition ``watch``."""
        definition = self.world.create_input("DataQualityJobDefinition")
        definition["DataQualityJobInput"] = {"EndpointInput": {"EndpointName": endpoint, "LocalPath": "/opt/ml"}}
        self.world.ok("CreateDataQualityJobDefinition", **{**definition, "JobDefinitionName": "watch"})
        named = {"MonitoringJobDefinitionName": "watch", "MonitoringType": "DataQuality"}
        given = {"MonitoringScheduleName": name, "MonitoringScheduleConfig": named}
        return str(self.world.ok("CreateMonitoringSchedule", **given)["MonitoringScheduleArn"])


@pytest.fixture(scope="session")
def at_rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sandbox]]:
    with boxes.sandbox(tmp_path_factory, "instant") as made:
        yield made


@pytest.fixture
def box(at_rest: tuple[str, Sandbox], model: dict[str, Any]) -> Iterator[Box]:
    yield Box(*at_rest, model)
    service.set_faults(at_rest[0], None)


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sandbox]]:
    with boxes.sandbox(tmp_path_factory, "frozen") as made:
        yield made


@pytest.fixture
def frozen_box(frozen: tuple[str, Sandbox], model: dict[str, Any]) -> Iterator[Box]:
    """The same where no time passes but by ``advance_clock``."""
    yield Box(*frozen, model)
    service.set_faults(frozen[0], None)


def planned(run: Run, box: Box, *words: str) -> list[dict[str, Any]]:
    """The lines of a plan that is printed."""
    code, stdout, stderr = run("remove", *words, "--plan", env=box.environ)
    assert (code, stderr) == (0, "")
    return [json.loads(line) for line in stdout.splitlines()]


def removed(run: Run, box: Box, *words: str, lines: list[dict[str, Any]] | None = None) -> set[str]:
    """What goes when a plan is carried out, which is exactly what ``lines`` say; all else stays as it was."""
    lines = planned(run, box, *words) if lines is None else lines
    before = box.held()
    code, stdout, stderr = run("remove", *words, "--yes", env=box.environ)
    assert code == 0, stderr
    after = box.held()
    assert {arn: what for arn, what in before.items() if arn in after} == after
    gone = set(before) - set(after)
    # What has no ARN is a part: the events of a cluster, the versions of a card.
    named = {arn for arn in gone if arn.startswith("arn:")}
    assert named == {line["Arn"] for line in lines if line["Action"] in ("delete", "deregister")}
    assert len(stdout.splitlines()) == sum(line["Action"] != "keep" for line in lines)
    return gone
