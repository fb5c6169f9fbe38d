"""Slices are found, built, shared, damaged, and none of it ever fails a command."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
import subprocess
import sys
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from awsshadow import model, paths
from awsshadow.model import cache, store
from tests.support.interpreter import unmeasured

LAYOUT = ["commands.txt", "data", "index.json", "operations", "service.txt", "stamp", "waiters"]


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr(store, "PACKAGED", str(tmp_path / "not packaged"))
    return {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def built_folder(environ: dict[str, str]) -> str:
    found = store.find_store(environ)
    assert isinstance(found, store.FolderStore)
    return found.folder


def test_the_first_use_builds_a_private_cache(environ: dict[str, str], tmp_path: Path) -> None:
    folder = built_folder(environ)
    assert folder.startswith(str(tmp_path / "cache" / "awsshadow"))
    if sys.platform != "win32":  # where the folder of a user is private by itself
        assert stat.S_IMODE(os.stat(tmp_path / "cache" / "awsshadow").st_mode) == 0o700
    assert sorted(os.listdir(folder)) == LAYOUT
    assert len(os.listdir(os.path.join(folder, "operations"))) == 3 * len(
        store.find_store(environ).index()["operations"]
    )
    assert not [n for n in os.listdir(tmp_path / "cache" / "awsshadow") if n.startswith("building")]


def test_the_second_use_builds_nothing(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = built_folder(environ)
    monkeypatch.setattr(cache, "fill", lambda *_: pytest.fail("built again"))
    assert built_folder(environ) == folder


def test_packaged_slices_are_used_only_with_their_own_model(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = built_folder(environ)
    monkeypatch.setattr(store, "PACKAGED", folder)
    monkeypatch.setattr(cache, "fill", lambda *_: pytest.fail("built although packaged"))
    elsewhere = {**environ, "XDG_CACHE_HOME": str(tmp_path / "other")}
    assert built_folder(elsewhere) == folder


def test_a_newer_model_gets_slices_of_its_own(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = built_folder(environ)
    monkeypatch.setattr(paths, "FORMAT", "next")
    second = built_folder(environ)
    assert first != second
    assert os.path.isdir(first)


@pytest.mark.parametrize("variable", ["AWS_DATA_PATH", "HOME"])
def test_a_model_of_the_user_comes_first(
    environ: dict[str, str], tmp_path: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_folder(environ)
    mine = tmp_path / ("models" if variable == "AWS_DATA_PATH" else ".aws/models")
    place_of_it = mine / "sagemaker" / "2017-07-24"
    place_of_it.mkdir(parents=True)
    operation = {"name": "DescribeMine", "http": {"method": "POST", "requestUri": "/"}}
    document = {
        "version": "2.0",
        "metadata": {"protocol": "json"},
        "operations": {"DescribeMine": operation},
        "shapes": {},
    }
    (place_of_it / "service-2.json").write_text(json.dumps(document))
    found = store.find_store({**environ, "AWS_DATA_PATH": str(mine)} if variable == "AWS_DATA_PATH" else environ)
    assert found.index()["operations"] == {"describe-mine": "DescribeMine"}
    assert model.load(found, "operations", "describe-mine").operation == "DescribeMine"
    assert found.index()["waiters"]


posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and folders of POSIX")


@pytest.mark.parametrize(
    "spoil",
    [
        "file in the way",
        pytest.param("read-only", marks=posix),
        pytest.param("open to others", marks=posix),
        pytest.param("no home", marks=posix),
        "relative",
    ],
)
def test_without_a_cache_slices_are_compiled_in_memory(environ: dict[str, str], tmp_path: Path, spoil: str) -> None:
    where = tmp_path / "cache" / "awsshadow"
    if spoil == "file in the way":
        (tmp_path / "cache").write_text("not a folder")
    elif spoil == "read-only":
        if os.geteuid() == 0:
            pytest.skip("root writes everywhere")
        (tmp_path / "cache").mkdir(mode=0o500)
    elif spoil == "open to others":
        where.mkdir(parents=True)
        where.chmod(0o777)
    elif spoil == "no home":
        environ["XDG_CACHE_HOME"] = "/proc/nowhere"
    else:
        environ["XDG_CACHE_HOME"] = "relative"
    found = store.find_store(environ)
    assert isinstance(found, store.MemoryStore)
    piece = model.load(found, "operations", "create-inference-experiment")
    assert piece.operation == "CreateInferenceExperiment"
    assert piece.docs()["operation"]
    assert piece.all_shapes()
    assert found.has("waiters", "endpoint-in-service")
    assert not found.has("operations", "nope")


@pytest.mark.skipif(sys.platform == "win32", reason="needs rlimits")
def test_a_full_disk_is_passed_over(environ: dict[str, str], tmp_path: Path) -> None:
    # -B: Python itself would leave torn bytecode files behind.
    program = (
        "import os, resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "from awsshadow.model import find_store, load, store\n"
        f"store.PACKAGED = {str(tmp_path / 'none')!r}\n"
        "found = find_store(dict(os.environ))\n"
        "print(type(found).__name__, load(found, 'operations', 'list-models').operation)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], env={**unmeasured(), **environ}, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("MemoryStore ListModels\n", "")
    assert os.listdir(tmp_path / "cache" / "awsshadow") == []


@pytest.mark.parametrize("damage", ["truncated", "empty", "missing", "binary"])
@pytest.mark.parametrize("part", ["slice", "docs", "index", "options"])
def test_a_damaged_cache_is_read_around_and_built_anew(environ: dict[str, str], damage: str, part: str) -> None:
    folder = built_folder(environ)
    base = "operations/list-models"
    names = {
        "slice": f"{base}.json",
        "docs": f"{base}.docs.json",
        "index": "index.json",
        "options": f"{base}.options.txt",
    }
    path = os.path.join(folder, names[part])
    with open(path, "rb") as file:
        whole = file.read()
    os.unlink(path)
    if damage != "missing":
        with open(path, "wb") as file:
            file.write({"truncated": whole[: len(whole) // 3], "empty": b"", "binary": os.urandom(100)}[damage])
    found = store.find_store(environ)
    assert found.has("operations", "list-models")
    piece = model.load(found, "operations", "list-models")
    assert (piece.operation, bool(piece.docs()["operation"])) == ("ListModels", True)
    assert "ListModelsOutput" in piece.all_shapes()
    assert "list-models" in found.index()["operations"]
    if damage != "truncated":
        assert [row[0] for row in found.options("operations", "list-models")] == [a.name for a in piece.arguments]
    assert found.summaries().keys() == found.index()["operations"].keys()
    again = built_folder(environ)
    if part == "options" and damage == "truncated":
        return  # nothing tells that lines of a text are missing, and nothing depends on them but completion
    with open(os.path.join(again, names[part]), "rb") as file:
        assert file.read() == whole


def test_a_missing_command_is_a_key_error(environ: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        model.load(store.find_store(environ), "operations", "no-such-thing")


def find_in_child(environ: dict[str, str], start: Event, results: Queue[tuple[str, str]]) -> None:
    start.wait()
    found = store.find_store(environ)
    results.put((type(found).__name__, model.load(found, "operations", "list-models").operation))


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot fork there")
def test_many_first_runs_at_once_share_one_cache(environ: dict[str, str], tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    start, results = context.Event(), context.Queue()
    children = [context.Process(target=find_in_child, args=(environ, start, results)) for _ in range(8)]
    for child in children:
        child.start()
    start.set()
    found = {results.get(timeout=60) for _ in children}
    for child in children:
        child.join()
    assert found == {("FolderStore", "ListModels")}
    assert len(os.listdir(tmp_path / "cache" / "awsshadow")) == 1


def test_abandoned_builds_and_old_folders_are_cleaned_away(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = built_folder(environ)
    root = tmp_path / "cache" / "awsshadow"
    for n in range(7):
        (root / f"old-{n}").mkdir()
        (root / f"old-{n}" / "stamp").write_text("other")
    (root / "building-dead").mkdir()
    os.utime(root / "building-dead", (0, 0))
    (root / "building-alive").mkdir()
    (root / "names").mkdir()
    monkeypatch.setattr(paths, "FORMAT", "next")
    assert built_folder(environ) != folder
    left = set(os.listdir(root))
    assert {"building-alive", "names"} < left
    assert "building-dead" not in left
    assert len([n for n in left if os.path.exists(root / n / "stamp")]) == 1 + cache.KEPT


def test_without_botocore_the_message_says_so(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from awsshadow.errors import AwsShadowError

    monkeypatch.setattr(store, "model_stamp", lambda _: None)
    with pytest.raises(AwsShadowError, match="botocore is not installed"):
        store.find_store(environ)
