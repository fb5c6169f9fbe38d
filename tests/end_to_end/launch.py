"""Commands started as a user would start them, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.support.endpoint_server import Reply
from tests.support.program import ROOT
from tests.support.stage import Stage

#: Seconds after which a command that does not end is a failure.
LIMIT = 60

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def command(words: Sequence[str]) -> list[str]:
    """The command line that starts the checkout with ``words``."""
    return [sys.executable, "-m", "awsshadow", *words]


def environ(stage: Stage) -> dict[str, str]:
    """The environment of ``stage`` in which the checkout can be started.

    Without bytecode files: under a limit of the file size Python itself leaves torn ones behind.
    """
    return {**stage.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def matching(operation: str, reply: Reply) -> Reply:
    """``reply`` to requests for ``operation`` only."""
    made = reply.copy()
    made["match"] = operation
    return made


def models(count: int, token: str | None = None) -> Reply:
    """A reply to ListModels with ``count`` models of about 150 bytes each."""
    found = [{"ModelName": f"model-{n}", "ModelArn": "a" * 60, "CreationTime": 1.0} for n in range(count)]
    return {"body": json.dumps({"Models": found} if token is None else {"Models": found, "NextToken": token})}


def below(folder: Path) -> list[str]:
    """Everything below ``folder``, by path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def cold(stage: Stage, folder: Path) -> Path:
    """The folder of a cache without slices, even where the package has its own: ``stage`` gets a model folder."""
    stage.lay(folder, {"models/sagemaker/2017-07-24/note.json": "{}"})
    stage.environ |= {"AWS_DATA_PATH": str(folder / "models"), "XDG_CACHE_HOME": str(folder / "cache")}
    return folder / "cache"
