"""Processes that are killed at random moments: nothing is torn, and nothing is lost that was promised.

::

    python -m tests.endurance.killed [--moments N] [--seed N] [KIND ...]

forks processes that do one thing again and again, ends each with signal 9 after a random time, and looks at what is
left. The exit code is 1 when something is wrong with it.

- ``writers`` create and update resources of a sandbox. What was answered is there, and whole; of what was under way
  when the process died either all is there or nothing; the file passes SQLite's own check.
- ``builders`` fill a cold cache with slices. Each file that is shown is whole; the next process makes what is
  missing; nothing half-written is left after it.
- ``listings`` print a listing page by page into a file. What is there ends with a page, and nothing before it lacks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from awsshadow.compile import sources
from awsshadow.main import main as program
from awsshadow.model import find_store, load
from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.state import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.compile.slices import Sources

ROLE = "arn:aws:iam::123456789012:role/Any"
REGION = "us-east-1"
#: Longest time after which a process is ended, in seconds: that of a few rounds of its work.
LATEST = {"writers": 0.15, "builders": 0.25, "listings": 0.25}
#: Resources that a listing goes through, and how many are on a page.
LISTED, PAGE = 400, 20
#: Moments after which a new sandbox is begun, so that looking at it stays quick.
ON_ONE_STATE = 25
OPERATIONS = ("list-models", "describe-model", "create-model", "list-endpoints", "add-tags", "delete-model")


def killed(work: Callable[[int], None], seconds: float, told: Path) -> None:
    """Run ``work`` in a fork, end it after so many seconds, and wait for its end.

    ``work`` gets a descriptor of the file ``told``; it has at least begun when the time starts to run.
    """
    ready, begun = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ready)
            descriptor = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.write(begun, b"!")
            work(descriptor)
        finally:
            os._exit(1)  # it went wrong, or was through before it was ended
    os.close(begun)
    os.read(ready, 1)
    os.close(ready)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) not in (-signal.SIGKILL, 1):
        raise AssertionError(f"the process ended with status {status}")


def ask(sandbox: Sandbox, operation: str, **parameters: object) -> dict[str, object]:
    """What the sandbox answers. Raises AssertionError when it refuses."""
    answer = sandbox.answer(f"SageMaker.{operation}", json.dumps(parameters).encode(), REGION)
    assert answer.status == 200, answer.body
    found: dict[str, object] = json.loads(answer.body)
    return found


class Writers:
    """Ends writers of one sandbox after the other, and keeps count of what they were promised."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._moment = 0
        self._promised: dict[str, int] = {}

    def end_one(self, seconds: float) -> None:
        if self._moment % ON_ONE_STATE == 0:
            self._state = self._folder / f"state-{self._moment}"
            self._promised = {}
            Sandbox(str(self._state)).close()
        self._moment += 1
        told = self._folder / "told"
        killed(self._write, seconds, told)
        for line in told.read_text(encoding="ascii").splitlines():
            name, version = line.split()
            self._promised[name] = int(version)
        self._look()

    def _write(self, descriptor: int) -> None:
        """Create a project and update it, again and again, and say what was answered."""
        sandbox = Sandbox(str(self._state))
        number = 0
        while True:
            number += 1
            name = f"e{self._moment}-{number}"
            ask(sandbox, "CreateExperiment", ExperimentName=name, Description="0")
            os.write(descriptor, f"{name} 0\n".encode())
            for version in 1, 2:
                ask(sandbox, "UpdateExperiment", ExperimentName=name, Description=str(version))
                os.write(descriptor, f"{name} {version}\n".encode())

    def _look(self) -> None:
        connection = sqlite3.connect(self._state / database.FILE)
        checked = connection.execute("PRAGMA integrity_check").fetchall()
        connection.close()
        assert checked == [("ok",)], checked
        rows = service.listing(str(self._state))
        found = {row["name"] for row in rows}
        assert not [row for row in rows if row["status"] == "damaged"], rows
        assert found >= set(self._promised), f"lost: {set(self._promised) - found}"
        more = found - set(self._promised)
        assert len(more) <= 1, f"nobody was promised {more}"
        sandbox = Sandbox(str(self._state))
        for name in [n for n in found if n.startswith(f"e{self._moment}-")]:
            kept = ask(sandbox, "DescribeExperiment", ExperimentName=name)
            version, promised = int(str(kept["Description"])), self._promised.get(name, 0)
            assert kept["ExperimentName"] == name
            assert promised <= version <= promised + 1, f"{name} has {version}, promised was {promised}"
            self._promised[name] = version
        sandbox.close()


