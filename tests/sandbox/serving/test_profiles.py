"""Profiles that a command in a sandbox may name: all of them are the sandbox's account."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.serving.profiles import USUAL, chooses_default_region, config_text, credentials_text, names

if TYPE_CHECKING:
    from pathlib import Path

AWSSHADOW = [sys.executable, "-m", "awsshadow"]


def environ(**more: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if not k.startswith("AWS")}, "HOME": "/nonexistent", **more}


@pytest.mark.parametrize(
    "text",
    [
        "aws s3 ls --profile mine",
        "aws s3 ls --profile=mine",
        "AWS_PROFILE=mine aws s3 ls",
        "export AWS_PROFILE='mine'",
        'P="${AWS_PROFILE:-mine}"',
        'boto3.Session(profile_name="mine")',
        "PROFILE=mine",
    ],
)
def test_a_script_names_its_profiles(tmp_path: Path, text: str) -> None:
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\n{text}\n")
    empty = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    assert set(names(["bash", str(script)], empty)) - set(USUAL) == {"mine"}
    assert "mine" in names(["bash", "-c", text], empty)


def test_of_the_users_files_only_names_are_taken(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[default]\nregion = x\n[profile work]\nrole_arn = secret\n[profile 'two']\n")
    (tmp_path / "credentials").write_text("[third]\naws_secret_access_key = secret\n")
    given = {
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_PROFILE": "fourth",
    }
    found = names(["true"], given)
    assert {"work", "two", "third", "fourth"} < set(found)
    assert len(found) == len(set(found))
    for text in (config_text(found, "eu-west-1"), credentials_text(found)):
        assert "secret" not in text.replace("aws_secret_access_key = sandbox", "")


def test_files_that_cannot_be_read_name_none(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    given = {"AWS_CONFIG_FILE": str(folder), "AWS_SHARED_CREDENTIALS_FILE": "\0"}
    assert names([str(folder), "\0"], given) == list(USUAL)


def test_awsshadow_takes_any_name(tmp_path: Path) -> None:
    for more, words in (({}, ["--profile", "anything"]), ({"AWS_PROFILE": "anything"}, [])):
        done = subprocess.run(
            [*AWSSHADOW, "sagemaker", "list-models", "--query", "Models", *words],
            capture_output=True,
            text=True,
            env=environ(AWSSHADOW_SANDBOX=str(tmp_path / "box"), **more),
            timeout=60,
        )
        assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)
    done = subprocess.run(
        [*AWSSHADOW, "sagemaker", "list-models", "--profile", "anything"],
        capture_output=True,
        text=True,
        env=environ(),
        timeout=60,
    )
    assert done.returncode == 255
    assert "The config profile (anything) could not be found" in done.stderr


BOTO3 = """
import boto3, os
for name in (None, "mine", "work"):
    session = boto3.Session(profile_name=name)
    keys = session.get_credentials().get_frozen_credentials()
    print(session.client("sts").get_caller_identity()["Account"], session.region_name, keys.access_key)
"""


def test_boto3_finds_the_account_and_the_region_under_each_profile(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[profile work]\nregion = us-west-1\nsso_session = corp\n")
    (tmp_path / "script.py").write_text(BOTO3)
    done = subprocess.run(
        [*AWSSHADOW, "sandbox", "run", "--region", "eu-west-3", "--", sys.executable, str(tmp_path / "script.py")],
        capture_output=True,
        text=True,
        env=environ(AWS_CONFIG_FILE=str(tmp_path / "config"), AWS_PROFILE="mine"),
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["123456789012 eu-west-3 sandbox"] * 3


@pytest.mark.parametrize(
    ("text", "chooses"),
    [
        ("export AWS_DEFAULT_REGION=eu-west-1", True),
        ("AWS_DEFAULT_REGION=eu-west-1 aws s3 ls", True),
        ("export AWS_DEFAULT_REGION=$AWS_REGION", False),
        ("export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1", False),
        ('echo "$AWS_DEFAULT_REGION"', False),
    ],
)
def test_a_script_that_chooses_the_default_region(tmp_path: Path, text: str, chooses: bool) -> None:
    script = tmp_path / "script"
    script.write_text(text)
    assert chooses_default_region(["bash", str(script)]) is chooses
    assert chooses_default_region(["bash", "-c", text]) is chooses


@pytest.mark.parametrize(
    ("options", "more", "regions"),
    [
        ([], {}, ["us-west-2", "us-east-1"]),
        (["--region", "eu-west-1"], {}, ["eu-west-1", "eu-west-1"]),
        ([], {"AWS_REGION": "eu-west-3"}, ["eu-west-3", "eu-west-3"]),
    ],
)
def test_the_region_of_a_script_counts_where_it_would_outside(
    options: list[str], more: dict[str, str], regions: list[str]
) -> None:
    list_models = f"{sys.executable} -m awsshadow sagemaker create-experiment --experiment-name e --output text"
    script = f"export AWS_DEFAULT_REGION=us-west-2; {list_models}; unset AWS_DEFAULT_REGION; {list_models}"
    words = [*AWSSHADOW, "sandbox", "run", *options, "--", "sh", "-c", script]
    done = subprocess.run(words, capture_output=True, text=True, env=environ(**more), timeout=60)
    assert [line.split(":")[3] for line in done.stdout.splitlines()] == regions[: 1 if len(set(regions)) == 1 else 2]
