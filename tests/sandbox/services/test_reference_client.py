"""AWS CLI itself in ``sandbox run``; skipped without AWSSHADOW_REFERENCE."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.services import rehearsal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif("AWSSHADOW_REFERENCE" not in os.environ, reason="AWSSHADOW_REFERENCE names no aws"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash"),
]
ROLE = "arn:aws:iam::123456789012:role/sandbox-role"


def run(script: str, folder: Path) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS")}
    kept |= {"AWS_PAGER": "", "HOME": str(folder), "AWS": os.environ["AWSSHADOW_REFERENCE"]}
    (folder / "script").write_text("set -eu\n" + script)
    words = [sys.executable, "-m", "awsshadow", "sandbox", "run", "--region", "eu-west-1", "--", "bash", "script"]
    done = subprocess.run(words, capture_output=True, text=True, env=kept, cwd=folder, timeout=300)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.splitlines()


def test_what_is_built_in(tmp_path: Path) -> None:
    script = f"""
    $AWS sts get-caller-identity --profile anything --query Arn --output text
    AWS_PROFILE=other $AWS configure get region
    $AWS sagemaker create-model --model-name m --execution-role-arn {ROLE} --primary-container Image=i > /dev/null
    variant=VariantName=v,ModelName=m,InstanceType=ml.m5.large,InitialInstanceCount=1
    $AWS sagemaker create-endpoint-config --endpoint-config-name c --production-variants $variant > /dev/null
    $AWS sagemaker create-endpoint --endpoint-name e --endpoint-config-name c > /dev/null
    $AWS sagemaker wait endpoint-in-service --endpoint-name e
    printf 1,2 > in.csv
    $AWS sagemaker-runtime invoke-endpoint --endpoint-name e --content-type text/csv --body fileb://in.csv out.csv \\
      --query InvokedProductionVariant --output text
    cat out.csv; echo
    $AWS logs tail /aws/sagemaker/Endpoints/e --format short | cut -d' ' -f2-
    """
    assert run(script, tmp_path) == [
        "arn:aws:iam::123456789012:user/sandbox",
        "eu-west-1",
        "v",
        "1,2",
        "Starting the model server of variant v",
        "Variant v of endpoint e answers /ping",
    ]


@pytest.mark.skipif(not rehearsal.is_installed(), reason="the extra awsshadow[rehearsal] is not installed")
def test_what_the_extra_brings(tmp_path: Path) -> None:
    script = """
    $AWS s3 mb s3://bucket
    printf 1,2 > in.csv
    $AWS s3 cp --quiet in.csv s3://bucket/data/in.csv
    $AWS s3 cp s3://bucket/data/in.csv -; echo
    $AWS iam create-role --role-name r --assume-role-policy-document '{}' --query Role.Arn --output text
    $AWS iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/AmazonSageMakerFullAccess
    $AWS ecr get-login-password | wc -l
    $AWS ssm put-parameter --name /p --value v --type String --query Version
    """
    assert run(script, tmp_path) == [
        "make_bucket: bucket", "1,2", "arn:aws:iam::123456789012:role/r", "1", "1",
    ]  # fmt: skip
