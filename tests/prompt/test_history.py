"""The file that keeps accepted lines."""

import json
import stat
from pathlib import Path

import pytest

pytest.importorskip("prompt_toolkit", reason="prompt-toolkit is not installed")

from awsshadow.prompt.history import KEPT, LineHistory


@pytest.fixture
def path(home: Path) -> Path:
    return home / ".aws" / "cli" / "cache" / "prompt_history.json"


def test_lines_are_kept_in_order_for_the_user_alone(path: Path) -> None:
    LineHistory().store_string("one")
    LineHistory().store_string("two")
    assert json.loads(path.read_text()) == {"version": 1, "commands": ["one", "two"]}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(LineHistory().load_history_strings()) == ["two", "one"]


def test_only_the_last_are_kept(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"version": 1, "commands": [str(i) for i in range(KEPT)]}))
    LineHistory().store_string("new")
    kept = json.loads(path.read_text())["commands"]
    assert (len(kept), kept[0], kept[-1]) == (KEPT, "1", "new")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1", '{"commands": 3}', '{"commands": [1, null]}', "[" * 100_000, "\x00"]
)
def test_a_broken_file_counts_as_empty_and_is_replaced(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert list(LineHistory().load_history_strings()) == []
    LineHistory().store_string("new")
    assert list(LineHistory().load_history_strings()) == ["new"]


def test_where_nothing_can_be_written_nothing_happens(home: Path) -> None:
    (home / ".aws").write_text("a file")
    LineHistory().store_string("lost")
    assert list(LineHistory().load_history_strings()) == []
