"""Running one command in a scene of ``provider_table``, and what came of it."""

from __future__ import annotations

import base64
import json
import re
import stat
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident, local
from typing import TYPE_CHECKING, TypedDict

from tests.network_faults.provider_table import CANARY, FOLDER, PLACES, PROVIDERS, Scene
from tests.support.endpoint import Endpoint
from tests.support.program import Command, Forked, Program, Reference, awsshadow, reference
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from tests.support.endpoint_server import Reply
    from tests.support.program import Outcome

#: The fault that is none.
WORKS = "(none)"
COMMAND = ("sagemaker", "list-models", "--output", "json", "--query", "Models[].ModelName")
SERVICE: Reply = {"body": '{"Models": [{"ModelName": "m"}]}', "match": "ListModels"}
#: Seconds after which a command that does not end is killed: its code is below 0.
LIMIT = 30
#: Commands at work at a time: some wait for an answer that does not come.
WORKERS = 2


class Cell(TypedDict):
    """What one fault comes to: the exit code, the message without its frame, method and path of each request, with
    which access key the service was asked, and which files below the home folder were made or changed."""

    code: int
    message: str
    requests: list[str]
    key: str | None
    kept: list[str]
    damaged: list[str]


class Attempts:
    """Runs cells with one program, several at a time; each worker has a program, an endpoint and a home of its own.

    The home is a link: a program may look for files where its home was when it was loaded.
    """

    def __init__(self, start: Callable[[], Program], cache: Path) -> None:
        self._start = start
        self._cache = cache
        self._homes = TemporaryDirectory(prefix="homes-")
        self._threads = ThreadPoolExecutor(WORKERS)
        self._worker = local()
        self._started: list[Program | Endpoint] = []

    def __enter__(self) -> Attempts:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)
        for started in self._started:
            started.close()
        self._homes.cleanup()

    def names(self, provider: str) -> list[str]:
        """The faults of a provider, ``WORKS`` first."""
        return [WORKS, *PROVIDERS[provider][1]]

    def cells(
        self, provider: str, *, debug: bool = False, names: list[str] | None = None
    ) -> dict[str, tuple[Cell, Outcome]]:
        """What comes of the faults ``names`` of a provider, of all without them, and all that the program wrote."""
        good, faults = PROVIDERS[provider]
        scenes = {name: good.under(faults.get(name, Scene())) for name in names or self.names(provider)}
        running = {name: self._threads.submit(self._run, scene, debug) for name, scene in scenes.items()}
        return {name: future.result() for name, future in running.items()}

    def _run(self, scene: Scene, debug: bool) -> tuple[Cell, Outcome]:
        if not hasattr(self._worker, "endpoint"):
            self._worker.home = Path(self._homes.name, f"{get_ident()}")
            self._worker.endpoint = Endpoint()
            self._worker.program = at_home(self._start(), str(self._worker.home))
            self._started += [self._worker.endpoint, self._worker.program]
        endpoint: Endpoint = self._worker.endpoint
        home: Path = self._worker.home
        with Stage(endpoint.url, self._cache) as stage:
            home.unlink(missing_ok=True)
            home.symlink_to(stage.home)
            prepare(stage, endpoint, scene)
            before = snapshot(stage.home)
            words = ["aws", *COMMAND, *scene.options, *(["--debug"] if debug else [])]
            outcome = self._worker.program.run(Command(words, stage.environ, stage.work, limit=LIMIT))
            kept = [name for name, content in snapshot(stage.home).items() if before.get(name) != content]
            return cell(stage, endpoint, outcome, kept), outcome


def at_home(program: Program, home: str) -> Program:
    """The program, which is loaded with ``home`` for its home folder."""
    for forked in (program, getattr(program, "forked", None)):
        if isinstance(forked, Forked):
            forked.environ["HOME"] = home
    return program


