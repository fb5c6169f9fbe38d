"""Running one shell fragment; ``test_scripts`` says what a fragment is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tests.support.facts import Facts, facts
from tests.support.program import ROOT, UNHURRIED, Command, Spawned
from tests.support.stage import Stage

if TYPE_CHECKING:
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply

FOLDER = Path(__file__).resolve().parent
FRAGMENTS = sorted(path.stem for path in FOLDER.glob("*.sh"))

LAUNCHER = """\
#!{interpreter}
import sys
sys.path.insert(0, {root!r})
from awsshadow.main import main
sys.exit(main())
"""


def install(folder: Path, program: str | None = None) -> Path:
    """Make ``folder`` a place for PATH that holds ``aws``, the checkout or a link to ``program``.

    It also holds a ``sleep`` that does not wait.
    """
    aws = folder / "aws"
    if program is None:
        aws.write_text(LAUNCHER.format(interpreter=sys.executable, root=str(ROOT)), encoding="utf-8")
        aws.chmod(0o755)
    else:
        aws.symlink_to(program)
    (folder / "sleep").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "sleep").chmod(0o755)
    return folder


def read(name: str) -> dict[str, Any]:
    """The world of a fragment."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def perform(name: str, folder: Path, endpoint: Endpoint, cache: Path | None = None) -> Facts:
    """Run a fragment with the ``aws`` in ``folder`` and return what the fragment and its commands did."""
    world = read(name)
    with Stage(endpoint.url, cache) as stage:
        stage.lay(stage.home, world.get("home", {}))
        stage.set({"PATH": f"{folder}:{stage.environ['PATH']}", "PYTHONPATH": str(UNHURRIED)})
        endpoint.script([reply(row) for row in world["responses"]])
        words = ["bash", str(FOLDER / f"{name}.sh")]
        outcome = Spawned("/bin/bash").run(Command(words, stage.environ, stage.work))
        found = facts(stage, outcome, endpoint.requests())
    return {**found, "requests": [brief(request) for request in found["requests"]]}


def reply(row: dict[str, Any]) -> Reply:
    """A reply of the endpoint whose body may be written as JSON."""
    body = row.get("body", "")
    return cast("Reply", {**row, "body": body if isinstance(body, str) else json.dumps(body)})


def brief(request: Facts) -> list[Any]:
    """Operation, region and body of a request, after making sure that it is well signed."""
    assert request["signature"] == "valid", request
    region = request["authorization"].split("/DATE/")[1].split("/")[0]
    return [request["target"].rpartition(".")[2], region, request.get("body")]
