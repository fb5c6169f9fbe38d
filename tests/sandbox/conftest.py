"""A sandbox to talk to, input made from the shapes, and a judge of answers.

The judge knows nothing of the sandbox's own code: it reads the model that botocore installs.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import string
from functools import lru_cache
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import botocore
import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.strategies import from_regex

from awsshadow.model.families import table
from awsshadow.model.families.references import REFERENCES
from awsshadow.model.java_patterns import TRANSLATED
from awsshadow.sandbox.service import Answer, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGION = "eu-west-1"
ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
STAMP = 1_700_000_000.0


def _load_model() -> dict[str, Any]:
    path = os.path.join(os.path.dirname(botocore.__file__), "data", "sagemaker", "2017-07-24", "service-2.json.gz")
    with gzip.open(path) as file:
        document: dict[str, Any] = json.load(file)
    return document


@pytest.fixture(scope="session")
def model() -> dict[str, Any]:
    return _load_model()


class Maker:
    """Valid values for shapes; ``full`` with optional members to a depth, else required ones only."""

    #: Shapes whose valid values mean more than their constraints say.
    KNOWN: ClassVar[dict[str, str]] = {
        "PipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": [{"Name": "one", "Type": "Training"}]}),
        "ResourcePropertyName": "CreationTime",
        "RoleArn": ROLE,
        "FeatureName": "feature",
        "SageMakerPublicHubContentArn": (
            "arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/public-model"
        ),
        "S3Uri": "s3://bucket/key",
    }

    def __init__(self, model: dict[str, Any], full: bool) -> None:
        self.shapes = model["shapes"]
        self.full = full

    def make(self, name: str, depth: int = 0) -> Any:  # noqa: PLR0911 - one for each type
        shape = self.shapes[name]
        what = shape["type"]
        if name in self.KNOWN:
            return self.KNOWN[name]
        if what == "structure":
            return self._structure(shape, depth)
        if what == "list":
            count = max(shape.get("min", 0), 1 if self.full or depth == 0 else 0)
            return [self.make(shape["member"]["shape"], depth + 1) for _ in range(min(count, shape.get("max", count)))]
        if what == "map":
            count = max(shape.get("min", 0), 1 if self.full else 0)
            key, value = shape["key"]["shape"], shape["value"]["shape"]
            return {self.make(key, depth + 1): self.make(value, depth + 1) for _ in range(count)}
        if what == "string":
            return text(shape)
        if what == "timestamp":
            return STAMP
        return True if what == "boolean" else shape.get("min", 1)

    def _structure(self, shape: dict[str, Any], depth: int) -> dict[str, Any]:
        members = shape["members"]
        if shape.get("union"):
            first = next(iter(members))
            return {first: self.make(members[first]["shape"], depth + 1)}
        wanted = set(shape.get("required", ()))
        if self.full and depth < 4:
            wanted = set(members)
        return {m: self.make(ref["shape"], depth + 1) for m, ref in members.items() if m in wanted}


def text(shape: dict[str, Any]) -> str:
    """A text that meets enum, pattern, min and max of a shape; the same one every time."""
    if "enum" in shape:
        return str(shape["enum"][0])
    low, high = shape.get("min", 0), shape.get("max", 10_000)
    pattern = shape.get("pattern", "[a-z]*")
    return _matching(TRANSLATED.get(pattern, pattern), int(low), int(high))


#: How Java's patterns limit the length of what follows; generators of texts do not look ahead.
_LENGTH = re.compile(r"\(\?=\.\{(\d+),(\d+)\}\$\)")
_LETTERS = string.ascii_letters + string.digits + string.punctuation + " "


@lru_cache(None)
def _matching(pattern: str, low: int, high: int) -> str:
    """A text of ``low`` to ``high`` characters that meets ``pattern``: plain letters where they do."""

    def fitting(made: str) -> str | None:
        """``made``, filled up if need be, when it is what was asked for."""
        candidates = (made, made.ljust(low, "a"))
        return next((c for c in candidates if low <= len(c) <= high and re.fullmatch(pattern, c)), None)

    for length in (3, 2, 1, high):
        if length <= high and (plain := fitting("a" * length)):
            return plain
    drawn = from_regex(_LENGTH.sub("", pattern), fullmatch=True, alphabet=_LETTERS)
    # The first that fits will do: nothing is gained by a shorter one. How soon one is drawn depends on which modules
    # are loaded, whose constants Hypothesis tries as well.
    once = settings(
        database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), max_examples=10_000
    )
    found = fitting(find(drawn, lambda made: fitting(made) is not None, settings=once, random=Random(0)))
    assert found is not None
    return found


#: Members of the model's output whose own pattern no true value meets, or that hold what was asked for elsewhere.
INEXACT = (
    "DeviceFleetArn",  # the pattern says iam
    "DeviceArn",  # the region may hold no digit
    "EdgeDeploymentPlanArn",
    "EdgePackagingJobArn",
    "AuthorizedUrlConfigs",  # links lead to the sandbox, by http
)


class Judge:
    """Whether a document is what a shape asks for; problems as ``path: sentence``."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self.shapes = model["shapes"]

    def answer(self, operation: str, document: Any, exact: bool = False) -> list[str]:
        """Structural problems of an answer; with ``exact`` those of length, range and pattern instead."""
        spec = self.model["operations"][operation]
        if "output" not in spec:
            return [] if document == {} else [f"{operation}: has an output"]
        problems: list[str] = []
        self._walk(document, spec["output"]["shape"], operation, problems, exact)
        return problems

    def inexact(self, operation: str, document: Any) -> list[str]:
        """Problems of length, range and pattern, but for those that the model itself makes."""
        return [p for p in self.answer(operation, document, exact=True) if not any(m in p for m in INEXACT)]

    def _walk(self, value: Any, name: str, path: str, problems: list[str], exact: bool) -> None:
        shape = self.shapes[name]
        what = shape["type"]
        types: dict[str, Any] = {
            "structure": dict,
            "map": dict,
            "list": list,
            "string": str,
            "boolean": bool,
            "integer": int,
            "long": int,
        }
        wanted = types.get(what, (int, float))
        if not isinstance(value, wanted) or (isinstance(value, bool) and what != "boolean"):
            problems.append(f"{path}: {value!r} is no {what}")
            return
        if exact:
            self._limits(value, shape, path, problems)
        elif "enum" in shape and value not in shape["enum"]:
            problems.append(f"{path}: {value!r} is not in the enum")
        if what == "structure":
            if not exact:
                problems += [f"{path}: lacks {m}" for m in shape.get("required", ()) if m not in value]
                problems += [f"{path}: has {m}" for m in value if m not in shape["members"]]
                if shape.get("union") and len(value) != 1:
                    problems.append(f"{path}: a union with {len(value)} members")
            for member, ref in shape["members"].items():
                if member in value:
                    self._walk(value[member], ref["shape"], f"{path}.{member}", problems, exact)
        elif what == "list":
            for place, inner in enumerate(value):
                self._walk(inner, shape["member"]["shape"], f"{path}[{place}]", problems, exact)
        elif what == "map":
            for key, inner in value.items():
                self._walk(key, shape["key"]["shape"], f"{path}.{key}", problems, exact)
                self._walk(inner, shape["value"]["shape"], f"{path}.{key}", problems, exact)

    def _limits(self, value: Any, shape: dict[str, Any], path: str, problems: list[str]) -> None:
        size = value if isinstance(value, (int, float)) else len(value)
        plain = shape["type"] not in {"boolean", "timestamp", "structure"}
        if plain and not shape.get("min", size) <= size <= shape.get("max", size):
            problems.append(f"{path}: {value!r} is out of {shape.get('min')}..{shape.get('max')}")
        pattern = shape.get("pattern")
        if pattern and not re.fullmatch(TRANSLATED.get(pattern, pattern), value):
            problems.append(f"{path}: {value!r} is not {pattern}")


