"""Defaults read from documentation strings: what counts as a statement, and that the table is what is read."""

import json
from typing import Any

import pytest

from awsshadow.compile import sources
from awsshadow.model.families import STATED, inference, stated
from awsshadow.model.families.stated_overrides import CREATED, LISTS
from tests.model.test_family_inference import WRITTEN_FROM

here = pytest.mark.model(WRITTEN_FROM)

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Order": {"type": "string", "enum": ["Ascending", "Descending"]},
    "Sort": {"type": "string", "enum": ["NAME", "CREATION_TIME"]},
    "Zip": {"type": "string", "enum": ["GZIP", "NONE"]},
    "Flag": {"type": "boolean"},
    "Count": {"type": "integer", "min": 1, "max": 100_000},
    "Weight": {"type": "float"},
}


@pytest.fixture(scope="module")
def model() -> Any:
    """The installed botocore's SageMaker model."""
    return sources.load().model


@pytest.mark.parametrize(
    ("member", "shape", "text", "value"),
    [
        ("SortOrder", "Order", "<p>How it is sorted. The default is <code>Ascending</code>.</p>", "Ascending"),
        ("SortOrder", "Order", "<p>It is listed. By default, all are listed in Descending order.</p>", "Descending"),
        ("SortBy", "Sort", "<p>The default value is <code>CreationTime</code>.</p>", "CREATION_TIME"),
        ("SortBy", "Sort", "<p>Sorts by creation time by default.</p>", "CREATION_TIME"),
        ("SortBy", "Sort", "<p>The default is <code>Size</code>.</p>", None),
        ("MaxResults", "Count", "<p>How many (50 by default).</p>", 50),
        ("MaxResults", "Count", "<p>If you don't specify a value, it returns up to 100 of them.</p>", 100),
        ("MaxResults", "Count", "<p>It returns up to 100 of them.</p>", None),
        ("Size", "Zip", "<p>Defaults to gzip.</p>", "GZIP"),
        ("MaxRuntimeInSeconds", "Count", "<p>The default value is 1 day.</p>", 86_400),
        ("IntervalInMilliseconds", "Count", "<p>The default value is 500 milliseconds.</p>", 500),
        ("LimitInSeconds", "Count", "<p>The default value is 3,600 seconds (1 hour).</p>", 3600),
        ("VolumeSizeInGB", "Count", "<p>The default value is <code>5</code> GB.</p>", 5),
        ("Share", "Count", "<p>The default is 0.</p>", None),
        ("Share", "Weight", "<p>If unspecified, it defaults to 1.0.</p>", 1.0),
        ("Share", "Weight", "<p>The default value is 0.2, and values must be less than 1.</p>", 0.2),
        ("On", "Flag", "<p>Whether it is on (defaults to enabled).</p>", True),
        ("On", "Flag", "<p>When <code>False</code> (default), others do it.</p>", False),
        ("On", "Flag", "<p>The default is false, except in the following cases: many.</p>", None),
        ("On", "Flag", "<p>If the other one is on, the default is true.</p>", None),
        ("On", "Flag", "<p>The default is true. For small ones, the default is false.</p>", True),
        ("On", "Flag", "<p>The default is true. The default is false.</p>", None),
        ("Path", "Text", "<p>Where it lies. Defaults to <code>/opt/x/</code>.</p>", "/opt/x/"),
        ("Path", "Text", "<p>The default size is <code>\"Small\"</code>. Others are larger.</p>", "Small"),
        ("Path", "Text", "<p>The default is <code>db_</code> followed by the name.</p>", None),
        ("Path", "Text", "<p>The default repository of the instance.</p>", None),
    ],
)  # fmt: skip
def test_what_counts_as_a_statement(member: str, shape: str, text: str, value: Any) -> None:
    assert stated.stated(member, shape, SHAPES, text) == value


@here
def test_the_table_is_what_the_documentation_says(model: Any) -> None:
    with open(STATED, encoding="utf-8") as file:
        assert file.read() == stated.render(stated.table(model, inference.families(model)))


@here
def test_so_much_is_stated() -> None:
    with open(STATED, encoding="utf-8") as file:
        held = json.load(file)
    lists, created = held["lists"], held["created"]
    assert sum("SortBy" in row for row in lists.values()) == 55
    assert sum("SortOrder" in row for row in lists.values()) == 55
    assert sum("MaxResults" in row for row in lists.values()) == 36
    assert sum(map(len, created.values())) == 158
    ascending = {name for name, row in lists.items() if row.get("SortOrder", "").upper() == "ASCENDING"}
    assert ascending >= {
        *("ListTrainingJobs", "ListProcessingJobs", "ListCompilationJobs", "ListHyperParameterTuningJobs"),
        *("ListModelPackages", "ListModelPackageGroups", "ListWorkteams", "ListCodeRepositories"),
        *("ListClusters", "ListUserProfiles", "ListSpaces"),
    }
    assert lists["ListNotebookInstances"]["SortBy"] == lists["ListAutoMLJobs"]["SortBy"] == "Name"


@here
def test_every_sentence_about_an_order_or_a_size_is_read(model: Any) -> None:
    """Of lists: the few that are not read name a value that is none."""
    with open(STATED, encoding="utf-8") as file:
        held = json.load(file)["lists"]
    unread = set()
    for operation, row in held.items():
        shape = model["shapes"][model["operations"][operation]["input"]["shape"]]
        for member in set(stated.LISTING) & set(shape["members"]):
            text = shape["members"][member].get("documentation", "")
            if "efault" in text and member not in row:
                unread.add(f"{operation}.{member}")
    assert unread == {
        "DescribeEdgeDeploymentPlan.MaxResults",  # says 50, and takes 10 at most
        "ListCandidatesForAutoMLJob.SortBy",  # says Descending
        "ListPipelineExecutionSteps.SortOrder",  # says CreatedTime
    }


@here
def test_overrides_are_about_something(model: Any) -> None:
    for rows, begin in ((LISTS, "List"), (CREATED, "Create")):
        for operation, values in rows.items():
            assert operation.startswith(begin)
            for path, value in values.items():
                shape = _shape_of(model["shapes"], model["operations"][operation]["input"]["shape"], path.split("."))
                assert value is None or isinstance(value, dict) or value in shape.get("enum", [value])


def _shape_of(shapes: Any, name: str, path: list[str]) -> Any:
    for part in path:
        name = shapes[name]["member"]["shape"] if part == "*" else shapes[name]["members"][part]["shape"]
    return shapes[name]
