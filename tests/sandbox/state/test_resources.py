"""What the state is asked by family, column and member, and that lists of it are read through an index."""

import json
import sqlite3
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.sandbox.engine import listing
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.clock import Clock
from awsshadow.sandbox.state.conditions import COMPARISONS, expression
from awsshadow.sandbox.state.records import Record
from awsshadow.sandbox.state.resources import Resources, first_due, has_due, place

CLOCK = Clock("frozen", 1000.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def file(tmp_path_factory: Any) -> Any:
    connection = database.connect(str(tmp_path_factory.mktemp("state")))
    yield connection
    connection.close()


@pytest.fixture
def resources(file: Any, request: Any) -> Resources:
    """An empty scope."""
    return Resources(file, request.node.name, "eu-west-1", CLOCK)


def put(resources: Resources, key: str, now: float = 1.0, **more: Any) -> Record:
    doc = more.pop("doc", {})
    record = Record("Model", key, doc, now=now, arn=f"arn:{resources.scope}:{key}", **more)
    assert resources.insert(record)
    return record


def keys(records: Any) -> list[str]:
    return [record.key for record in records]


def test_a_record_comes_back_as_it_was_stored(resources: Resources) -> None:
    plan: Any = [{"after": 3, "status": "Gone"}]
    stored = put(resources, "a", doc={"X": [1]}, name="A", parent="p", status="Here", plan=plan)
    found = resources.get("Model", "a")
    assert found is not None
    assert all(getattr(found, name) == getattr(stored, name) for name in Record.__slots__)
    assert found.id
    assert found.due() == (4.0, 0)
    found.become("There", [], 9.0)
    found.doc["X"].append(2)
    resources.save(found)
    again = resources.get("Model", stored.arn or "")
    assert again is not None
    assert (again.status, again.plan, again.doc, again.created, again.modified) == (
        "There",
        [],
        {"X": [1, 2]},
        1.0,
        9.0,
    )


def test_keys_and_arns_are_taken_once(resources: Resources) -> None:
    put(resources, "a")
    assert not resources.insert(Record("Model", "a", {}, now=1.0))
    assert not resources.insert(Record("Model", "b", {}, now=1.0, arn=f"arn:{resources.scope}:a"))
    assert resources.insert(Record("Endpoint", "a", {}, now=1.0))


def test_finding_by_columns_and_members(resources: Resources) -> None:
    put(resources, "new", now=3.0, parent="p", doc={"A": {"B": "x"}})
    put(resources, "old", now=2.0, parent="p", status="S", doc={"A": {"B": "y"}})
    put(resources, "other", now=1.0, parent="q", doc={"A": {}})
    assert keys(resources.find("Model")) == ["other", "old", "new"]
    assert keys(resources.find("Model", parent="p")) == ["old", "new"]
    assert keys(resources.find("Model", parent="p", status="S")) == ["old"]
    assert keys(resources.where_member("Model", "A.B", "x")) == ["new"]
    assert keys(resources.find("Model", ("status", "not in", ["S"]), parent="p")) == ["new"]
    assert keys(resources.find("Endpoint")) == []
    assert (resources.count("Model"), resources.count("Model", parent="p")) == (3, 2)
    assert resources.any("Model", [("$.A.B", "prefix", "y")])
    assert not resources.any("Model", [("$.A.B", "prefix", "z")])


def test_a_path_is_member_names_only() -> None:
    with pytest.raises(ValueError, match="not a path"):
        expression("$.A') OR 1 --")


def test_associations_go_with_their_ends(resources: Resources) -> None:
    a, b, c = (put(resources, key) for key in "abc")
    for source, destination in ((a, b), (b, c), (a, c)):
        resources.associate(source.arn or "", destination.arn or "", "Produced")
    assert [edge["destination"] for edge in resources.associations(source=a.arn or "")] == [b.arn, c.arn]
    assert keys(resources.find("Model", ("arn", "source of", c.arn))) == ["a", "b"]
    assert keys(resources.find("Model", ("arn", "destination of", [a.arn, b.arn]))) == ["b", "c"]
    assert resources.dissociate(a.arn or "", b.arn or "")
    assert not resources.dissociate(a.arn or "", b.arn or "")
    resources.remove(c)
    assert resources.associations() == []


def test_tags_go_with_their_resource(resources: Resources) -> None:
    arn = put(resources, "a").arn or ""
    resources.put_tags(arn, [{"Key": "b", "Value": "1"}, {"Key": "a", "Value": "2"}])
    resources.put_tags(arn, [{"Key": "b", "Value": "3"}])
    assert resources.tags(arn) == [{"Key": "b", "Value": "3"}, {"Key": "a", "Value": "2"}]
    assert resources.tagged() == {arn: {"b": "3", "a": "2"}}
    resources.remove_tags(arn, ["a"])
    assert resources.tags(arn) == [{"Key": "b", "Value": "3"}]
    resources.remove(resources.find("Model")[0])
    assert resources.tags(arn) == []


def test_answers_are_kept_by_operation_and_token(resources: Resources) -> None:
    assert resources.answered("CreateModel", "t") is None
    resources.put_answer("CreateModel", "t", "asked", "answer")
    assert resources.answered("CreateModel", "t") == ("asked", "answer")
    assert resources.answered("CreateApp", "t") is None


def test_what_is_due_comes_in_the_order_of_its_moments(tmp_path: Any) -> None:
    file = database.connect(str(tmp_path))
    resources = Resources(file, "1", "eu-west-1", CLOCK)
    put(resources, "late", plan=[{"at": 20.0}])
    put(resources, "soon", plan=[{"after": 9.0}])
    put(resources, "never")
    assert not has_due(file, "frozen", 5.0)
    row = first_due(file, "frozen", 30.0)
    assert row is not None
    assert Record.from_row(row).key == "soon"
    # The step clock moves on only what waits for a moment, the instant clock all the rest at once.
    assert has_due(file, "step", 20.0)
    assert not has_due(file, "step", 19.0)
    assert has_due(file, "instant", 0.0)
    file.close()


ROWS = st.lists(
    st.fixed_dictionaries(
        {"created": st.integers(0, 3), "name": st.text("abc", max_size=3), "X": st.none() | st.text("abc", max_size=3)}
    ),
    max_size=8,
)
COMPARED = ("=", ">=", "<=", "contains", "prefix")


_scopes = count()


@pytest.fixture(scope="module")
def memory() -> Any:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in database.SCHEMA.split(";\n"):
        connection.execute(statement)
    yield connection
    connection.close()


@given(ROWS, st.sampled_from(COMPARED), st.sampled_from(["name", "X"]), st.text("abc", max_size=2), st.booleans())
def test_memory_and_file_select_and_sort_alike(
    memory: Any, rows: Any, comparison: Any, member: Any, asked: Any, ascending: Any
) -> None:
    resources = Resources(memory, str(next(_scopes)), "eu-west-1", CLOCK)
    for number, row in enumerate(sorted(rows, key=lambda row: row["created"])):
        doc = {"X": row["X"], "N": number} if row["X"] is not None else {"N": number}
        record = Record("Model", str(number), doc, now=row["created"], parent=row["name"])
        record.name = row["name"]
        resources.insert(record)
    field = "name" if member == "name" else "$.X"
    order = {"name": "name", "X": "$.X"}[member]
    found, after = [], None
    while part := resources.page(
        "Model", [(field, comparison, asked)], order=order, ascending=ascending, after=after, size=2
    ):
        found += part
        after = place(part[-1], order)
    views = [{**record.doc, "name": record.name} for record in resources.find("Model")]
    params = {"F": asked, "SortOrder": "Ascending" if ascending else "Descending"}
    chosen = [view for view in views if listing.meets(view, params, {"F": (comparison, member)})]
    shown = listing.ordered(chosen, params, lambda view: (view[member], view["N"]))
    assert [record.doc["N"] for record in found] == [view["N"] for view in shown]


def test_every_comparison_of_memory_is_one_of_the_file() -> None:
    assert set(listing.COMPARISONS) <= set(COMPARISONS)


@pytest.mark.parametrize("ascending", [True, False])
def test_what_comes_after_a_place_is_found_where_much_is_equal(resources: Resources, ascending: bool) -> None:
    """Every page begins where the one before ended, by the indexes: not by walking what was shown."""
    for number in range(30):
        put(resources, f"k{number:02}", now=1.0 + number // 10)
    asked: list[str] = []
    resources.connection.set_trace_callback(asked.append)
    found: list[Record] = []
    while len(found) < 30:
        after = place(found[-1], "created") if found else None
        page = resources.page("Model", (), order="created", ascending=ascending, after=after, size=4)
        found += page
    resources.connection.set_trace_callback(None)
    assert keys(found) == sorted(keys(found), reverse=not ascending)
    plans = [row[3] for sql in asked[1:] for row in resources.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    sign = ">" if ascending else "<"
    beyond = (f"(scope=? AND family=? AND created=? AND id{sign}?)", f"(scope=? AND family=? AND created{sign}?)")
    assert all(plan.endswith(beyond) for plan in plans), plans


def plans(sandbox: Sandbox, operation: str, **params: Any) -> list[str]:
    """How SQLite reads the resources that a request lists."""
    asked: list[str] = []
    sandbox._connection.set_trace_callback(asked.append)
    answer = sandbox.answer(f"SageMaker.{operation}", json.dumps(params).encode(), "eu-west-1")
    sandbox._connection.set_trace_callback(None)
    assert answer.status == 200, answer.body
    pages = [sql for sql in asked if "FROM resource" in sql and "LIMIT" in sql and "due" not in sql]
    assert len(pages) == 1
    return [row[3] for row in sandbox._connection.execute(f"EXPLAIN QUERY PLAN {pages[0]}")]


@pytest.mark.parametrize(
    ("operation", "params", "index"),
    [
        ("ListEndpoints", {}, "resource_created"),
        ("ListEndpoints", {"SortBy": "Name"}, "resource_name"),
        ("ListEndpoints", {"SortBy": "Status", "SortOrder": "Ascending"}, "resource_status"),
        ("ListEndpoints", {"SortBy": "Name", "StatusEquals": "Failed", "CreationTimeAfter": 5}, "resource_name"),
        ("ListEndpoints", {"CreationTimeAfter": 5, "CreationTimeBefore": 9}, "resource_created"),
        ("ListModels", {"NameContains": "a"}, "resource_created"),
        ("ListUserProfiles", {"DomainIdEquals": "d-1"}, "resource_parent"),
        ("ListUserProfiles", {"DomainIdEquals": "d-1", "SortBy": "LastModifiedTime"}, "resource_modified"),
        ("ListModelPackages", {"SortBy": "Name"}, "resource_name"),
        ("ListModelPackages", {}, "resource_parent"),
    ],
)
def test_lists_are_read_through_the_index_of_their_order(
    sandbox: Sandbox, operation: Any, params: Any, index: Any
) -> None:
    plan = plans(sandbox, operation, **params)
    assert len(plan) == 1, plan
    assert f"SEARCH resource USING INDEX {index} (scope=? AND family=?" in plan[0]


@pytest.mark.parametrize(
    ("operation", "family", "index"),
    [
        ("ListTrialComponents", "Trial", "INDEX association_back (scope=? AND destination=?)"),
        ("ListTrialComponents", "Experiment", "INDEX association_back (scope=? AND destination=?)"),
        ("ListTrials", "TrialComponent", "COVERING INDEX sqlite_autoindex_association_1 (scope=? AND source=?)"),
    ],
)
def test_what_is_associated_is_found_through_an_index(
    sandbox: Sandbox, make_world: Any, operation: Any, family: Any, index: Any
) -> None:
    name = make_world(sandbox).make(family)[f"{family}Name"]
    plan = plans(sandbox, operation, **{f"{family}Name": name})
    assert f"SEARCH association USING {index}" in plan
    assert any(line.startswith("SEARCH resource USING INDEX") for line in plan)
