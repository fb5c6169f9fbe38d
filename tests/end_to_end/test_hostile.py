"""Input that is made to do harm: one clear error, nothing run, nothing written, no hang."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from awsshadow.compile import slices, sources
from awsshadow.compile.build import build
from tests.end_to_end.launch import Run, below, cold, models
from tests.support.endpoint import Endpoint
from tests.support.program import Command, Outcome, Program
from tests.support.stage import Stage

DEPTHS = (300, 1_000, 100_000)


def play(program: Program, stage: Stage, *words: str) -> Outcome:
    """One command of the checkout, ``sagemaker`` left out."""
    return program.run(Command(["aws", "sagemaker", *words], stage.environ, stage.work))


def one_error(outcome: Outcome, *codes: int) -> None:
    """Nothing was printed but one error, and the interpreter survived."""
    assert outcome.code in codes, outcome
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("\naws: [ERROR]: ")
    assert "Traceback" not in outcome.stderr


def nested(depth: int, opening: str, closing: str, inner: str = "1") -> str:
    return opening * depth + inner + closing * depth


INPUTS: dict[str, tuple[str, str, Callable[[int], str]]] = {
    "json-document": ("describe-model", "--cli-input-json", lambda n: '{"ModelName": ' + nested(n, "[", "]") + "}"),
    "yaml-document": ("describe-model", "--cli-input-yaml", lambda n: "ModelName: " + nested(n, "[", "]")),
    "yaml-blocks": ("describe-model", "--cli-input-yaml", lambda n: "ModelName:\n" + "- " * n + "x"),
    "json-option": ("add-tags", "--tags", lambda n: nested(n, "[", "]")),
    "json-recursive": ("search", "--search-expression", lambda n: nested(n, '{"SubExpressions": [', "]}", "{}")),
    "shorthand-lists": ("add-tags", "--tags", lambda n: "Key=" + nested(n, "[", "]")),
    "shorthand-maps": ("create-model", "--primary-container", lambda n: "Environment=" + nested(n, "{a=", "}")),
}
REQUIRED = {
    "add-tags": ["--resource-arn", "a"],
    "search": ["--resource", "Model"],
    "create-model": ["--model-name", "m"],
    "describe-model": [],
}


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("kind", INPUTS)
def test_deep_input(program: Program, stage: Stage, kind: str, depth: int) -> None:
    operation, option, text = INPUTS[kind]
    stage.lay(stage.work, {"deep": text(depth)})
    outcome = play(program, stage, operation, *REQUIRED[operation], option, "file://deep")
    if (kind, depth, outcome.code) != ("json-recursive", 300, 0):
        one_error(outcome, 252, 255)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("text", ["[]", "()", "{}", "``", "!"])
def test_deep_queries(program: Program, stage: Stage, endpoint: Endpoint, text: str, depth: int) -> None:
    endpoint.script([{"body": '{"Models": []}'}])
    depth = min(depth, 60_000)
    query = nested(depth, text[0], text[1:], "a")
    outcome = play(program, stage, "list-models", "--query", query)
    if (text, depth) in (("!", 300), ("[]", 300), ("()", 300)) and outcome.code == 0:
        return
    one_error(outcome, 252)
    assert outcome.stderr.startswith("\naws: [ERROR]: An error occurred (ParamValidation): Bad value for --query ")


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("format", ["json", "text", "table", "yaml", "yaml-stream"])
@pytest.mark.parametrize("around", ['{"Models": %s}', '{"Models": [{"ModelName": %s}]}', "%s"])
def test_deep_responses(
    program: Program, stage: Stage, endpoint: Endpoint, around: str, format: str, depth: int
) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        endpoint.script([{"body": around % nested(depth, opening, closing)}])
        outcome = play(program, stage, "list-models", "--output", format)
        assert outcome.code in (0, 255)
        assert "Traceback" not in outcome.stderr
        if outcome.code:
            one_error(outcome, 255)


@pytest.mark.parametrize("depth", DEPTHS)
def test_deep_errors_of_the_service(program: Program, stage: Stage, endpoint: Endpoint, depth: int) -> None:
    endpoint.script([{"status": 400, "body": '{"__type": "X", "message": ' + nested(depth, "[", "]") + "}"}])
    one_error(play(program, stage, "list-models"), 254, 255)


NUMBERS = [
    (["--max-results", "9" * 400], (0,)),
    (["--max-results", "9" * 5000], (255,)),
    (["--max-items", "9" * 5000], (252,)),
    (["--creation-time-after", "9" * 400], (255,)),
    (["--creation-time-after", "1e400"], (255,)),
    (["--creation-time-after", "nan"], (252,)),
    (["--cli-read-timeout", "9" * 5000], (255,)),
    (["--cli-read-timeout", "9" * 30], (255,)),
    (["--query", "a[" + "9" * 5000 + "]"], (252,)),
    (["--cli-input-json", '{"MaxResults": 1e999}'], (252,)),
    (["--cli-input-json", '{"MaxResults": ' + "9" * 5000 + "}"], (252,)),
    (["--cli-input-yaml", "MaxResults: 0x" + "f" * 100_000], (252, 255)),
    (["--cli-input-yaml", "MaxResults: " + "9" * 100_000], (252, 255)),
]


@pytest.mark.parametrize(("words", "codes"), NUMBERS, ids=lambda value: str(value)[:40])
def test_enormous_numbers(
    program: Program, stage: Stage, endpoint: Endpoint, words: list[str], codes: tuple[int, ...]
) -> None:
    endpoint.script([models(1)])
    outcome = play(program, stage, "list-models", *words)
    if codes == (0,):
        assert outcome.code == 0
    else:
        one_error(outcome, *codes)


@pytest.mark.parametrize("value", ["9" * 5000, "1e999", "1e300", "-1e15", "NaN", '"' + "9" * 6000 + '"', "[]", "{}"])
def test_enormous_times_of_the_service(program: Program, stage: Stage, endpoint: Endpoint, value: str) -> None:
    endpoint.script([{"body": '{"Models": [{"CreationTime": ' + value + "}]}"}])
    outcome = play(program, stage, "list-models")
    if value == "9" * 5000:  # no number to Python's reader, so no JSON
        assert (outcome.code, outcome.stdout) == (0, "")
    else:
        one_error(outcome, 255)


TAGS = [
    "ModelName: !!python/object/apply:os.system ['touch owned']",
    "!!python/object/new:os.system ['touch owned']",
    "ModelName: !!python/name:os.system",
    "ModelName: !!python/module:os",
    "? !!python/tuple [a]\n: b",
    "ModelName: !owned x",
    "!<tag:yaml.org,2002:python/object/apply:os.mkdir> [owned]",
]


@pytest.mark.parametrize("text", TAGS)
def test_tags_of_yaml_run_nothing(program: Program, stage: Stage, text: str) -> None:
    one_error(play(program, stage, "describe-model", "--cli-input-yaml", text), 252, 255)
    assert below(stage.work) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&a\nModelName: *a", "{'ModelName': {...}}"), ("ModelName: &a [*a]", "[[...]]"),
        ("&a [*a]", ""), ("*a", ""), ("<<: *a", ""),
    ],
)  # fmt: skip
def test_yaml_that_holds_itself(program: Program, stage: Stage, text: str, shown: str) -> None:
    outcome = play(program, stage, "describe-model", "--cli-input-yaml", text)
    one_error(outcome, 252, 255)
    assert shown in outcome.stderr


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="files of Linux")
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("/dev/null", (0,)),
        ("/proc/self/mem", (252,)),
        ("/dev/tty", (252,)),
        ("/", (252,)),
        ("/proc/self/fd/77", (252,)),
    ],
)
def test_files_that_are_none(
    program: Program, stage: Stage, endpoint: Endpoint, name: str, codes: tuple[int, ...]
) -> None:
    endpoint.script([{"body": "{}"}])
    for prefix in ("file://", "fileb://"):
        outcome = play(program, stage, "describe-model", "--model-name", prefix + name)
        if (prefix, codes) == ("file://", (0,)):
            assert outcome.code == 0
        else:
            one_error(outcome, 252)


CONFIGS = {
    "binary": bytes(range(256)) * 100,
    "zeros": b"\0" * 1_000_000,
    "no-section": b"a = b\n",
    "twice": b"[default]\na = 1\na = 2\n",
    "long-line": b"[default]\nx = " + b"y" * 10_000_000 + b"\n",
    "many-sections": b"".join(b"[profile p%d]\nregion = x\n" % n for n in range(20_000)),
    "indented": b" x\n" * 1000,
    "nested-junk": b"[default]\ns3 =\n  not a pair\n",
    "latin": "[default]\nregion = \xe9\n".encode("latin-1"),
    "bom": b"\xef\xbb\xbf[default]\nregion = eu-west-1\n",
    "utf-16": "[default]\nregion = eu-west-1\n".encode("utf-16"),
    "percent": b"[default]\nregion = %(x)s\noutput = %\n",
    "empty": b"",
}


@pytest.mark.parametrize("path", [".aws/config", ".aws/credentials", ".aws/cli/alias"])
@pytest.mark.parametrize("kind", CONFIGS)
def test_configuration_files(program: Program, stage: Stage, endpoint: Endpoint, path: str, kind: str) -> None:
    file = stage.home / path
    file.parent.mkdir(parents=True)
    file.write_bytes(CONFIGS[kind])
    endpoint.script([models(1)])
    outcome = play(program, stage, "list-models", "--output", "json")
    if outcome.code:
        one_error(outcome, 255)
    else:
        assert "model-0" in outcome.stdout


@pytest.mark.parametrize("path", [".aws/config", ".aws/credentials", ".aws/cli/alias"])
def test_a_hundred_megabytes_of_configuration(stage: Stage, run: Run, path: str) -> None:
    file = stage.home / path
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        opened.truncate(100_000_000)
    began = time.monotonic()
    done = run("sagemaker", "list-models")
    assert (done.returncode, done.stdout) == (255, b"")
    assert done.stderr == f"\nawsshadow: [ERROR]: Unable to parse config file: {file}\n".encode()
    assert time.monotonic() - began < 50


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("path", [".aws/config", ".aws/credentials", ".aws/cli/alias"])
def test_a_named_pipe_is_no_configuration(program: Program, stage: Stage, endpoint: Endpoint, path: str) -> None:
    file = stage.home / path
    file.parent.mkdir(parents=True)
    os.mkfifo(file)
    endpoint.script([models(1)])
    outcome = play(program, stage, "list-models")
    if path.endswith("alias"):
        assert outcome.stderr == f"\naws: [ERROR]: The specified config file ({file}) could not be found.\n"
    assert outcome.code == (255 if path.endswith("alias") else 0)


ALIASES = [
    ("[toplevel]\nx = x\n", ["x"]),
    ("[toplevel]\nx = y\ny = x\n", ["x"]),
    ("[toplevel]\nx = sagemaker x\n[command sagemaker]\nx = x\n", ["x"]),
    ("[toplevel]\nx = 'unclosed\n", ["x"]),
    ("[toplevel]\nx =\n", ["x"]),
    ("[toplevel]\nx = --debug sagemaker list-models\n", ["x"]),
    ("[command sagemaker]\nx = list-models --profile p\n", ["sagemaker", "x"]),
    ("[toplevel]\nx = " + "sagemaker " * 50_000 + "\n", ["x"]),
    ("[toplevel]\nx = \x1b[2J\n", ["x"]),
]


@pytest.mark.parametrize(("text", "words"), ALIASES)
def test_aliases_that_lead_nowhere(program: Program, stage: Stage, text: str, words: list[str]) -> None:
    stage.lay(stage.home, {".aws/cli/alias": text})
    outcome = program.run(Command(["aws", *words], stage.environ, stage.work))
    assert outcome.code in (252, 255)
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr


def test_words_of_an_external_alias_are_no_shell(stage: Stage, run: Run) -> None:
    stage.lay(stage.home, {".aws/cli/alias": "[toplevel]\nsay = !printf '%s|'\n"})
    hostile = ["$(touch owned)", "`touch owned`", "; touch owned", "a'b\"c", "-n", "", "*", "\n"]
    assert run("say", *hostile).stdout.decode() == "".join(word + "|" for word in hostile)
    assert below(stage.work) == []


# -- models of the user


NAMES = ["../../owned", "/tmp/owned", "a/b", "..", ".", "", "a\0b", "C:\\owned", "owned\n", "\u0130x", "-x", "a b"]


def model(*names: str) -> Any:
    """A service model with operations of these names."""
    whole = sources.load().model
    spec = {"http": {"method": "POST", "requestUri": "/"}}
    few = {name: whole["operations"][name] for name in ("ListModels", "DescribeModel")}
    invented = {name: {"name": name, **spec} for name in names}
    return {**whole, "operations": {**few, **invented}, "shapes": dict(whole["shapes"])}


def test_names_of_operations_are_no_paths(tmp_path: Path) -> None:
    whole = sources.load()
    polls = {"delay": 1, "maxAttempts": 1, "operation": "DescribeModel", "acceptors": []}
    hostile = slices.Sources(
        model(*NAMES), {"pagination": whole.paginators}, {"waiters": dict.fromkeys([*NAMES, "Fine"], polls)}
    )
    inside = tmp_path / "a" / "b" / "slices"
    inside.mkdir(parents=True)
    build(hostile, str(inside), "stamp")
    assert sorted(slices.operations(hostile)) == ["describe-model", "list-models"]
    assert list(slices.waiters(hostile)) == ["fine"]
    outside = [name for name in below(tmp_path) if not name.startswith(os.path.join("a", "b", "slices"))]
    assert outside == ["a", os.path.join("a", "b")]
    assert {path.name for path in (inside / "operations").glob("*.json")} == {
        "describe-model.json",
        "describe-model.docs.json",
        "list-models.json",
        "list-models.docs.json",
    }


@pytest.mark.parametrize("word", ["../../owned", "../operations/list-models", "..", "/etc/passwd", "./list-models"])
def test_words_are_no_paths_either(program: Program, stage: Stage, word: str) -> None:
    one_error(play(program, stage, word), 252)
    one_error(play(program, stage, "wait", word), 252)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "5", "{}", '{"operations": []}', '{"operations": {}, "shapes": {}}', "[" * 100_000, "\0\xff"],
)
def test_a_model_that_is_none(program: Program, stage: Stage, tmp_path: Path, text: str) -> None:
    cache = cold(stage, tmp_path)
    stage.lay(tmp_path, {"models/sagemaker/2017-07-24/service-2.json": text})
    outcome = play(program, stage, "list-models")
    assert outcome.code in (252, 255)
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert [name for name in below(cache) if "building" in name] == []


def test_a_model_that_is_null_is_passed_over(program: Program, stage: Stage, tmp_path: Path) -> None:
    cold(stage, tmp_path)
    stage.lay(tmp_path, {"models/sagemaker/2017-07-24/service-2.json": "null"})
    assert play(program, stage, "list-models").code == 0


def test_a_model_with_hostile_names_serves_its_good_ones(
    program: Program, stage: Stage, endpoint: Endpoint, tmp_path: Path
) -> None:
    cold(stage, tmp_path)
    stage.lay(tmp_path, {"models/sagemaker/2017-07-24/service-2.json": json.dumps(model(*NAMES))})
    endpoint.script([models(1)])
    assert play(program, stage, "list-models", "--query", "Models[].ModelName").code == 0
    assert not [name for name in below(tmp_path) if "owned" in name]
