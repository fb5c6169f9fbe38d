"""One private file that many may use at once, that outlives being killed, and that can be carried about."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.sandbox import service
from awsshadow.sandbox.state import database

WRITER = """
import json, sys
from awsshadow.sandbox.service import Sandbox
folder, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
sandbox = Sandbox(folder)
print("ready", flush=True)
sys.stdin.readline()
for i in range(count):
    body = json.dumps({"ExperimentName": f"{who}{i}"}).encode()
    answer = sandbox.answer("SageMaker.CreateExperiment", body, "eu-west-1")
    print(i, answer.status, flush=True)
"""


def writers(folder: Any, names: Any, count: Any) -> Any:
    """Processes that wait for a line before they begin to write."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return started


def stored(folder: Any) -> Any:
    with sqlite3.connect(os.path.join(folder, database.FILE)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM resource")}
    connection.close()
    return names


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_folder_and_file_are_private(tmp_path: Any) -> None:
    folder = str(tmp_path / "new" / "sandbox")
    before = os.umask(0)
    try:
        service.Sandbox(folder).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(os.path.join(folder, database.FILE)).st_mode) == 0o600


def test_several_processes_keep_every_write(tmp_path: Any) -> None:
    folder = str(tmp_path)
    processes = writers(folder, "abc", 40)
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert all(line.endswith("200") for output in outputs for line in output.splitlines())
    assert stored(folder) == {f"{who}{i}" for who in "abc" for i in range(40)}


OPENER = """
import os, sys, time
from awsshadow.sandbox.state import database
for number in range(100):
    place = os.path.join(sys.argv[1], str(number))
    os.makedirs(place, 0o700, exist_ok=True)
    # The others are on their way to the same folder: they meet here.
    open(os.path.join(place, sys.argv[2]), "x").close()
    while len(os.listdir(place)) < 3 and "sandbox.db" not in os.listdir(place):
        time.sleep(0)
    database.connect(place).close()
"""


def test_a_new_file_can_be_opened_by_several_at_once(tmp_path: Any) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPENER, str(tmp_path), name], stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in started] == [("", 0)] * 3


