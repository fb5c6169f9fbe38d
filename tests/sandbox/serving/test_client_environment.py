"""The environment a command gets: the sandbox is found by every client, AWS by none."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from awsshadow.sandbox.serving.client_environment import KEY, child_environment, removed, variables
from awsshadow.sandbox.serving.shell_exports import export_lines, profile_lines

URL = "http://127.0.0.1:4000"

REAL = {
    "PATH": "/bin",
    "AWS_ACCESS_KEY_ID": "AKIDREAL",
    "AWS_SECRET_ACCESS_KEY": "real-secret",
    "AWS_SESSION_TOKEN": "real-token",
    "AWS_SECURITY_TOKEN": "real-token",
    "AWS_BEARER_TOKEN_BEDROCK": "real-token",
    "AWS_CREDENTIAL_FILE": "/real/file",
    "AWS_PROFILE": "work",
    "AWS_DEFAULT_PROFILE": "work",
    "AWS_CONFIG_FILE": "/home/me/.aws/config",
    "AWS_SHARED_CREDENTIALS_FILE": "/home/me/.aws/credentials",
    "AWS_ROLE_ARN": "arn:aws:iam::111111111111:role/real",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/real/token",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://169.254.169.254",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_USE_DUALSTACK_ENDPOINT": "true",
    "AWS_ENDPOINT_URL": "https://api.sagemaker.us-east-1.amazonaws.com",
    "AWS_ENDPOINT_URL_SAGEMAKER": "https://api.sagemaker.us-east-1.amazonaws.com",
    "AWS_ENDPOINT_URL_STS": "https://sts.amazonaws.com",
    "HTTPS_PROXY": "http://proxy.example.com:3128",
}


def child(environ: dict[str, str]) -> dict[str, str]:
    return child_environment(environ, URL, "/store", "eu-west-1", "/empty/config", "/empty/credentials")


def test_nothing_of_the_users_account_remains() -> None:
    given = child(REAL)
    values = " ".join(value for name, value in given.items() if name != "PATH")
    assert "real" not in values.lower()
    assert "amazonaws" not in values
    assert "169.254" not in values


def test_every_client_finds_the_sandbox() -> None:
    given = child(REAL)
    assert given["AWS_ENDPOINT_URL"] == given["AWS_ENDPOINT_URL_SAGEMAKER"] == URL
    assert given["AWS_ACCESS_KEY_ID"] == given["AWS_SECRET_ACCESS_KEY"] == KEY
    assert given["AWS_REGION"] == given["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert given["AWS_EC2_METADATA_DISABLED"] == "true"
    assert given["AWS_CONFIG_FILE"] == "/empty/config"
    assert given["AWS_SHARED_CREDENTIALS_FILE"] == "/empty/credentials"
    assert given["AWSSHADOW_SANDBOX"] == "/store"
    assert "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" not in given


def test_what_has_nothing_to_do_with_aws_is_kept() -> None:
    given = child({**REAL, "LANG": "C"})
    assert (given["PATH"], given["LANG"]) == ("/bin", "C")
    assert given["HTTPS_PROXY"] == REAL["HTTPS_PROXY"]


def test_the_given_environment_is_not_changed() -> None:
    before = dict(REAL)
    child(REAL)
    assert before == REAL


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://localhost:9000", True),
        ("http://127.0.0.1:9000/minio", True),
        ("http://[::1]:9000", True),
        ("https://s3.amazonaws.com", False),
        ("http://localhost.example.com", False),
        ("localhost:9000", False),
        ("", False),
    ],
)
def test_endpoints_of_other_services_stay_when_they_are_on_this_machine(url: str, kept: bool) -> None:
    assert ("AWS_ENDPOINT_URL_S3" in child({"AWS_ENDPOINT_URL_S3": url})) == kept


@pytest.mark.parametrize(
    ("environ", "hosts"),
    [
        ({}, "127.0.0.1,localhost,::1"),
        ({"NO_PROXY": "example.com, localhost"}, "example.com,localhost,127.0.0.1,::1"),
        ({"NO_PROXY": "upper", "no_proxy": "lower"}, "lower,127.0.0.1,localhost,::1"),
        ({"no_proxy": "*"}, "*"),
    ],
)
def test_loopback_is_reached_without_a_proxy(environ: dict[str, str], hosts: str) -> None:
    given = child({**environ, "http_proxy": "http://proxy.example.com"})
    assert given["NO_PROXY"] == given["no_proxy"] == hosts


AWKWARD = {"A": 'it\'s $HOME \\ "x" `id`', "B": "", "C": "a b"}


@pytest.mark.parametrize(
    ("shell", "lines"),
    [
        ("sh", ["export N='it'\"'\"'s'", "unset GONE LOST"]),
        ("fish", ["set -gx N 'it\\'s'", "set -e GONE LOST"]),
        ("powershell", ["$env:N = 'it''s'", "Remove-Item Env:GONE, Env:LOST -ErrorAction SilentlyContinue"]),
    ],
)
def test_lines_for_each_shell(shell: str, lines: list[str]) -> None:
    assert export_lines(shell, {"N": "it's"}, ["GONE", "LOST"]) == lines


def test_sh_reads_the_lines_back() -> None:
    sh = shutil.which("sh")
    if sh is None:
        pytest.skip("there is no sh here")
    script = "\n".join([*export_lines("sh", AWKWARD, ["D"]), 'printf "%s|" "$A" "$B" "$C" "${D-unset}"'])
    run = subprocess.run([sh, "-c", script], capture_output=True, text=True, env={"D": "set"}, check=True)
    assert run.stdout == "|".join([*AWKWARD.values(), "unset"]) + "|"


def test_served_variables_leave_the_users_files_alone() -> None:
    assert "AWS_CONFIG_FILE" not in variables(REAL, URL, "/store", "us-east-1")
    assert "AWS_PROFILE" in removed({})


def test_the_profile_sends_no_service_to_aws() -> None:
    lines = profile_lines(URL, "eu-west-1")
    assert lines.count(f"endpoint_url = {URL}") == 1
    assert lines[lines.index("sagemaker =") + 1] == f"  endpoint_url = {URL}"
    assert "region = eu-west-1" in lines
