"""What may be in a dump: everything is checked before anything is replaced."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsshadow.errors import ParameterError
from awsshadow.model.families import table
from awsshadow.sandbox import admin, contents
from awsshadow.sandbox.service import Sandbox

WRITTEN = Path(__file__).parent / "state" / "format_1" / "dump.jsonl"
ACCOUNT = "123456789012"


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A dump with plans under way, in the format of now."""
    folder = str(tmp_path_factory.mktemp("dumped"))
    admin.load(folder, WRITTEN.read_text(encoding="utf-8").splitlines())
    return list(admin.dump(folder))


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A sandbox with one experiment."""
    sandbox = Sandbox(str(tmp_path))
    assert sandbox.answer("SageMaker.CreateExperiment", b'{"ExperimentName": "kept"}', "eu-west-1").status == 200
    sandbox.close()
    return str(tmp_path)


def find(lines: list[str], name: str, value: str) -> int:
    """The place of the first row in which a column has a value."""
    return next(i for i, line in enumerate(lines) if i and json.loads(line)[1].get(name) == value)


def changed(lines: list[str], place: int, **columns: Any) -> list[str]:
    kind, row = json.loads(lines[place])
    return [*lines[:place], json.dumps([kind, {**row, **columns}]), *lines[place + 1 :]]


PLAN = {"after": 1, "status": "Done"}


#: What no step of a plan can have.
WRONG_STEPS: list[dict[str, object]] = [
    {"after": -1}, {"after": "1"}, {"after": True}, {"after": None}, {"after": 1e15}, {"status": 1},
    {"patch": []}, {"times": "x"}, {"times": [1]}, {"gone": False}, {"effect": 5}, {"more": 1},
]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"plan": "oops"}, "plan is not JSON"),
        ({"plan": '"oops"'}, "a plan is a list of steps"),
        ({"plan": '["oops"]'}, "a step of a plan has either 'after' or 'at'"),
        ({"plan": '[{"status": "Done"}]'}, "a step of a plan has either 'after' or 'at'"),
        ({"plan": '[{"after": 1, "at": 1}]'}, "a step of a plan has either 'after' or 'at'"),
        *(
            ({"plan": json.dumps([{**PLAN, **step}])}, f"a step of a plan cannot have '{next(iter(step))}'")
            for step in WRONG_STEPS
        ),
        ({"plan": '[{"after": NaN}]'}, "plan cannot be"),
        ({"plan": '[{"after": 1e999}]'}, "plan cannot be"),
        ({"plan": '[{"after": 1, "patch": {"a": 1e999}}]'}, "plan cannot be"),
        ({"plan": '[{"after": 1, "effect": "nonsense"}]'}, "no version knows the effect 'nonsense'"),
        ({"plan": '[{"after": 1}]'}, "due and waits are not those of the plan"),
        ({"due": 5}, "due and waits are not those of the plan"),
        ({"waits": 1}, "due and waits are not those of the plan"),
        ({"waits": 2}, "waits cannot be 2"),
        ({"waits": False}, "waits cannot be False"),
        ({"due": "soon"}, "due cannot be 'soon'"),
        ({"doc": "{"}, "doc is not JSON"),
        ({"doc": "[]"}, "doc cannot be []"),
        ({"doc": '{"a": Infinity}'}, "doc cannot be"),
        ({"doc": '{"a": "\\ud800"}'}, "doc cannot be"),
        ({"doc": '{"a":' * 200_000 + "1" + "}" * 200_000}, "doc cannot be read: it is nested too deeply"),
        ({"doc": {}}, "doc cannot be {}"),
        ({"family": "Nonsense"}, "no version knows the family 'Nonsense'"),
        ({"family": None}, "family cannot be None"),
        ({"scope": "here"}, "scope cannot be 'here'"),
        ({"scope": f"{ACCOUNT}/a/b"}, "scope cannot be"),
        ({"id": 0}, "id cannot be 0"),
        ({"id": 1.5}, "id cannot be 1.5"),
        ({"id": 2**70}, "id cannot be"),
        ({"created": "today"}, "created cannot be 'today'"),
        ({"created": float("nan")}, "created cannot be nan"),
        ({"created": -1}, "created cannot be -1"),
        ({"modified": 1e300}, "modified cannot be 1e+300"),
        ({"name": None}, "name cannot be None"),
        ({"key": "\ud800"}, "key cannot be"),
        ({"more": 1}, "resource rows have the columns id, scope"),
    ],
)  # fmt: skip
def test_a_resource_that_cannot_be(folder: str, dumped: list[str], columns: dict[str, Any], reason: str) -> None:
    before = list(admin.dump(folder))
    with pytest.raises(ParameterError) as caught:
        admin.load(folder, changed(dumped, 1, **columns))
    assert caught.value.message.startswith("line 2 is not of a dump of a sandbox: ")
    assert reason in caught.value.message
    assert "\n" not in caught.value.message
    assert list(admin.dump(folder)) == before


@pytest.mark.parametrize(
    ("where", "columns", "reason"),
    [
        (("kind", "clock"), {"value": "[]"}, "a clock is a mode and three numbers"),
        (("kind", "clock"), {"value": '["sundial", 1, 1, 1]'}, "a clock is a mode and three numbers"),
        (("kind", "clock"), {"value": '["real", 1, 1, NaN]'}, "value cannot be"),
        (("kind", "clock"), {"scope": f"{ACCOUNT}/eu-west-1"}, "no version knows the note 'clock'"),
        (("kind", "clock"), {"key": "x"}, "no version knows the note 'clock' of a whole sandbox"),
        (("kind", "faults"), {"value": '{"late": [{"seconds": -5}]}'}, "'seconds' must be a number from 0 to 3600"),
        (("kind", "faults"), {"kind": "nonsense"}, "no version knows the note 'nonsense' of a whole sandbox"),
        (("kind", "portfolio"), {"value": '"Perhaps"'}, "the note portfolio cannot be 'Perhaps'"),
        (("kind", "portfolio"), {"kind": "nonsense"}, "no version knows the note 'nonsense'"),
        (("kind", "pipeline-version"), {"value": '"1"'}, "the note pipeline-version cannot be '1'"),
        (("kind", "pipeline-version"), {"value": "{"}, "value is not JSON"),
        (("operation", "CreatePipeline"), {"answer": "[]"}, "answer cannot be []"),
        (("operation", "CreatePipeline"), {"scope": ""}, "scope cannot be ''"),
        (("value", "retention"), {"value": 5}, "value cannot be 5"),
        (("kind", "ContributedTo"), {"created": None}, "created cannot be None"),
    ],
)
def test_other_rows_that_cannot_be(
    folder: str, dumped: list[str], where: tuple[str, str], columns: dict[str, Any], reason: str
) -> None:
    place = find(dumped, *where)
    with pytest.raises(ParameterError) as caught:
        admin.load(folder, changed(dumped, place, **columns))
    assert caught.value.message.startswith(f"line {place + 1} is not of a dump of a sandbox: ")
    assert reason in caught.value.message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "Expecting value"),
        ("nonsense", "Expecting value"),
        ("{}", "a line holds the name of a table and a row of it"),
        ('["sqlite_master", {}]', "a line holds the name of a table and a row of it"),
        ('[["resource"], {}]', "a line holds the name of a table and a row of it"),
        ('["resource", []]', "a row is a JSON object"),
        ('["resource", {}]', "resource rows have the columns"),
        ("[" * 100_000, "it is nested too deeply"),
        ("9" * 5000, "line 2 is not of a dump of a sandbox"),
    ],
)
def test_lines_that_are_no_rows(folder: str, dumped: list[str], line: str, reason: str) -> None:
    with pytest.raises(ParameterError) as caught:
        admin.load(folder, [dumped[0], line, *dumped[2:]])
    assert reason in caught.value.message


def test_a_row_that_is_there_twice(folder: str, dumped: list[str]) -> None:
    with pytest.raises(ParameterError, match="line 3 is not of a dump of a sandbox: it repeats another line"):
        admin.load(folder, changed(dumped, 1, id=2))
    assert [row["name"] for row in admin.listing(folder)] == ["kept"]


@pytest.mark.parametrize("format", [0, 3, 99, "1", None, True, 1.5, [], 10**400])
def test_formats_that_nobody_knows(folder: str, dumped: list[str], format: Any) -> None:
    with pytest.raises(ParameterError, match=r"line 1 is not of a dump of a sandbox: it is in format .* 1 to 2$"):
        admin.load(folder, [json.dumps({"awsshadow-sandbox": format}), *dumped[1:]])


#: Values of JSON that a damaged line may come to hold.
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from([10**30, 1e308, 2**63, -1.5]), st.text(max_size=5),
    st.sampled_from(["[]", "{}", '"oops"', "[{}]", "null", "5", "Endpoint", "InService", "real"]),
    st.just([]), st.just({}),
)  # fmt: skip


@st.composite
def damages(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """A dump one line of which was changed: a few characters of it, or one value of it wherever that lies."""
    place = draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    if draw(st.booleans()):
        begin = draw(st.integers(0, len(line)))
        end = draw(st.integers(begin, min(len(line), begin + 6)))
        line = line[:begin] + draw(st.text(max_size=6)) + line[end:]
    else:
        line = json.dumps(_elsewhere(draw, json.loads(line)))
    return [*lines[:place], line, *lines[place + 1 :]]


def _elsewhere(draw: st.DrawFn, value: Any) -> Any:
    """The value with one of those inside it replaced, taken away or called otherwise."""
    inside = _decoded(value)
    if inside is not None and draw(st.booleans()):
        return json.dumps(_elsewhere(draw, inside))
    if not isinstance(value, list | dict) or not value:
        return draw(VALUES)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw(st.sampled_from(keys))
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    how = draw(st.sampled_from(["inside", "inside", "inside", "gone", "renamed"]))
    if how == "inside":
        copy[key] = _elsewhere(draw, copy[key])
    elif how == "gone" or isinstance(copy, list):
        del copy[key]
    else:
        copy[draw(st.text(max_size=4))] = copy.pop(key)
    return copy


def _decoded(value: Any) -> Any:
    try:
        found = json.loads(value)
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, list | dict) else None


LISTS = sorted(
    operation
    for family in table().values()
    for operation, role in family.operations.items()
    if role == "list" and operation in {
        "ListModels", "ListEndpoints", "ListEndpointConfigs", "ListInferenceExperiments", "ListPipelines",
        "ListTrainingJobs", "ListArtifacts", "ListActions",
    }
)  # fmt: skip


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_dump_is_refused_or_everything_works(dumped: list[str], data: st.DataObject) -> None:
    lines = data.draw(damages(dumped))
    with tempfile.TemporaryDirectory() as folder:
        if refused(folder, lines):
            assert admin.listing(folder) == []
            return
        assert works(folder)
        admin.advance_clock(folder, "60d")
        assert works(folder)
        again = list(admin.dump(folder))
        assert admin.load(folder, again) == len(again) - 1


def refused(folder: str, lines: list[str]) -> bool:
    try:
        admin.load(folder, lines)
    except ParameterError as error:
        return "\n" not in error.message
    return False


def works(folder: str) -> bool:
    """Every list is answered, in either region, and all that is kept is shown."""
    rows = admin.listing(folder)
    assert all(row["damage"] == "" or row["status"] == "damaged" for row in rows)
    sandbox = Sandbox(folder)
    try:
        for operation in LISTS:
            answer = sandbox.answer(f"SageMaker.{operation}", b"{}", "us-east-1")
            assert (answer.status, answer.failure) == (200, None), (operation, answer.body)
    finally:
        sandbox.close()
    return True


def test_every_kind_of_note_and_family_that_is_written_is_known() -> None:
    """What the operations write is what a dump may hold; a new kind or part goes into ``contents``."""
    import ast

    from awsshadow.sandbox import operations, services

    notes: set[str] = set()
    parts: dict[str, set[str]] = {"operations": set(), "services": set()}
    for path in [path for room in (operations, services) for path in Path(room.__path__[0]).glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            if isinstance(node.func, ast.Attribute) and node.func.attr in {"put_note", "next_number"}:
                notes.add(str(first.value) if isinstance(first, ast.Constant) else named[ast.unparse(first)])
            elif isinstance(node.func, ast.Name) and node.func.id == "Record" and isinstance(first, ast.Name):
                parts[path.parent.name].add(named.get(first.id, first.id))
    assert notes == set(contents.NOTES)
    assert parts["operations"] - {"NODE", "OPERATION"} | {"ClusterNode", "ClusterOperation"} == contents.PARTS
    assert parts["services"] == contents.AROUND
