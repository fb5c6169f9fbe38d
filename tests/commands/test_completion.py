"""``awsshadow completion``: the scripts, for one name or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.commands.completion import SHELLS
from awsshadow.errors import UsageError
from tests.support.program import ROOT

if TYPE_CHECKING:
    from tests.commands.conftest import Own


def printed(own: Own, *arguments: str) -> str:
    code, text, _ = own("completion", *arguments)
    assert code == 0
    return text


@pytest.mark.parametrize(("shell", "file"), SHELLS.items())
def test_each_script_is_printed(own: Own, shell: str, file: str) -> None:
    assert printed(own, shell).endswith((ROOT / "completions" / file).read_text())


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -F _awsshadow aws"),
        ("zsh", "#compdef aws"),
        ("zsh", "    compdef _awsshadow aws"),
        ("fish", "complete -c aws -f -k -a '(__awsshadow_complete)'"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName aws -ScriptBlock {"),
    ],
)
def test_a_script_may_be_for_another_name(own: Own, shell: str, line: str) -> None:
    text = printed(own, shell, "aws")
    assert line in text.splitlines()
    assert "awsshadow_completer" in text or "awsshadow completion answer" in text


@pytest.mark.parametrize(
    "arguments", [[], ["tcsh"], ["bash", "a b"], ["bash", "$(x)"], ["bash", ""], ["bash", "-x"], ["bash", "aws", "x"]]
)
def test_anything_else_is_refused(own: Own, arguments: list[str]) -> None:
    with pytest.raises(UsageError):
        printed(own, *arguments)


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help(own: Own, word: str) -> None:
    text = printed(own, word)
    assert "    awsshadow completion SHELL [NAME]\n" in text
    assert all(shell in text for shell in SHELLS)


def test_bash_is_told_the_operations_of_now(own: Own) -> None:
    text = printed(own, "bash")
    names = text.split("'")[1].splitlines()
    assert text.startswith("_awsshadow_operations='add-association\n")
    assert names[-1] == "help"
    assert "create-endpoint" in names


def test_without_botocore_the_script_is_printed_all_the_same(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awsshadow.model.store.model_stamp", lambda _: None)
    assert printed(own, "bash") == (ROOT / "completions" / "awsshadow.bash").read_text()
