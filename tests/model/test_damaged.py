"""Damaged models of the user's: what of them can be used, what is kept, and what is only looked at when it matters.

The words in which they are complained of are recorded cases of the kind ``own-model``.
"""

from __future__ import annotations

import copy
import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow import model
from awsshadow.compile import soundness, sources
from awsshadow.compile.damaged_shapes import DamagedShapes
from awsshadow.compile.slices import Sources
from awsshadow.errors import AwsShadowError
from awsshadow.model import store
from tests.reference.grids.models import PAGINATORS, SERVICE, WAITERS, WHOLE, damages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Files = dict[str, Any]


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("HOME", str(tmp_path))
    return {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def lay(tmp_path: Path) -> Callable[[Files], None]:
    """Writes the files of a model where the user's are."""

    def write(files: Files) -> None:
        folder = tmp_path / ".aws" / "models" / "sagemaker" / "2017-07-24"
        folder.mkdir(parents=True, exist_ok=True)
        for name, document in files.items():
            (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")

    return write


def kept(tmp_path: Path) -> list[str]:
    """The names of the files that the cache has of slices."""
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != "stamp")


def test_a_whole_model_is_compiled_and_kept(
    environ: dict[str, str], lay: Callable[[Files], None], tmp_path: Path
) -> None:
    lay(WHOLE)
    found = store.find_store(environ)
    assert isinstance(sources.find(environ), Sources)
    assert model.load(found, "waiters", "shelf-ready").whole is None
    assert model.load(found, "operations", "list-shelves").whole is None
    assert found.index()["operations"]["list-shelves"] == "ListShelves"
    assert kept(tmp_path) == ["index.json", "list-shelves.json", "shelf-ready.json", "sound"]


def test_nothing_is_kept_of_a_damaged_one_and_all_of_it_once_it_is_mended(
    environ: dict[str, str], lay: Callable[[Files], None], tmp_path: Path
) -> None:
    files = copy.deepcopy(WHOLE)
    del files[SERVICE]["shapes"]["Volume"]["type"]
    lay(files)
    found = store.find_store(environ)
    listing = model.load(found, "operations", "list-shelves")
    assert list(found.summaries())[:1] == ["create-shelf"]
    assert found.options("operations", "list-shelves")
    assert listing.whole is not None
    assert listing.service_model()["shapes"]["Volume"] == {"required": [], "members": {"Title": {"shape": "Text"}}}
    with pytest.raises(AwsShadowError, match=r"^Shape is missing required key 'type'"):
        listing.shapes["Volume"]
    assert "Volume" not in listing.all_shapes()
    assert kept(tmp_path) == []
    lay(WHOLE)
    assert model.load(store.find_store(environ), "operations", "list-shelves").whole is None
    assert kept(tmp_path) == ["list-shelves.json", "sound"]


def test_a_model_is_looked_for_damage_once(
    environ: dict[str, str], lay: Callable[[Files], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(WHOLE)
    model.load(store.find_store(environ), "operations", "list-shelves")
    monkeypatch.setattr(soundness, "is_sound", lambda *_: pytest.fail("looked at once more"))
    assert model.load(store.find_store(environ), "operations", "create-shelf").whole is None


def test_operations_are_kept_where_only_a_waiter_is_damaged(
    environ: dict[str, str], lay: Callable[[Files], None], tmp_path: Path
) -> None:
    files = copy.deepcopy(WHOLE)
    files[WAITERS]["waiters"]["ShelfSeen"]["operation"] = "Gone"
    lay(files)
    found = store.find_store(environ)
    assert model.load(found, "operations", "list-shelves").whole is None
    assert found.waits()
    with pytest.raises(AwsShadowError, match=r"^Gone$"):
        found.has("waiters", "shelf-ready")
    assert kept(tmp_path) == ["list-shelves.json"]


def test_a_file_is_read_when_a_command_comes_to_it(environ: dict[str, str], lay: Callable[[Files], None]) -> None:
    lay({**WHOLE, PAGINATORS: []})
    found = store.find_store(environ)
    assert sorted(found.index()["waiters"]) == ["shelf-ready", "shelf-seen"]
    with pytest.raises(TypeError, match="list indices must be integers"):
        model.load(found, "operations", "create-shelf")


def test_most_damages_are_seen() -> None:
    """What is not, changes nothing: another name, a pattern, documentation, a number of another size."""
    seen = unseen = 0
    for _, files in damages():
        documents = []
        try:
            for kind in (SERVICE, PAGINATORS, WAITERS):
                documents.append(json.loads(files[f".aws/models/sagemaker/2017-07-24/{kind}.json"]))
            found = Sources(*documents)
            is_sound = soundness.is_sound(found, list(sources.KINDS)) and soundness.waiters_are_sound(found)
        except Exception:
            is_sound = False
        seen, unseen = seen + (not is_sound), unseen + is_sound
    assert seen > 2 * unseen


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ({"shape": "Nosuch"}, "Nosuch"),
        ({"shape": None}, "None"),
        (OrderedDict(), r"Invalid model, missing shape reference: OrderedDict\(\)"),
        ({"shape": "Text", "documentation": "x"}, None),
        ([], "cannot be interpreted as an integer"),
        ("x", "'str' object has no attribute 'copy'"),
        (5, "has no len"),
        ({"shape": "List"}, None),
    ],
)
def test_what_a_reference_leads_to(reference: Any, words: str | None) -> None:
    shapes = DamagedShapes({"Text": {"type": "string"}, "List": {"type": "list", "member": {"shape": "Nosuch"}}})
    if words is None:
        assert shapes.resolve(reference)["type"] in ("string", "list")
        return
    with pytest.raises(Exception, match=words):
        shapes.resolve(reference)


def test_members_are_looked_at_together() -> None:
    shapes = DamagedShapes(
        {"Whole": {"type": "structure"}, "Torn": {"type": "structure", "members": {"A": {"shape": "Gone"}}}}
    )
    assert shapes["Whole"]["members"] == {}
    assert shapes["Torn"]["type"] == "structure"
    with pytest.raises(AwsShadowError, match=r"^Gone$"):
        shapes["Torn"]["members"]
    assert list(shapes) == ["Whole"]