class World:
    """A sandbox with what an operation needs to be there, made from generated input."""

    def __init__(self, sandbox: Sandbox, model: dict[str, Any], full: bool = False, region: str = REGION) -> None:
        self.sandbox = sandbox
        self.model = model
        self.maker = Maker(model, full)
        self.minimal = Maker(model, False)
        self.count = 0
        self.region = region

    def call(self, operation: str, **params: Any) -> tuple[int, Any]:
        """Status and document of an answer."""
        answer: Answer = self.sandbox.answer(f"SageMaker.{operation}", json.dumps(params).encode(), self.region)
        if answer.failure is not None:
            raise answer.failure
        assert answer.headers["x-awsshadow-sandbox"]
        return answer.status, json.loads(answer.body)

    def ok(self, operation: str, **params: Any) -> Any:
        """The document of an answer that has to be a 200."""
        status, document = self.call(operation, **params)
        assert status == 200, f"{operation} {params}: {document}"
        return document

    def refused(self, operation: str, **params: Any) -> tuple[str, str]:
        """Error type and message of an answer that has to be an error."""
        status, document = self.call(operation, **params)
        assert status == 400, f"{operation} {params}: {document}"
        return document["__type"], document.get("message") or document.get("Message")

    def name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def token(self) -> str:
        """An idempotency token not used before."""
        return self.name().ljust(32, "t")

    def input(self, operation: str, maker: Maker | None = None) -> dict[str, Any]:
        """Generated input of an operation, with fresh names and real resources where it names any."""
        spec = self.model["operations"][operation]
        if "input" not in spec:
            return {}
        params: dict[str, Any] = (maker or self.maker).make(spec["input"]["shape"])
        for path, title in REFERENCES.get(operation, {}).items():
            which = "_arn" if path.removesuffix("s.*").endswith("Arn") else table()[title].id[-1]
            _put(params, path.split("."), lambda title=title, which=which: self.make(title)[which])
        if "MonitoringJobDefinitionName" in params.get("MonitoringScheduleConfig", {}):
            named = {"MonitoringJobDefinitionName": self.make("DataQualityJobDefinition")["JobDefinitionName"]}
            params["MonitoringScheduleConfig"].update(named, MonitoringType="DataQuality")
        for member in ("NextToken", "MaxResults"):
            params.pop(member, None)
        return params

    def create_input(self, title: str, maker: Maker | None = None) -> dict[str, Any]:
        """Input that creates one more resource of a family."""
        operation = next(o for o, role in table()[title].operations.items() if role == "create")
        params = self.input(operation, maker)
        members = self.model["shapes"][self.model["operations"][operation]["input"]["shape"]]["members"]
        if table()[title].name in members:
            params[table()[title].name] = self.name()
        for member, owner in table()[title].owner.items():
            if member in params and member not in REFERENCES.get(operation, {}):
                made = self.make(owner)
                params[member] = made["_arn"] if member.endswith("Arn") else made[table()[owner].name]
        special = SPECIAL.get(operation, {})
        params.update(special(self, params) if callable(special) else special)
        return {k: v for k, v in params.items() if v is not None}

    def make(self, title: str) -> dict[str, Any]:
        """Create one; its identifying members, its name and its ARN, and what was asked for."""
        family = table()[title]
        if title in MADE_OTHERWISE:
            return MADE_OTHERWISE[title](self)
        operation = next(o for o, role in family.operations.items() if role == "create")
        params = self.create_input(title, self.minimal)
        made = self.ok(operation, **params)
        return {**self.newest(title), **params, **made, "_asked": params}

    def newest(self, title: str) -> dict[str, Any]:
        """What the file holds of the last resource of a family."""
        family = table()[title]
        row = self.sandbox._connection.execute(
            "SELECT arn, name, doc FROM resource WHERE family=? AND scope LIKE ? ORDER BY id DESC LIMIT 1",
            (family.store, f"%/{self.region}"),
        ).fetchone()
        known = {family.name: row[1], **json.loads(row[2]), "_arn": row[0]}
        return {**known, family.arn: row[0]} if family.arn else known


