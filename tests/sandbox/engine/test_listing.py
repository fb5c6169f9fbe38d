"""Ten thousand resources: what a page costs does not grow with them, and pages add up to the whole."""

import json
import sqlite3
from typing import Any

import pytest

from awsshadow.sandbox import service
from awsshadow.sandbox.engine import listing
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.records import Record
from awsshadow.sandbox.state.resources import Resources

MANY = 10_000
#: Instructions of SQLite's machine that one page may take; a scan of ten thousand rows takes far more.
MOST = 6_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: Any) -> Any:
    folder = str(tmp_path_factory.mktemp("crowd"))
    sandbox = service.Sandbox(folder, clock="frozen:2000000")
    connection = sandbox._connection
    with database.writing(connection):
        resources = Resources(connection, "123456789012", "eu-west-1", database.get_clock(connection))
        for i in range(MANY):
            name = f"e{i * 7919 % MANY:05}"
            arn = f"arn:aws:sagemaker:eu-west-1:123456789012:endpoint/{name}"
            doc = {"EndpointName": name, "EndpointConfigName": "c"}
            status = "Failed" if i % 100 == 0 else "InService"
            resources.insert(Record("Endpoint", name, doc, now=1000.0 + i // 3, arn=arn, status=status))
    yield sandbox
    sandbox.close()


def ask(sandbox: Any, **params: Any) -> Any:
    """The document of a page and the instructions it took."""
    steps = [0]

    def count() -> None:
        steps[0] += 1

    sandbox._connection.set_progress_handler(count, 100)
    answer = sandbox.answer("SageMaker.ListEndpoints", json.dumps(params).encode(), "eu-west-1")
    sandbox._connection.set_progress_handler(None, 100)
    assert answer.status == 200, answer.body
    return json.loads(answer.body), steps[0] * 100


@pytest.mark.parametrize("order", ["Ascending", "Descending"])
@pytest.mark.parametrize("sort", ["Name", "CreationTime", "Status"])
def test_pages_add_up_and_stay_cheap(crowd: Any, sort: Any, order: Any) -> None:
    seen, token, pages = [], None, 0
    while True:
        more: dict[str, Any] = {"NextToken": token} if token else {}
        page, cost = ask(crowd, SortBy=sort, SortOrder=order, MaxResults=100, **more)
        assert cost < MOST
        seen += page["Endpoints"]
        pages += 1
        token = page.get("NextToken")
        if token is None:
            break
    assert pages == MANY / 100
    assert len({e["EndpointName"] for e in seen}) == MANY
    member = {"Name": "EndpointName", "CreationTime": "CreationTime", "Status": "EndpointStatus"}[sort]
    values = [e[member] for e in seen]
    assert values == sorted(values, reverse=order == "Descending")


@pytest.mark.parametrize("sort", ["Name", "CreationTime"])
def test_filters_by_status_read_an_index(crowd: Any, sort: Any) -> None:
    page, cost = ask(crowd, StatusEquals="Failed", SortBy=sort, MaxResults=10)
    assert len(page["Endpoints"]) == 10
    assert {e["EndpointStatus"] for e in page["Endpoints"]} == {"Failed"}
    assert cost < MOST * 4


def test_filters_by_time_and_name(crowd: Any) -> None:
    page, _ = ask(crowd, CreationTimeAfter=1000 + 9990 // 3, MaxResults=100)
    assert len(page["Endpoints"]) == 10
    page, _ = ask(crowd, NameContains="0000", MaxResults=100)
    assert {e["EndpointName"] for e in page["Endpoints"]} == {f"e{i:05}" for i in range(10)}


def test_finding_one_touches_few_rows(crowd: Any) -> None:
    plans = [
        "SELECT * FROM resource WHERE scope=? AND family=? AND key=?",
        "SELECT * FROM resource WHERE scope=? AND arn=?",
        "SELECT * FROM resource WHERE due IS NOT NULL AND due<=? ORDER BY due, id",
        "SELECT * FROM resource WHERE due IS NOT NULL AND (waits=0 OR due<=?) ORDER BY due, id",
        "SELECT * FROM resource WHERE waits=1 AND due<=? ORDER BY due, id",
        "SELECT * FROM resource WHERE scope=? AND family=? AND parent=? ORDER BY created, id",
    ]
    for sql in plans:
        plan = crowd._connection.execute(f"EXPLAIN QUERY PLAN {sql}", ("x",) * sql.count("?")).fetchall()
        assert "USING INDEX" in plan[0][3], plan
        assert len(plan) == 1


def test_tokens_belong_to_their_request(crowd: Any) -> None:
    page, _ = ask(crowd, MaxResults=5)
    token = page["NextToken"]
    ask(crowd, MaxResults=50, NextToken=token)
    for params in ({"NameContains": "e"}, {"SortBy": "Name"}, {"SortOrder": "Ascending"}):
        body = json.dumps({**params, "NextToken": token}).encode()
        answer = crowd.answer("SageMaker.ListEndpoints", body, "eu-west-1")
        assert answer.status == 400
        assert json.loads(answer.body)["__type"] == "ValidationException"
    assert crowd.answer("SageMaker.ListModels", json.dumps({"NextToken": token}).encode(), "eu-west-1").status == 400


def test_what_comes_and_goes_between_pages_disturbs_nothing(tmp_path: Any, make_world: Any) -> None:
    world = make_world(service.Sandbox(str(tmp_path)))
    for i in range(6):
        world.ok("CreateExperiment", ExperimentName=f"e{i}")
    first = world.ok("ListExperiments", MaxResults=3, SortBy="Name", SortOrder="Ascending")
    world.ok("DeleteExperiment", ExperimentName="e0")
    world.ok("CreateExperiment", ExperimentName="a-new")
    second = world.ok(
        "ListExperiments", MaxResults=3, SortBy="Name", SortOrder="Ascending", NextToken=first["NextToken"]
    )
    assert [e["ExperimentName"] for e in second["ExperimentSummaries"]] == ["e3", "e4", "e5"]
    assert "NextToken" not in second
    assert sqlite3.sqlite_version_info >= (3, 38)
    world.sandbox.close()


@pytest.mark.parametrize("order", ["Ascending", "Descending"])
def test_what_is_equal_comes_by_age_and_turns_round_with_the_rest(tmp_path: Any, make_world: Any, order: Any) -> None:
    world = make_world(service.Sandbox(str(tmp_path), clock="frozen"))
    hub = world.make("Artifact")["ArtifactArn"]
    ends = [world.make("Context")["ContextArn"] for _ in range(3)]
    for end in ends:
        world.ok("AddAssociation", SourceArn=hub, DestinationArn=end)
    listed = world.ok("ListAssociations", SortBy="SourceArn", SortOrder=order)["AssociationSummaries"]
    names = [world.ok("CreateExperiment", ExperimentName=name)["ExperimentArn"] for name in ("b", "a", "c")]
    found = world.ok("Search", Resource="Experiment", SortBy="CreationTime", SortOrder=order)["Results"]
    pages = world.ok("ListExperiments", SortBy="CreationTime", SortOrder=order)["ExperimentSummaries"]
    turned = slice(None, None, 1 if order == "Ascending" else -1)
    assert [row["DestinationArn"] for row in listed] == ends[turned]
    assert [row["Experiment"]["ExperimentArn"] for row in found] == names[turned]
    assert [row["ExperimentArn"] for row in pages] == names[turned]
    world.sandbox.close()


def test_lists_in_memory_filter_and_sort_by_rows(tmp_path: Any, make_world: Any) -> None:
    world = make_world(service.Sandbox(str(tmp_path), clock="frozen:1000"))
    pipeline = world.make("Pipeline")["PipelineName"]
    for moment in (2000, 3000):
        world.sandbox.close()
        world.sandbox = service.Sandbox(str(tmp_path), clock=f"frozen:{moment}")
        world.ok("UpdatePipeline", PipelineName=pipeline, PipelineDefinition='{"Version": "2020-12-01", "Steps": []}')

    def versions(**asked: Any) -> Any:
        answer = world.ok("ListPipelineVersions", PipelineName=pipeline, **asked)
        return [row["PipelineVersionId"] for row in answer["PipelineVersionSummaries"]], answer.get("NextToken")

    assert versions() == ([3, 2, 1], None)
    assert versions(SortOrder="Ascending") == ([1, 2, 3], None)
    assert versions(CreatedAfter=2000, CreatedBefore=2000) == ([2], None)
    assert versions(CreatedBefore=1) == ([], None)
    first, token = versions(MaxResults=2, CreatedAfter=1000)
    assert (first, versions(MaxResults=2, CreatedAfter=1000, NextToken=token)) == ([3, 2], ([1], None))
    world.sandbox.close()


def test_what_a_view_does_not_say_meets_no_filter() -> None:
    filters: listing.Filters = {"NameContains": ("contains", "Name"), "After": (">=", "Time"), "Kinds": ("in", "Kind")}
    view = {"Name": "abc", "Time": 3, "Kind": "x"}
    assert listing.meets(view, {}, filters)
    assert listing.meets(view, {"NameContains": "b", "After": 3, "Kinds": ["x"]}, filters)
    for asked in ({"NameContains": "d"}, {"After": 4}, {"Kinds": ["y"]}):
        assert not listing.meets(view, asked, filters)
        assert not listing.meets({**dict.fromkeys(view)}, asked, filters)
