"""The tree as click sees it, and what reading a line loads."""

import subprocess
import sys
from typing import Any

import click
import pytest

from awsshadow.cli.alias import Aliases
from awsshadow.cli.options import GLOBALS
from awsshadow.cli.tree import Root, Surroundings
from awsshadow.invocation import Globals


@pytest.fixture(scope="module")
def tree(store) -> dict[str, Any]:
    """Everything click can say about the tree: every command is built."""
    root = Root(Surroundings("aws", {}, Aliases({}), store, friendly=False))
    return root.to_info_dict(click.Context(root, info_name="aws"))


def test_every_operation_and_waiter_is_a_command(tree, store):
    operations = tree["commands"]["sagemaker"]["commands"]
    assert list(operations) == [*store.index()["operations"], "wait"]
    assert len(operations) > 400
    assert list(operations["wait"]["commands"]) == list(store.index()["waiters"])
    assert len(operations["wait"]["commands"]) >= 13


def test_options_are_those_of_the_argument_table(tree, store):
    for name, command in tree["commands"]["sagemaker"]["commands"].items():
        if name == "wait":
            continue
        declared = [option for param in command["params"] for option in param["opts"] + param["secondary_opts"]]
        assert declared == [f"--{row[0]}" for row in store.input("operations", name)["cli"]["arguments"]]


def test_option_kinds(tree):
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


def test_global_options_are_the_programs_own(tree):
    assert [param["opts"][0] for param in tree["params"]] == list(GLOBALS)
    assert {row.key for row in GLOBALS.values()} - {"version"} == set(vars(Globals()))


def test_unknown_names_are_no_commands(store):
    around = Surroundings("aws", {}, Aliases({}), store, friendly=False)
    root = Root(around)
    ctx = click.Context(root)
    assert root.get_command(ctx, "s3") is None
    service = root.get_command(ctx, "sagemaker")
    assert isinstance(service, click.Group)
    for name in ("nope", "../index", "", "help"):
        assert service.get_command(ctx, name) is None


def test_contexts_hold_what_was_read(store):
    root = Root(Surroundings("aws", {}, Aliases({}), store, friendly=False))
    top = root.make_context("aws", ["sagemaker", "describe-model", "--model-name", "m", "--region", "r"])
    assert top.params == {"region": "r", "command": "sagemaker"}
    service = root.get_command(top, "sagemaker").make_context("sagemaker", top.args, parent=top)
    assert service.params == {"operation": "describe-model"}
    leaf = service.command.get_command(service, "describe-model").make_context("x", service.args, parent=service)
    assert leaf.params == {"model_name": "m"}
    assert leaf.args == []


LOADED = """
import sys
from awsshadow import cli
try:
    cli.parse({line!r}.split(), "aws", {{}}, check=lambda given: None)
except Exception as error:
    assert "{expected}" in str(error), error
print(" ".join(sorted(sys.modules)))
"""


@pytest.mark.parametrize(
    ("line", "expected", "more"),
    [
        ("--version", "", set()),
        ("sagemaker list-models", "", {"json"}),
        ("sagemaker describe-model", "required: --model-name", {"json"}),
        ("sagemaker describe-modl", "describe-model", {"json", "difflib"}),
    ],
)
def test_reading_a_line_loads_little(line, expected, more, tmp_path):
    script = LOADED.format(line=line, expected=expected)
    environ = {"HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path), "PATH": ""}
    warm = "from awsshadow.model import find_store; import os; find_store(dict(os.environ))"
    for program in (warm, script):
        done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "click" in loaded
    assert more <= loaded
    unwanted = {"botocore", "jmespath", "yaml", "rich", "argparse", "subprocess", "configparser", "logging", "tempfile"}
    assert not unwanted & loaded
    assert "difflib" not in loaded or "difflib" in more