class Builders:
    """Ends processes that compile slices into a cold cache."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._moment = 0
        model = folder / "models/sagemaker/2017-07-24"
        model.mkdir(parents=True)
        (model / "note.json").write_text("{}", encoding="utf-8")  # the slices of the package are of another model
        self._whole = self._files(self._filled(folder / "whole"))

    def end_one(self, seconds: float) -> None:
        self._moment += 1
        cache = self._folder / f"cache-{self._moment}"
        killed(lambda _: self._build(cache), seconds, self._folder / "told")
        shown = self._files(cache)
        torn = [name for name, content in shown.items() if self._whole.get(name) != content]
        assert not torn, torn
        for path in cache.rglob("building-*"):
            os.utime(path, (0, 0), follow_symlinks=False)  # of an hour ago and more
        assert self._files(self._filled(cache)) == self._whole
        assert not list(cache.rglob("building-*"))

    def _build(self, cache: Path) -> None:
        while True:
            self._filled(cache)
            for path in cache.rglob("*.json"):
                path.unlink()

    def _filled(self, cache: Path) -> Path:
        for name in OPERATIONS:
            found = load(find_store(self._environ(cache)), "operations", name)
            assert found.all_shapes()
            assert found.docs()
        return cache

    def _environ(self, cache: Path) -> dict[str, str]:
        return {"HOME": str(self._folder), "AWS_DATA_PATH": str(self._folder / "models"), "XDG_CACHE_HOME": str(cache)}

    @staticmethod
    def _files(cache: Path) -> dict[str, bytes]:
        """What a reader may meet, by path; not what has not been shown yet."""
        paths = [path for path in cache.rglob("*") if path.is_file() and "building-" not in str(path)]
        return {str(path.relative_to(cache)): path.read_bytes() for path in paths}


class Listings:
    """Ends processes that print a listing of the sandbox, a page at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "state"
        sandbox = Sandbox(str(self._state))
        for number in range(LISTED):
            ask(sandbox, "CreateModel", ModelName=f"model-{number:03}", ExecutionRoleArn=ROLE)
        sandbox.close()
        self._print_all(os.open(folder / "all", os.O_WRONLY | os.O_CREAT, 0o600))
        self._all = (folder / "all").read_text(encoding="utf-8").splitlines()
        assert len(self._all) == LISTED, self._all[:3]

    def end_one(self, seconds: float) -> None:
        told = self._folder / "told"
        killed(self._print_all, seconds, told)
        text = told.read_text(encoding="utf-8")
        assert text == "" or text.endswith("\n"), text[-200:]
        found = text.splitlines()
        assert found == self._all[: len(found)]
        assert len(found) % PAGE == 0, len(found)

    def _print_all(self, descriptor: int) -> None:
        """List the models into the file with this descriptor."""
        before = dict(os.environ), sys.stdout
        os.environ.update(AWSSHADOW_SANDBOX=str(self._state), HOME=str(self._folder), AWS_DEFAULT_REGION=REGION)
        words = ["sagemaker", "list-models", "--output", "jsonl", "--page-size", str(PAGE), "--sort-by", "Name"]
        try:
            with open(descriptor, "w", encoding="utf-8") as sys.stdout:
                assert program(words) == 0
        finally:
            os.environ.clear()
            os.environ.update(before[0])
            sys.stdout = before[1]


KINDS: dict[str, Callable[[Path], Writers | Builders | Listings]] = {
    "writers": Writers, "builders": Builders, "listings": Listings,
}  # fmt: skip


def carry_out(kind: str, moments: int, seed: int) -> list[str]:
    """End so many processes of this kind; what was wrong, with the moment at which it was."""
    chance = random.Random(f"{seed} {kind}")
    wrong = []
    read, parsed = sources.find, sources.load(dict(os.environ))

    def at_once(environ: dict[str, str], has_passed: bool = False) -> Sources:
        """The model as it was parsed before the forks, which so begin with the work."""
        return parsed

    sources.find = at_once
    try:
        with tempfile.TemporaryDirectory() as folder:
            ended = KINDS[kind](Path(folder))
            for moment in range(moments):
                seconds = chance.uniform(0, LATEST[kind])
                try:
                    ended.end_one(seconds)
                except AssertionError as error:
                    wrong.append(f"{kind} {moment}, ended after {seconds:.4f} s: {error}")
    finally:
        sources.find = read
    return wrong


def main(words: list[str]) -> int:
    """Print what was wrong and how often was tried; return 1 when something was."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.killed")
    parser.add_argument("--moments", type=int, default=1000, help="of all kinds together (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)} (default: all)")
    wanted = parser.parse_args(words)
    kinds = wanted.kinds or list(KINDS)
    wrong: list[str] = []
    for number, kind in enumerate(kinds):
        moments = wanted.moments // len(kinds) + (number < wanted.moments % len(kinds))
        start = time.monotonic()
        found = carry_out(kind, moments, wanted.seed)
        wrong += found
        print(f"{kind}: {moments} moments in {time.monotonic() - start:.0f} s, seed {wanted.seed}: {len(found)} wrong")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
