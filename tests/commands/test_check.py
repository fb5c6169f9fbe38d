"""``awsshadow check``."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.check.findings import RULES
from awsshadow.errors import ParameterError, UsageError

if TYPE_CHECKING:
    from tests.commands.conftest import Own

GOOD = "# awsshadow: create-model\nModelName: m\nPrimaryContainer: {Image: i, Mode: SingleModel}\n"
BAD = '{"ModelName": "m",\n "PrimaryContainer": {"Mode": "Singl"},\n "Tags": [{"Key": "a"}]}'
SAID = ". The service was not asked; permissions and names were not checked.\n"


@pytest.fixture(autouse=True)
def files(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two documents and a script in the working folder, and no network."""
    Path("good.yaml").write_text(GOOD)
    Path("bad.json").write_text(BAD)
    Path("s.sh").write_text("aws sagemaker create-model --cli-input-json file://bad.json\naws sagemaker nope\n")

    def refuse(*_: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)


def test_text(own: Own) -> None:
    assert own("check", "good.yaml") == (0, "", "1 file, 0 errors, 0 warnings" + SAID)
    code, text, said = own("check", "create-model", "good.yaml", "bad.json")
    assert (code, said) == (1, "2 files, 1 error, 1 warning" + SAID)
    assert text.splitlines() == [
        (
            "bad.json:2: warning: 'Singl' is none of the values of PrimaryContainer.Mode in the model; "
            "did you mean SingleModel? [enum]"
        ),
        "bad.json:3: error: Tags[0] lacks its required member Value [missing-member]",
    ]


def test_warnings_alone_are_no_failure_unless_strict(own: Own) -> None:
    Path("w.yaml").write_text(GOOD.replace("SingleModel", "Other"))
    assert own("check", "w.yaml")[0] == 0
    code, text, _ = own("check", "--strict", "w.yaml")
    assert code == 1
    assert text.startswith("w.yaml:3: error: ")


def test_json(own: Own) -> None:
    code, text, said = own("check", "create-model", "bad.json", "--output", "json")
    assert (code, said) == (1, "")
    assert json.loads(text)["findings"][1] == {
        "file": "bad.json",
        "line": 3,
        "level": "error",
        "rule": "missing-member",
        "message": "Tags[0] lacks its required member Value",
    }
    assert own("check", "good.yaml", "--output=json")[1] == '{\n  "findings": []\n}\n'


def test_sarif(own: Own) -> None:
    Path("a b").mkdir()
    Path("a b/ü.json").write_text(BAD)
    code, text, said = own("check", "create-model", "a b/ü.json", "--output", "sarif")
    log = json.loads(text)
    (run,) = log["runs"]
    assert (code, said, log["version"], run["tool"]["driver"]["name"]) == (1, "", "2.1.0", "awsshadow")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    first, second = run["results"]
    assert (first["level"], first["ruleId"], second["level"]) == ("warning", "enum", "error")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "enum"
    place = second["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b/%C3%BC.json"}, "region": {"startLine": 3}}


def test_scripts(own: Own) -> None:
    code, text, said = own("check", "--from-script", "s.sh", "s.sh")
    assert (code, said) == (1, "2 files, 2 errors, 1 warning" + SAID)
    assert [line.partition(": ")[0] for line in text.splitlines()] == ["bad.json:2", "bad.json:3", "s.sh:2"]
    Path("w.yml").write_text("run: [")
    assert own("check", "--from-script", "w.yml")[1].endswith("[syntax]\n")


def test_standard_input(own: Own) -> None:
    assert own("check", "-", stdin=GOOD)[0] == 0
    assert own("check", "create-model", "-", stdin="{}")[1].startswith("-:1: error: the input lacks")
    assert own("check", "--from-script", "-", stdin="aws sagemaker nope")[0] == 1


def test_a_user_s_own_names_are_no_unknown_operations(own: Own, empty_home: Path) -> None:
    (empty_home / ".aws" / "cli").mkdir(parents=True)
    (empty_home / ".aws" / "cli" / "alias").write_text("[command sagemaker]\nnope = list-models\n")
    assert own("check", "--from-script", "-", stdin="aws sagemaker nope")[0] == 0


def test_what_cannot_be_read_ends_it_before_anything_is_printed(own: Own) -> None:
    with pytest.raises(ParameterError, match=r"Cannot read none\.yaml: No such file"):
        own("check", "create-model", "bad.json", "none.yaml")
    Path("x.sh").write_bytes(b"\xff\xfe")
    with pytest.raises(ParameterError, match=r"Cannot read x\.sh"):
        own("check", "--from-script", "x.sh")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bad.json"], "bad.json does not say which operation"),
        (["create-modl", "bad.json"], r"there is no operation 'create-modl'(.|\n)*\* create-model\b"),
        (["create-model"], "required: FILE"),
        ([], "required"),
        (["--output", "xml", "good.yaml"], "invalid choice: 'xml'"),
        (["named.yaml"], "named.yaml: there is no operation 'create-modl'"),
    ],
)
def test_wrong_words(own: Own, words: list[str], message: str) -> None:
    Path("named.yaml").write_text("# awsshadow: create-modl\n")
    with pytest.raises(UsageError, match=message):
        own("check", *words)


def test_the_hooks_name_options_that_there_are(own: Own) -> None:
    import yaml

    path = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    if not path.exists():
        pytest.skip("not beside the tests of a wheel")
    for hook in yaml.safe_load(path.read_text()):
        program, *words = hook["entry"].split()
        assert program == "awsshadow"
        assert own(*words, "good.yaml")[0] == 0
