"""Whole scripts as people write them, run from end to end by ``awsshadow sandbox run``.

``NAME.sh`` is a script. Its first line states its kind (one of ``KINDS``) and what it does. The lines after it may give
options of ``sandbox run`` (``# sandbox: --clock step``) and what it needs beside bash and the programs that its text
mentions (``# needs: AWS CLI 2``). At its end a script checks what it has done: its exit status is the verdict. ``aws``
is awsshadow, as ``awsshadow link`` makes it, which hands the commands of other services on to an AWS CLI. None sleeps.
With ``--quick`` one script of each kind is run.
"""

from __future__ import annotations

import collections
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.services import rehearsal
from tests.scripts.fragment import install
from tests.scripts.rehearsal.aws_cli import NoCliError, aws_cli, major_version
from tests.support.program import UNHURRIED, Command, Forked, Program

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parent

#: The kinds of scripts that are found in public repositories, and how many there are here.
KINDS = {
    "account set-up": 6,
    "create or update": 5,
    "endpoint deployed and rolled back": 7,
    "feature groups": 4,
    "HyperPod cluster": 5,
    "image versions": 3,
    "inventory over regions": 5,
    "jobs polled": 8,
    "labeling": 3,
    "MLflow servers": 3,
    "model registry approval": 5,
    "monitoring schedules": 3,
    "Neo compilation": 3,
    "notebook lifecycle": 4,
    "pipeline started by CI and watched": 6,
    "Studio domain clean-up": 4,
}
#: Commands of other services that real scripts give most often.
OTHER_COMMANDS = (
    "sts get-caller-identity", "sts assume-role", "s3 mb", "s3 cp", "s3 sync", "iam create-role", "iam get-role",
    "iam attach-role-policy", "ecr get-login-password", "ecr create-repository", "ssm get-parameter",
    "eks update-kubeconfig", "cloudformation deploy", "configure get region", "sagemaker-runtime invoke-endpoint",
    "logs tail", "logs get-log-events",
)  # fmt: skip
#: Loaded once: what a sandbox loads when a script first asks for one of moto's services.
PRELOAD = (
    "moto.moto_server.werkzeug_app", "moto.s3.urls", "moto.iam.urls", "awsshadow.commands.sandbox.run",
    "awsshadow.sandbox.serving.endpoint", "awsshadow.sandbox.services.dispatch",
)  # fmt: skip
#: Seconds.
LIMIT = 120
#: What a script may use that is not everywhere.
PROGRAMS = ("bash", "jq", "awk", "python3", "tar")


class Script:
    """One script: its text and what stands on its first lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = FOLDER / f"{name}.sh"
        self.text = self.path.read_text(encoding="utf-8")
        found = re.match(r"# ([^:\n]+): \S", self.text)
        self.kind = found[1] if found else ""
        self.options = self._line("sandbox").split()
        self.needs = self._line("needs")

    def _line(self, name: str) -> str:
        found = re.search(rf"^# {name}: (.*)$", self.text, re.MULTILINE)
        return found[1] if found else ""

    def programs(self) -> list[str]:
        """The programs it uses that are not everywhere."""
        return [name for name in PROGRAMS if name == "bash" or re.search(rf"\b{name}\b", self.text)]


SCRIPTS = [Script(path.stem) for path in sorted(FOLDER.glob("*.sh"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "script" in metafunc.fixturenames:
        first_of_kind = {script.kind: script for script in reversed(SCRIPTS)}
        scripts = list(first_of_kind.values()) if metafunc.config.getoption("--quick") else SCRIPTS
        metafunc.parametrize("script", scripts, ids=lambda script: script.name)


@pytest.fixture(scope="session")
def other(request: pytest.FixtureRequest) -> Path:
    """The AWS CLI for other services."""
    try:
        return aws_cli(Path(request.config.cache.mkdir("aws-cli")))
    except NoCliError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def search_path(tmp_path_factory: pytest.TempPathFactory, other: Path) -> str:
    """What PATH is: ``aws`` and ``awsshadow`` are the checkout, then comes the other AWS CLI."""
    folder, next_folder = tmp_path_factory.mktemp("bin"), tmp_path_factory.mktemp("next")
    (install(folder) / "awsshadow").symlink_to(folder / "aws")
    (next_folder / "aws").symlink_to(other)
    return os.pathsep.join([str(folder), str(next_folder), "/usr/local/bin", "/usr/bin", "/bin"])


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Program]:
    """awsshadow with moto loaded: it is forked for each script."""
    started = Forked("awsshadow.main:main", PRELOAD)
    yield started
    started.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for bash 4.4 or later and GNU's tools")
@pytest.mark.skipif(not rehearsal.is_installed(), reason="the extra awsshadow[rehearsal] is not installed")
def test_script(script: Script, search_path: str, other: Path, sandbox: Program, slices: Path, tmp_path: Path) -> None:
    for program in script.programs():
        if shutil.which(program, path=search_path) is None:
            pytest.skip(f"{program} is not installed")
    if script.needs == "AWS CLI 2" and major_version(other) < 2:
        pytest.skip("a command that AWS CLI 1 lacks, or sends to AWS; AWSSHADOW_REFERENCE names no AWS CLI 2")
    environ = {
        "PATH": search_path, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(slices), "PYTHONPATH": str(UNHURRIED),
        "LANG": "C.UTF-8", "TZ": "UTC",
    }  # fmt: skip
    words = ["awsshadow", "sandbox", "run", *script.options, "--", "bash", str(script.path)]
    done = sandbox.run(Command(words, environ, tmp_path, limit=LIMIT))
    assert done.code == 0, f"{done.code}\n{done.stdout}\n{done.stderr}"


def test_scripts_say_their_kind_and_each_kind_is_covered() -> None:
    assert collections.Counter(script.kind for script in SCRIPTS) == KINDS
    assert sum(KINDS.values()) >= 72


def test_scripts_give_the_commands_of_other_services_that_are_given_most() -> None:
    text = " ".join(script.text for script in SCRIPTS)
    assert [command for command in OTHER_COMMANDS if f"aws {command} " not in text] == []


def test_needs_that_are_stated_are_understood() -> None:
    assert {script.needs for script in SCRIPTS} <= {"", "AWS CLI 2"}
