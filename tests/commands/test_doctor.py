"""``awsshadow link`` and ``awsshadow doctor``."""

import io
import os
import sys

import pytest

from awsshadow.commands import doctor, link
from awsshadow.errors import AwsShadowError, UsageError
from awsshadow.streams import Streams


@pytest.fixture
def streams():
    return Streams(None, io.StringIO(), io.StringIO())


@pytest.fixture
def program(tmp_path, monkeypatch):
    path = tmp_path / "bin" / "awsshadow"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path)])
    return path


def test_a_link_is_made_beside_the_program(program, streams):
    assert link.main([], "awsshadow", {"PATH": str(program.parent)}, streams) == 0
    assert os.path.realpath(program.parent / "aws") == str(program)
    assert streams.stdout.getvalue() == f"{program.parent / 'aws'} -> {program}\n"
    assert link.main([], "awsshadow", {"PATH": str(program.parent)}, streams) == 0


def test_a_link_in_another_folder_says_when_that_is_not_on_path(program, streams, tmp_path):
    (tmp_path / "other").mkdir()
    link.main([str(tmp_path / "other")], "awsshadow", {"PATH": "/bin"}, streams)
    assert "is not on PATH" in streams.stdout.getvalue()


def test_another_program_is_never_replaced(program, streams):
    (program.parent / "aws").write_text("precious")
    with pytest.raises(AwsShadowError, match="another program"):
        link.main([], "awsshadow", {}, streams)
    assert (program.parent / "aws").read_text() == "precious"


@pytest.mark.parametrize("arguments", [["a", "b"], ["--force"]])
def test_link_refuses_what_it_does_not_know(program, streams, arguments):
    with pytest.raises(UsageError):
        link.main(arguments, "awsshadow", {}, streams)


def test_link_says_why_a_folder_cannot_take_it(program, streams, tmp_path):
    with pytest.raises(AwsShadowError, match="cannot make"):
        link.main([str(tmp_path / "missing")], "awsshadow", {}, streams)


SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIDVISIBLE",
    "AWS_SECRET_ACCESS_KEY": "top-secret",
    "AWS_SESSION_TOKEN": "token-secret",
}


def examine(environ, streams):
    code = doctor.main([], "awsshadow", environ, streams)
    return code, dict(line.split("  ", 1) for line in streams.stdout.getvalue().splitlines())


def test_doctor_names_sources_and_no_secret(streams, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    code, facts = examine({**SECRETS, "AWS_REGION": "eu-west-1", "HOME": str(tmp_path)}, streams)
    text = streams.stdout.getvalue()
    assert code == 0
    assert facts["region"].strip() == "eu-west-1 (AWS_REGION)"
    assert facts["credentials"].strip() == "environment"
    assert "secret" not in text
    assert "AKIDVISIBLE" not in text
    assert "operations" in facts["slices"]


@pytest.mark.parametrize(
    ("config", "environ", "name", "value"),
    [
        (
            "[profile p]\nregion = us-west-2\nrole_arn = r\n",
            {"AWS_PROFILE": "p"},
            "credentials",
            "assume role (profile p)",
        ),
        ("[profile p]\nregion = us-west-2\n", {"AWS_PROFILE": "p"}, "region", "us-west-2 (profile)"),
        ("[profile p]\n", {"AWS_PROFILE": "q"}, "profile", "PROBLEM: 'q' is in neither file"),
        ("nonsense\n", {}, "configuration", "PROBLEM: Unable to parse config file"),
        ("", {"AWS_ACCESS_KEY_ID": "k"}, "credentials", "PROBLEM: AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"),
        ("", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "endpoint", "http://127.0.0.1:1 (AWS_ENDPOINT_URL)"),
        ("", {"AWSSHADOW_SANDBOX": "/tmp/x"}, "endpoint", "the sandbox in /tmp/x (AWSSHADOW_SANDBOX)"),
    ],
)
def test_doctor_finds_what_a_call_would_use(streams, tmp_path, monkeypatch, config, environ, name, value):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "config").write_text(config)
    _, facts = examine({"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path / "config"), **environ}, streams)
    assert facts[name].strip().startswith(value)
