"""The cache of slices and that of role credentials on bad days: full, closed, foreign, wanted by many at once."""

import contextlib
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.compile import sources
from awsshadow.compile.slices import Sources
from awsshadow.model import cache, find_store, load
from awsshadow.model.store import FolderStore
from tests.end_to_end.launch import LIMIT, Run, below, cold, command, environ, matching, models
from tests.support.endpoint import Endpoint
from tests.support.stage import Stage

if TYPE_CHECKING:
    from tests.support.endpoint_server import Reply

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions and limits of POSIX")

LIST = ["sagemaker", "list-models", "--output", "text", "--query", "Models[].ModelName"]
NAMES = b"model-0\n"
NOBODY = 65534

#: Runs the rest of its arguments with a limit of the system.
LIMITED = "import os, resource, sys; resource.setrlimit(getattr(resource, sys.argv[1]), (int(sys.argv[2]),) * 2); "
LIMITED += "os.execv(sys.argv[3], sys.argv[3:])"


def limited(stage: Stage, limit: str, amount: int, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """A command under one limit of the system."""
    line = [sys.executable, "-c", LIMITED, limit, str(amount), *command(words)]
    return subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT, check=False)


@pytest.mark.parametrize("room", [0, 1, 1000, 20_000, 200_000])
def test_a_disk_that_is_full_costs_time_only(endpoint: Endpoint, stage: Stage, tmp_path: Path, room: int) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    done = limited(stage, "RLIMIT_FSIZE", room, LIST)
    assert (done.returncode, done.stdout, done.stderr) == (0, NAMES, b"")
    assert [name for name in below(folder) if "building" in name] == []


