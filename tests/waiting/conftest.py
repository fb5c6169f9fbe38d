"""Whole commands in this process, against a sandbox, with a clock that only sleeping moves."""

from __future__ import annotations

import io
import os
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest

from awsshadow.invocation import Process
from awsshadow.run import carry_out
from awsshadow.sandbox.service import Sandbox
from awsshadow.streams import Streams
from awsshadow.waiting import rounds
from tests.sandbox.conftest import World, _load_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("no such thing")


class Run(Protocol):
    """``run("wait", "endpoint", "e")`` -> exit code, standard output, standard error."""

    def __call__(
        self, *words: str, program: str = "awsshadow", terminal: bool = False, env: dict[str, str] | None = None
    ) -> tuple[int, str, str]: ...


class Time:
    """Passes by sleeping alone. ``slept`` are the seconds of each sleep of a wait."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(rounds, "sleep", made.sleep)
    monkeypatch.setattr(rounds, "monotonic", lambda: made.now)
    monkeypatch.setattr("time.sleep", lambda _: None)  # between the attempts of one call
    return made


@pytest.fixture
def run(empty_home: Path, slices: Path, monkeypatch: pytest.MonkeyPatch, time: Time) -> Run:
    def start(
        *words: str, program: str = "awsshadow", terminal: bool = False, env: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        monkeypatch.setenv("XDG_CACHE_HOME", str(slices))
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        for name, value in (env or {}).items():
            monkeypatch.setenv(name, value)
        kind = Terminal if terminal else io.StringIO
        stdout, stderr = io.StringIO(), kind()
        process = Process(program, "/opt/awsshadow", dict(os.environ), Streams(None, stdout, stderr), is_own=False)
        code = carry_out(process, list(words))
        return code, stdout.getvalue(), stderr.getvalue()

    return start


@pytest.fixture(scope="session")
def model() -> dict[str, Any]:
    return _load_model()


_regions = count(1)


class SettledWorld(World):
    """What is made for the sake of another resource has come to rest before that is made."""

    _depth = 0

    def make(self, title: str) -> dict[str, Any]:
        self._depth += 1
        made = super().make(title)
        self._depth -= 1
        if self._depth and title == "Endpoint":
            while self.ok("DescribeEndpoint", EndpointName=made["EndpointName"])["EndpointStatus"] != "InService":
                pass
        return made

    def create_input(self, title: str, maker: Any = None) -> dict[str, Any]:
        self._depth += 1
        found = super().create_input(title, maker)
        self._depth -= 1
        return found


class Stepping:
    """A region of a sandbox whose resources take a step at each look: ``world`` makes resources, ``environ`` is set."""

    def __init__(self, folder: str, sandbox: Sandbox, model: dict[str, Any]) -> None:
        self.folder = folder
        self.region = f"step-aaaa-{next(_regions)}"
        self.world = SettledWorld(sandbox, model, region=self.region)

    @property
    def environ(self) -> dict[str, str]:
        return {"AWSSHADOW_SANDBOX": self.folder, "AWS_DEFAULT_REGION": self.region}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sandbox]]:
    folder = str(tmp_path_factory.mktemp("step"))
    sandbox = Sandbox(folder, clock="step")
    yield folder, sandbox
    sandbox.close()


@pytest.fixture
def stepping(kept: tuple[str, Sandbox], model: dict[str, Any]) -> Iterator[Stepping]:
    from awsshadow.sandbox import service

    yield Stepping(*kept, model)
    service.set_faults(kept[0], None)