class MakeWorld(Protocol):
    """Lays a world over ``sandbox``; with ``full``, input has its optional members too."""

    def __call__(self, sandbox: Sandbox, full: bool = False) -> World: ...


def _put(value: Any, path: list[str], make: Any) -> None:
    """Replace the text at the end of a path when there is one."""
    if path[0] == "*":
        for place, inner in enumerate(value):
            if len(path) == 1:
                value[place] = make()
            else:
                _put(inner, path[1:], make)
    elif path[0] == "**":
        _put(value, path[1:], make)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            _put(inner, path, make)
    elif isinstance(value, dict) and value.get(path[0]) is not None:
        if len(path) == 1:
            value[path[0]] = make()
        else:
            _put(value[path[0]], path[1:], make)


def _experiment(world: World, params: dict[str, Any]) -> dict[str, Any]:
    model, endpoint = world.make("Model"), world.make("Endpoint")
    infrastructure = {
        "InfrastructureType": "RealTimeInference",
        "RealTimeInferenceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }
    variants = [
        {"ModelName": model["ModelName"], "VariantName": name, "InfrastructureConfig": infrastructure}
        for name in ("production", "shadow")
    ]
    shadow = [{"ShadowModelVariantName": "shadow", "SamplingPercentage": 50}]
    return {
        "EndpointName": endpoint["EndpointName"],
        "ModelVariants": variants,
        "ShadowModeConfig": {"SourceModelVariantName": "production", "ShadowModelVariants": shadow},
        "Schedule": None,
    }


def _device(world: World) -> dict[str, Any]:
    fleet, name = world.make("DeviceFleet")["DeviceFleetName"], world.name()
    world.ok("RegisterDevices", DeviceFleetName=fleet, Devices=[{"DeviceName": name}])
    return {"DeviceFleetName": fleet, "DeviceName": name, "_arn": None}


def _content(world: World) -> dict[str, Any]:
    params = world.input("ImportHubContent", world.minimal)
    params.update(HubName=world.make("Hub")["HubName"], HubContentName=world.name(), HubContentVersion="1.0.0")
    params["DocumentSchemaVersion"] = "2.0.0"
    made = world.ok("ImportHubContent", **params)
    return {**params, **made, "_arn": made["HubContentArn"], "_asked": params}


def _execution(world: World) -> dict[str, Any]:
    pipeline = world.make("Pipeline")["PipelineName"]
    made = world.ok("StartPipelineExecution", PipelineName=pipeline, ClientRequestToken="t" * 32)
    return {**made, "PipelineName": pipeline, "_arn": made["PipelineExecutionArn"]}


def _package(world: World, given: dict[str, Any]) -> dict[str, Any]:
    named = None if given.get("ModelPackageGroupName") else world.name()
    return {"ModelPackageName": named, "ClientToken": world.token()}


def _pipeline(world: World, given: dict[str, Any]) -> dict[str, Any]:
    definition = Maker.KNOWN["PipelineDefinition"]
    return {
        "PipelineDefinition": definition,
        "PipelineDefinitionS3Location": None,
        "ClientRequestToken": world.token(),
    }


def _token(world: World, given: dict[str, Any]) -> dict[str, Any]:
    return {"ClientToken": world.token()}


def _in_a_domain(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """The members of an app or a space that name a profile, all of one domain."""
    profile = world.make("UserProfile")
    named: dict[str, Any] = {"DomainId": profile["DomainId"]}
    if "OwnershipSettings" in given:
        named["OwnershipSettings"] = {"OwnerUserProfileName": profile["UserProfileName"]}
    if "AppType" in given:
        named |= {"UserProfileName": profile["UserProfileName"], "SpaceName": None}
    return named


def _plan(world: World, given: dict[str, Any]) -> dict[str, Any]:
    offered = world.ok("SearchTrainingPlanOfferings", InstanceType="ml.p5.48xlarge", InstanceCount=2)
    return {"TrainingPlanOfferingId": offered["TrainingPlanOfferings"][0]["TrainingPlanOfferingId"]}


def _gateway(world: World) -> dict[str, Any]:
    """A part that can be taken away: the second one."""
    owner = world.make("GlobalInferenceGateway")["Name"]
    cluster = f"arn:aws:sagemaker:{world.region}:123456789012:cluster/abcdefghijkl"
    part = {"Identifier": owner, "ClusterArn": cluster, "Namespace": "space", "Name": world.name()}
    world.ok("AddInferenceGateway", **part)
    return {**part, "_arn": None}


def _fresh_gateways(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """A gateway is a part of one owner only."""
    return {"ClientToken": world.token(), "Gateways": [{**part, "Name": world.name()} for part in given["Gateways"]]}


#: Families without a create operation of their own.
MADE_OTHERWISE = {
    "Device": _device,
    "HubContent": _content,
    "InferenceGateway": _gateway,
    "PipelineExecution": _execution,
}

#: What generated input cannot know of an operation; None takes a member away.
SPECIAL: dict[str, Any] = {
    "CreateApp": _in_a_domain,
    "CreateInferenceExperiment": _experiment,
    "CreateFeatureGroup": {
        "RecordIdentifierFeatureName": "feature",
        "EventTimeFeatureName": "feature",
    },
    "CreateInferenceComponent": {"VariantName": None},
    "CreateModelPackage": _package,
    "CreateImageVersion": _token,
    "CreateSpace": _in_a_domain,
    "CreateInferenceRouter": _token,
    "CreatePartnerApp": _token,
    "CreateClusterExtension": _token,
    "CreateGlobalInferenceGateway": _fresh_gateways,
    "CreatePipeline": _pipeline,
    "CreateTrainingPlan": _plan,
    "CreateModelCardExportJob": {"ModelCardVersion": None},
}


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(str(tmp_path / "sandbox"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One file for many tests: each has a region of its own, and regions share nothing."""
    made = Sandbox(str(tmp_path_factory.mktemp("shared")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The same, in which no time passes."""
    made = Sandbox(str(tmp_path_factory.mktemp("frozen")), clock="frozen")
    yield made
    made.close()


_regions = count(1)


@pytest.fixture
def world(shared: Sandbox, model: dict[str, Any]) -> World:
    return World(shared, model, region=f"test-aaaa-{next(_regions)}")


@pytest.fixture
def frozen_world(shared_frozen: Sandbox, model: dict[str, Any]) -> World:
    return World(shared_frozen, model, region=f"test-aaaa-{next(_regions)}")


@pytest.fixture(scope="session")
def judge(model: dict[str, Any]) -> Judge:
    return Judge(model)


@pytest.fixture(scope="session")
def make_world(model: dict[str, Any]) -> MakeWorld:
    """A world over a sandbox of the test's own."""
    return lambda sandbox, full=False: World(sandbox, model, full)
