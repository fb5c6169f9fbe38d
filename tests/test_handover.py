"""Commands of other services reach the next ``aws`` on PATH, and never this program itself."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import awsshadow
from awsshadow import handover

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the next aws is a script")


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """awsshadow as an executable, and a link to it called aws."""
    path = tmp_path / "ours" / "awsshadow"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\nimport sys\nfrom awsshadow.main import main\nsys.exit(main())\n")
    path.chmod(0o755)
    (tmp_path / "ours" / "aws").symlink_to(path)
    return path


def run(program: Path, argv: list[str], path: list[Path], **environ: str) -> subprocess.CompletedProcess[str]:
    package = os.path.dirname(os.path.dirname(awsshadow.__file__))
    env = {"PATH": os.pathsep.join(map(str, path)), "HOME": str(program.parent), "PYTHONPATH": package, **environ}
    return subprocess.run([str(program), *argv], env=env, capture_output=True, text=True)


def test_words_and_exit_code_pass_unchanged(program: Path, tmp_path: Path) -> None:
    other = script(tmp_path / "other" / "aws", 'printf "%s|" "$@"; exit 7')
    done = run(program.parent / "aws", ["s3", "ls", "--x", "a b", ""], [program.parent, other.parent])
    assert (done.stdout, done.returncode) == ("s3|ls|--x|a b||", 7)


def test_a_script_without_a_first_line_is_run_as_shells_do(program: Path, tmp_path: Path) -> None:
    other = script(tmp_path / "other" / "aws", "")
    other.write_text('printf "%s|" "$@"; exit 7\n')
    done = run(program.parent / "aws", ["s3", "ls", "a b"], [program.parent, other.parent])
    assert (done.stdout, done.returncode) == ("s3|ls|a b|", 7)


def test_without_another_aws_the_message_and_the_reason_are_printed(program: Path) -> None:
    done = run(program.parent / "aws", ["s3", "ls"], [program.parent])
    assert done.returncode == 252
    assert done.stdout == ""
    assert "argument command: Found invalid choice 's3'" in done.stderr
    assert done.stderr.endswith(handover.NO_OTHER + "\n")


def test_sagemaker_is_never_handed_over(program: Path, tmp_path: Path) -> None:
    other = script(tmp_path / "other" / "aws", "echo wrong; exit 0")
    done = run(program.parent / "aws", ["sagemaker", "describe-model"], [other.parent])
    assert done.returncode == 252
    assert "--model-name" in done.stderr


def test_two_of_us_do_not_hand_on_for_ever(program: Path, tmp_path: Path) -> None:
    second = tmp_path / "second" / "aws"
    second.parent.mkdir()
    second.write_bytes(program.read_bytes())
    second.chmod(0o755)
    done = run(program.parent / "aws", ["s3", "ls"], [second.parent, program.parent])
    assert done.returncode == 252
    assert done.stderr.count("Found invalid choice") == 1


REAL = """
echo "real $*"
case "$1" in
  sts) aws configure export-credentials --profile base ;;
  configure) echo key ;;
  iam) sh -c 'aws configure get region; true' ;;
esac
"""


@pytest.mark.parametrize(
    ("argv", "printed"),
    [
        (["sts", "get"], ["real sts get", "real configure export-credentials --profile base", "key"]),
        (["iam", "x"], ["real iam x", "real configure get region", "key"]),
        (["whoami"], ["real sts get", "real configure export-credentials --profile base", "key"]),
    ],
)
def test_what_the_next_aws_starts_is_handed_on_as_any_other(
    program: Path, tmp_path: Path, argv: list[str], printed: list[str]
) -> None:
    """aws, an alias of the user's, aws, a credential process, aws."""
    other = script(tmp_path / "other" / "aws", REAL)
    aliases = program.parent / ".aws" / "cli" / "alias"
    aliases.parent.mkdir(parents=True)
    aliases.write_text("[toplevel]\nwhoami = !aws sts get\n")
    done = run(program.parent / "aws", argv, [program.parent, other.parent, Path("/usr/bin"), Path("/bin")])
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == (printed, "", 0)


def test_a_wrapper_that_takes_this_programs_place_is_passed_over(program: Path, tmp_path: Path) -> None:
    wrapper = script(tmp_path / "wrapper" / "aws", f'exec {program.parent / "aws"} "$@"')
    other = script(tmp_path / "other" / "aws", 'echo "real $*"')
    for path in ([wrapper.parent, other.parent], [wrapper.parent]):
        done = run(program.parent / "aws", ["s3", "ls"], path)
        assert done.returncode == (252 if len(path) == 1 else 0)
        assert done.stdout == ("" if len(path) == 1 else "real s3 ls\n")


def test_a_wrapper_that_starts_this_program_anew_ends_somewhere(program: Path, tmp_path: Path) -> None:
    wrapper = script(tmp_path / "wrapper" / "aws", f'{program.parent / "aws"} "$@"')
    done = run(program.parent / "aws", ["s3", "ls"], [wrapper.parent])
    assert done.returncode == 255
    assert done.stdout == ""
    assert done.stderr.count("have led from one to the next") == 1


@pytest.mark.parametrize("value", ["1", "self", "self:x:y:z", "child:1:-3:/x", "self::" + "9" * 30])
def test_a_variable_that_somebody_else_set_is_no_obstacle(program: Path, tmp_path: Path, value: str) -> None:
    other = script(tmp_path / "other" / "aws", 'echo "real $*"')
    done = run(program.parent / "aws", ["s3", "ls"], [other.parent], AWSSHADOW_HANDED_OVER=value)
    assert done.stdout == ("" if "999" in value else "real s3 ls\n")


@pytest.mark.parametrize("kind", ["symlink", "hard link", "same file"])
def test_links_to_this_program_are_this_program(program: Path, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "linked"
    folder.mkdir()
    if kind == "symlink":
        (folder / "aws").symlink_to(program)
    elif kind == "hard link":
        os.link(program, folder / "aws")
    path = str(program.parent) if kind == "same file" else str(folder)
    assert handover.next_aws({"PATH": path}, str(program)) is None


def test_folders_and_files_that_cannot_be_run_are_passed_over(program: Path, tmp_path: Path) -> None:
    (tmp_path / "a" / "aws").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "aws").write_text("not a program")
    right = script(tmp_path / "c" / "aws", "true")
    environ = {"PATH": os.pathsep.join(str(tmp_path / n) for n in "abc")}
    assert handover.next_aws(environ, str(program)) == str(right)
