"""Slices are found, compiled, kept, damaged, and none of it ever fails a command."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow import model
from awsshadow.compile import slices, sources
from awsshadow.compile.build import build
from awsshadow.errors import AwsShadowError
from awsshadow.model import cache, stamp, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from awsshadow.model.store import Store


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(store, "PACKAGED", str(tmp_path / "not packaged"))
    return {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def built_folder(environ: dict[str, str]) -> str:
    found = store.find_store(environ)
    assert isinstance(found, store.FolderStore)
    return found.folder


def below(folder: Path) -> list[str]:
    """Everything below ``folder``, by path, without the name of the stamp's own folder."""
    return sorted(str(path.relative_to(folder)).partition("/")[2] for path in folder.glob("*/**/*"))


def test_the_first_use_keeps_what_it_needed_and_nothing_else(environ: dict[str, str], tmp_path: Path) -> None:
    found = store.find_store(environ)
    root = tmp_path / "cache" / "awsshadow"
    assert below(root) == ["stamp"]
    assert found.has("operations", "list-models")
    assert below(root) == ["index.json", "stamp"]
    model.load(found, "operations", "list-models").all_shapes()
    assert below(root) == ["index.json", "operations", "operations/list-models.json", "stamp"]
    found.options("operations", "list-models")
    found.docs("waiters", "endpoint-in-service")
    found.summaries()
    found.documentation()
    found.data()
    assert below(root) == [
        "commands.txt",
        "endpoints.json",
        "index.json",
        "operations",
        "operations/list-models.json",
        "operations/list-models.options.txt",
        "service.txt",
        "stamp",
        "waiters",
        "waiters/endpoint-in-service.docs.json",
    ]
    assert len(os.listdir(root)) == 1


def test_what_is_kept_is_for_its_owner_alone(environ: dict[str, str], tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        model.load(store.find_store(environ), "operations", "list-models").docs()
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in [tmp_path / "cache", *(tmp_path / "cache").rglob("*/")]} == {0o700}


