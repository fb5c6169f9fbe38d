"""Options that the reference does not have: they take no word from it, and there is none under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow import command_line
from awsshadow.command_line.extra_options import EXTRA_OPTIONS, split
from awsshadow.command_line.options import GLOBALS
from awsshadow.errors import UnknownOptionsError, UsageError
from awsshadow.invocation import Call, Command, Invocation, Wait
from tests.support.reading import command, understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.model.store import FolderStore

DELETE = ["sagemaker", "delete-model", "--model-name", "m"]


@pytest.fixture
def read(store: FolderStore, home: object) -> Callable[..., Invocation]:
    """``read(words, program)``."""

    def parse(words: list[str], program: str = "awsshadow") -> Invocation:
        return understood(command_line.steps(words, program, {}, store=store))

    return parse


def known(store: FolderStore) -> set[str]:
    """Every option of every operation and waiter of the installed model, and the global ones."""
    index = store.index()
    rows = [row for part in ("operations", "waiters") for name in index[part] for row in store.options(part, name)]
    return {f"--{row[0]}" for row in rows} | set(GLOBALS)


def test_none_is_an_option_of_the_reference_or_the_beginning_of_one(store: FolderStore) -> None:
    assert [(extra, option) for extra in EXTRA_OPTIONS for option in known(store) if option.startswith(extra)] == []


def test_none_begins_with_a_whole_option_that_could_take_it_for_its_value(store: FolderStore) -> None:
    assert all(extra.count("=") == 0 and extra.startswith("--") for extra in EXTRA_OPTIONS)


def test_there_is_none_under_the_name_aws(read: Callable[..., Invocation]) -> None:
    for extra in EXTRA_OPTIONS:
        with pytest.raises(UnknownOptionsError, match=f"Unknown options: {extra}"):
            read([*DELETE, extra], "aws")


@pytest.mark.parametrize(
    "words",
    [
        [*DELETE, "--dry-run"],
        [*DELETE[:2], "--dry-run", *DELETE[2:]],
        [*DELETE, "--region", "r", "--dry-run", "--debug"],
    ],
)
def test_it_may_stand_anywhere_behind_the_command(read: Callable[..., Invocation], words: list[str]) -> None:
    found = command(read(words))
    assert isinstance(found, Call)
    assert (found.given, found.extra) == ({"model-name": "m"}, {"dry-run": True})


@pytest.mark.parametrize(
    "words",
    [[*DELETE, "--dry-ru"], [*DELETE, "--dry"], [*DELETE, "--dry-run", "--bogus"], [*DELETE, "--", "--dry-run"]]
    + [[*DELETE, "--dry-run", "word", "--other"]],
)
def test_what_is_still_unknown_is_reported_as_ever(read: Callable[..., Invocation], words: list[str]) -> None:
    with pytest.raises(UnknownOptionsError):
        read(words)


def test_the_model_wins(read: Callable[..., Invocation]) -> None:
    """A word that is the value of an option is nothing else."""
    found = command(read(["sagemaker", "add-tags", "--resource-arn=--dry-run", "--tags", "Key=a,Value=b"]))
    assert (found.given["resource-arn"], found.extra) == ("--dry-run", {})


def test_a_command_that_does_not_take_it_says_so(read: Callable[..., Invocation]) -> None:
    with pytest.raises(UsageError, match="argument --dry-run: endpoint-deleted does not take it"):
        read(["sagemaker", "wait", "endpoint-deleted", "--endpoint-name", "e", "--dry-run"])
    assert isinstance(read(["sagemaker", "wait", "endpoint-deleted", "--endpoint-name", "e"]), Wait)


def test_through_an_alias(read: Callable[..., Invocation], home: object) -> None:
    from pathlib import Path

    folder = Path(str(home)) / ".aws" / "cli"
    folder.mkdir(parents=True)
    (folder / "alias").write_text("[command sagemaker]\ntry = delete-model --dry-run\n")
    found = read(["sagemaker", "try", "--model-name", "m"])
    assert isinstance(found, Command)
    assert found.extra == {"dry-run": True}


def test_a_value_may_be_attached() -> None:
    assert split(["a", "--dry-run", "b"], "call", "x", "") == ({"dry-run": True}, ["a", "b"])
    with pytest.raises(UsageError, match="ignored explicit argument"):
        split(["--dry-run=yes"], "call", "x", "")


def test_no_own_command_is_a_service() -> None:
    """A word that the reference has, or hands to a service, is not ours to take."""
    import botocore.session

    from awsshadow.own_commands import OWN_COMMANDS

    assert set(OWN_COMMANDS) & set(botocore.session.get_session().get_available_services()) == set()
