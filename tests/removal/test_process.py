"""Plans carried out by processes of their own: killed, interrupted, read by nobody, and asked at a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.service import Sandbox, set_faults
from awsshadow.terminal.folding import display_width
from tests.removal.conftest import Box
from tests.support.program import ROOT
from tests.support.screen import Shown, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")

#: Seconds after which a command that does not end is a failure.
LIMIT = 60
NAMES = [f"m-{at}" for at in range(6)]


class Place:
    """A sandbox of its own, in which models are, and processes that are started in ``folder``."""

    def __init__(self, folder: Path, slices: Path, model: dict[str, Any]) -> None:
        self.folder = folder
        self.sandbox = Sandbox(str(folder / "box"), clock="instant")
        self.box = Box(str(folder / "box"), self.sandbox, model)
        self.plan = folder / "plan.jsonl"
        self.environ = {
            "HOME": str(folder), "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(slices), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
            "AWS_EC2_METADATA_DISABLED": "true", **self.box.environ,
        }  # fmt: skip
        for name in NAMES:
            self.box.model(name)

    @staticmethod
    def line(*words: str) -> list[str]:
        return [sys.executable, "-m", "awsshadow", "remove", *words]

    def run(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.line(*words), env=self.environ, cwd=self.folder, capture_output=True, text=True, timeout=LIMIT,
            stdin=subprocess.DEVNULL, **more,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.line(*words), env=self.environ, cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def planned(self, *words: str) -> None:
        done = self.run(*words, "--plan")
        assert (done.returncode, done.stderr) == (0, "")
        self.plan.write_text(done.stdout)

    def states(self) -> dict[str, str]:
        """The states in the file, which is whole whenever it is looked at."""
        return {line["Name"]: line["State"] for line in map(json.loads, self.plan.read_text().splitlines())}

    def models(self) -> set[str]:
        return {key.rpartition("/")[2] for key in self.box.held()}

    def on_terminal(self, *words: str, answers: Sequence[tuple[bytes, bytes]] = (), **more: Any) -> Shown:
        columns, piped = more.pop("columns", 80), more.pop("piped", False)
        environ = {**self.environ, **more.pop("settings", {})}
        return watch(self.line(*words), environ, self.folder, columns, 100, piped, more.pop("when", None), answers)


@pytest.fixture
def place(tmp_path: Path, slices: Path, model: dict[str, Any]) -> Iterator[Place]:
    made = Place(tmp_path, slices, model)
    yield made
    made.sandbox.close()


def until(ready: Callable[[], object], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + LIMIT
    while not ready():
        assert time.monotonic() < end
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)


@pytest.fixture
def slow(place: Place) -> Place:
    """One whose deletions take a moment each, and a plan for all models in a file."""
    place.planned("models", "--all")
    set_faults(str(place.folder / "box"), {"late": [{"operation": "DeleteModel", "seconds": 0.3}]})
    return place


def done(place: Place) -> int:
    return sum(state == "done" for state in place.states().values())


def test_killed_in_the_middle_and_gone_on_with(slow: Place) -> None:
    running = slow.start("--from", "plan.jsonl", "--yes", "--jobs", "1")
    until(lambda: done(slow) >= 2, running)
    running.kill()
    running.communicate()
    states = slow.states()
    assert set(states) == set(NAMES)
    assert 2 <= done(slow) < len(NAMES)
    assert not {name for name, state in states.items() if state == "done"} & slow.models()
    slow.box.model("born-since")
    set_faults(slow.box.folder, None)
    ended = slow.run("--from", "plan.jsonl", "--yes")
    assert ended.returncode == 0, ended.stderr
    # One may have been deleted without anybody knowing.
    assert {line.split()[0] for line in ended.stdout.splitlines()} <= {"deleted", "gone"}
    assert set(slow.states().values()) <= {"done", "gone"}
    assert slow.models() == {"born-since"}
    assert sorted(file.name for file in slow.folder.glob("plan*")) == ["plan.jsonl"]


def test_ctrl_c_says_what_was_done_and_how_to_go_on(slow: Place) -> None:
    running = slow.start("--from", "plan.jsonl", "--yes", "--jobs", "1")
    until(lambda: done(slow) >= 1, running)
    running.send_signal(signal.SIGINT)
    stdout, stderr = running.communicate(timeout=LIMIT)
    assert running.returncode == 130
    # The file is told before standard output.
    assert len(stdout.splitlines()) in (done(slow) - 1, done(slow))
    last = stderr.splitlines()[-1]
    assert last.startswith(f"Interrupted: {done(slow)} of 6 done, ")
    assert last.endswith(". To go on: awsshadow remove --from plan.jsonl")
    assert "Traceback" not in stderr
    set_faults(slow.box.folder, None)
    assert slow.run("--from", "plan.jsonl", "--yes").returncode == 0
    assert slow.models() == set()


def test_two_at_once(slow: Place) -> None:
    set_faults(slow.box.folder, {"late": [{"operation": "DeleteModel", "seconds": LIMIT}]})
    first = slow.start("--from", "plan.jsonl", "--yes")
    until((slow.folder / "plan.jsonl.lock").exists, first)
    second = slow.run("--from", "plan.jsonl", "--yes")
    assert (second.returncode, second.stdout) == (252, "")
    assert "another command is carrying out 'plan.jsonl'" in second.stderr
    first.kill()
    first.communicate()
    set_faults(slow.box.folder, None)
    assert slow.run("--from", "plan.jsonl", "--yes").returncode == 0


def test_nobody_reads_any_more(slow: Place) -> None:
    running = slow.start("--from", "plan.jsonl", "--yes", "--jobs", "1")
    assert running.stdout is not None
    assert running.stdout.readline().startswith("deleted model ")
    running.stdout.close()
    assert running.wait(LIMIT) == 141
    assert running.stderr is not None
    assert "Traceback" not in running.stderr.read()
    states = slow.states()
    assert not {name for name, state in states.items() if state == "done"} & slow.models()
    assert {name for name, state in states.items() if state == "planned"} >= slow.models() != set()


def test_no_terminal_no_request(endpoint: Endpoint, place: Place) -> None:
    endpoint.script([{"body": "{}"}])
    place.environ |= {"AWS_ENDPOINT_URL": endpoint.url, "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    del place.environ["AWSSHADOW_SANDBOX"]
    ended = place.run("models", "--all")
    assert (ended.returncode, ended.stdout) == (252, "")
    assert "argument --yes: it is needed where nobody can be asked; nothing was sent" in ended.stderr
    assert endpoint.requests() == []


class TestAsked:
    """At a terminal."""

    @pytest.fixture(autouse=True)
    def needs_pyte(self) -> None:
        pytest.importorskip("pyte", reason="pyte is not installed: a screen cannot be drawn")

    @pytest.mark.parametrize("columns", [40, 80])
    def test_the_name(self, place: Place, columns: int) -> None:
        shown = place.on_terminal("model", "m-1", columns=columns, answers=[(b"delete it: ", b"m-1\n")])
        screen = shown.screen()
        assert (shown.code, place.models()) == (0, set(NAMES) - {"m-1"})
        assert all(display_width(line) <= columns for line in screen.splitlines())
        joined = " ".join(screen.split())
        assert f"of account 123456789012 in {place.box.region}:" in joined
        assert "Type the name of the model, m-1, to delete it: m-1" in joined
        assert screen.splitlines()[-1] == "deleted model m-1"

    @pytest.mark.parametrize("columns", [40, 80])
    def test_the_number(self, place: Place, columns: int) -> None:
        shown = place.on_terminal("models", "--all", columns=columns, answers=[(b"delete them: ", b"6\r")])
        assert (shown.code, place.models()) == (0, set())
        assert "Type the number of resources, 6, to delete them: 6" in " ".join(shown.screen().split())
        assert shown.screen().count("deleted model") == 6

    @pytest.mark.parametrize("answer", [b"yes\n", b"y\n", b"\n", b"m-1 \n", b"M-1\n", b"1\n", b"\x04"])
    def test_any_other_answer(self, place: Place, answer: bytes) -> None:
        shown = place.on_terminal("model", "m-1", answers=[(b"delete it: ", answer)])
        assert (shown.code, place.models()) == (1, set(NAMES))
        assert shown.screen().splitlines()[-1] == "Nothing was deleted."

    def test_ctrl_c(self, place: Place) -> None:
        def interrupt(raw: bytes, program: subprocess.Popen[bytes]) -> None:
            if raw.endswith(b"delete it: "):
                program.send_signal(signal.SIGINT)

        shown = place.on_terminal("model", "m-1", when=interrupt)
        assert (shown.code, place.models()) == (130, set(NAMES))
        assert "Nothing was deleted." in shown.screen()
        assert b"Traceback" not in shown.raw

    def test_a_file(self, place: Place) -> None:
        place.planned("models", "--all")
        shown = place.on_terminal("--from", "plan.jsonl", answers=[(b"delete them: ", b"5\n")])
        assert (shown.code, place.models(), set(place.states().values())) == (1, set(NAMES), {"planned"})
        shown = place.on_terminal("--from", "plan.jsonl", answers=[(b"delete them: ", b"6\n")])
        assert (shown.code, place.models()) == (0, set())

    def test_standard_output_in_a_pipe(self, place: Place) -> None:
        """The plan and the question are on standard error, so that they are seen."""
        shown = place.on_terminal("model", "m-1", piped=True, answers=[(b"delete it: ", b"m-1\n")])
        assert (shown.code, shown.stdout) == (0, b"deleted model m-1\n")
        assert "Type the name of the model" in shown.screen()

    @pytest.mark.parametrize("settings", [{"AWSSHADOW_PROGRESS": "plain"}, {"TERM": "dumb"}])
    def test_plain(self, place: Place, settings: dict[str, str]) -> None:
        shown = place.on_terminal("model", "m-1", columns=40, settings=settings, answers=[(b"delete it: ", b"m-1\n")])
        before = shown.raw.partition(b"Type the")[0].decode()
        assert shown.code == 0
        assert ["STEP", "KIND", "NAME", "STATUS", "SINCE", "WHY"] in [line.split() for line in before.splitlines()]
        assert "\x1b" not in before

    @pytest.mark.parametrize("columns", [40, 80])
    def test_names_that_would_drive_the_terminal(self, endpoint: Endpoint, place: Place, columns: int) -> None:
        evil = "a\x1b[2Jb\nc\u202ed"
        said = "<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>"
        shown = {"ModelName": evil, "ModelArn": f"arn:{evil}", "CreationTime": 1.0}
        replies: list[Reply] = [
            {"match": "ListModels", "body": json.dumps({"Models": [shown]})},
            {"match": "DescribeModel", "body": json.dumps(shown)},
            {"match": "DeleteModel", "body": ""},
            {"body": f"<GetCallerIdentityResponse>{said}</GetCallerIdentityResponse>"},
        ]
        endpoint.script(replies)
        place.environ |= {"AWS_ENDPOINT_URL": endpoint.url, "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
        del place.environ["AWSSHADOW_SANDBOX"]
        visible = "a\\x1b[2Jb\\nc\\u202ed"
        answers = [(b"delete it: ", visible.encode() + b"\n")]
        seen = place.on_terminal("models", "--all", columns=columns, answers=answers)
        assert seen.code == 0, seen.raw
        assert b"\x1b[2J" not in seen.raw
        assert "\u202e" not in seen.raw.decode()
        assert visible in "".join(seen.screen().split())
        endpoint.script(replies)
        ended = place.run("models", "--all", "--plan")
        assert json.loads(ended.stdout)["Name"] == evil
