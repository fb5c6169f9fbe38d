"""What version 0.1.0 kept still opens: a file and a dump of it, with plans under way.

``format_1`` holds both, written by 0.1.0 under a frozen clock: endpoints, an inference experiment that
waits for its start and one that runs, a pipeline execution in its first step, a training job, lineage,
a resource policy, faults.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox import routing, service
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.migration import migrated

WRITTEN = Path(__file__).with_name("format_1")


@pytest.fixture(params=["file", "dump"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A sandbox folder with the contents of 0.1.0."""
    if request.param == "file":
        (tmp_path / "sandbox.db").write_bytes(gzip.decompress((WRITTEN / "sandbox.db.gz").read_bytes()))
    else:
        service.load(str(tmp_path), (WRITTEN / "dump.jsonl").read_text(encoding="utf-8").splitlines())
    return str(tmp_path)


def states(folder: str, family: str) -> dict[str, str]:
    return {row["name"]: row["status"] for row in service.listing(folder) if row["family"] == family}


def test_it_is_listed(kept: str) -> None:
    assert states(kept, "InferenceExperiment") == {"waits": "Created", "runs": "Running"}
    assert len(service.listing(kept)) == 14


def test_what_was_planned_happens(kept: str) -> None:
    service.advance_clock(kept, "10m")
    assert set(states(kept, "PipelineExecution").values()) == {"Succeeded"}
    assert states(kept, "TrainingJob") == {"job": "Completed"}
    service.advance_clock(kept, "2d")
    assert states(kept, "InferenceExperiment") == {"waits": "Created", "runs": "Completed"}
    service.advance_clock(kept, "60d")
    assert states(kept, "InferenceExperiment") == {"waits": "Completed", "runs": "Completed"}
    assert states(kept, "Endpoint") == {"churn": "InService", "second": "InService"}


#: Every word for an effect that a version has written into a plan, and where it leads: words are only added here.
EVER_WRITTEN = {
    "experiments.deploy": "inference-experiment-starts",
    "experiments.undeploy": "inference-experiment-stops",
    "executions.advance": "pipeline-step-ends",
    "inference-experiment-starts": "inference-experiment-starts",
    "inference-experiment-stops": "inference-experiment-stops",
    "pipeline-job-ends": "pipeline-job-ends",
    "pipeline-step-begins": "pipeline-step-begins",
    "pipeline-step-ends": "pipeline-step-ends",
    "pipeline-stops": "pipeline-stops",
    "tuning-round-ends": "tuning-round-ends",
}


@pytest.mark.parametrize("word", EVER_WRITTEN)
def test_every_word_ever_written_still_has_an_effect(word: str) -> None:
    row = migrated("resource", {"plan": json.dumps([{"after": 1, "effect": word}])})
    (step,) = json.loads(row["plan"])
    assert step == {"after": 1, "effect": EVER_WRITTEN[word]}
    assert callable(routing.effect(step["effect"]))


def test_every_word_of_now_is_held_by_the_test_above() -> None:
    assert set(routing.EFFECTS) <= set(EVER_WRITTEN)


def test_no_word_of_format_1_is_left(kept: str) -> None:
    service.listing(kept)
    plans = [json.loads(line)[1]["plan"] for line in service.dump(kept) if line.startswith('["resource"')]
    words = {step["effect"] for plan in plans for step in json.loads(plan) if "effect" in step}
    assert words == {"inference-experiment-starts", "inference-experiment-stops", "pipeline-step-ends"}
    with closing(sqlite3.connect(Path(kept, database.FILE))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_file_and_dump_of_format_1_become_the_same(tmp_path: Path) -> None:
    lines = (WRITTEN / "dump.jsonl").read_text(encoding="utf-8").splitlines()
    service.load(str(tmp_path / "dump"), lines)
    (tmp_path / "file").mkdir(mode=0o700)
    (tmp_path / "file" / "sandbox.db").write_bytes(gzip.decompress((WRITTEN / "sandbox.db.gz").read_bytes()))
    assert list(service.dump(str(tmp_path / "file"))) == list(service.dump(str(tmp_path / "dump")))


@pytest.mark.parametrize("plan", ["oops", '"oops"', "[5]", '[{"effect": []}]', "[" * 5000, None, 5])
def test_a_damaged_plan_does_not_keep_a_file_from_being_brought_over(tmp_path: Path, plan: object) -> None:
    file = tmp_path / "sandbox.db"
    file.write_bytes(gzip.decompress((WRITTEN / "sandbox.db.gz").read_bytes()))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE resource SET plan=coalesce(?, X'00ff') WHERE name='job'", (plan,))
    assert states(str(tmp_path), "TrainingJob") == {"job": "damaged"}
    assert states(str(tmp_path), "InferenceExperiment") == {"waits": "Created", "runs": "Running"}


OPEN = """
import sys
from awsshadow.sandbox import service
print("ready", flush=True)
sys.stdin.readline()
print(len(service.listing(sys.argv[1])))
"""


def test_several_processes_may_open_it_at_once(tmp_path: Path) -> None:
    for turn in range(3):
        folder = tmp_path / str(turn)
        folder.mkdir(mode=0o700)
        (folder / "sandbox.db").write_bytes(gzip.decompress((WRITTEN / "sandbox.db.gz").read_bytes()))
        command = [sys.executable, "-c", OPEN, str(folder)]
        started = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
        ]
        for process in started:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.communicate(timeout=60)[0] for process in started] == ["14\n"] * 4


@pytest.mark.parametrize("format", [3, 2**31 - 1, -1])
def test_a_newer_format_is_left_alone(tmp_path: Path, format: int) -> None:
    service.Sandbox(str(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / database.FILE)) as connection:
        connection.execute(f"PRAGMA user_version={format}")
    before = (tmp_path / database.FILE).read_bytes()
    with pytest.raises(
        AwsShadowError, match=f"has format {format}, this awsshadow reads formats 1 to 2: use the version"
    ):
        service.listing(str(tmp_path))
    assert (tmp_path / database.FILE).read_bytes() == before
    service.reset(str(tmp_path))
    assert service.listing(str(tmp_path)) == []
