"""The examples of docs/remove.md, in their order, in a sandbox that has what they name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.model.families import removing
from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from tests.removal.conftest import Box

if TYPE_CHECKING:
    from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "remove.md"
DOMAIN = "d-abc123def456"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="not beside the tests of a wheel")


def examples() -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.startswith("    awsshadow ")]


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="the examples are for a POSIX shell")
def test_the_examples_run(tmp_path: Path, slices: Path, model: dict[str, Any]) -> None:
    sandbox = Sandbox(str(tmp_path / "box"), clock="instant")
    box = Box(str(tmp_path / "box"), sandbox, model)
    service.set_clock(box.folder, "frozen:2026-01-01T00:00:00Z")
    for name in ("churn-1", "churn-2", "tmp-old", "of-blue", "of-tmp"):
        box.model(name)
    service.set_clock(box.folder, f"frozen:{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    box.model("tmp-new")
    service.set_clock(box.folder, "instant")
    box.endpoint("blue", box.config("blue", "of-blue"))
    box.endpoint("tmp-1", box.config("tmp", "of-tmp"))
    domain = box.domain()
    box.app(domain, box.profile(domain, "ana"))
    program = tmp_path / "awsshadow"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m awsshadow "$@"\n')
    program.chmod(0o755)
    environ = {
        **box.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(slices),
    }  # fmt: skip
    printed = {}
    for line in examples():
        done = subprocess.run(
            ["bash", "-c", line.replace(DOMAIN, domain)], env=environ, cwd=tmp_path, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stderr)
        printed[line] = done.stdout
    assert len(printed) == 9
    first, second = list(printed.values())[:2]
    assert first.splitlines()[0].startswith("Delete 3 resources of account 123456789012 in ")
    assert second.splitlines() == ["deleted endpoint blue", "deleted endpoint config blue", "deleted model of-blue"]
    left = {row["name"] for row in service.listing(box.folder) if row["status"] != "Deleted"}
    assert left == {"tmp", "of-tmp", "tmp-new"}
    lines = [json.loads(line) for line in (tmp_path / "plan.jsonl").read_text().splitlines()]
    assert {line["State"] for line in lines} == {"done"}
    sandbox.close()


def test_the_page_has_every_kind_and_every_family() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [used.word for used in removing.USED if f"`{used.word}`" not in text] == []
    rows = text.partition("`--cascade` takes along:")[2].partition("`--with` takes along:")[0].lower()
    for title in removing.BELOW:
        words = title
        spoken = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in words).strip()
        assert spoken in rows, title
