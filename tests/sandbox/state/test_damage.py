"""Files that are damaged: what is wrong is said in one sentence, and the rest goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.damage import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT_1 = Path(__file__).with_name("format_1") / "dump.jsonl"
REGION = "us-east-1"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A sandbox with plans under way under a frozen clock."""
    service.load(str(tmp_path), FORMAT_1.read_text(encoding="utf-8").splitlines())
    return str(tmp_path)


def ask(folder: str, operation: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    sandbox = Sandbox(folder)
    try:
        answer = sandbox.answer(f"SageMaker.{operation}", json.dumps(parameters).encode(), REGION)
    finally:
        sandbox.close()
    return answer.status, json.loads(answer.body)


def change(folder: str, sql: str, *values: Any) -> None:
    connection = sqlite3.connect(os.path.join(folder, database.FILE))
    with connection:
        assert connection.execute(sql, values).rowcount
    connection.close()


def names(folder: str) -> list[str]:
    status, document = ask(folder, "ListModels")
    assert status == 200, document
    return sorted(model["ModelName"] for model in document["Models"])


def damaged(folder: str) -> dict[str, str]:
    """Names of what is shown as damaged, and why."""
    return {row["name"]: row["damage"] for row in service.listing(folder) if row["status"] == "damaged"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("plan", "{"), ("plan", '"oops"'), ("plan", "5"), ("plan", "{}"), ("plan", '[{"after": "x"}]'),
        ("plan", "[[]]"),
        ("plan", '[{"after": null}]'),
        ("plan", b"\xff\x00"), ("doc", "{"), ("doc", "[]"), ("doc", "null"), ("doc", '"x"'),
        ("doc", b"\xff"), ("created", "never"), ("created", b"x"), ("modified", "x"), ("name", b"\xff\xfe"),
        ("status", b"\x00"), ("arn", b"\x00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("due", [None, 1.0])
def test_one_damaged_record_does_not_break_the_others(folder: str, column: str, value: Any, due: float | None) -> None:
    change(folder, f"UPDATE resource SET {column}=?, due=? WHERE name='churn-v1' AND family='Model'", value, due)
    assert names(folder) in (["churn-v2"], ["churn-v1", "churn-v2"])
    rows = service.listing(folder)
    assert len(rows) == 14
    assert [row["family"] for row in rows if row["status"] == "damaged"] == ["Model"]
    assert names(folder) == ["churn-v2"]
    assert all(damaged(folder).values())
    service.advance_clock(folder, "60d")
    assert {r["status"] for r in service.listing(folder) if r["family"] == "InferenceExperiment"} == {"Completed"}
    lines = list(service.dump(folder))
    assert service.load(folder, lines) == len(lines) - 1
    assert list(service.dump(folder)) == lines


def test_text_that_is_no_text_is_damage(folder: str) -> None:
    change(folder, "UPDATE resource SET doc=CAST(X'7b22ff227d' AS TEXT) WHERE name='churn-v1' AND family='Model'")
    assert names(folder) == ["churn-v2"]
    assert list(damaged(folder)) == ["churn-v1"]


def test_a_condition_on_documents_goes_past_a_damaged_one(folder: str) -> None:
    """SQLite itself reads documents for some lists, and gives up at the first it cannot read."""
    change(folder, "UPDATE resource SET doc='{' WHERE name='waits'")
    status, document = ask(folder, "ListInferenceExperiments", Type="ShadowMode")
    assert (status, [e["Name"] for e in document["InferenceExperiments"]]) == (200, ["runs"])
    assert list(damaged(folder)) == ["waits"]


def test_what_is_set_aside_makes_room(folder: str) -> None:
    change(folder, "UPDATE resource SET doc='{' WHERE name='churn-v1' AND family='Model'")
    assert names(folder) == ["churn-v2"]
    role = "arn:aws:iam::123456789012:role/Any"
    assert ask(folder, "CreateModel", ModelName="churn-v1", ExecutionRoleArn=role)[0] == 200
    assert names(folder) == ["churn-v1", "churn-v2"]


@pytest.mark.parametrize("plan", ['[{"at": 1, "effect": "nonsense"}]', '[{"at": 1, "effect": "pipeline-step-ends"}]'])
def test_a_step_that_cannot_be_carried_out_is_set_aside(folder: str, plan: str) -> None:
    """No version knows the word; or what it is about is not there. Nothing of the step has happened."""
    change(folder, "UPDATE resource SET plan=?, due=1, waits=1 WHERE name='churn-v1' AND family='Model'", plan)
    before = {row["name"]: row["status"] for row in service.listing(folder) if row["family"] != "Model"}
    assert names(folder) == ["churn-v2"]
    assert "its plan cannot be carried out" in damaged(folder)["churn-v1"]
    assert {row["name"]: row["status"] for row in service.listing(folder) if row["family"] != "Model"} == before


def test_what_lacks_in_a_document_is_told_of_that_resource_alone(folder: str) -> None:
    change(folder, "UPDATE resource SET doc='{}' WHERE name='waits'")
    status, document = ask(folder, "DescribeInferenceExperiment", Name="waits")
    assert (status, document["__type"]) == (500, "InternalFailure")
    assert "failed at DescribeInferenceExperiment (KeyError('EndpointName'))" in document["message"]
    assert ask(folder, "DescribeInferenceExperiment", Name="runs")[0] == 200


CLOCKS = ["oops", "[]", '["instant"]', '["noon", 1, 1, 1]', '["real", 1, 1, "x"]', '["real", 1, 1, -1]', "NaN", b"\x00"]


@pytest.mark.parametrize("value", CLOCKS)
def test_a_damaged_clock(folder: str, value: Any) -> None:
    change(folder, "UPDATE note SET value=? WHERE kind='clock'", value)
    status, document = ask(folder, "ListModels")
    assert (status, document["__type"]) == (500, "InternalFailure")
    assert "'awsshadow sandbox clock set instant' gives it a new one" in document["message"]
    for look in (service.listing, service.show_clock):
        with pytest.raises(DamagedError, match="clock"):
            look(folder)
    service.set_clock(folder, "frozen:5")
    assert service.show_clock(folder).now() == 5
    assert names(folder) == ["churn-v1", "churn-v2"]


@pytest.mark.parametrize("value", ["oops", "[]", '{"late": [{"seconds": NaN}]}', '{"explode": []}', b"\xff"])
def test_damaged_faults(folder: str, value: Any) -> None:
    change(folder, "UPDATE note SET value=? WHERE kind='faults'", value)
    status, document = ask(folder, "ListModels")
    assert (status, document["__type"]) == (500, "InternalFailure")
    assert "'awsshadow sandbox faults clear' takes them away" in document["message"]
    assert len(service.listing(folder)) == 14
    service.set_faults(folder, None)
    assert names(folder) == ["churn-v1", "churn-v2"]


def shorten(size: int) -> Callable[[Path], None]:
    return lambda file: os.truncate(file, size)


def scatter(begin: int, end: int) -> Callable[[Path], None]:
    def over(file: Path) -> None:
        held = bytearray(file.read_bytes())
        held[begin:end] = random.Random(begin).randbytes(end - begin)
        file.write_bytes(held)

    return over


def rename_column(file: Path) -> None:
    change(str(file.parent), "UPDATE note SET key=key")
    connection = sqlite3.connect(file)
    connection.execute("ALTER TABLE tag RENAME COLUMN value TO other")
    connection.close()


def break_log(file: Path) -> None:
    Path(f"{file}-wal").write_bytes(random.Random(5).randbytes(5000))


DAMAGES = {
    "short": shorten(50_000),
    "one page": shorten(4096),
    "a few bytes": shorten(100),
    "head": scatter(0, 200),
    "schema": scatter(100, 4096),
    "pages": scatter(4096, 60_000),
    "column": rename_column,
    "log": break_log,
    "text": lambda file: file.write_bytes(b"this is no database" * 100),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_named_and_reset_mends_it(folder: str, damage: Callable[[Path], None]) -> None:
    damage(Path(folder, database.FILE))
    for use in (service.listing, lambda folder: list(service.dump(folder)), lambda folder: _served(folder)):
        with pytest.raises(DamagedError) as caught:
            use(folder)
        assert folder in caught.value.message
        assert "'awsshadow sandbox reset' begins a new one" in caught.value.message
        assert "\n" not in caught.value.message
    service.reset(folder)
    assert service.listing(folder) == []
    service.load(folder, FORMAT_1.read_text(encoding="utf-8").splitlines())
    assert names(folder) == ["churn-v1", "churn-v2"]


def _served(folder: str) -> None:
    """Ask for what lies all over the file; raises what opening it or an answer says."""
    sandbox = Sandbox(folder)
    try:
        for operation in ("ListModels", "ListEndpoints", "ListTrainingJobs"):
            answer = sandbox.answer(f"SageMaker.{operation}", b"{}", REGION)
            if answer.failure is not None:
                raise answer.failure
    finally:
        sandbox.close()


def test_pages_damaged_under_an_open_sandbox(folder: str) -> None:
    sandbox = Sandbox(folder)
    scatter(4096, 90_000)(Path(folder, database.FILE))
    answer = sandbox.answer("SageMaker.ListModels", b"{}", REGION)
    assert (answer.status, json.loads(answer.body)["__type"]) == (500, "InternalFailure")
    assert isinstance(answer.failure, DamagedError)
    sandbox.close()


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_anywhere(folder: str, seed: int) -> None:
    """Whatever is written over the file: an answer, or one sentence."""
    chance = random.Random(seed)
    file = Path(folder, database.FILE)
    held = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 20)):
        begin = chance.randrange(len(held))
        piece = chance.randbytes(chance.randint(1, 300))[: len(held) - begin]
        held[begin : begin + len(piece)] = piece
    file.write_bytes(held)
    for use in (_served, service.listing, _later, service.listing, _served):
        try:
            use(folder)
        except AwsShadowError as error:
            said = error.message
            assert "\n" not in said.replace(folder, "")
    service.reset(folder)
    assert names(folder) == []


def _later(folder: str) -> None:
    service.advance_clock(folder, "60d")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / database.FILE
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()
    before = file.read_bytes()
    for use in (Sandbox, service.reset, service.listing):
        with pytest.raises(AwsShadowError, match="is a database of something else; name another folder"):
            use(str(tmp_path))
    assert file.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes are POSIX")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o1777])
def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path, mode: int) -> None:
    place = tmp_path / "open"
    place.mkdir()
    place.chmod(mode)
    for use in (Sandbox, service.listing, service.reset):
        with pytest.raises(AwsShadowError, match="others may write in it"):
            use(str(place))
    assert list(place.iterdir()) == []
    place.chmod(stat.S_IMODE(mode) & ~0o022)
    Sandbox(str(place)).close()


def test_a_home_is_meant_by_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    Sandbox("~/box").close()
    assert "box" in os.listdir(tmp_path)
    assert "~" not in os.listdir(tmp_path)


def test_state_that_is_removed_under_a_sandbox_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    sandbox = Sandbox(str(folder))
    body = b'{"ExperimentName": "one"}'
    assert sandbox.answer("SageMaker.CreateExperiment", body, REGION).status == 200
    shutil.rmtree(folder)
    answer = sandbox.answer("SageMaker.CreateExperiment", b'{"ExperimentName": "two"}', REGION)
    assert (answer.status, json.loads(answer.body)["__type"]) == (503, "ServiceUnavailable")
    assert "was removed while it was in use" in json.loads(answer.body)["message"]
    service.reset(str(folder))
    assert sandbox.answer("SageMaker.CreateExperiment", body, REGION).status == 200
    assert [row["name"] for row in service.listing(str(folder))] == ["one"]
    sandbox.close()


def test_a_sandbox_goes_over_to_the_file_that_takes_the_place_of_its_own(folder: str, tmp_path: Path) -> None:
    sandbox = Sandbox(folder)
    other = tmp_path / "other"
    Sandbox(str(other)).close()
    os.replace(other / database.FILE, Path(folder, database.FILE))
    assert json.loads(sandbox.answer("SageMaker.ListModels", b"{}", REGION).body) == {"Models": []}
    sandbox.close()


FULL = """
import resource, sys
from awsshadow.sandbox import service
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sandbox = service.Sandbox(sys.argv[1])
for number in range(100):
    body = b'{"ExperimentName": "more%d", "Description": "%s"}' % (number, b"x" * 2500)
    answer = sandbox.answer("SageMaker.CreateExperiment", body, "us-east-1")
    if answer.status != 200:
        break
print(answer.status, answer.body.decode())
sandbox.close()
service.reset(sys.argv[1])
print(len(service.listing(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
def test_reset_works_where_nothing_more_can_be_written(tmp_path: Path) -> None:
    """No file may grow above a limit that the sandbox has reached, as on a full disk; a new one is smaller."""
    folder = str(tmp_path)
    sandbox = Sandbox(folder)
    for number in range(600):
        body = json.dumps({"ExperimentName": f"e{number}", "Description": "x" * 2500}).encode()
        assert sandbox.answer("SageMaker.CreateExperiment", body, REGION).status == 200
    sandbox.close()
    limit = 150_000
    assert (tmp_path / database.FILE).stat().st_size > 2 * limit
    done = subprocess.run([sys.executable, "-c", FULL, folder, str(limit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, last = done.stdout.splitlines()
    assert first.startswith("503 ")
    assert "ServiceUnavailable" in first
    assert last == "0"
