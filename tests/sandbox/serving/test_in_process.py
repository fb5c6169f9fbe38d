"""The door without a socket."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
import pytest

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.contract.protocol import MARK
from awsshadow.sandbox.service import Sandbox, coverage, set_clock, set_faults
from awsshadow.sandbox.serving import in_process
from awsshadow.sandbox.serving.http_server import Server, serving
from tests.support.interpreter import unmeasured

if TYPE_CHECKING:
    from awsshadow.sandbox.serving.in_process import Door

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/{}/sagemaker/aws4_request, SignedHeaders=host, Signature=0"
URL = "https://api.sagemaker.eu-west-2.amazonaws.com/"


class Request:
    """What botocore hands over: header values are text or bytes."""

    def __init__(self, operation: str, parameters: object = None, url: str = URL, signed: str | None = None) -> None:
        self.url = url
        self.headers: dict[str, str | bytes] = {
            "X-Amz-Target": f"SageMaker.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
        }
        if signed:
            self.headers["Authorization"] = SIGNED.format(signed).encode()
        self.body: bytes | str | None = json.dumps(parameters or {}).encode()


REPOSITORY = {"CodeRepositoryName": "code", "GitConfig": {"RepositoryUrl": "https://example.com/code.git"}}


def ask(door: Door, operation: str, parameters: object = None, **more: Any) -> tuple[int, dict[str, Any]]:
    status, headers, body = door(Request(operation, parameters, **more))
    assert MARK in headers
    return status, json.loads(body or b"{}")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return in_process.transport(str(tmp_path / "new" / "box"), {})


def test_calls_are_answered_and_remembered(door: Door, tmp_path: Path) -> None:
    assert ask(door, "CreateCodeRepository", REPOSITORY)[0] == 200
    again = in_process.transport(str(tmp_path / "new" / "box"), {})
    status, said = ask(again, "DescribeCodeRepository", {"CodeRepositoryName": "code"})
    assert (status, said["CodeRepositoryName"]) == (200, "code")


@pytest.mark.parametrize("body", [b"", None, "", "{}"])
def test_bodies_of_any_form(door: Door, body: bytes | str | None) -> None:
    request = Request("ListModels")
    request.body = body
    assert door(request)[0] == 200


def test_what_is_not_sagemaker_is_refused(door: Door) -> None:
    request = Request("ListModels")
    request.headers = {"X-Amz-Target": b"AmazonSSM.GetParameter"}
    status, headers, body = door(request)
    assert (status, json.loads(body)["__type"]) == (400, "SandboxRefused")
    assert MARK in headers


@pytest.mark.parametrize(
    ("url", "signed", "environ", "region"),
    [
        ("https://api.sagemaker.eu-west-2.amazonaws.com/", "ap-south-1", {}, "ap-south-1"),
        ("https://api.sagemaker.eu-west-2.amazonaws.com/", None, {"AWS_REGION": "us-west-1"}, "eu-west-2"),
        ("https://api.sagemaker.us-gov-west-1.amazonaws.com/", None, {}, "us-gov-west-1"),
        ("https://api-fips.sagemaker.us-east-2.amazonaws.com/", None, {}, "us-east-2"),
        ("http://localhost:4000/", None, {"AWS_REGION": "us-west-1", "AWS_DEFAULT_REGION": "x"}, "us-west-1"),
        ("http://localhost:4000/", None, {"AWS_DEFAULT_REGION": "us-west-2"}, "us-west-2"),
        ("http://localhost:4000/", None, {}, "us-east-1"),
    ],
)
def test_the_region_of_a_request(
    tmp_path: Path, url: str, signed: str | None, environ: dict[str, str], region: str
) -> None:
    door = in_process.transport(str(tmp_path), environ)
    arn = ask(door, "CreateCodeRepository", REPOSITORY, url=url, signed=signed)[1]["CodeRepositoryArn"]
    assert arn.split(":")[3] == region


@pytest.mark.parametrize(
    ("clock", "pace"), [("instant", 0), ("step", 0), ("frozen", 0), ("real", 1), ("real:60", 1 / 60), ("real:0", 0)]
)
def test_how_long_waiters_wait(door: Door, tmp_path: Path, clock: str, pace: float) -> None:
    set_clock(str(tmp_path / "new" / "box"), clock)
    assert door.pace == pytest.approx(pace)


def test_faults_of_the_carrier(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("awsshadow.sandbox.serving.in_process.time.sleep", slept.append)
    rules = {"cut": [{"operation": "ListModels", "times": 1}], "late": [{"operation": "ListEndpoints", "seconds": 3}]}
    set_faults(str(tmp_path / "new" / "box"), rules)
    with pytest.raises(ConnectionResetError):
        door(Request("ListModels"))
    assert door(Request("ListModels"))[0] == 200
    assert slept == []
    assert door(Request("ListEndpoints"))[0] == 200
    assert slept == [3]


def test_what_a_command_kept_lies_in_the_one_file(tmp_path: Path) -> None:
    """So that a copy of it is a copy of the state; while another has it open, the log stays."""
    door = in_process.transport(str(tmp_path / "box"), {})
    other = in_process.transport(str(tmp_path / "box"), {})
    assert ask(door, "CreateCodeRepository", REPOSITORY)[0] == 200
    door.close()
    assert ask(other, "DescribeCodeRepository", {"CodeRepositoryName": "code"})[0] == 200
    other.close()
    assert [path.name for path in (tmp_path / "box").iterdir()] == ["sandbox.db"]
    (tmp_path / "copy").mkdir(mode=0o700)
    (tmp_path / "copy" / "sandbox.db").write_bytes((tmp_path / "box" / "sandbox.db").read_bytes())
    copy = in_process.transport(str(tmp_path / "copy"), {})
    assert ask(copy, "DescribeCodeRepository", {"CodeRepositoryName": "code"})[0] == 200
    copy.close()


def test_what_cannot_be_answered_for_what_is_kept_is_an_error_of_the_command(door: Door, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new" / "box" / "sandbox.db")) as connection, connection:
        connection.execute("UPDATE note SET value='oops' WHERE kind='clock'")
    with pytest.raises(AwsShadowError, match="clock set instant"):
        door(Request("ListModels"))
    with pytest.raises(AwsShadowError, match="clock set instant"):
        _ = door.pace


def test_the_model_is_where_the_environment_says(tmp_path: Path) -> None:
    """Not where this process's environment does."""
    service = tmp_path / "models" / "sagemaker" / "2017-07-24"
    service.mkdir(parents=True)
    data = Path(botocore.__file__).parent / "data" / "sagemaker" / "2017-07-24"
    model = json.loads(gzip.decompress((data / "service-2.json.gz").read_bytes()))
    del model["operations"]["ListModels"]
    (service / "service-2.json").write_text(json.dumps(model))
    own = {"AWS_DATA_PATH": str(tmp_path / "models"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert (
        ask(in_process.transport(str(tmp_path / "box"), own), "ListModels")[1]["__type"] == "UnknownOperationException"
    )
    assert ask(in_process.transport(str(tmp_path / "box"), {}), "ListModels")[0] == 200
    rows = {row["operation"] for row in coverage(own)}
    assert "ListModels" not in rows
    assert "ListEndpoints" in rows


def test_two_doors_to_one_folder_at_once(tmp_path: Path) -> None:
    """Each name is given once, whichever door and process asks."""
    sandbox = Sandbox(str(tmp_path))

    def by_endpoint(number: int) -> int:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        request = Request("CreateCodeRepository", {**REPOSITORY, "CodeRepositoryName": f"code-{number}"})
        connection.request("POST", "/", request.body, {k: str(v) for k, v in request.headers.items()})
        status = connection.getresponse().status
        connection.close()
        return status

    def by_folder(number: int) -> int:
        door = in_process.transport(str(tmp_path), {})
        return ask(door, "CreateCodeRepository", {**REPOSITORY, "CodeRepositoryName": f"code-{number}"})[0]

    with serving(Server(sandbox, "eu-west-2")) as server, ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(way, number) for number in range(10) for way in (by_endpoint, by_folder)]
        found = sorted(one.result() for one in asked)
    sandbox.close()
    assert found == [200] * 10 + [400] * 10


def test_little_is_imported() -> None:
    """A command pays for this door at each start; servers and parsers are for other doors."""
    text = "import sys, awsshadow.sandbox.serving.in_process; print(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", text], env=unmeasured(), capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {
        "argparse", "asyncio", "botocore", "click", "dataclasses", "email", "http", "http.client", "http.server",
        "inspect", "logging", "shlex", "shutil", "socket", "socketserver", "ssl", "subprocess", "tempfile", "typing",
    }  # fmt: skip
    assert {name for name in loaded if name.startswith("awsshadow.sandbox")} >= {"awsshadow.sandbox.service"}
    assert not loaded & {"html", "html.entities", "awsshadow.sandbox.admin", "awsshadow.sandbox.contents"}
