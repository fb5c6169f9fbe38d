"""``awsshadow sandbox ls``, ``dump``, ``load`` and ``reset``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError, ParameterError, UsageError

if TYPE_CHECKING:
    from tests.commands.conftest import Own
    from tests.commands.sandbox.conftest import Line


def test_ls(line: Line) -> None:
    assert line("ls") == ""
    line.make_model()
    heading, row = line("ls").splitlines()
    assert heading.split() == ["REGION", "FAMILY", "NAME", "STATUS", "CREATED"]
    assert row.split()[:4] == ["eu-west-1", "Model", "churn", "-"]
    assert heading.index("NAME") == row.index("churn")


def test_ls_of_one_region(line: Line) -> None:
    line.make_model("here")
    line.make_model("there", "us-west-2")
    for words in (["sandbox", "ls", "--region", "us-west-2"], ["--region", "us-west-2", "sandbox", "ls"]):
        _, text, _ = line.own(*words, AWSSHADOW_SANDBOX=line.folder)
        assert [row.split()[2] for row in text.splitlines()] == ["NAME", "there"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], "The sandbox in {} holds nothing.\n"), (["--region", "x"], "The sandbox in {} holds nothing in x.\n")],
)
def test_ls_says_on_a_terminal_that_there_is_nothing(line: Line, words: list[str], sentence: str) -> None:
    said = line.own("sandbox", "ls", *words, terminal=True, AWSSHADOW_SANDBOX=line.folder)
    assert said == (0, "", sentence.format(line.folder))


def test_dump_reset_and_load(line: Line, tmp_path: Path) -> None:
    line.make_model()
    dumped = line("dump")
    assert all(json.loads(text) for text in dumped.splitlines())
    line("reset")
    assert line("ls") == ""
    line("load", stdin=dumped)
    assert line("dump") == dumped
    (tmp_path / "dump").write_text(dumped)
    line("reset", "--yes")
    line("load", str(tmp_path / "dump"))
    assert line("dump") == dumped


@pytest.mark.parametrize(
    ("answer", "options", "code", "kept"),
    [
        ("y\n", [], 0, False),
        ("Yes\n", [], 0, False),
        ("n\n", [], 1, True),
        ("\n", [], 1, True),
        ("", [], 1, True),
        ("", ["--yes"], 0, False),
    ],
)
def test_reset_asks_on_a_terminal(line: Line, answer: str, options: list[str], code: int, kept: bool) -> None:
    line.make_model()
    words = ["sandbox", "reset", *options]
    done = line.own(*words, stdin=answer, terminal=True, AWSSHADOW_SANDBOX=line.folder)
    question = f"Forget everything in the sandbox in {line.folder}? [y/N] "
    said = "Nothing was changed.\n" if code else f"The sandbox in {line.folder} is empty.\n"
    assert done == (code, "" if options else question, said)
    assert ("churn" in line("ls")) == kept


def test_state_is_stronger_than_the_environment(line: Line, tmp_path: Path) -> None:
    line.make_model()
    assert line("ls", "--state", str(tmp_path / "other")) == ""
    assert "churn" in line("ls", f"--state={line.folder}")


@pytest.mark.parametrize("words", ["ls", "reset", "dump", "load", "clock show", "faults clear", "fail x"])
def test_no_folder_is_named(own: Own, words: str) -> None:
    with pytest.raises(UsageError, match="No sandbox is named: give --state DIR or set AWSSHADOW_SANDBOX"):
        own("sandbox", *words.split())


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["load", "/no/such/file"], "", "Cannot read /no/such/file: No such file or directory"),
        (["load"], "nonsense", "line 1 is not of a dump"),
    ],
)
def test_what_is_no_dump(line: Line, words: list[str], stdin: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        line(*words, stdin=stdin)


def test_a_folder_that_cannot_be_used(line: Line, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AwsShadowError, match="cannot open the sandbox in"):
        line("ls", "--state", str(tmp_path / "file"))
