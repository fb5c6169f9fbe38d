"""The command tree as programs that use click have it, and what reading a line loads without click."""

from __future__ import annotations

import json
import subprocess
import sys
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result

from awsshadow.cli import Operation, tree
from awsshadow.command_line.options import GLOBALS
from awsshadow.invocation import Globals
from awsshadow.model import find_store

if TYPE_CHECKING:
    from tests.support.endpoint import Endpoint
    from tests.support.stage import Stage

#: A line that is answered without a call, in the reference's grammar: an abbreviation, a global option at the end.
OFFLINE = ["sagemaker", "describe-model", "--model-n", "m", "--generate-cli-skeleton", "--region", "us-east-1"]


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """Everything click can say about the tree: every command is built."""
    found: dict[str, Any] = tree.to_info_dict(click.Context(tree, info_name="aws"))
    return found


def arguments(name: str) -> list[str]:
    """The options of an operation, in the order of its argument table."""
    return [f"--{row[0]}" for row in find_store({}).input("operations", name)["cli"]["arguments"]]


def test_every_operation_and_waiter_is_a_command(described: dict[str, Any]) -> None:
    index = find_store({}).index()
    operations = described["commands"]["sagemaker"]["commands"]
    assert list(operations) == [*index["operations"], "wait"]
    assert len(operations) > 400
    assert list(operations["wait"]["commands"]) == list(index["waiters"])
    assert len(operations["wait"]["commands"]) >= 13


def test_options_are_those_of_the_argument_table(described: dict[str, Any]) -> None:
    for name, command in described["commands"]["sagemaker"]["commands"].items():
        if name != "wait":
            declared = [option for param in command["params"] for option in param["opts"] + param["secondary_opts"]]
            assert declared == arguments(name)


def test_option_kinds(described: dict[str, Any]) -> None:
    operations = described["commands"]["sagemaker"]["commands"]
    params = {param["opts"][0]: param for param in operations["create-model"]["params"]}
    assert params["--model-name"]["required"]
    assert params["--tags"]["multiple"]
    assert params["--enable-network-isolation"]["secondary_opts"] == ["--no-enable-network-isolation"]
    assert params["--generate-cli-skeleton"]["type"]["choices"] == ("input", "output", "yaml-input")
    paging = {param["opts"][0]: param for param in operations["list-models"]["params"]}
    assert paging["--page-size"]["type"]["param_type"] == "Int"
    assert paging["--max-results"]["hidden"]
    assert not paging["--max-items"]["hidden"]


def test_global_options_are_the_programs_own(described: dict[str, Any]) -> None:
    assert [param["opts"][0] for param in described["params"]] == list(GLOBALS)
    assert {row.key for row in GLOBALS.values()} - {"version"} == set(vars(Globals()))


def test_unknown_names_are_no_commands() -> None:
    ctx = click.Context(tree)
    assert tree.get_command(ctx, "s3") is None
    service = tree.get_command(ctx, "sagemaker")
    assert isinstance(service, click.Group)
    for name in ("nope", "../index", "", "help"):
        assert service.get_command(ctx, name) is None


def test_commands_have_a_first_sentence() -> None:
    service = tree.get_command(click.Context(tree), "sagemaker")
    assert isinstance(service, click.Group)
    page = CliRunner().invoke(click.Group("host", commands={"sm": service}), ["--help"])
    assert "sm" in page.output
    operation = service.get_command(click.Context(service), "create-model")
    assert isinstance(operation, Operation)
    assert operation.help
    assert operation.help == operation.help.strip()


#: click before 8.2 mixes standard error into standard output unless it is told not to.
APART: dict[str, Any] = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}


def invoke(stage: Stage, program: click.Command, argv: list[str], name: str = "aws") -> Result:
    """Carry out a line in the environment of ``stage`` and in no other."""
    environ: dict[str, str | None] = {**stage.environ, "AWS_PROFILE": None, "AWS_REGION": None, "PATH": ""}
    return CliRunner(**APART).invoke(program, argv, env=environ, prog_name=name)


