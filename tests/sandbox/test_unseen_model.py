"""A model with kinds of resources that nobody has seen: all about them is inferred, through the whole sandbox."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.compile import sources
from awsshadow.invocation import Process
from awsshadow.model import families
from awsshadow.model.families import describing
from awsshadow.run import carry_out
from awsshadow.sandbox.service import Sandbox, coverage
from awsshadow.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARN = "arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:vault/[a-z0-9]{10}"
STATES = ["CREATING", "ACTIVE", "UPDATING", "PAUSING", "DELETING", "FAILED"]

#: Shape -> its definition; of structures the members, a star after those that are required.
SHAPES: dict[str, Any] = {
    "VaultName": {"type": "string", "min": 1, "max": 20, "pattern": "[a-z]+"},
    "VaultArn": {"type": "string", "max": 200, "pattern": ARN},
    "VaultStatus": {"type": "string", "enum": STATES},
    "VaultPolicyText": {"type": "string", "min": 2, "max": 100},
    "ShelfLabel": {"type": "string", "min": 1, "max": 20},
    "ShelfStatus": {"type": "string", "enum": ["ADDING", "ACTIVE", "REMOVING"]},
    "VaultNames": {"type": "list", "member": {"shape": "VaultName"}, "min": 1},
    "Shelves": {"type": "list", "member": {"shape": "Shelf"}, "min": 1},
    "Shelf": "Label* Wide",
    "ShelfSummary": "Label* Wide Status*",
    "ShelfSummaries": {"type": "list", "member": {"shape": "ShelfSummary"}},
    "VaultSummary": "VaultName* VaultArn* Status* CreationTime*",
    "VaultSummaries": {"type": "list", "member": {"shape": "VaultSummary"}},
    "VaultFailure": "VaultName* ErrorCode* ErrorMessage*",
    "Key": "KeyId* Owner* KeyState",
    "Keys": {"type": "list", "member": {"shape": "Key"}},
    "KeyId": {"type": "string", "min": 8, "max": 8, "pattern": "[a-z0-9]{8}"},
    "KeyState": {"type": "string", "enum": ["PENDING", "READY", "ERROR"]},
    "TourStatus": {"type": "string", "enum": ["QUEUED", "RUNNING", "SUCCEEDED", "STOPPING", "STOPPED"]},
    "VaultFailures": {"type": "list", "member": {"shape": "VaultFailure"}},
}
#: Member -> its shape; the rest is text.
MEMBERS = {
    "VaultName": "VaultName",
    "VaultArn": "VaultArn",
    "Status": "VaultStatus",
    "Shelves": "Shelves",
    "Shelf": "Shelf",
    "Label": "ShelfLabel",
    "Wide": "Boolean",
    "ShelfSummaries": "ShelfSummaries",
    "VaultNames": "VaultNames",
    "VaultSummaries": "VaultSummaries",
    "CreationTime": "Timestamp",
    "Policy": "VaultPolicyText",
    "NextToken": "NextToken",
    "MaxResults": "MaxResults",
    "Failures": "VaultFailures",
    "UsedBytes": "Integer",
    "Key": "Key",
    "Keys": "Keys",
    "KeyId": "KeyId",
    "KeyState": "KeyState",
    "TourStatus": "TourStatus",
}
#: Operation -> members of its input, and of its output; errors.
OPERATIONS = {
    "CreateVault": ("VaultName* Purpose Shelves Tags", "VaultArn*", "ResourceInUse"),
    "DescribeVault": ("VaultName*", "VaultName* VaultArn* Status* Purpose CreationTime*", "ResourceNotFound"),
    "ListVaults": ("NameContains StatusEquals NextToken MaxResults", "VaultSummaries* NextToken", ""),
    "UpdateVault": ("VaultName* Purpose", "VaultArn*", "ResourceNotFound ConflictException"),
    "DeleteVault": ("VaultName*", "", "ResourceNotFound"),
    "AddShelf": ("VaultName* Label* Wide", "VaultArn* Shelf* ShelfStatus", "ResourceNotFound"),
    "RemoveShelf": ("VaultName* Label*", "VaultArn* Shelf* ShelfStatus", "ResourceNotFound"),
    "ListShelves": ("VaultName* NextToken MaxResults", "ShelfSummaries* NextToken", "ResourceNotFound"),
    "PutVaultPolicy": ("VaultName* Policy*", "VaultArn*", "ResourceNotFound"),
    "GetVaultPolicy": ("VaultName*", "Policy*", "ResourceNotFound"),
    "DeleteVaultPolicy": ("VaultName*", "", "ResourceNotFound"),
    "BatchDeleteVaults": ("VaultNames*", "Failures VaultNames", ""),
    "GetVaultUsage": ("VaultName*", "VaultArn* UsedBytes*", "ResourceNotFound"),
    "SealVault": ("VaultName*", "VaultArn* Status*", "ResourceNotFound"),
    "StartVaultScan": ("VaultName*", "VaultScanId", "ResourceNotFound"),
    "ListVaultAuditors": ("VaultName*", "Auditors NextToken", "ResourceNotFound"),
    "GetVaultCapacity": ("", "UsedBytes*", ""),
    "CreateKey": ("Owner*", "Key*", "ConflictException"),
    "GetKey": ("KeyId*", "Key", "ResourceNotFound"),
    "ListKeys": ("Owner NextToken MaxResults", "Keys* NextToken", ""),
    "DeleteKey": ("KeyId*", "", "ResourceNotFound"),
    "StartTour": ("VaultName*", "TourId*", "ResourceNotFound"),
    "DescribeTour": ("TourId*", "TourId* VaultName TourStatus*", "ResourceNotFound"),
    "StopTour": ("TourId*", "TourId*", "ResourceNotFound"),
}


def structure(words: str, members: dict[str, str]) -> dict[str, Any]:
    names = [word.rstrip("*") for word in words.split()]
    shape: dict[str, Any] = {"type": "structure", "members": {n: {"shape": members.get(n, "String")} for n in names}}
    return {**shape, "required": [word[:-1] for word in words.split() if word.endswith("*")]}


@pytest.fixture(autouse=True, scope="module")
def forgotten() -> Iterator[None]:
    """What is learnt here is not known to other tests."""
    families.table()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_families", "_by_operation", "_learnt", "_actions"):
            patch.setattr(families, name, dict(getattr(families, name)))
        yield


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables under which the model has these operations, beside those of the installed one."""
    installed: Any = sources.load()
    shapes: dict[str, Any] = dict(installed.model["shapes"].items())
    members = {**MEMBERS, "Tags": "TagList", "ShelfStatus": "ShelfStatus", "Auditors": "StringList"}
    shapes["StringList"] = {"type": "list", "member": {"shape": "String"}}
    for name, shape in SHAPES.items():
        inside = {**members, "Status": "ShelfStatus"} if name.startswith("Shelf") else members
        shapes[name] = structure(shape, inside) if isinstance(shape, str) else shape
    operations: dict[str, Any] = dict(installed.model["operations"].items())
    for name, (given, answered, errors) in OPERATIONS.items():
        operations[name] = {"name": name, "http": {"method": "POST", "requestUri": "/"}}
        for side, words in (("input", given), ("output", answered)):
            if words:
                shapes[f"{name}{side}"] = structure(words, members)
                operations[name][side] = {"shape": f"{name}{side}"}
        operations[name]["errors"] = [{"shape": error} for error in errors.split()]
    folder = tmp_path_factory.mktemp("models") / "sagemaker" / installed.model["metadata"]["apiVersion"]
    folder.mkdir(parents=True)
    document = {**installed.model, "shapes": shapes, "operations": operations}
    (folder / "service-2.json").write_text(json.dumps(document), encoding="utf-8")
    return {"AWS_DATA_PATH": str(folder.parent.parent), "XDG_CACHE_HOME": str(folder.parent.parent / "cache")}