def prepare(stage: Stage, endpoint: Endpoint, scene: Scene) -> None:
    """Lay out a scene."""
    stage.set({**PLACES, **scene.environ})
    for name, text in scene.home.items():
        if text == FOLDER:
            (stage.home / name).mkdir(parents=True)
        elif text is not None:
            stage.lay(stage.home, {name: re.sub(r"\{IN (\d+)\}", _at, text)})
            (stage.home / name).chmod(0o600)
    given = scene.replies or ()
    endpoint.script(given if any("match" not in reply for reply in given) else (*given, SERVICE))


def _at(seconds: re.Match[str]) -> str:
    return (datetime.now(UTC) + timedelta(seconds=int(seconds[1]))).strftime("%Y-%m-%dT%H:%M:%SZ")


def snapshot(home: Path) -> dict[str, bytes]:
    """The files below the home folder, but for the telemetry of the reference."""
    found = (path for path in home.rglob("*") if path.is_file() and not path.name.startswith("session.db"))
    return {str(path.relative_to(home)): path.read_bytes() for path in found}


def damaged(home: Path, kept: Iterable[str]) -> list[str]:
    """Those of the files that are not whole, or that somebody else may read."""
    found = []
    for name in kept:
        try:
            whole = isinstance(json.loads((home / name).read_text("utf-8")), dict)
        except ValueError:
            whole = False
        if not whole or stat.S_IMODE((home / name).stat().st_mode) != 0o600:
            found.append(name)
    return found


def cell(stage: Stage, endpoint: Endpoint, outcome: Outcome, kept: list[str]) -> Cell:
    """What came of a command."""
    seen = endpoint.requests()
    asked = [request["headers"].get("authorization", "") for request in seen if "x-amz-target" in request["headers"]]
    return {
        "code": outcome.code,
        "message": plain(stage, outcome.stderr),
        "requests": [f"{request['method']} {request['path'].partition('?')[0]}" for request in seen],
        "key": asked[-1].partition("Credential=")[2].partition("/")[0] if asked else None,
        "kept": sorted(kept),
        "damaged": damaged(stage.home, kept),
    }


def plain(stage: Stage, text: str) -> str:
    """The one message on standard error without its frame, and with names for what differs from run to run."""
    for name, value in (("{ENDPOINT}", stage.url), ("{HOME}", str(stage.home))):
        text = text.replace(value, name)
    text = re.sub(r"/\d{8}/(?=us-east-1/)", "/{DATE}/", text)
    text = re.sub(r"Signature=[0-9a-f]{64}", "Signature={SIGNATURE}", text)
    # Newer versions of Python say it so.
    text = text.replace("is not a container or iterable", "is not iterable")
    framed = re.fullmatch(r"\naws: \[ERROR\]: (.*)\n", text, re.DOTALL)
    text = framed[1] if framed else text
    return text if len(text) < 2000 else f"{text[:300]} ... {len(text) // 1000} KB"


def leaks(outcome: Outcome) -> list[str]:
    """The forms in which a canary was written, with what stands around it."""
    forms = {CANARY, base64.b64encode(b"wJal+" + CANARY.encode()).decode()[:12], urllib.parse.quote(f"+{CANARY}/")}
    found = []
    for text in (outcome.stdout, outcome.stderr):
        for form in forms:
            at = text.find(form)
            if at >= 0:
                found.append(text[max(0, at - 200) : at + 100])
    return found


def of_awsshadow() -> Program:
    """The checkout, with what most of these commands import."""
    program = awsshadow()
    assert isinstance(program, Forked)
    rare = ("awsshadow.call.login", "awsshadow.call.proof", "awsshadow.call.debug")
    return replace(program, preload=(*program.preload, *rare))


def of_reference(path: str) -> Callable[[], Program]:
    """The AWS CLI at ``path``, which has to be a Python program: others cannot be given a home."""

    def start() -> Program:
        program = reference(path)
        assert isinstance(program, Reference)
        return program

    return start
