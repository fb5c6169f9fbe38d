"""What a local fault is, and how a command is held to what is to come of it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.interpreter import in_one_wording
from tests.support.program import Command
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.support.program import Program

ANSWER: Reply = {"body": '{"Models": [{"ModelName": "m", "ModelArn": "a", "CreationTime": 1}]}'}
LIST = ("sagemaker", "list-models")

#: What differs from one Python, place and moment to the next, and what stands for it.
VARYING = (
    (re.compile(r"aws-cli/(\S+) .*source/.*"), r"aws-cli/\1 *"),
    (re.compile(r"(?:[A-Z][\w\\' -]+): line \d+ column \d+ \(char \d+\)"), "(what is no JSON, and where)"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0x*"),
    (re.compile(r"building-[\w-]+"), "building-*"),
    (re.compile(r"<stdout>|<_io\.TextIOWrapper name='<stdout>'[^>]*>"), "<stdout>"),
    (re.compile(r"Exception ignored (?:in|(?:on|while) flushing sys\.stdout).*\n"), "Exception ignored: "),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong (``cause``) with what (``place``), and the command that comes upon it.

    ``lay`` makes it so in a stage; ``world`` is what is amiss with descriptors, limits and permissions
    (``forkserver``). ``makes`` are places, relative to the folder of home and working folder, in which something
    may be left behind.
    """

    cause: str
    place: str
    words: tuple[str, ...] = LIST
    lay: Callable[[Stage], object] = lambda _: None
    world: Mapping[str, object] = field(default_factory=dict)
    environ: Mapping[str, str | None] = field(default_factory=dict)
    stdin: str | None = None
    name: str = "aws"
    makes: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = (ANSWER,)

    @property
    def key(self) -> str:
        """What the expectation is kept under."""
        return f"{self.cause} | {self.place}"


@dataclass(frozen=True)
class Came:
    """What came of it: exit code, what standard error says, whether something was printed, what was left behind."""

    code: int
    message: str
    printed: bool
    left: tuple[str, ...]


def came(fault: Fault, program: Program, endpoint: Endpoint, cache: Path | None) -> Came:
    """Run the command of ``fault`` in a world with it."""
    with Stage(endpoint.url, cache) as stage:
        root = stage.home.parent
        stage.set({"COLUMNS": "80", **fault.environ})
        fault.lay(stage)
        endpoint.script(fault.replies)
        before = names(root)
        argv = [fault.name, *map(stage.fill, fault.words)]
        environ = {name: stage.fill(value) for name, value in stage.environ.items()}
        outcome = program.run(Command(argv, environ, stage.work, fault.stdin, world=fault.world))
        opened(root)
        left = tuple(sorted(name for name in names(root) - before if not name.startswith(fault.makes or ("\0",))))
        return Came(outcome.code, shown(outcome.stderr, stage), bool(outcome.stdout), left)


def shown(text: str, stage: Stage) -> str:
    """What standard error says, without what varies."""
    for place, name in ((str(stage.home), "{HOME}"), (str(stage.work), "{CWD}"), (str(stage.home.parent), "{ROOT}")):
        text = text.replace(place, name)
    for pattern, instead in VARYING:
        text = pattern.sub(instead, text)
    return in_one_wording(text)


def names(root: Path) -> set[str]:
    """All that is below ``root``, but what is in its ``cache``."""
    found = set()
    for folder, folders, files in os.walk(root):
        found |= {os.path.relpath(os.path.join(folder, name), root) for name in (*folders, *files)}
    return found


def opened(root: Path) -> None:
    """Let folders that were closed be looked into, and removed."""
    for folder, folders, _ in os.walk(root):
        for name in folders:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                with contextlib.suppress(OSError):
                    os.chmod(path, 0o700)


def copied(source: Path, target: Path) -> None:
    """Put a copy of a folder into the place of ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
