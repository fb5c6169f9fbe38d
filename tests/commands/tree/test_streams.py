"""Own commands as programs: readers that go, full disks, tracebacks, names under which they are not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from awsshadow.sandbox.service import Sandbox
from tests.support.program import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell lays the streams")

FULL = "Cannot write to standard output: No space left on device"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sandbox that holds more than fits into a pipe."""
    box = tmp_path_factory.mktemp("box")
    made = Sandbox(str(box))
    role = "arn:aws:iam::123456789012:role/Any"
    for number in range(400):
        body = {"ModelName": f"a-model-of-a-rather-long-name-{number:030}", "ExecutionRoleArn": role}
        assert made.answer("SageMaker.CreateModel", json.dumps(body).encode(), "eu-west-1").status == 200
    made.close()
    return str(box)


@pytest.fixture
def sandbox(folder: str, environ: dict[str, str]) -> dict[str, str]:
    return {**environ, "AWSSHADOW_SANDBOX": folder}


def shell(environ: dict[str, str], line: str) -> tuple[int, str, str]:
    """A line of bash in which ``awsshadow`` is the checkout: its exit code and what it wrote."""
    text = f'set -o pipefail; awsshadow() {{ {sys.executable} -m awsshadow "$@"; }}; {line}'
    surroundings = {**environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    done = subprocess.run(["bash", "-c", text], env=surroundings, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", ["sandbox ls", "sandbox dump", "sandbox coverage", "completion bash"])
def test_a_reader_that_goes_is_no_error(sandbox: dict[str, str], words: str) -> None:
    code, text, complaint = shell(sandbox, f"awsshadow {words} | true")
    assert (code, text, complaint) == (141, "", "")
    _, text, complaint = shell(sandbox, f"awsshadow {words} | head -1")
    assert (len(text.splitlines()), complaint) == (1, "")


def test_nor_is_a_reader_of_help(environ: dict[str, str]) -> None:
    code, _, complaint = shell(environ, "awsshadow sandbox help | true")
    assert (code, complaint) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("words", ["sandbox ls", "sandbox dump", "sandbox coverage", "doctor", "doctor help"])
def test_a_full_disk_is_told(sandbox: dict[str, str], words: str) -> None:
    code, _, complaint = shell(sandbox, f"awsshadow {words} > /dev/full")
    assert (code, complaint) == (255, f"\nawsshadow: [ERROR]: {FULL}\n")


def test_a_closed_output_is_told(environ: dict[str, str]) -> None:
    code, _, complaint = shell(environ, "awsshadow doctor >&-")
    assert (code, complaint) == (255, "\nawsshadow: [ERROR]: Cannot write to standard output: it is closed\n")


def test_a_character_that_the_locale_lacks_is_spelled_out(environ: dict[str, str]) -> None:
    surroundings = {**environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, text, complaint = shell({**surroundings, "AWS_REGION": "\u00e9"}, "awsshadow doctor")
    assert (code in (0, 1), complaint) == (True, "")
    assert "(AWS_REGION)" in text


@pytest.mark.parametrize("line", ["awsshadow --debug sandbox ls", "awsshadow sandbox ls --debug"])
def test_debug_shows_where_an_error_comes_from(environ: dict[str, str], line: str) -> None:
    code, _, complaint = shell(environ, line)
    assert code == 252
    assert complaint.startswith("Traceback (most recent call last):\n")
    assert complaint.endswith("No sandbox is named: give --state DIR or set AWSSHADOW_SANDBOX\n")


def test_a_misspelt_command_gets_a_suggestion_under_our_own_name_alone(environ: dict[str, str], tmp_path: Path) -> None:
    code, _, complaint = shell(environ, "awsshadow sandbo")
    assert code == 252
    assert "Found invalid choice 'sandbo'\n\nMaybe you meant:\n\n  * sandbox\n" in complaint
    program = tmp_path / "aws"
    program.write_text(f"#!{sys.executable}\nimport sys; from awsshadow.main import main; sys.exit(main())\n")
    program.chmod(0o755)
    for words in ("sandbo", "sandbox ls", "--debug doctor", "help sandbox"):
        code, _, complaint = shell({**environ, "AWSSHADOW_HANDED_OVER": "1"}, f"{program} {words}")
        assert code == 252
        assert "Maybe you meant" not in complaint


def test_an_alias_of_the_user_is_run(environ: dict[str, str]) -> None:
    folder = Path(environ["HOME"], ".aws", "cli")
    folder.mkdir(parents=True)
    (folder / "alias").write_text("[toplevel]\nsandbox = !echo mine\n")
    assert shell(environ, "awsshadow sandbox") == (0, "mine\n", "")
    assert shell(environ, "awsshadow doctor help")[0] == 0