def test_invoking_the_tree_carries_out_a_call(stage: Stage, endpoint: Endpoint) -> None:
    endpoint.script([{"status": 200, "body": '{"EndpointName": "e"}'}])
    done = invoke(stage, tree, ["sagemaker", "describe-endpoint", "--endpoint-name", "e", "--output", "text"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "e\n", "")
    assert [request["headers"]["x-amz-target"] for request in endpoint.requests()] == ["SageMaker.DescribeEndpoint"]


def test_errors_have_their_exit_code_and_go_to_standard_error(stage: Stage) -> None:
    done = invoke(stage, tree, ["sagemaker", "describe-endpoint"])
    assert done.exit_code == 252
    assert done.stdout == ""
    assert "aws: [ERROR]: An error occurred (ParamValidation)" in done.stderr


def test_the_host_is_left_as_it_was(stage: Stage) -> None:
    import gc

    before = (gc.isenabled(), sys.unraisablehook)
    assert invoke(stage, tree, OFFLINE).exit_code == 0
    assert invoke(stage, tree, ["sts", "get-caller-identity"]).exit_code == 252
    assert (gc.isenabled(), sys.unraisablehook) == before


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ([], ["amazon", *OFFLINE]),
        (["sagemaker"], ["amazon", *OFFLINE[1:]]),
        (["sagemaker", "describe-model"], ["amazon", *OFFLINE[2:]]),
        (["sagemaker", "wait", "endpoint-in-service"], ["amazon", "--generate-cli-skeleton"]),
    ],
)
def test_any_part_can_be_mounted_under_any_name(stage: Stage, path: list[str], line: list[str]) -> None:
    part: click.Command = tree
    for name in path:
        assert isinstance(part, click.Group)
        found = part.get_command(click.Context(part), name)
        assert found is not None
        part = found
    host = click.Group("host")
    host.add_command(part, "amazon")
    done = invoke(stage, host, line, "host")
    assert (done.exit_code, done.stderr) == (0, "")
    assert isinstance(json.loads(done.stdout), dict)


def test_a_mounted_program_speaks_under_the_name_it_was_mounted_as(stage: Stage) -> None:
    host = click.Group("host")
    host.add_command(tree, "cloud")
    done = invoke(stage, host, ["cloud", "sagemaker", "nope"], "host")
    assert done.exit_code == 252
    assert "host cloud: [ERROR]:" in done.stderr
    assert "usage: host cloud [options] <command>" in done.stderr


LOADED = """
import sys
from awsshadow import main
sys.argv = ["aws", *{line!r}]
code = main.main()
sys.stdout.flush()
print("loaded:", " ".join(sorted(sys.modules)), file=sys.stderr)
assert code == {code}, code
"""


@pytest.mark.parametrize(
    ("line", "code", "more"),
    [
        (["--version"], 0, set()),
        (["--output", "nope", "sagemaker"], 252, set()),
        (["--output", "jsn", "sagemaker"], 252, {"difflib"}),
        (["sagemaker", "list-models", "--generate-cli-skeleton"], 0, {"json"}),
        (["sagemaker", "describe-model"], 252, {"json"}),
        (["sagemaker", "describe-modl"], 252, {"json", "difflib"}),
        (["sagemaker", "create-model", "help"], 0, {"json"}),
    ],
)
def test_a_line_that_is_answered_without_a_call_loads_little(
    line: list[str], code: int, more: set[str], stage: Stage
) -> None:
    environ = {**stage.environ, "PYTHONPATH": ":".join(sys.path)}
    warm = "from awsshadow.model import find_store; import os; find_store(dict(os.environ))"
    subprocess.run([sys.executable, "-c", warm], env=environ, check=True)
    script = LOADED.format(line=line, code=code)
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.rpartition("loaded: ")[2].split())
    assert more <= loaded
    unwanted = {"click", "botocore", "jmespath", "yaml", "rich", "argparse", "subprocess", "configparser", "logging"}
    assert not unwanted & loaded
    assert {"contextlib", "difflib"} & loaded <= more


def test_importing_the_entry_module_changes_nothing() -> None:
    script = "import gc, sys; import awsshadow.main; print(gc.isenabled(), 'awsshadow.run' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


def test_main_with_words_of_its_own_leaves_logging_as_it_was(stage: Stage) -> None:
    script = (
        "import logging, botocore, urllib3; from awsshadow.main import main;"
        "loggers = list(map(logging.getLogger, ('botocore', 'urllib3'))); loggers[1].setLevel(30);"
        "before = [(logger.level, len(logger.handlers)) for logger in loggers];"
        "main(['sagemaker', 'list-models', '--debug', '--endpoint-url', 'http://127.0.0.1:1']);"
        "print(before == [(logger.level, len(logger.handlers)) for logger in loggers])"
    )
    stage.set({"AWS_MAX_ATTEMPTS": "1"})
    done = subprocess.run([sys.executable, "-c", script], env=stage.environ, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "True", done.stderr
    assert "botocore" in done.stderr


def test_main_with_words_of_its_own_leaves_the_collector_on(stage: Stage) -> None:
    script = f"import gc; from awsshadow.main import main; code = main({OFFLINE!r}); print(code, gc.isenabled())"
    environ = {**stage.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("0 True\n")
