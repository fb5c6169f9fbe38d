"""The cache of slices and that of role credentials on bad days: full, closed, foreign, wanted by many at once."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.compile import sources
from awsshadow.model import find_store, load
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
    planted(folder)
    assert run(*LIST).returncode == 0
    assert target(endpoint) == "SageMaker.ListThings"
    (folder / "awsshadow").chmod(0o777)
    assert run(*LIST).stdout == NAMES
    assert target(endpoint) == "SageMaker.ListModels"


def planted(folder: Path) -> Path:
    """The kept slice of ``list-models``, changed so that it calls another operation."""
    found = next((folder / "awsshadow").glob("*/operations/list-models.json"))
    found.write_text(found.read_text().replace("ListModels", "ListThings"))
    return found


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_folder_of_another_user_inside_ones_own_cache_is_not_read(
    endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run
) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    assert run(*LIST).returncode == 0
    inside = planted(folder).parent.parent
    os.chown(inside, NOBODY, NOBODY)
    assert run(*LIST).stdout == NAMES
    assert target(endpoint) == "SageMaker.ListModels"


@pytest.mark.parametrize("mode", [0o777, 0o720])
def test_a_folder_others_can_write_in_is_not_read(
    endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run, mode: int
) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    assert run(*LIST).returncode == 0
    planted(folder).parent.parent.chmod(mode)
    assert run(*LIST).stdout == NAMES
    assert target(endpoint) == "SageMaker.ListModels"


@pytest.mark.parametrize(("mode", "followed"), [(0o1777, False), (0o777, False), (0o770, False), (0o755, True)])
def test_a_link_is_followed_only_where_nobody_else_can_have_put_it(
    endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run, mode: int, followed: bool
) -> None:
    folder = cold(stage, tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.mkdir()
    (folder / "awsshadow").symlink_to(elsewhere)
    folder.chmod(mode)
    endpoint.script([models(1)])
    assert run(*LIST).stdout == NAMES
    assert bool(below(elsewhere)) == followed


def test_whatever_the_umask_what_is_made_is_private(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    with_role(stage, endpoint)
    (stage.home / ".aws" / "config").rename(stage.home / "config")
    (stage.home / ".aws").rmdir()
    stage.environ.pop("XDG_CACHE_HOME")
    made = {"AWS_CONFIG_FILE": str(stage.home / "config"), "AWS_DATA_PATH": str(stage.home / "models")}
    stage.lay(stage.home, {"models/sagemaker/2017-07-24/note.json": "{}"})
    before = set(stage.home.rglob("*"))
    assert run(*LIST, env=made, umask=0).stdout == NAMES
    new = [path for path in stage.home.rglob("*") if path not in before]
    assert {".aws", ".aws/cli", ".aws/cli/cache", ".cache", ".cache/awsshadow"} <= {
        str(path.relative_to(stage.home)) for path in new
    }
    open_to_others = {str(path): oct(path.stat().st_mode) for path in new if path.stat().st_mode & 0o077}
    assert open_to_others == {}


def test_two_hundred_at_once_fill_a_cold_cache(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forks of one process that has everything loaded: they all find no slices and all compile some."""
    whole = sources.load()
    monkeypatch.setattr(sources, "load", lambda _: whole)
    folder = cold(stage, tmp_path)
    names = ("list-models", "describe-model", "create-model", "list-endpoints")
    children = []
    for number in range(200):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                found = load(find_store(stage.environ), "operations", names[number % len(names)])
                code = 0 if found.name == names[number % len(names)] and found.all_shapes() and found.docs() else 2
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * 200
    (shown,) = (folder / "awsshadow").iterdir()
    assert below(shown / "operations") == sorted(f"{name}{end}" for name in names for end in (".json", ".docs.json"))
    monkeypatch.setattr(sources, "load", lambda _: pytest.fail("a file was torn"))
    for name in names:
        found = load(find_store(stage.environ), "operations", name)
        assert found.docs()["operation"]
        assert found.all_shapes()


#: Runs a command that is killed before it does what the audit event ARGV[1] tells of, the ARGV[2]th time in the cache.
KILLED = """
import os, signal, sys
left = [int(sys.argv[2])]
def hook(event, args):
    if event == sys.argv[1] and os.environ["XDG_CACHE_HOME"] in str(args[0]):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from awsshadow.main import main
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(
    "moment",
    ["os.mkdir 1", "os.mkdir 2", "open 2", "open 4", "os.rename 1"]
    + ["os.rename 2", "os.rename 3", "os.rename 4", "os.remove 1", "os.remove 3"],
)
def test_killed_at_any_moment(endpoint: Endpoint, stage: Stage, tmp_path: Path, run: Run, moment: str) -> None:
    folder = cold(stage, tmp_path)
    endpoint.script([models(1)])
    line = [sys.executable, "-c", KILLED, *moment.split(), *LIST]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=LIMIT, check=False)
    assert done.returncode == -9
    for path in folder.rglob("building-*"):
        os.utime(path, (0, 0), follow_symlinks=False)
    assert run(*LIST).stdout == NAMES
    assert run("sagemaker", "list-endpoints", "help").returncode == 0
    assert [name for name in below(folder) if "building" in name] == []


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
