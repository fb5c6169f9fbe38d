"""The examples of docs/extras.md about documents, schemas and rows, run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The sections whose examples are run here, in this order; what one leaves is there for the next.
SECTIONS = (
    "Documents from standard input and pipes",
    "Times counted from now",
    "Trying a command: `--dry-run`",
    "Documents and scripts before they run: `awsshadow check`",
    "Schemas: `awsshadow schema`",
    "Lines and rows: `--output jsonl`, `csv`, `tsv`",
)
FILES = {
    "model.json": '{"ModelName": "m", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/r"}',
    "job.yaml": """\
TrainingJobName: job
AlgorithmSpecification: {TrainingImage: image, TrainingInputMode: File}
RoleArn: arn:aws:iam::123456789012:role/r
OutputDataConfig: {S3OutputPath: s3://b/o}
ResourceConfig: {InstanceType: ml.m5.large, InstanceCount: 1, VolumeSizeInGB: 1}
StoppingCondition: {MaxRuntimeInSeconds: 60}
""",
    "deploy.sh": 'aws sagemaker create-training-job --cli-input-yaml file://job.yaml --region "$REGION"\n',
}


def examples() -> list[str]:
    """The lines of commands, in the order of the page."""
    text = (ROOT / "docs" / "extras.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (.*)\n((?:(?!^## ).*\n?)*)", text, re.MULTILINE))
    return [line.strip() for name in SECTIONS for line in parts[name].splitlines() if line.startswith("    ")]


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
@pytest.mark.skipif(not shutil.which("jq") or not shutil.which("bash"), reason="needs bash and jq")
def test_the_examples_run(tmp_path: Path, slices: Path) -> None:
    if not (ROOT / "docs" / "extras.md").exists():
        pytest.skip("not beside the tests of a wheel")
    program = tmp_path / "bin" / "awsshadow"
    for folder in ("bin", "box", "work"):
        (tmp_path / folder).mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m awsshadow "$@"\n')
    program.chmod(0o755)
    for name, text in FILES.items():
        (tmp_path / "work" / name).write_text(text)
    environ = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(slices),
        "AWS_PAGER": "",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "y",
        "AWS_REGION": "us-east-1",
        "AWSSHADOW_SANDBOX": str(tmp_path / "box"),
    }
    found = examples()
    assert len(found) >= 15
    printed = {}
    for line in found:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=environ, cwd=tmp_path / "work", capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stderr)
        printed[line] = done.stdout
    rows = printed["awsshadow sagemaker list-models --output tsv --query 'Models[].{name:ModelName,at:CreationTime}'"]
    assert rows.startswith("name\tat\nchurn-v3\t")
    assert len(list((tmp_path / "work" / ".schemas").iterdir())) > 400
