"""``sandbox run`` and ``sandbox serve`` as programs."""

from __future__ import annotations

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from pathlib import Path

AWSSHADOW = [sys.executable, "-m", "awsshadow"]
REAL = {"AWS_ACCESS_KEY_ID": "AKIDREAL", "AWS_SECRET_ACCESS_KEY": "real", "AWS_SESSION_TOKEN": "real"}
HEADERS = {"Content-Type": "application/x-amz-json-1.1"}
REPOSITORY = {"CodeRepositoryName": "code", "GitConfig": {"RepositoryUrl": "https://example.com/code.git"}}
SHOW = "import json, os; print(json.dumps(dict(os.environ)))"


def environ(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS", "NO_PROXY", "no_proxy"))}
    return {**kept, **more}


def sandbox(*words: str, env: dict[str, str] | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [*AWSSHADOW, "sandbox", *words]
    return subprocess.run(command, capture_output=True, text=True, env=env or environ(), input=stdin, timeout=60)


def ask(url: str, operation: str, parameters: object = None) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {**HEADERS, "X-Amz-Target": f"SageMaker.{operation}"}
    connection.request("POST", "/", json.dumps(parameters or {}), headers)
    response = connection.getresponse()
    said = json.loads(response.read())
    connection.close()
    return response.status, said


def test_run_gives_a_command_its_environment_and_its_status() -> None:
    done = sandbox("run", "--region", "eu-west-3", "--", sys.executable, "-c", SHOW + "; raise SystemExit(7)",
                   env=environ(**REAL, AWS_PROFILE="work", HOME="/nonexistent"))  # fmt: skip
    assert done.returncode == 7
    assert done.stderr == ""
    given = json.loads(done.stdout)
    assert given["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert given["AWS_REGION"] == "eu-west-3"
    assert given["AWS_PROFILE"] == "work"
    assert not {"AKIDREAL", "real"} & set(given.values())
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWSSHADOW_SANDBOX"):
        assert not os.path.exists(given[name]), "what lay there for the command is gone after it"


def test_run_answers_while_the_command_runs_and_keeps_the_state_it_is_told_to_keep(tmp_path: Path) -> None:
    folder = str(tmp_path / "box")
    words = [*AWSSHADOW, "sandbox", "run", "--state", folder, "--clock", "step", "--"]
    command = [sys.executable, "-c", "import os; print(os.environ['AWS_ENDPOINT_URL'], flush=True); input()"]
    program = subprocess.Popen(
        [*words, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environ(AWS_REGION="eu-west-1"),
    )
    assert program.stdout
    url = program.stdout.readline().strip()
    assert ask(url, "CreateCodeRepository", REPOSITORY)[0] == 200
    assert ask(url, "ListModels") == (200, {"Models": []})
    program.communicate("\n", timeout=30)
    assert program.returncode == 0
    with pytest.raises(OSError, match="refused"):
        ask(url, "ListModels")
    listed = sandbox("ls", "--state", folder).stdout
    assert "eu-west-1  CodeRepository  code" in listed
    assert sandbox("clock", "show", env=environ(AWSSHADOW_SANDBOX=folder)).stdout.startswith("step ")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send this signal")
def test_run_ends_with_its_command_and_leaves_nothing_behind() -> None:
    text = "import os, time; print(os.environ['AWSSHADOW_SANDBOX'], flush=True); time.sleep(60)"
    words = [*AWSSHADOW, "sandbox", "run", "--", sys.executable, "-c", text]
    program = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environ())
    assert program.stdout
    folder = program.stdout.readline().strip()
    assert os.path.exists(folder)
    program.terminate()
    program.communicate(timeout=30)
    assert program.returncode == 128 + signal.SIGTERM
    assert not os.path.exists(os.path.dirname(folder))


def test_run_without_a_state_begins_anew(tmp_path: Path) -> None:
    """Also when a folder is set for other commands: a run in CI must not depend on one."""
    done = sandbox("run", "--", sys.executable, "-c", SHOW, env=environ(AWSSHADOW_SANDBOX=str(tmp_path)))
    assert json.loads(done.stdout)["AWSSHADOW_SANDBOX"] != str(tmp_path)
    assert os.listdir(tmp_path) == []


def test_run_takes_faults(tmp_path: Path) -> None:
    (tmp_path / "faults.json").write_text('{"throttle": [{"operation": "ListModels"}]}')
    text = (
        "import http.client, os; from urllib.parse import urlsplit\n"
        "c = http.client.HTTPConnection(urlsplit(os.environ['AWS_ENDPOINT_URL']).netloc)\n"
        "c.request('POST', '/', '{}', {'Content-Type': 'application/x-amz-json-1.1', "
        "'X-Amz-Target': 'SageMaker.ListModels'})\n"
        "print(c.getresponse().read().decode())"
    )
    done = sandbox("run", "--faults", str(tmp_path / "faults.json"), "--", sys.executable, "-c", text)
    assert "ThrottlingException" in done.stdout


@pytest.mark.parametrize("seconds", ["-5", "1e308", "NaN", "Infinity"])
def test_run_refuses_faults_that_make_no_sense(tmp_path: Path, seconds: str) -> None:
    (tmp_path / "faults.json").write_text('{"late": [{"seconds": ' + seconds + "}]}")
    words = ("run", "--clock", "frozen:5", "--state", str(tmp_path / "box"), "--faults", str(tmp_path / "faults.json"))
    done = sandbox(*words, "--", sys.executable, "-c", "print('ran')")
    assert (done.returncode, done.stdout) == (252, "")
    assert done.stderr.count("\n") <= 2
    assert "'seconds' must be a number from 0 to 3600" in done.stderr
    assert not (tmp_path / "box").exists()


def test_run_of_a_command_that_does_not_exist() -> None:
    done = sandbox("run", "--", "no-such-command")
    assert done.returncode == 127
    assert "There is no command 'no-such-command'" in done.stderr
    assert "Traceback" not in done.stderr


def serve(*words: str, **more: str) -> tuple[subprocess.Popen[str], list[str]]:
    program = subprocess.Popen(
        [*AWSSHADOW, "sandbox", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ(**more),
    )
    assert program.stdout
    assert program.stderr
    lines: list[str] = []
    while not lines or not lines[-1].startswith("#   endpoint_url"):
        lines.append(program.stdout.readline())
        assert lines[-1], program.stderr.read()
    return program, lines


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send these signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_serve_answers_until_a_signal(name: str, tmp_path: Path) -> None:
    program, lines = serve("--log", "--state", str(tmp_path / "box"))
    url = next(text for text in lines if text.startswith("export AWS_ENDPOINT_URL=")).partition("=")[2].strip()
    assert ask(url, "CreateCodeRepository", REPOSITORY)[0] == 200
    assert f"export AWSSHADOW_SANDBOX={tmp_path / 'box'}\n" in lines
    program.send_signal(getattr(signal, name))
    stderr = program.communicate(timeout=30)[1]
    assert program.returncode == 0
    assert stderr.startswith("CreateCodeRepository 200 ")
    assert lines[-1] == f"#   endpoint_url = {url}\n"
    assert "code" in sandbox("ls", "--state", str(tmp_path / "box")).stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send these signals")
def test_serve_speaks_other_shells_and_uses_the_folder_of_the_environment(tmp_path: Path) -> None:
    program, lines = serve("--shell", "fish", AWSSHADOW_SANDBOX=str(tmp_path))
    program.terminate()
    program.communicate(timeout=30)
    assert f"set -gx AWSSHADOW_SANDBOX '{tmp_path}'\n" in lines
    assert any(text.startswith("set -e ") and " AWS_PROFILE " in text for text in lines)


def test_serve_on_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = sandbox("serve", "--port", str(port))
    assert done.returncode == 255
    assert f"The sandbox cannot listen on 127.0.0.1:{port}: {os.strerror(errno.EADDRINUSE)}" in done.stderr
