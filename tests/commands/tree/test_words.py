"""How the words of own commands are read: help at every level, misspelt words, options in front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from awsshadow import commands
from awsshadow.commands.tree.groups import Group, root
from awsshadow.errors import UsageError
from awsshadow.own_commands import OWN_COMMANDS

if TYPE_CHECKING:
    from tests.commands.conftest import Own


def paths() -> list[str]:
    """Every command and group, by its words."""

    def below(group: Group, ctx: click.Context, words: tuple[str, ...]) -> Any:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            yield " ".join([*words, name])
            if isinstance(command, Group):
                yield from below(command, click.Context(command, parent=ctx, info_name=name), (*words, name))

    tree = root("awsshadow")
    return list(below(tree, click.Context(tree, info_name="awsshadow"), ()))


ALL = paths()


def test_the_tree_is_whole() -> None:
    assert {words.split()[0] for words in ALL} == set(OWN_COMMANDS)
    assert {"sandbox run", "sandbox clock set", "sandbox faults show", "doctor", "site"} <= set(ALL)


@pytest.mark.parametrize("words", ALL)
def test_help_at_every_level(own: Own, words: str) -> None:
    lines = [f"{words} help", f"{words} -h", f"{words} --help", f"help {words}", f"--color on {words} help"]
    first, *rest = words.split()
    if rest:
        lines.append(" ".join([first, "help", *rest]))
    pages = [own(*line.split()) for line in lines]
    assert {code for code, _, _ in pages} == {0}
    assert {text.replace("\x1b[1m", "").replace("\x1b[22m", "") for _, text, _ in pages} == {pages[0][1]}
    assert "\x1b[1m" in pages[4][1]
    text = pages[0][1]
    assert text.startswith(f"NAME\n    {words.rsplit(maxsplit=1)[-1]} - ")
    assert f"SYNOPSIS\n    awsshadow {words}" in text
    assert text.index("DESCRIPTION") < text.index("SYNOPSIS") < text.index("GLOBAL OPTIONS")


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("words", ALL)
def test_help_fits(own: Own, words: str, columns: int) -> None:
    _, text, _ = own(*words.split(), "help", COLUMNS=str(columns))
    assert max(map(len, text.splitlines())) <= min(columns, 100)
    assert not any(word in text for word in ("<", "{program}", "&gt;"))


def test_every_parameter_is_described() -> None:
    tree = root("awsshadow")
    for words in ALL:
        ctx, command = click.Context(tree, info_name="awsshadow"), tree
        for name in words.split():
            command = command.get_command(ctx, name)  # type: ignore[assignment]
        assert command.short_help
        assert command.help
        for param in command.params:
            assert getattr(param, "help", None) or param.about, (words, param.name)  # type: ignore[attr-defined]


def test_help_goes_to_the_pager_of_a_terminal(own: Own, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {tmp_path}/kept\n")
    pager.chmod(0o755)
    assert own("doctor", "help", terminal=True, PAGER=str(pager), TERM="xterm") == (0, "", "")
    assert (tmp_path / "kept").read_text().startswith("NAME\n")
    (tmp_path / "kept").unlink()
    _, text, _ = own("--no-cli-pager", "doctor", "help", terminal=True, PAGER=str(pager), TERM="xterm")
    assert text.startswith("\x1b[1mNAME")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("sandbox nonsense", "invalid choice: 'nonsense'"),
        ("sandbox help nonsense", "invalid choice: 'nonsense'"),
        ("sandbox lss", "Maybe you meant:\n\n  * ls"),
        ("sandbox clock sett x", "Maybe you meant:\n\n  * set"),
        ("sandbox clock", "the following arguments are required: COMMAND"),
        ("sandbox --debug", "the following arguments are required: COMMAND"),
        ("sandbox clock advance", "the following arguments are required: DURATION"),
        ("sandbox ls --stat x", "unrecognized arguments: --stat"),
        ("sandbox ls --stat x", "Maybe you meant:\n\n  * --state"),
        ("sandbox ls x y", "unrecognized arguments: x y"),
        ("sandbox run", "No command is given to run: put it after --"),
        ("sandbox run --", "No command is given to run: put it after --"),
        ("sandbox run --region", "argument --region: expected one argument"),
        ("sandbox run --nonsense x -- true", "unrecognized arguments: --nonsense"),
        ("sandbox serve --port 70000", "argument --port: not a port: '70000'"),
        ("sandbox serve --port -1", "argument --port: "),
        ("sandbox serve --shell csh", "argument --shell: invalid choice: 'csh'"),
        ("sandbox serve --shell fsh", "Maybe you meant:\n\n  * fish"),
        ("sandbox serve --log=x", "argument --log: takes no value"),
        ("completion bsh", "Maybe you meant:\n\n  * bash"),
        ("doctor x", "unrecognized arguments: x"),
        ("doctor --color purple", "argument --color: invalid choice: 'purple'"),
        ("doctor --output json", "doctor takes no --output"),
        ("--query x doctor", "doctor takes no --query"),
        ("--output json sandbox ls", "sandbox ls takes no --output"),
        ("--no-paginate sandbox clock show", "sandbox clock show takes no --no-paginate"),
        ("--quer x doctor", "doctor takes no --query"),
        ("--bogus doctor", "unrecognized arguments: --bogus"),
    ],
)
def test_a_line_that_cannot_be_read(own: Own, words: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        own(*words.split())
    assert message in caught.value.message
    assert caught.value.exit_code == 252
    command = next(word for word in words.split() if word in OWN_COMMANDS)
    assert caught.value.usage
    assert caught.value.usage.startswith(f"usage: awsshadow {command}")
    assert caught.value.usage.endswith(" help")


@pytest.mark.parametrize(
    ("argv", "words", "before"),
    [
        ("doctor x", "doctor x", ""),
        ("--debug doctor", "doctor", "--debug"),
        ("--region eu-west-1 sandbox ls", "sandbox ls", "--region=eu-west-1"),
        ("--reg=eu-west-1 --no-cli-pager sandbox", "sandbox", "--region=eu-west-1 --no-cli-pager"),
        ("--profile sandbox sandbox ls --region x", "sandbox ls --region x", "--profile=sandbox"),
        ("help sandbox ls", "help sandbox ls", ""),
        ("sagemaker create-model --model-name doctor", None, ""),
        ("--profile sandbox sagemaker list-models", None, ""),
        ("--version doctor", None, ""),
        ("sagemaker sandbox", None, ""),
        ("sagemaker", None, ""),
        ("", None, ""),
    ],
)
def test_where_an_own_command_stands(empty_home: Path, argv: str, words: str | None, before: str) -> None:
    asked = commands.asked(argv.split())
    found = None if asked is None else (asked.words, asked.before)
    assert found == (None if words is None else (words.split(), before.split()))


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("sandbox = !echo mine", None),
        ("sandbox = sagemaker list-models", None),
        ("sandbox = sandbox ls --state x", "sandbox ls --state x more"),
        ("sandbox = --region x doctor", "doctor more"),
        ("sandbox = 'unbalanced", None),
        ("sandbox = other\nother = doctor\n", "doctor more"),
        ("sandbox = other\nother = sandbox", "sandbox more"),
        ("other = doctor", "sandbox more"),
    ],
)
def test_an_alias_of_the_user_wins(empty_home: Path, alias: str, words: str | None) -> None:
    folder = empty_home / ".aws" / "cli"
    folder.mkdir(parents=True)
    (folder / "alias").write_text(f"[toplevel]\n{alias}\n")
    asked = commands.asked(["sandbox", "more"])
    assert (asked.words if asked else None) == (words.split() if words else None)
    (folder / "alias").write_text("nonsense")
    assert commands.asked(["doctor"]) is not None
