"""``awsshadow doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Own

SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIDVISIBLE",
    "AWS_SECRET_ACCESS_KEY": "top-secret",
    "AWS_SESSION_TOKEN": "token-secret",
}


def facts_of(text: str) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in text.splitlines())
    return {name: value.strip() for name, value in rows}


def test_it_names_sources_and_no_secret(own: Own) -> None:
    code, text, _ = own("doctor", **SECRETS, AWS_REGION="eu-west-1")
    facts = facts_of(text)
    assert code == 0
    assert facts["region"] == "eu-west-1 (AWS_REGION)"
    assert facts["credentials"] == "environment"
    assert facts["program"] == "/opt/awsshadow"
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
def test_it_finds_what_a_call_would_use(
    own: Own, tmp_path: Path, config: str, environ: dict[str, str], name: str, value: str
) -> None:
    (tmp_path / "config").write_text(config)
    _, text, _ = own("doctor", AWS_CONFIG_FILE=str(tmp_path / "config"), **environ)
    assert facts_of(text)[name].startswith(value)


@pytest.mark.parametrize("behind", [False, True])
def test_profile_and_region_of_the_command_line_are_looked_at(own: Own, tmp_path: Path, behind: bool) -> None:
    (tmp_path / "config").write_text("[profile p]\nregion = us-west-2\noutput = text\n")
    options = ["--profile", "p", "--region", "eu-north-1"]
    words = ["doctor", *options] if behind else [*options, "doctor"]
    facts = facts_of(own(*words, AWS_CONFIG_FILE=str(tmp_path / "config"), AWS_REGION="eu-west-1")[1])
    assert facts["profile"] == "p"
    assert facts["region"] == "eu-north-1 (--region)"
    assert facts["output"] == "text (profile)"
