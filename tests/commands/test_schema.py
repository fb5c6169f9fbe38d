"""``awsshadow schema``."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from awsshadow.arguments import yaml12
from awsshadow.command_line.options import GLOBALS
from awsshadow.errors import ParameterError, UsageError
from awsshadow.model import find_store
from awsshadow.own_commands import OWN_COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Own


def test_one_operation(own: Own) -> None:
    code, text, said = own("schema", "create-model")
    made = json.loads(text)
    assert (code, said, made["title"], made["required"]) == (0, "", "CreateModel input", ["ModelName"])
    assert text.endswith("}\n")
    assert json.loads(own("schema", "describe-model", "--output-shape")[1])["title"] == "DescribeModel output"
    assert len(own("schema", "create-model", "--full")[1]) > len(text)


def test_all_operations(own: Own, tmp_path: Path, environ: dict[str, str]) -> None:
    names = find_store(environ).index()["operations"]
    folder = tmp_path / "a" / "b"
    assert own("schema", "--all", "-d", str(folder))[1] == f"{len(names)} schemas are in {folder}\n"
    assert {path.stem for path in folder.iterdir()} == set(names)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    own("schema", "--all", "-d", str(folder))
    assert first == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert first["create-model.json"].decode() == own("schema", "create-model")[1]


def test_an_example_names_its_schema(own: Own) -> None:
    text = own("schema", "create-model", "--example")[1]
    assert text.startswith("# yaml-language-server: $schema=.schemas/create-model.json\nModelName: ''")
    assert "$schema=x/create-model.json" in own("schema", "create-model", "--example", "-d", "x")[1]
    document = yaml12.load(text)
    document.update(ModelName="m", ExecutionRoleArn="arn:aws:iam::123456789012:role/r")
    judge = Draft202012Validator(json.loads(own("schema", "create-model")[1]))
    assert judge.is_valid({key: document[key] for key in ("ModelName", "ExecutionRoleArn", "EnableNetworkIsolation")})


def test_the_commands(own: Own, environ: dict[str, str]) -> None:
    text = own("schema", "--commands")[1]
    made = json.loads(text)
    assert own("schema", "--commands")[1] == text
    assert {option["name"] for option in made["globalOptions"]} == set(GLOBALS)
    paths = [command["path"] for command in made["commands"]]
    index = find_store(environ).index()
    assert len(paths) == len(index["operations"]) + len(index["waiters"])
    create = next(command for command in made["commands"] if command["path"] == ["sagemaker", "create-training-job"])
    options = {option["name"]: option for option in create["options"]}
    assert options["--training-job-name"]["required"]
    assert options["--training-job-name"]["member"] == "TrainingJobName"
    assert options["--tags"]["list"]
    assert options["--enable-network-isolation"]["flag"]
    assert options["--generate-cli-skeleton"]["description"]
    assert {command["path"][0] for command in made["ownCommands"]} == set(OWN_COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--all"],
        ["create-model", "--all", "-d", "x"],
        ["create-model", "--commands"],
        ["--commands", "--strict"],
        ["--commands", "--example"],
        ["create-model", "--example", "--full"],
    ],
)
def test_what_does_not_go_together(own: Own, words: list[str]) -> None:
    with pytest.raises(UsageError):
        own("schema", *words)
    assert os.listdir() == []


def test_a_misspelt_operation(own: Own) -> None:
    with pytest.raises(UsageError, match=r"there is no operation 'create-modl'(.|\n)*\* create-model\b"):
        own("schema", "create-modl")


def test_a_folder_that_cannot_be_written_to(own: Own, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(ParameterError, match="File exists"):
        own("schema", "--all", "-d", str(tmp_path / "f"))