def test_a_filled_folder_says_what_a_whole_one_does(environ: dict[str, str], tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    build(sources.load({}), str(whole), "stamp")
    built, filled = store.FolderStore(str(whole), environ), store.find_store(environ)
    assert isinstance(filled, store.FolderStore)
    names = [("operations", name) for name in list(built.index()["operations"])[::40]]

    def everything_about(part: str, name: str) -> Callable[[Store], Any]:
        return lambda s: [s.input(part, name), s.output(part, name), s.docs(part, name), s.options(part, name)]

    questions: list[Callable[[Store], Any]] = [
        lambda s: s.index(),
        lambda s: s.documentation(),
        lambda s: list(s.summaries().items()),
        lambda s: s.data(),
        *(everything_about(part, name) for part, name in [*names, ("waiters", "endpoint-deleted")]),
    ]
    for ask in questions:
        assert json.dumps(ask(filled)) == json.dumps(ask(built))
        assert json.dumps(ask(store.find_store(environ))) == json.dumps(ask(built))
        assert json.dumps(ask(store.MemoryStore(environ))) == json.dumps(ask(built))
    for path in (tmp_path / "cache").rglob("*.*"):
        assert path.read_bytes() == (whole / path.relative_to(filled.folder)).read_bytes(), path


def test_what_is_there_is_not_compiled_again(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def use() -> object:
        found = store.find_store(environ)
        loaded = model.load(found, "operations", "list-models")
        return loaded.all_shapes(), loaded.docs(), found.options("operations", "list-models"), found.data()

    first = use()
    monkeypatch.setattr(store.MemoryStore, "__init__", lambda *_: pytest.fail("compiled again"))
    assert use() == first


def test_names_and_summaries_need_no_slice(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_compile", lambda *_: pytest.fail("compiled a slice"))
    found = store.find_store(environ)
    assert len(found.summaries()) >= 425
    assert found.has("operations", "list-models")
    assert not found.has("operations", "list-modles")
    assert found.index()["waiters"]


def test_packaged_slices_are_used_only_with_their_own_model(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = built_folder(environ)
    monkeypatch.setattr(store, "PACKAGED", folder)
    elsewhere = {**environ, "XDG_CACHE_HOME": str(tmp_path / "other")}
    assert built_folder(elsewhere) == folder
    assert not (tmp_path / "other").exists()
    monkeypatch.setattr(stamp, "FORMAT", "next")
    assert built_folder(elsewhere) != folder


def test_packaged_slices_are_never_written_to(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packaged = tmp_path / "packaged"
    packaged.mkdir()
    (packaged / "stamp").write_text(str(stamp.model_stamp(environ)))
    monkeypatch.setattr(store, "PACKAGED", str(packaged))
    assert model.load(store.find_store(environ), "operations", "list-models").docs()
    assert os.listdir(packaged) == ["stamp"]


def test_a_newer_model_gets_slices_of_its_own(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = built_folder(environ)
    monkeypatch.setattr(stamp, "FORMAT", "next")
    second = built_folder(environ)
    assert first != second
    assert os.path.isdir(first)


MINE = {
    "version": "2.0",
    "metadata": {"protocol": "json"},
    "operations": {"DescribeMine": {"name": "DescribeMine", "http": {"method": "POST", "requestUri": "/"}}},
    "shapes": {},
}


@pytest.fixture
def mine(environ: dict[str, str], tmp_path: Path) -> Path:
    """The folder for a model of the user's own, which ``environ`` names."""
    folder = tmp_path / "models" / "sagemaker" / "2017-07-24"
    folder.mkdir(parents=True)
    environ["AWS_DATA_PATH"] = str(tmp_path / "models")
    return folder


@pytest.mark.parametrize("lock", ["2017-07-24/.#service-2.json", "2017-07-24/service-2.json", ".#2017-07-24"])
def test_links_that_lead_nowhere_are_passed_over(environ: dict[str, str], mine: Path, lock: str) -> None:
    os.symlink("nobody@host.1:1", mine.parent / lock)
    assert "list-models" in store.find_store(environ).index()["operations"]
    if "#" in lock:
        (mine / "service-2.json").write_text(json.dumps(MINE))
        assert list(store.find_store(environ).index()["operations"]) == ["describe-mine"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode elsewhere")
def test_a_name_that_is_not_unicode_is_passed_over(environ: dict[str, str], mine: Path) -> None:
    (mine / "service-2.json").write_text(json.dumps(MINE))
    with open(os.fsencode(mine) + b"/\xff.json", "w"):
        pass
    for _ in range(2):  # the second time it is kept
        assert list(store.find_store(environ).index()["operations"]) == ["describe-mine"]


@pytest.mark.parametrize("version", ["2017-07-24", "2099-01-01"])
@pytest.mark.parametrize("name", ["service-2.json.gz", "service-2.sdk-extras.json.gz"])
def test_packed_files_of_the_user_are_none(environ: dict[str, str], mine: Path, name: str, version: str) -> None:
    folder = mine.parent / version
    folder.mkdir(exist_ok=True)
    text = MINE if "extras" not in name else {"merge": MINE}
    (folder / name).write_bytes(gzip.compress(json.dumps(text).encode()))
    assert "describe-mine" not in store.find_store(environ).index()["operations"]
    (folder / "service-2.json").write_text(json.dumps(MINE))
    assert list(store.find_store(environ).index()["operations"]) == ["describe-mine"]


def test_additions_to_the_model_are_merged(environ: dict[str, str], mine: Path) -> None:
    (mine / "service-2.sdk-extras.json").write_text(json.dumps({"merge": {"operations": MINE["operations"]}}))
    found = store.find_store(environ)
    assert {"describe-mine", "list-models"} <= set(found.index()["operations"])
    assert model.load(found, "operations", "describe-mine").operation == "DescribeMine"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_model_of_the_user_is_utf8(environ: dict[str, str], mine: Path, encoding: str) -> None:
    (mine / "service-2.json").write_bytes(json.dumps(MINE).encode(encoding))
    with pytest.raises(ValueError, match=r"BOM|codec"):
        store.find_store(environ).index()


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
    # botocore's waiters remain, which poll what the model does not have: none of them can be used.
    assert found.waits()
    with pytest.raises(AwsShadowError, match=r"^DescribeEndpoint$"):
        found.index()["waiters"]


@pytest.mark.parametrize("spoil", ["file in the way", "read-only", "open to others", "no home", "relative"])
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
    loaded = model.load(found, "operations", "create-inference-experiment")
    assert loaded.operation == "CreateInferenceExperiment"
    assert loaded.docs()["operation"]
    assert loaded.all_shapes()
    assert found.has("waiters", "endpoint-in-service")
    assert not found.has("operations", "nope")


@pytest.mark.skipif(sys.platform == "win32", reason="needs rlimits")
@pytest.mark.parametrize(("room", "kind"), [(0, "MemoryStore"), (2000, "FolderStore")])
def test_a_full_disk_is_passed_over(environ: dict[str, str], tmp_path: Path, room: int, kind: str) -> None:
    # -B: Python itself would leave torn bytecode files behind.
    program = (
        "import os, resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "from awsshadow.model import find_store, load, store\n"
        f"store.PACKAGED = {str(tmp_path / 'none')!r}\n"
        "found = find_store(dict(os.environ))\n"
        "operation = load(found, 'operations', 'list-models').operation\n"
        "print(type(found).__name__, operation, len(found.summaries()) > 400)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], env={**os.environ, **environ}, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == (f"{kind} ListModels True\n", "")
    assert below(tmp_path / "cache" / "awsshadow") == ([] if room == 0 else ["stamp"])


def use_all(found: Store) -> str:
    """Have every kind of file about one operation made or read; what was said, as JSON."""
    loaded = model.load(found, "operations", "list-models")
    said = [loaded.all_shapes(), loaded.docs(), found.options("operations", "list-models"), found.index()]
    return json.dumps([*said, found.summaries(), found.documentation(), found.data()])


@pytest.mark.parametrize("damage", ["truncated", "one line", "empty", "missing", "binary", "other JSON"])
@pytest.mark.parametrize(
    "file",
    ["operations/list-models" + end for end in (".json", ".docs.json", ".options.txt")]
    + ["index.json", "commands.txt", "service.txt", "endpoints.json"],
)
def test_a_damaged_file_is_compiled_anew_and_replaced(environ: dict[str, str], damage: str, file: str) -> None:
    found = store.find_store(environ)
    assert isinstance(found, store.FolderStore)
    said = use_all(found)
    path = os.path.join(found.folder, file)
    with open(path, "rb") as opened:
        whole = opened.read()
    os.unlink(path)
    if damage != "missing":
        torn = {
            "truncated": whole[: len(whole) // 3],
            "one line": whole.partition(b"\n")[0] + b"\n",
            "empty": b"",
            "binary": os.urandom(100) + b"\xff",
            "other JSON": b"[1]\n",
        }
        with open(path, "wb") as opened:
            opened.write(torn[damage])
    assert use_all(store.find_store(environ)) == said
    with open(path, "rb") as opened:
        assert opened.read() == whole


@pytest.mark.parametrize("damage", ["", "other", None])
def test_a_folder_without_its_stamp_makes_way(environ: dict[str, str], damage: str) -> None:
    folder = built_folder(environ)
    with open(os.path.join(folder, "index.json"), "w") as file:
        file.write('{"operations": {"evil": "Evil"}, "waiters": {}, "metadata": {}}')
    os.unlink(os.path.join(folder, "stamp"))
    if damage is not None:
        with open(os.path.join(folder, "stamp"), "w") as file:
            file.write(damage)
    found = store.find_store(environ)
    assert isinstance(found, store.FolderStore)
    assert found.folder == folder
    assert "list-models" in found.index()["operations"]
    assert len(os.listdir(os.path.dirname(folder))) == 1


def test_a_missing_command_is_a_key_error(environ: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        model.load(store.find_store(environ), "operations", "no-such-thing")


def test_what_was_left_half_written_and_old_folders_are_cleaned_away(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = built_folder(environ)
    root = tmp_path / "cache" / "awsshadow"
    for n in range(7):
        (root / f"old-{n}").mkdir()
        (root / f"old-{n}" / "stamp").write_text("other")
    (root / "building-dead").mkdir()
    (root / "building-dead" / "half").write_text("x")
    (root / "building-torn").write_text("x")
    for name in ("building-dead", "building-torn"):
        os.utime(root / name, (0, 0))
    (root / "building-alive").write_text("x")
    (root / "names").mkdir()
    monkeypatch.setattr(stamp, "FORMAT", "next")
    assert built_folder(environ) != folder
    left = set(os.listdir(root))
    assert {"building-alive", "names"} < left
    assert not {"building-dead", "building-torn"} & left
    assert len([n for n in left if os.path.exists(root / n / "stamp")]) == 1 + cache.KEPT


def test_whoever_adds_a_file_cleans_up_after_the_dead(environ: dict[str, str], tmp_path: Path) -> None:
    built_folder(environ)
    torn = tmp_path / "cache" / "awsshadow" / "building-torn"
    torn.write_text("x")
    os.utime(torn, (0, 0))
    store.find_store(environ).index()
    assert not torn.exists()


def test_without_botocore_the_message_says_so(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from awsshadow.errors import AwsShadowError

    monkeypatch.setattr(store, "model_stamp", lambda _: None)
    with pytest.raises(AwsShadowError, match="botocore is not installed"):
        store.find_store(environ)


def test_compiling_one_command_loads_few_modules(environ: dict[str, str]) -> None:
    program = (
        "import sys, json\n"
        "from awsshadow.model import find_store, load, store\n"
        "store.PACKAGED = 'none'\n"
        "import os; found = find_store(dict(os.environ)); before = set(sys.modules)\n"
        "load(found, 'operations', 'list-models').all_shapes(); found.data()\n"
        "print(*(set(sys.modules) - before), sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **environ}, capture_output=True, text=True
    )
    loaded = done.stdout.split()
    assert len([name for name in loaded if name.startswith("awsshadow.compile")]) == 8
    assert not set(loaded) & {"typing", "contextlib", "tempfile", "shutil", "random", "hashlib", "signal", "subprocess"}
    assert len(loaded) <= 20
