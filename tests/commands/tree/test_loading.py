"""What is loaded for an own command: itself, and no other."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from awsshadow import commands
from awsshadow.commands.sandbox import SUMMARIES
from awsshadow.own_commands import OWN_COMMANDS
from tests.support.program import ROOT

FOLDER = Path(commands.__file__).parent
PREFIX = "awsshadow.commands."


def loaded(environ: dict[str, str], *words: str) -> set[str]:
    """The modules of a fresh interpreter that has run a command line."""
    text = (
        "import json, sys; from awsshadow.main import main; main(sys.argv[1:]);"
        "print('\\n' + json.dumps(list(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", text, *words], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def commands_of(modules: set[str]) -> set[str]:
    names = {name.removeprefix(PREFIX) for name in modules if name.startswith(PREFIX)}
    found = {name for name in names if name.split(".")[0] != "tree"}
    return {name if name.startswith("sandbox") else name.split(".")[0] for name in found}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["doctor"], {"doctor"}),
        (["doctor", "help"], {"doctor"}),
        (["completion", "fish"], {"completion"}),
        (["sandbox", "help"], {"sandbox"}),
        (["sandbox", "nonsense"], {"sandbox"}),
        (["help"], set()),
        (["sagemaker", "help"], set()),
    ],
)
def test_a_command_loads_no_other(environ: dict[str, str], words: list[str], expected: set[str]) -> None:
    modules = loaded(environ, *words)
    assert commands_of(modules) == expected
    assert not modules & {"argparse", "botocore", "sqlite3", "http.server"}


@pytest.mark.parametrize("name", ["ls", "clock", "coverage", "run"])
def test_nor_does_a_command_of_the_sandbox(environ: dict[str, str], name: str) -> None:
    modules = loaded(environ, "sandbox", name)
    loaded_here = {found.removeprefix("sandbox.") for found in commands_of(modules) if found.startswith("sandbox.")}
    assert loaded_here & set(SUMMARIES) == {name}
    if name != "run":
        assert not modules & {"http.server", "subprocess", "tempfile", "botocore"}


def test_nothing_of_them_is_loaded_for_an_operation(environ: dict[str, str]) -> None:
    modules = loaded(environ, "sagemaker", "create-model", "--model-name", "doctr")
    assert not {name for name in modules if name.startswith("awsshadow.commands")}


def test_each_command_has_a_row_and_a_module() -> None:
    def modules(folder: str) -> set[str]:
        return {name.removesuffix(".py") for name in os.listdir(folder) if not name.startswith("__")}

    assert modules(str(FOLDER)) == {*OWN_COMMANDS, "tree"}
    assert modules(str(FOLDER / "sandbox")) == {*SUMMARIES, "options"}


def test_no_command_imports_another() -> None:
    for path in FOLDER.rglob("*.py"):
        here = path.relative_to(FOLDER).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PREFIX):
                other = str(node.module).removeprefix(PREFIX).split(".")[0]
                assert other in (here, "tree"), f"{path} imports {node.module}"


def test_powershell_is_answered_without_click(environ: dict[str, str]) -> None:
    modules = loaded({**environ, "COMP_LINE": "awsshadow sagem"}, "completion", "answer")
    assert "click" not in modules
    assert commands.run.__module__ == "awsshadow.commands"
