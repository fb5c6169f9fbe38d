"""An AWS CLI for the services beside SageMaker: the one named by AWSSHADOW_REFERENCE, or version 1 from PyPI.

Version 1 is installed once into pytest's cache folder, in an environment of its own, as it has requirements of its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

from tests.support.program import UNHURRIED

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "AWSSHADOW_REFERENCE"
#: From 1.46 on it brings its own botocore, so that nothing holds its version still.
REQUIREMENT = "awscli>=1.46,<2"


class NoCliError(Exception):
    """There is none, and it cannot be installed; the message says why."""


def aws_cli(folder: Path) -> Path:
    """The program. ``folder`` is where version 1 is kept; several processes may ask at once. Raises NoCliError."""
    if os.environ.get(VARIABLE):
        return type(folder)(os.environ[VARIABLE])
    import fcntl

    program = folder / "environment" / "bin" / "aws"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            _install(folder / "environment")
    return program


def _install(place: Path) -> None:
    venv.create(place, with_pip=False, clear=True)
    python = str(place / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--retries", "1", REQUIREMENT], capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["pip said nothing"]
        raise NoCliError(f"AWS CLI 1 cannot be installed: {said[-1]}")


def major_version(program: Path) -> int:
    """1 or 2. Raises NoCliError for a program that is no AWS CLI."""
    environ = {**os.environ, "PYTHONPATH": str(UNHURRIED)}
    said = subprocess.run([program, "--version"], capture_output=True, text=True, env=environ).stdout
    found = re.match(r"aws-cli/(\d+)\.", said)
    if found is None:
        raise NoCliError(f"{program} is no AWS CLI")
    return int(found[1])
