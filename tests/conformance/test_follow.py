"""Following a release: what models differ in is told, models are laid in, and what two programs do is compared."""

from __future__ import annotations

import copy
import gzip
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import follow, record
from tests.conformance.changes import changes, touched
from tests.conformance.follow import Findings, Setting
from tests.support import cases, models
from tests.support.models import Model
from tests.support.pool import Pool
from tests.support.program import Spawned

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="a script names its interpreter")


def structure(*members: str) -> dict[str, Any]:
    return {"type": "structure", "members": {member: {"shape": "Text"} for member in members}}


MODEL: dict[str, Any] = {
    "service-2": {
        "operations": {
            "ListShelves": {"name": "ListShelves", "input": {"shape": "ListIn"}, "output": {"shape": "ListOut"}},
            "MakeShelf": {"name": "MakeShelf", "input": {"shape": "MakeIn"}, "errors": [{"shape": "Full"}]},
        },
        "shapes": {
            "Text": {"type": "string"},
            "State": {"type": "string", "enum": ["Ready", "Broken"]},
            "ListIn": structure("After"),
            "ListOut": {"type": "structure", "members": {"State": {"shape": "State"}, "More": {"shape": "ListOut"}}},
            "MakeIn": {**structure("Name"), "required": ["Name"]},
            "Full": structure("Message"),
            "Gone": structure("Message"),
        },
    },
    "paginators-1": {"pagination": {"ListShelves": {"input_token": "After"}}},
    "paginators-1.sdk-extras": {},
    "waiters-2": {"waiters": {"ShelfReady": {"operation": "ListShelves", "delay": 5}}},
    "endpoint-rule-set-1": {"parameters": {"Region": {}}, "rules": [{"type": "error"}]},
}


def changed(**parts: Any) -> Model:
    """The model with values at dotted paths set, or taken away by None; the first word is a file."""
    files = copy.deepcopy(MODEL)
    for path, value in parts.items():
        *above, last = path.replace("service_2", "service-2").replace("_1", "-1").replace("_2", "-2").split("__")
        holder: Any = files
        for word in above:
            holder = holder[int(word) if isinstance(holder, list) else word]
        if value is None:
            del holder[last]
        else:
            holder[last] = value
    return Model(files)


SHAPES = "service_2__shapes__"
OPERATIONS = "service_2__operations__"


@pytest.mark.parametrize(
    ("parts", "lines", "commands"),
    [
        ({}, [], []),
        ({f"{OPERATIONS}DropShelf": {"name": "DropShelf"}}, ["operations added: DropShelf"], ["DropShelf"]),
        ({f"{OPERATIONS}MakeShelf": None}, ["operations removed: MakeShelf"], []),
        (
            {f"{OPERATIONS}MakeShelf__errors": [{"shape": "Gone"}]},
            ["MakeShelf: errors added: Gone", "MakeShelf: errors removed: Full"],
            ["MakeShelf"],
        ),
        (
            {f"{SHAPES}State__enum": ["Ready", "Filling"]},
            [
                "State (of ListShelves): values added: Filling",
                "State (of ListShelves): values removed: Broken",
            ],
            ["ListShelves"],
        ),
        (
            {f"{SHAPES}MakeIn__members": {"Name": {"shape": "State"}, "Wide": {"shape": "Text"}}},
            [
                "MakeIn (of MakeShelf): members added: Wide",
                "MakeIn (of MakeShelf): member Name is {'shape': 'State'}, was {'shape': 'Text'}",
                "inputs with other members or other documentation: MakeShelf",
            ],
            ["MakeShelf"],
        ),
        ({f"{SHAPES}Gone__members": {}}, ["Gone (of no operation): members removed: Message"], []),
        (
            {f"{SHAPES}Text__max": 5},
            [
                "Text (of ListShelves, MakeShelf): max is 5, was None",
                "inputs with other members or other documentation: ListShelves, MakeShelf",
            ],
            ["ListShelves", "MakeShelf"],
        ),
        (
            {f"{SHAPES}MakeIn__members__Name__documentation": "Its name."},
            ["inputs with other members or other documentation: MakeShelf"],
            [],
        ),
        (
            {"paginators_1__pagination": {"MakeShelf": {}}},
            ["pagination added: MakeShelf", "pagination removed: ListShelves"],
            ["ListShelves", "MakeShelf"],
        ),
        (
            {"waiters_2__waiters__ShelfReady__delay": 6},
            [
                (
                    "waiters of ShelfReady is {'operation': 'ListShelves', 'delay': 6}, "
                    "was {'operation': 'ListShelves', 'delay': 5}"
                )
            ],
            [],
        ),
        (
            {"endpoint-rule-set_1__parameters": {"Region": {}, "Account": {}}, "endpoint-rule-set_1__rules": []},
            ["parameters of the endpoint rules added: Account", "endpoint rules: others than before"],
            [],
        ),
    ],
)
def test_what_two_models_differ_in(parts: dict[str, Any], lines: list[str], commands: list[str]) -> None:
    old, new = Model(copy.deepcopy(MODEL)), changed(**parts)
    assert changes(old, new) == lines
    assert touched(old, new) == commands
    assert (old.digest == new.digest) == (not lines)


