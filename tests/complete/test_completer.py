"""The program that the shells ask."""

import os
import subprocess
import sys
from pathlib import Path

import botocore
import pytest

import awsshadow
from awsshadow.commands.sandbox import SUMMARIES
from awsshadow.own_commands import OWN_COMMANDS
from tests.complete.conftest import ROOT, Complete

#: Where the packages are, for an interpreter without ``site``: the checkout or site-packages, and where botocore is.
INSTALLED = os.pathsep.join(str(Path(package.__path__[0]).parent) for package in (awsshadow, botocore))


def ask(environ: dict[str, str], line: str, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What a fresh interpreter prints for a line; ``more`` are variables."""
    words = [sys.executable, *options, str(ROOT / "completions" / "awsshadow_completer")]
    variables = {**environ, "PYTHONPATH": INSTALLED, "COMP_LINE": line, **more}
    done = subprocess.run(words, env=variables, capture_output=True, text=True, timeout=60, encoding="utf-8")
    assert done.returncode == 0
    return done


def test_own_commands_are_offered_and_exist(complete: Complete) -> None:
    assert complete("awsshadow ") == ["sagemaker", *OWN_COMMANDS, "help"]
    assert complete("aws ") == ["sagemaker", "help"]


def test_what_follows_an_own_command_exists(complete: Complete) -> None:
    assert complete("awsshadow completion ") == ["bash", "zsh", "fish", "powershell"]
    assert complete("awsshadow sandbox ") == [*SUMMARIES, "help"]
    assert complete("awsshadow link ") == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such permission")
def test_the_completer_may_be_executed() -> None:
    """Installers keep the permission the file has here."""
    assert os.access(ROOT / "completions" / "awsshadow_completer", os.X_OK)


@pytest.mark.parametrize(
    ("line", "variables", "expected"),
    [
        ("aws sagemaker wait endpoint-d", {}, "endpoint-deleted\n"),
        ("aws sagemaker wait endpoint-dX", {"COMP_POINT": "29"}, "endpoint-deleted\n"),
        ("aws sagemaker wait endpoint-d", {"COMP_POINT": "none"}, "endpoint-deleted\n"),
        ("", {"COMMAND_LINE": "aws sagemaker wait endpoint-d"}, "endpoint-deleted\n"),
        ("aws sagemaker list-models", {}, "list-models\n"),
        ("aws sagemaker nothing ", {}, "\n"),
        ("", {}, "\n"),
    ],
)
def test_the_protocol(environ: dict[str, str], line: str, variables: dict[str, str], expected: str) -> None:
    done = ask(environ, line, **variables)
    assert (done.stdout, done.stderr) == (expected, "")


def test_descriptions_are_for_those_who_ask(environ: dict[str, str]) -> None:
    done = ask(environ, "awsshadow doc", AWSSHADOW_COMPLETE="described")
    assert done.stdout == f"doctor\t{OWN_COMMANDS['doctor']}\n"


def test_names_survive_any_locale(environ: dict[str, str], home: Path) -> None:
    (home / "é").write_text("")
    done = ask(environ, "aws sagemaker create-model --model-name file://", LC_ALL="C", PYTHONUTF8="0")
    assert done.stdout == "file://é\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_has_gone_is_no_error(environ: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, str(ROOT / "completions" / "awsshadow_completer")]
    variables = {**environ, "PYTHONPATH": INSTALLED, "COMP_LINE": "aws sagemaker "}
    done = subprocess.run(words, env=variables, stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "line", ["aws sagemaker create-inf", "aws sagemaker create-model --", "aws sagemaker ", "awsshadow sagem"]
)
def test_names_of_operations_and_options_need_few_modules(environ: dict[str, str], line: str) -> None:
    ask(environ, line)  # fills the cache
    done = ask(environ, line, "-S", "-X", "importtime")
    assert done.stdout
    loaded = {row.rpartition("|")[2].strip() for row in done.stderr.splitlines() if row.startswith("import time:")}
    assert "awsshadow.complete.candidates" in loaded
    heavy = {"click", "json", "re", "botocore", "enum", "typing", "pathlib", "subprocess", "hashlib", "configparser"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith("awsshadow.complete.")} & {
        "awsshadow.complete.values", "awsshadow.complete.query", "awsshadow.complete.resources",
    }  # fmt: skip
    assert len([name for name in loaded if name.startswith("awsshadow")]) <= 19


@pytest.mark.skipif(sys.platform == "win32", reason="the other completer is a shell script")
class TestOtherServices:
    """Under the name ``aws`` the services awsshadow does not have are left to the next ``aws``."""

    @pytest.fixture
    def other(self, tmp_path: Path) -> Path:
        folder = tmp_path / "other"
        folder.mkdir()
        for name, body in {"aws": "exit 1", "aws_completer": 'echo "other: $COMP_LINE"'}.items():
            (folder / name).write_text(f"#!/bin/sh\n{body}\n")
            (folder / name).chmod(0o700)
        return folder

    @pytest.mark.parametrize("line", ["aws ", "aws s", "aws s3 l", "aws s3 ls --", "/bin/aws --region x s3 "])
    def test_they_are_asked_of_the_other_completer(self, environ: dict[str, str], other: Path, line: str) -> None:
        assert ask({**environ, "PATH": str(other)}, line).stdout == f"other: {line}".rstrip() + "\n"

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("aws sagemaker wait image-c", "image-created"),
            ("aws --debug sagemaker wait image-c", "image-created"),
            ("aws --reg", "--region"),
            ("aws --region us-west-1", "us-west-1"),
        ],
    )
    def test_sagemaker_is_not_nor_are_global_options(
        self, environ: dict[str, str], other: Path, line: str, expected: str
    ) -> None:
        assert ask({**environ, "PATH": str(other)}, line).stdout == f"{expected}\n"

    @pytest.mark.parametrize(
        ("body", "expected"),
        [("echo 'sqs '; echo 'ssm '", "sqs\nssm\n"), ("exit 1", "sagemaker\n"), ("echo", "sagemaker\n")],
    )
    def test_its_answer_is_tidied_and_its_silence_made_good(
        self, environ: dict[str, str], other: Path, body: str, expected: str
    ) -> None:
        (other / "aws_completer").write_text(f"#!/bin/sh\n{body}\n")
        assert ask({**environ, "PATH": str(other)}, "aws s").stdout == expected

    def test_nor_is_anything_under_the_name_awsshadow(self, environ: dict[str, str], other: Path) -> None:
        assert ask({**environ, "PATH": str(other)}, "awsshadow doc").stdout == "doctor\n"

    def test_without_a_completer_there_is_what_awsshadow_has(self, environ: dict[str, str], other: Path) -> None:
        (other / "aws_completer").unlink()
        assert ask({**environ, "PATH": str(other)}, "aws s").stdout == "sagemaker\n"

    def test_nobody_hands_over_twice(self, environ: dict[str, str], other: Path) -> None:
        handed = f"child:{os.getpid()}:1:{other / 'aws'}"
        variables = {**environ, "PATH": str(other), "AWSSHADOW_HANDED_OVER": handed}
        assert ask(variables, "aws s").stdout == "sagemaker\n"
