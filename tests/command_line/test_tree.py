"""The tree as click sees it, and what reading a line loads."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from awsshadow.command_line.alias import Aliases
from awsshadow.command_line.context import Surroundings
from awsshadow.command_line.options import GLOBALS
from awsshadow.command_line.tree import Root
from awsshadow.invocation import Globals
from awsshadow.model.store import FolderStore


@pytest.fixture(scope="module")
def tree(store: FolderStore) -> dict[str, Any]:
    """Everything click can say about the tree: every command is built."""
    root: click.Group = Root(Surroundings("aws", {}, Aliases({}), store, friendly=False))
    described: dict[str, Any] = root.to_info_dict(click.Context(root, info_name="aws"))
    return described


def test_every_operation_and_waiter_is_a_command(tree: dict[str, Any], store: FolderStore) -> None:
    operations = tree["commands"]["sagemaker"]["commands"]
    assert list(operations) == [*store.index()["operations"], "wait"]
    assert len(operations) > 400
    assert list(operations["wait"]["commands"]) == list(store.index()["waiters"])
    assert len(operations["wait"]["commands"]) >= 13


def test_options_are_those_of_the_argument_table(tree: dict[str, Any], store: FolderStore) -> None:
    for name, command in tree["commands"]["sagemaker"]["commands"].items():
        if name == "wait":
            continue
        declared = [option for param in command["params"] for option in param["opts"] + param["secondary_opts"]]
        assert declared == [f"--{row[0]}" for row in store.input("operations", name)["cli"]["arguments"]]


def test_option_kinds(tree: dict[str, Any]) -> None:
    operations = tree["commands"]["sagemaker"]["commands"]
    params = {param["opts"][0]: param for param in operations["create-model"]["params"]}
    assert params["--model-name"]["required"]
    assert params["--tags"]["multiple"]
    assert params["--enable-network-isolation"]["secondary_opts"] == ["--no-enable-network-isolation"]
    assert params["--generate-cli-skeleton"]["type"]["choices"] == ("input", "output", "yaml-input")
    paging = {param["opts"][0]: param for param in operations["list-models"]["params"]}
    assert paging["--page-size"]["type"]["param_type"] == "Int"
    assert paging["--max-results"]["hidden"]
    assert not paging["--max-items"]["hidden"]


def test_global_options_are_the_programs_own(tree: dict[str, Any]) -> None:
    assert [param["opts"][0] for param in tree["params"]] == list(GLOBALS)
    assert {row.key for row in GLOBALS.values()} - {"version"} == set(vars(Globals()))


def test_unknown_names_are_no_commands(store: FolderStore) -> None:
    around = Surroundings("aws", {}, Aliases({}), store, friendly=False)
    root = Root(around)
    ctx = click.Context(root)
    assert root.get_command(ctx, "s3") is None
    service = root.get_command(ctx, "sagemaker")
    assert isinstance(service, click.Group)
    for name in ("nope", "../index", "", "help"):
        assert service.get_command(ctx, name) is None


def below(above: click.Context, name: str) -> click.Context:
    assert isinstance(above.command, click.Group)
    command = above.command.get_command(above, name)
    assert command is not None
    return command.make_context(name, above.args, parent=above)


def test_contexts_hold_what_was_read(store: FolderStore) -> None:
    root = Root(Surroundings("aws", {}, Aliases({}), store, friendly=False))
    top = root.make_context("aws", ["sagemaker", "describe-model", "--model-name", "m", "--region", "r"])
    assert top.params == {"region": "r", "command": "sagemaker"}
    service = below(top, "sagemaker")
    assert service.params == {"operation": "describe-model"}
    leaf = below(service, "describe-model")
    assert leaf.params == {"model_name": "m"}
    assert leaf.args == []


LOADED = """
import sys
from awsshadow import command_line
try:
    command_line.parse({line!r}.split(), "aws", {{}}, check=lambda given: None)
except Exception as error:
    assert "{expected}" in str(error), error
print(" ".join(sorted(sys.modules)))
"""


@pytest.mark.parametrize(
    ("line", "expected", "more"),
    [
        ("--version", "", set()),
        ("--output nope sagemaker", "--output", {"difflib"}),
        ("sagemaker list-models", "", {"click", "json"}),
        ("sagemaker describe-model", "required: --model-name", {"click", "json"}),
        ("sagemaker describe-modl", "describe-model", {"click", "json", "difflib"}),
    ],
)
def test_reading_a_line_loads_little(line: str, expected: str, more: set[str], tmp_path: Path) -> None:
    script = LOADED.format(line=line, expected=expected)
    environ = {"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path), "PATH": ""}
    warm = "from awsshadow.model import find_store; import os; find_store(dict(os.environ))"
    for program in (warm, script):
        done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert more <= loaded
    assert "click" not in loaded or "click" in more
    unwanted = {"botocore", "jmespath", "yaml", "rich", "argparse", "subprocess", "configparser", "logging", "tempfile"}
    assert not unwanted & loaded
    assert "difflib" not in loaded or "difflib" in more
