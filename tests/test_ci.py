"""What the scripts of ``.ci`` and the workflows hold to; zizmor looks at the rest of the workflows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

import awsshadow
from tests.support.program import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GROUPS: dict[str, list[str | dict[str, str]]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "dependency-groups"
]

needs_bash = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="a script for bash on POSIX"
)


@needs_bash
@pytest.mark.parametrize(
    ("tag", "code"),
    [(f"v{awsshadow.__version__}", 0), (awsshadow.__version__, 1), (f"v{awsshadow.__version__}.1", 1), ("", 1)],
)
def test_only_the_tag_of_the_version_is_published(tag: str, code: int) -> None:
    environ = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(["bash", ROOT / ".ci" / "check-tag", tag], env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, "")
    assert (f"v{awsshadow.__version__}" in done.stderr) == bool(code)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_a_commit_and_a_version(path: Path) -> None:
    uses = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_one_action_has_one_version() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    named = set(re.findall(r"uses: (\S+)@(\S+)", text))
    assert len(named) == len({action for action, _ in named})


def test_each_group_is_installed_somewhere() -> None:
    """By a script, a workflow, a page, or another group."""
    pages = ["README.md", "CONTRIBUTING.md", "docs/help.md", ".ci/run", ".ci/newest", ".ci/coverage", ".ci/release"]
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in pages)
    asked = set(re.findall(r"--group (\w+)", text))
    included = {entry["include-group"] for group in GROUPS.values() for entry in group if isinstance(entry, dict)}
    assert asked | included == set(GROUPS)


def test_what_builds_the_wheel_is_held_still() -> None:
    """Its bytes depend on the model of botocore and on hatchling, which writes its version into them."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    held = re.findall(r"^(\w+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {re.split(r"\W", requirement)[0] for requirement in wanted} <= set(held)


def test_nothing_is_published_that_was_not_looked_at() -> None:
    """A release is built twice, audited, installed from a folder of wheels and signed before PyPI gets it."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    jobs = dict(re.findall(r"^  (\w+):\n(.*?)(?=^  \w+:\n|\Z)", text.split("\njobs:\n")[1], re.MULTILINE | re.DOTALL))
    assert re.findall(r"bash (\.ci/\S+)", jobs["build"]) == [".ci/check-tag", ".ci/release", ".ci/audit", ".ci/wheels"]
    assert "needs: build" in jobs["attest"]
    assert "needs: [build, attest]" in jobs["publish"]
    assert jobs["attest"].count("uses: actions/attest@") == 2