def test_the_installed_model_differs_in_nothing_from_itself() -> None:
    assert changes(models.installed(), models.installed()) == []
    assert touched(models.installed(), models.installed()) == []


def test_a_model_is_laid_in_as_plain_files(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    target.mkdir()
    for name, document in MODEL.items():
        if document:
            (source / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(document).encode()))
    for name in ("service-2.json", "waiters-2.json.gz", "paginators-1.sdk-extras.json", "completions-1.json"):
        (target / name).write_text("{}")
    follow.lay(source, target)
    assert models.read(target).digest == Model(MODEL).digest
    assert sorted(path.name for path in target.iterdir()) == [
        "completions-1.json",
        "endpoint-rule-set-1.json",
        "paginators-1.json",
        "service-2.json",
        "waiters-2.json",
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("2.36.8", "awscli @ git+https://github.com/aws/aws-cli.git@2.36.8"),
        ("/src/aws-cli", "/src/aws-cli"),
        ("./aws-cli", "./aws-cli"),
        ("git+file:///src/aws-cli@2.36.8", "git+file:///src/aws-cli@2.36.8"),
        ("https://example.test/aws-cli.git@main", "git+https://example.test/aws-cli.git@main"),
    ],
)
def test_what_is_installed(where: str, expected: str) -> None:
    assert follow.requirement(where) == expected


