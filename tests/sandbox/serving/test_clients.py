"""The same shadow test through different clients: what they are told must be the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.serving.shell_exports import profile_lines

if TYPE_CHECKING:
    from pathlib import Path

    from awsshadow.sandbox.serving.http_server import Server
    from tests.sandbox.serving.conftest import Echo

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
HERE = os.path.dirname(os.path.abspath(__file__))
AWSSHADOW = [sys.executable, "-m", "awsshadow"]
SCRIPT = os.path.join(ROOT, "examples", "shadow-test.sh")

needs_bash = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="the example is a bash script for POSIX"
)


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command in a sandbox of its own, begun in an environment that has nothing of AWS."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS")}
    kept["PYTHONPATH"] = ROOT
    words = [*AWSSHADOW, "sandbox", "run", "--", *command]
    return subprocess.run(words, capture_output=True, text=True, env={**kept, **more}, cwd=ROOT, timeout=300)


def test_boto3() -> None:
    pytest.importorskip("boto3", reason="boto3 is not installed")
    done = run(sys.executable, os.path.join(HERE, "client_boto3.py"))
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Running endpoint",
        "[{'Key': 'team', 'Value': 'retention'}]",
        "['v1-against-v2']",
        "conflict",
        "Completed",
        "gone",
        "[]",
        "SandboxRefused",
    ]


def test_boto3_by_the_profile_that_serve_prints(
    server: Server, echo: Echo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
    exceptions = pytest.importorskip("botocore.exceptions")
    (tmp_path / "config").write_text("\n".join(profile_lines(server.url, "eu-west-3")))
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    session = boto3.Session(profile_name="sandbox")
    session.client("sagemaker").list_models()
    assert echo.calls[0][0::2] == ("SageMaker.ListModels", "eu-west-3")
    for service, operation in (("s3", "list_buckets"), ("sts", "get_caller_identity"), ("ec2", "describe_vpcs")):
        with pytest.raises(exceptions.ClientError, match=f"this request is for {service}. Nothing was sent to AWS"):
            getattr(session.client(service), operation)()
    assert len(echo.calls) == 1


def facts(text: str) -> list[str]:
    """What the script shows, without the moments at which it was asked."""
    return [line for line in text.splitlines() if line]


@needs_bash
def test_the_example_with_awsshadow_by_both_doors(tmp_path: Path) -> None:
    program = f"{sys.executable} -m awsshadow"
    folder = run("bash", SCRIPT, AWS=program, POLL="0.1")
    assert folder.stderr == ""
    assert folder.returncode == 0
    shown = facts(folder.stdout)
    assert "== Done" in shown
    assert "    awsshadow sagemaker list-models" in shown[shown.index("== Done") :]
    assert "churn-v1-against-v2: Running" in shown
    assert "churn-v1-against-v2: Completed" in shown
    assert "churn\tInService" in shown
    assert "v2\t1" in shown
    endpoint = run("env", "-u", "AWSSHADOW_SANDBOX", "bash", SCRIPT, AWS=program, POLL="0.1")
    assert endpoint.stderr == ""
    assert facts(endpoint.stdout) == shown