def test_one_of_racing_creates_wins(tmp_path: Any) -> None:
    folder = str(tmp_path)
    processes = writers(folder, ["same"] * 3, 30)
    outputs = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    for i in range(30):
        assert sorted(output[i].split()[1] for output in outputs) == ["200", "400", "400"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_writer_loses_nothing_it_was_told(tmp_path: Any) -> None:
    folder = str(tmp_path)
    acknowledged = set()
    for turn in range(4):
        processes = writers(folder, [f"w{turn}x", f"w{turn}y"], 100_000)
        lines = [process.stdout.readline() for process in processes for _ in range(5 + 7 * turn)]
        assert all(line.endswith("200\n") for line in lines)
        for process in processes:
            process.kill()
        for process, name in zip(processes, "xy", strict=True):
            rest = process.communicate(timeout=60)[0].splitlines()
            whole = [line for line in rest if line.endswith(" 200")]
            acknowledged |= {f"w{turn}{name}{line.split()[0]}" for line in whole}
            acknowledged |= {f"w{turn}{name}{i}" for i in range(5 + 7 * turn)}
    assert acknowledged <= stored(folder)
    with sqlite3.connect(os.path.join(folder, database.FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_dump_and_load(tmp_path: Any, make_world: Any) -> None:
    first = str(tmp_path / "first")
    sandbox = service.Sandbox(first, clock="frozen:1000")
    world = make_world(sandbox)
    world.make("Endpoint")
    world.ok("CreateExperiment", ExperimentName="tagged", Tags=[{"Key": "a", "Value": "b"}])
    lines = list(service.dump(first))
    assert json.loads(lines[0]) == {"awsshadow-sandbox": database.VERSION}
    second = str(tmp_path / "second")
    assert service.load(second, lines) == len(lines) - 1
    assert list(service.dump(second)) == lines
    other = make_world(service.Sandbox(second))
    assert other.ok("ListEndpoints") == world.ok("ListEndpoints")
    assert service.advance_clock(second, "1h") == 4600
    other.sandbox.close()
    sandbox.close()


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["nonsense"],
        ['{"awsshadow-sandbox": 99}'],
        ['{"other": 1}'],
        ['{"awsshadow-sandbox": 1}', '["resource", {}]'],
        ['{"awsshadow-sandbox": 1}', '["sqlite_master", {"type": "x"}]'],
        ['{"awsshadow-sandbox": 1}', "[]"],
    ],
)
def test_what_is_no_dump_changes_nothing(tmp_path: Any, make_world: Any, lines: Any) -> None:
    folder = str(tmp_path)
    world = make_world(service.Sandbox(folder))
    world.ok("CreateExperiment", ExperimentName="kept")
    before = list(service.dump(folder))
    with pytest.raises(ParameterError, match="dump of a sandbox"):
        service.load(folder, lines)
    assert list(service.dump(folder)) == before
    world.sandbox.close()


def test_reset_forgets_everything(tmp_path: Any, make_world: Any) -> None:
    folder = str(tmp_path)
    world = make_world(service.Sandbox(folder, clock="frozen:1"))
    service.set_faults(folder, {"throttle": [{}]})
    service.reset(folder)
    assert world.ok("ListModels") == {"Models": []}
    assert service.advance_clock(folder, "0s") == pytest.approx(time.time(), abs=60)
    assert service.listing(folder) == []
    world.sandbox.close()


def test_reset_repairs_a_damaged_file(tmp_path: Any) -> None:
    path = tmp_path / database.FILE
    path.write_bytes(b"this is no database, it is a text" * 100)
    with pytest.raises(AwsShadowError, match="cannot open the sandbox"):
        service.Sandbox(str(tmp_path))
    service.reset(str(tmp_path))
    service.Sandbox(str(tmp_path)).close()


def test_another_format_is_refused(tmp_path: Any) -> None:
    service.Sandbox(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / database.FILE) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(AwsShadowError, match="has format 99, this awsshadow reads formats 1 to 2"):
        service.Sandbox(str(tmp_path))


def test_a_folder_that_cannot_be(tmp_path: Any) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AwsShadowError, match="cannot open the sandbox"):
        service.Sandbox(str(tmp_path / "file"))


def test_threads_share_a_sandbox(tmp_path: Any, make_world: Any) -> None:
    world = make_world(service.Sandbox(str(tmp_path)))

    def create(i: int) -> int:
        body = json.dumps({"ExperimentName": f"e{i % 20}"}).encode()
        return int(world.sandbox.answer("SageMaker.CreateExperiment", body, "eu-west-1").status)

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(create, range(60)))
    assert sorted(statuses) == [200] * 20 + [400] * 40
    world.sandbox.close()


def test_listing_shows_what_is_due(tmp_path: Any, make_world: Any) -> None:
    folder = str(tmp_path)
    world = make_world(service.Sandbox(folder, clock="frozen"))
    world.make("Endpoint")
    status = {row["family"]: row["status"] for row in service.listing(folder)}
    assert status["Endpoint"] == "Creating"
    service.advance_clock(folder, "1h")
    status = {row["family"]: row["status"] for row in service.listing(folder)}
    assert status["Endpoint"] == "InService"
    world.sandbox.close()


def test_listing_shows_what_there_is(tmp_path: Any, make_world: Any) -> None:
    folder = str(tmp_path)
    world = make_world(service.Sandbox(folder))
    world.make("Model")
    (row,) = service.listing(folder)
    assert (row["family"], row["name"], row["status"], row["scope"]) == ("Model", "n1", "", "123456789012/eu-west-1")
    assert row["arn"].endswith("model/n1")
    world.sandbox.close()