class Vaults:
    """A sandbox of that model."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def call(self, operation: str, **params: Any) -> tuple[int, Any]:
        answer = self.sandbox.answer(f"SageMaker.{operation}", json.dumps(params).encode(), "eu-west-1")
        if answer.failure:
            raise answer.failure
        return answer.status, json.loads(answer.body)

    def ok(self, operation: str, **params: Any) -> Any:
        status, document = self.call(operation, **params)
        assert status == 200, document
        return document

    def refused(self, operation: str, **params: Any) -> str:
        status, document = self.call(operation, **params)
        assert status == 400, document
        return str(document["__type"])


@pytest.fixture
def vaults(tmp_path: Path, environ: dict[str, str]) -> Iterator[Vaults]:
    sandbox = Sandbox(str(tmp_path), environ=environ)
    yield Vaults(sandbox)
    sandbox.close()


SHELF = {"Label": "top", "Wide": True}


def test_a_kind_of_resource_lives(vaults: Vaults) -> None:
    arn = vaults.ok("CreateVault", VaultName="one", Purpose="keeping", Tags=[{"Key": "k", "Value": "v"}])["VaultArn"]
    assert arn.startswith("arn:aws:sagemaker:eu-west-1:123456789012:vault/")
    assert len(arn.rpartition("/")[2]) == 10
    shown = vaults.ok("DescribeVault", VaultName="one")
    assert (shown["Status"], shown["Purpose"], shown["VaultArn"]) == ("ACTIVE", "keeping", arn)
    assert vaults.refused("CreateVault", VaultName="one") == "ResourceInUse"
    vaults.ok("CreateVault", VaultName="two")
    assert [v["VaultName"] for v in vaults.ok("ListVaults", NameContains="tw")["VaultSummaries"]] == ["two"]
    assert vaults.ok("ListVaults", StatusEquals="FAILED")["VaultSummaries"] == []
    page = vaults.ok("ListVaults", MaxResults=1)
    rest = vaults.ok("ListVaults", MaxResults=1, NextToken=page["NextToken"])
    assert {v["VaultName"] for v in page["VaultSummaries"] + rest["VaultSummaries"]} == {"one", "two"}
    vaults.ok("UpdateVault", VaultName="one", Purpose="showing")
    assert vaults.ok("DescribeVault", VaultName="one")["Purpose"] == "showing"
    assert vaults.ok("ListTags", ResourceArn=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
    vaults.ok("DeleteVault", VaultName="one")
    assert vaults.refused("DescribeVault", VaultName="one") == "ResourceNotFound"


def test_parts_are_added_and_removed(vaults: Vaults) -> None:
    vaults.ok("CreateVault", VaultName="one", Shelves=[SHELF])
    assert vaults.ok("ListShelves", VaultName="one")["ShelfSummaries"] == [{**SHELF, "Status": "ACTIVE"}]
    added = vaults.ok("AddShelf", VaultName="one", Label="low")
    assert (added["Shelf"], added["ShelfStatus"]) == ({"Label": "low"}, "ADDING")
    assert [s["Label"] for s in vaults.ok("ListShelves", VaultName="one")["ShelfSummaries"]] == ["top", "low"]
    assert vaults.ok("RemoveShelf", VaultName="one", Label="top")["ShelfStatus"] == "REMOVING"
    assert vaults.refused("RemoveShelf", VaultName="one", Label="low") == "ValidationException"
    assert vaults.refused("AddShelf", VaultName="none", Label="low") == "ResourceNotFound"
    vaults.ok("DeleteVault", VaultName="one")
    assert vaults.refused("ListShelves", VaultName="one") == "ResourceNotFound"


def test_policies_are_put(vaults: Vaults) -> None:
    assert vaults.refused("PutVaultPolicy", VaultName="one", Policy="{}") == "ResourceNotFound"
    vaults.ok("CreateVault", VaultName="one")
    for policy in ("{}", '{"a": 1}'):
        vaults.ok("PutVaultPolicy", VaultName="one", Policy=policy)
        assert vaults.ok("GetVaultPolicy", VaultName="one") == {"Policy": policy}
    vaults.ok("DeleteVaultPolicy", VaultName="one")
    assert vaults.refused("GetVaultPolicy", VaultName="one") == "ResourceNotFound"


def test_what_the_service_names_itself_is_wrapped(vaults: Vaults) -> None:
    made = [vaults.ok("CreateKey", Owner="me")["Key"] for _ in range(2)]
    assert len({key["KeyId"] for key in made}) == 2
    shown = vaults.ok("GetKey", KeyId=made[0]["KeyId"])["Key"]
    assert shown == {"KeyId": made[0]["KeyId"], "Owner": "me", "KeyState": "READY"}
    assert len(vaults.ok("ListKeys", Owner="me")["Keys"]) == 2
    assert vaults.ok("ListKeys", Owner="you")["Keys"] == []
    vaults.ok("DeleteKey", KeyId=made[0]["KeyId"])
    assert vaults.refused("GetKey", KeyId=made[0]["KeyId"]) == "ResourceNotFound"


def test_what_is_started_is_made(vaults: Vaults) -> None:
    vaults.ok("CreateVault", VaultName="one")
    tours = [vaults.ok("StartTour", VaultName="one")["TourId"] for _ in range(2)]
    assert len(set(tours)) == 2
    assert vaults.ok("DescribeTour", TourId=tours[0])["TourStatus"] == "SUCCEEDED"
    assert vaults.refused("StopTour", TourId=tours[0]) == "ValidationException"
    assert vaults.refused("DescribeTour", TourId="none") == "ResourceNotFound"


def test_many_at_once(vaults: Vaults) -> None:
    vaults.ok("CreateVault", VaultName="one")
    done = vaults.ok("BatchDeleteVaults", VaultNames=["one", "none"])
    assert done["VaultNames"] == ["one"]
    assert [(f["VaultName"], f["ErrorCode"]) for f in done["Failures"]] == [("none", "ResourceNotFound")]
    assert vaults.refused("DescribeVault", VaultName="one") == "ResourceNotFound"


def test_actions_answer_what_is_known_of_what_they_name(vaults: Vaults) -> None:
    for operation in ("GetVaultUsage", "SealVault", "StartVaultScan", "ListVaultAuditors"):
        assert vaults.refused(operation, VaultName="one") == "ResourceNotFound"
    arn = vaults.ok("CreateVault", VaultName="one")["VaultArn"]
    assert vaults.ok("GetVaultUsage", VaultName="one") == {"VaultArn": arn, "UsedBytes": 0}
    assert vaults.ok("SealVault", VaultName="one") == {"VaultArn": arn, "Status": "ACTIVE"}
    assert vaults.ok("StartVaultScan", VaultName="one") == {}
    assert vaults.ok("ListVaultAuditors", VaultName="one") == {}
    assert vaults.ok("GetVaultCapacity") == {"UsedBytes": 0}


def run(folder: Path, environ: dict[str, str], *words: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    variables = {**os.environ, **environ, "AWSSHADOW_SANDBOX": str(folder), "AWS_DEFAULT_REGION": "eu-west-1"}
    process = Process("awsshadow", "/opt/awsshadow", variables, Streams(None, stdout, stderr), is_own=False)
    return carry_out(process, list(words)), stdout.getvalue(), stderr.getvalue()


def test_its_families_can_be_waited_for(tmp_path: Path, environ: dict[str, str]) -> None:
    Sandbox(str(tmp_path), clock="instant", environ=environ).close()
    assert run(tmp_path, environ, "sagemaker", "create-vault", "--vault-name", "one")[0] == 0
    code, shown, said = run(tmp_path, environ, "wait", "vault", "one", "--query", "Status", "--output", "text")
    assert (code, shown, said) == (0, "ACTIVE\n", "")
    assert run(tmp_path, environ, "wait", "vault", "one", "--for", "FAILED")[0] == 3
    assert run(tmp_path, environ, "wait", "vault", "two")[0] == 254
    assert "Wait for a vault" in run(tmp_path, environ, "wait", "help")[1]


def test_its_families_can_be_exported_and_compared(tmp_path: Path, environ: dict[str, str]) -> None:
    Sandbox(str(tmp_path / "box"), clock="instant", environ=environ).close()
    assert run(tmp_path / "box", environ, "sagemaker", "create-vault", "--vault-name", "one")[0] == 0
    code, document, said = run(tmp_path / "box", environ, "export", "vault", "one")
    assert (code, said) == (0, "")
    assert document.startswith("# awsshadow: create-vault\n# vault one in us-east-1\nVaultName: one\n")
    (tmp_path / "vault.yaml").write_text(document)
    assert run(tmp_path / "box", environ, "diff", str(tmp_path / "vault.yaml")) == (0, "", "")


def test_what_nothing_describes_is_passed_over(vaults: Vaults) -> None:
    """In a process whose sandbox has met them: parts that have a status and that nothing describes."""
    vaults.ok("CreateVault", VaultName="one", Shelves=[SHELF])
    part = families.family("Shelf")
    assert (part.status, part.operation("describe")) == ("ShelfStatus", None)
    assert {"vault", "shelf", "tour"}.isdisjoint(describing.with_status())
    assert {"vault", "tour", "endpoint"} <= set(describing.with_status(learnt=True))
    assert "shelf" not in describing.with_status(learnt=True)


def test_coverage_tells_them_from_the_rest(environ: dict[str, str]) -> None:
    rows = {row["operation"]: row for row in coverage(environ)}
    assert {rows[operation]["how"] for operation in OPERATIONS} == {"inferred"}
    assert {operation: rows[operation]["by"] for operation in ("CreateVault", "AddShelf", "SealVault")} == {
        "CreateVault": "Vault",
        "AddShelf": "Shelf",
        "SealVault": "Vault",
    }