def test_nothing_is_built_in_a_checkout(tmp_path: Path) -> None:
    checkout = tmp_path / "aws-cli"
    for name in ("pyproject.toml", "build/ac.index", ".git/HEAD", "awscli/__init__.py"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("")
    for _ in range(2):
        copy = follow.copied(checkout, tmp_path / "source")
        assert sorted(path.name for path in copy.rglob("*")) == ["__init__.py", "awscli", "pyproject.toml"]


PROGRAM = """#!{python}
import sys
print({says!r}, *sys.argv[1:])
sys.exit({code})
"""


def scripted(path: Path, says: str, code: int = 0) -> str:
    """A program that prints a word and what it is given."""
    path.write_text(PROGRAM.format(python=sys.executable, says=says, code=code))
    path.chmod(0o755)
    return str(path)


def recorded(number: int, stdout: str, **more: Any) -> dict[str, Any]:
    expected = {"rc": 0, "stdout": stdout, "stderr": "", "requests": []}
    return {"id": f"paginate-{number:04d}", "kind": "paginate", "argv": ["x"], "expect": expected, **more}


@needs_scripts
def test_expectations_and_differences_are_told(tmp_path: Path) -> None:
    real, own = scripted(tmp_path / "real", "one"), scripted(tmp_path / "own", "two")
    setting = Setting(real, sys.executable, Model(MODEL), "1.44.8")
    held = [recorded(1, "one x\n"), recorded(2, "three x\n"), recorded(3, "never\n", since="1.50.0")]
    drawn = [{"id": "drawn-0-1", "kind": "drawn", "argv": ["y"]}]
    pools = [Pool(partial(Spawned, path), workers=1) for path in (real, own)]
    found = follow.compare(held, drawn, setting, pools[0], pools[1])
    assert (found.compared, found.code) == (3, 1)
    assert list(found.expectations) == ["paginate-0002"]
    assert "-three x\n+one x" in found.expectations["paginate-0002"]
    assert "rule: output 3.1 Which operations are paginated" in found.expectations["paginate-0002"]
    assert list(found.differing) == ["paginate-0001", "paginate-0002", "drawn-0-1"]
    assert "-one y\n+two y" in found.differing["drawn-0-1"]
    text = follow.report(found)
    assert "== Expectations that changed: 1 of 3 commands\npaginate-0002\n" in text
    assert "== The model\nsays the same as the one installed here" in text


@needs_scripts
def test_nothing_is_to_be_done_where_all_agree(tmp_path: Path) -> None:
    path = scripted(tmp_path / "aws", "one")
    setting = Setting(path, sys.executable, Model(MODEL), "1.44.8")
    pools = [Pool(partial(Spawned, path), workers=1) for _ in range(2)]
    found = follow.compare([recorded(1, "one x\n")], [], setting, pools[0], pools[1])
    assert (found.code, found.compared) == (0, 1)
    assert follow.report(found).endswith("== Differences of awsshadow: 0 of 1 commands")


@needs_scripts
def test_an_installed_aws_is_not_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "awscli" / "botocore"
    folder = package / "data" / "sagemaker" / "2017-07-24"
    folder.mkdir(parents=True)
    for place in (package.parent, package):
        (place / "__init__.py").write_text("")
    (folder / "service-2.json").write_text(json.dumps(MODEL["service-2"]))
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    aws = tmp_path / "aws"
    aws.write_text(f"#!{python}\n")
    assert follow.main(["--aws-cli", str(aws)]) == 2
    assert "another service model" in capsys.readouterr().err
    assert follow.main(["--aws-cli", str(aws), "--botocore", "1.44.8"]) == 2
    assert "--botocore" in capsys.readouterr().err
    assert record.model_of(str(aws)).service == MODEL["service-2"]
    assert os.listdir(folder) == ["service-2.json"]


QUOTING = {
    "id": "skeleton-yaml-input-0001",
    "kind": "skeleton-yaml-input",
    "argv": ["sagemaker", "make-shelf", "--generate-cli-skeleton", "yaml-input"],
}


def test_the_expectation_is_that_of_the_newest_model_before() -> None:
    def of(case: dict[str, Any], version: str) -> Any:
        found = cases.expectation(case, Model(MODEL), version)
        return found if isinstance(found, str) else found["stdout"]

    case = recorded(1, "a", later={"1.44.10": {"stdout": "c"}, "1.44.8": {"stdout": "b"}})
    assert [of(case, version) for version in ("1.44.5", "1.44.8", "1.44.9", "1.44.10", "2.0.0")] == list("abbcc")
    newer = recorded(1, "a", since="1.44.8")
    assert of(newer, "1.44.10") == "a"
    assert of(newer, "1.44.5") == "came with botocore 1.44.8; this is the model of 1.44.5"


def test_what_quotes_documentation_holds_where_the_model_says_the_same() -> None:
    documented = changed(**{f"{SHAPES}MakeIn__members__Name__documentation": "Its name."})
    other = changed(**{f"{SHAPES}MakeIn__members__Name__documentation": "Its other name."})
    elsewhere = changed(**{f"{SHAPES}ListIn__members__After__documentation": "Where to go on."})
    recorder = record.Recorder(documented, "1.44.8")
    case: dict[str, Any] = dict(QUOTING)
    got = {"rc": 0, "stdout": "Name: ''  # Its name.\n", "stderr": "", "requests": []}
    assert recorder.take(case, got)
    assert "stdout" not in case["expect"]
    assert cases.differences({**case, "expect": cases.expectation(case, documented, "1.44.8")}, got) is None
    assert not recorder.take(case, got)
    assert isinstance(cases.expectation(case, other, "1.44.9"), str)
    assert isinstance(cases.expectation(case, elsewhere, "1.44.9"), str)
    assert record.Recorder(elsewhere, "1.44.9").take(case, {**got, "stdout": "Name: ''\n"})
    assert set(case["later"]) == {"1.44.9"}
    for model, version in ((documented, "1.44.9"), (elsewhere, "1.44.10")):
        expected = cases.expectation(case, model, version)
        assert isinstance(expected, dict)
        assert expected["quotes"] == cases.quoted(case, model)


def test_a_new_model_is_recorded_beside_the_old_one() -> None:
    base, *_ = models.recorded()
    case = recorded(1, "a")
    got = {"rc": 0, "stdout": "b", "stderr": "", "requests": []}
    assert record.Recorder(Model(MODEL), "9.0.0").take(case, got)
    assert (case["expect"]["stdout"], case["later"]["9.0.0"]["stdout"]) == ("a", "b")
    assert record.Recorder(Model(MODEL), base).take(case, got)
    assert case["expect"]["stdout"] == "b"
    assert record.Recorder(Model(MODEL), "9.0.0", replace=True).take(case, {**got, "stdout": "c"})
    assert case["expect"]["stdout"] == "c"
    assert "later" not in case


def test_cases_are_added_with_the_next_number(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    path.write_text('{"kind": "wait", "argv": []}\n{"kind": "wait", "argv": []}\n{"kind": "new", "argv": []}\n')
    known = [{"kind": "wait", "id": "wait-0007"}, {"kind": "wait", "id": "wait-0003"}]
    assert [case["id"] for case in record.added(path, known)] == ["wait-0008", "wait-0009", "new-0001"]
    path.write_text('{"kind": "wait", "argv": [], "id": "wait-0001"}\n')
    with pytest.raises(ValueError, match="no input of a case"):
        record.added(path, known)


def test_models_are_named_by_what_they_say() -> None:
    assert [models.numbers(version) for version in models.recorded()] == sorted(map(models.numbers, models.recorded()))
    assert len(set(models.recorded().values())) == len(models.recorded())
    with pytest.raises(ValueError, match=r"no model is recorded as that of botocore 0\.0\.1"):
        models.why_not(("0.0.1",))


def test_findings_without_differences_leave_nothing_to_do() -> None:
    assert Findings(model=["operations added: A"]).code == 0