def test_slices_are_private(endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    assert run(*LIST).stdout == NAMES
    assert stat.S_IMODE((folder / "awsshadow").stat().st_mode) == 0o700
    (shown,) = (folder / "awsshadow").iterdir()
    assert stat.S_IMODE(shown.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_cache_others_can_write_in_is_left_alone(
    endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run, mode: int
) -> None:
    folder = cold(stage, tmp_path)
    (folder / "awsshadow").mkdir(parents=True)
    (folder / "awsshadow").chmod(mode)
    endpoint.script([models(1)])
    assert run(*LIST).stdout == NAMES
    assert below(folder) == ["awsshadow"]


def target(endpoint: Endpoint) -> str:
    """The operation that was called last."""
    found: str = endpoint.requests()[-1]["headers"]["x-amz-target"]
    return found


def test_slices_others_put_there_are_not_read(endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    assert run(*LIST).returncode == 0
    planted = next((folder / "awsshadow").glob("*/operations/list-models.json"))
    planted.write_text(planted.read_text().replace("ListModels", "ListThings"))
    assert run(*LIST).returncode == 0
    assert target(endpoint) == "SageMaker.ListThings"
    (folder / "awsshadow").chmod(0o777)
    assert run(*LIST).stdout == NAMES
    assert target(endpoint) == "SageMaker.ListModels"


def test_two_hundred_at_once_fill_a_cold_cache(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forks of one process that has everything loaded: they all find no slices and all compile some."""
    whole = sources.load()
    few = [name for name in whole.model["operations"] if "Model" in name][:5] + ["ListModels"]
    model = {**whole.model, "operations": {name: whole.model["operations"][name] for name in few}}
    small = Sources(model, {"pagination": whole.paginators}, {"waiters": {}})
    monkeypatch.setattr(sources, "load", lambda _: small)
    folder = cold(stage, tmp_path)
    children = []
    for _ in range(200):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                store = find_store(stage.environ)
                code = 0 if load(store, "operations", "list-models").operation == "ListModels" else 2
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * 200
    assert len(list((folder / "awsshadow").iterdir())) == 1
    store = find_store(stage.environ)
    assert isinstance(store, FolderStore)
    assert store._read("index.json")


@pytest.mark.parametrize(
    ("error", "silent"),
    [
        (OSError(28, "full"), True),
        (KeyError("shape"), True),
        (ValueError("no JSON"), True),
        (KeyboardInterrupt(), False),
        (RecursionError(), False),
        (MemoryError(), False),
    ],
)
def test_a_build_leaves_nothing_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, silent: bool
) -> None:
    def fail(*_: object) -> None:
        (next(tmp_path.glob("building-*")) / "half").write_text("x")
        raise error

    monkeypatch.setattr(cache, "build", fail)
    with contextlib.nullcontext() if silent else pytest.raises(type(error)):
        cache.fill(str(tmp_path), str(tmp_path / "final"), "stamp", {})
    assert below(tmp_path) == []


def test_builds_that_died_are_forgotten(tmp_path: Path) -> None:
    old, new = tmp_path / "building-old", tmp_path / "building-new"
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (time.time() - cache.ABANDONED - 1,) * 2)
    cache._prune(str(tmp_path), str(tmp_path / "current"))
    assert below(tmp_path) == ["building-new"]


ROLE = """[default]
role_arn = arn:aws:iam::123456789012:role/r
source_profile = base
[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = secret
"""
ASSUMED = (
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIDROLE</AccessKeyId>"
    "<SecretAccessKey>rolesecretcanary</SecretAccessKey><SessionToken>roletokencanary</SessionToken>"
    "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
)


def with_role(stage: Stage, endpoint: Endpoint) -> None:
    """Let ``stage`` take its credentials from a role; the endpoint answers for both services."""
    stage.lay(stage.home, {".aws/config": ROLE})
    stage.set({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None, "AWS_ENDPOINT_URL_STS": "{ENDPOINT}"})
    sts: Reply = {"body": ASSUMED, "headers": {"Content-Type": "text/xml"}, "match": ""}
    endpoint.script([sts, matching("ListModels", models(1)), sts])


def test_role_credentials_are_private(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    with_role(stage, endpoint)
    assert run(*LIST).stdout == NAMES
    folder = stage.home / ".aws" / "cli" / "cache"
    (kept,) = folder.iterdir()
    assert json.loads(kept.read_text())["Credentials"]["SecretAccessKey"] == "rolesecretcanary"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"Credentials": {}}', "\0" * 100])
def test_torn_role_credentials_are_got_anew_or_one_error(
    endpoint: Endpoint, stage: Stage, run: Run, content: str
) -> None:
    with_role(stage, endpoint)
    assert run(*LIST).returncode == 0
    (kept,) = (stage.home / ".aws" / "cli" / "cache").iterdir()
    kept.write_text(content)
    done = run(*LIST)
    assert done.stdout == NAMES or (done.returncode == 255 and done.stderr.count(b"\n") == 2)
    assert b"Traceback" not in done.stderr


def test_no_room_for_role_credentials(endpoint: Endpoint, stage: Stage) -> None:
    with_role(stage, endpoint)
    done = limited(stage, "RLIMIT_FSIZE", 0, LIST)
    assert b"Traceback" not in done.stderr
    assert done.stdout == NAMES or (done.returncode == 255 and done.stderr.count(b"\n") == 2)
    kept = list((stage.home / ".aws" / "cli" / "cache").iterdir())
    assert all(path.stat().st_size == 0 for path in kept)
    done = subprocess.run(
        command(LIST), env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT, check=False
    )
    assert done.stdout == NAMES


@pytest.mark.parametrize("amount", [8, 10, 12, 16, 32])
def test_few_file_descriptors(endpoint: Endpoint, stage: Stage, amount: int) -> None:
    endpoint.script([models(1)])
    done = limited(stage, "RLIMIT_NOFILE", amount, LIST)
    assert done.stdout == NAMES or (done.returncode == 255 and done.stderr.count(b"\n") == 2), done.stderr
    assert b"Traceback" not in done.stderr


def as_nobody(stage: Stage, words: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    """A command of a user who is held by permissions, even when the tests are not."""
    if os.geteuid() == 0:
        options |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            subprocess.run([sys.executable, "-c", "import awsshadow"], env=environ(stage), check=True, **options)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("nobody may run this interpreter")
    return subprocess.run(
        command(words), env=environ(stage), cwd="/", capture_output=True, timeout=LIMIT, check=False, **options
    )


def test_a_home_that_cannot_be_written(endpoint: Endpoint, stage: Stage) -> None:
    stage.environ.pop("XDG_CACHE_HOME")
    Path(stage.home.parent).chmod(0o755)
    stage.home.chmod(0o555)
    endpoint.script([models(1)])
    try:
        done = as_nobody(stage, LIST)
    finally:
        stage.home.chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr) == (0, NAMES, b"")
    assert below(stage.home) == []


def test_a_home_that_cannot_be_written_and_a_role(endpoint: Endpoint, stage: Stage) -> None:
    with_role(stage, endpoint)
    stage.environ["XDG_CACHE_HOME"] = "/dev/null/nowhere"
    stage.home.parent.chmod(0o755)
    for path in (stage.home, stage.home / ".aws"):
        path.chmod(0o555)
    done = as_nobody(stage, LIST)
    for path in (stage.home, stage.home / ".aws"):
        path.chmod(0o755)
    assert done.stdout == NAMES or (done.returncode == 255 and done.stderr.count(b"\n") == 2), done.stderr
    assert b"Traceback" not in done.stderr
