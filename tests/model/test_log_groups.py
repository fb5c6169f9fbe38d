"""Where resources write their logs: one table for what names, reads and plays them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from awsshadow.model.families import describing, log_groups, table
from awsshadow.model.families.log_groups import LOGS, LogPlace
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.services import log_sources
from tests.sandbox.conftest import World, _load_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

PAGE = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "extras.md")
MODEL = _load_model()
SHAPES = MODEL["shapes"]


def output(title: str) -> str:
    shape: str = MODEL["operations"][describing.describe(table()[title])]["output"]["shape"]
    return shape


def structures(shape: str, seen: set[str]) -> Iterator[str]:
    """The structures in a shape, those inside maps excepted."""
    kind = SHAPES[shape]
    if shape in seen:
        return
    seen.add(shape)
    if kind["type"] == "list":
        yield from structures(kind["member"]["shape"], seen)
    if kind["type"] == "structure":
        yield shape
        for member in kind["members"].values():
            yield from structures(member["shape"], seen)


def test_every_row_is_of_a_family_with_a_status_and_has_a_source() -> None:
    known = {family.title for family in describing.with_status().values()}
    assert set(LOGS) <= known
    assert all(row.source for row in LOGS.values())


def test_the_page_has_every_row() -> None:
    with open(PAGE, encoding="utf-8") as file:
        rows = [line for line in file if line.startswith("| `")]
    for title, row in LOGS.items():
        beginning = f"| `{describing.typed(table()[title])}` | " + (f"`{row.group}`" if row.group else "the one")
        assert any(line.startswith(beginning) for line in rows), title


@pytest.mark.parametrize("title", [title for title, row in LOGS.items() if row.group])
def test_a_description_has_what_a_row_needs(title: str) -> None:
    members = SHAPES[output(title)]["members"]
    document = dict.fromkeys(members, "x") | {table()[title].arn or "": "arn:aws:sagemaker:r:1:type/x"}
    found = log_groups.places(table()[title], document)
    assert found
    assert not any("{" in place.group + place.stream for place in found)


def test_families_whose_description_names_a_group_have_a_row() -> None:
    """A new member of that kind fails this test."""
    naming = {
        family.title
        for family in describing.with_status().values()
        for shape in structures(output(family.title), set())
        if {"LogGroupArn", "LogGroupName"} & set(SHAPES[shape]["members"])
    }
    assert naming == {title for title, row in LOGS.items() if not row.group}


def test_a_group_that_a_description_names() -> None:
    logs = [{"LogGroupArn": "arn:aws:logs:r:1:log-group:/aws/x:*", "LogStreamName": "s/1"}, {"LogGroupArn": "plain"}]
    document: dict[str, Any] = {"AIBenchmarkJobName": "b", "OutputConfig": {"CloudWatchLogs": logs}}
    found = list(log_groups.named(document, output("AIBenchmarkJob"), SHAPES))
    assert [(place.group, place.stream) for place in found] == [("/aws/x", "s/1"), ("plain", "")]
    assert log_groups.places(table()["AIBenchmarkJob"], document) == []


def test_a_variable_of_the_user_is_no_group() -> None:
    document = {"Environment": {"LogGroupName": "mine"}, "HyperParameters": {"LogGroupArn": "mine"}}
    assert list(log_groups.named(document, output("TrainingJob"), SHAPES)) == []


def test_places() -> None:
    cluster = {"ClusterName": "c", "ClusterArn": "arn:aws:sagemaker:r:1:cluster/abc"}
    assert log_groups.group(table()["Cluster"], cluster) == "/aws/sagemaker/Clusters/c/abc"
    assert log_groups.group(table()["Endpoint"], {"EndpointName": "e"}) == "/aws/sagemaker/Endpoints/e"
    assert log_groups.group(table()["Endpoint"], {}) == ""
    assert log_groups.group(table()["Hub"], {"HubName": "h"}) == ""
    app = {"DomainId": "d", "SpaceName": "s", "AppType": "JupyterLab", "AppName": "default"}
    assert [place.stream for place in log_groups.places(table()["App"], app)] == ["d/s/JupyterLab/default"]
    assert log_groups.places(table()["App"], {**app, "SpaceName": ""}) == []
    job = log_groups.places(table()["Job"], {"JobName": "j", "JobCategory": "AgentRFT"})
    assert [place.group for place in job] == ["/aws/sagemaker/Job/AgentRFT", "/aws/sagemaker/Job/AgentRFT/"]


@pytest.mark.parametrize(
    ("stream", "name", "holds"),
    [
        ("", "anything", True),
        ("churn/", "churn/algo-1-17", True),
        ("churn/", "churn-2/algo-1-17", False),
        ("churn", "churn", True),
        ("churn", "churn-2", False),
        ("d/u/JupyterLab/default", "d/u/JupyterLab/default/LifecycleConfigOnStart", True),
        ("other", "churn", False),
    ],
)
def test_which_streams_are_meant(stream: str, name: str, holds: bool) -> None:
    assert LogPlace("g", stream).holds(name) is holds


@pytest.mark.parametrize("title", sorted(log_sources._WRITERS))
def test_the_sandbox_writes_where_the_table_says(title: str, tmp_path: Path) -> None:
    sandbox = Sandbox(str(tmp_path / "box"), clock="instant")
    world = World(sandbox, MODEL)
    made = world.make(title)
    shape = SHAPES[MODEL["operations"][describing.describe(table()[title])]["input"]["shape"]]
    known = describing.identified(table()[title], shape["members"], shape.get("required", []), made)
    (place,) = log_groups.places(table()[title], world.ok(describing.describe(table()[title]), **known))

    def streams(resources: Any, _: Any) -> list[str]:
        return [stream.name for stream in log_sources.streams(resources, place.group, place.stream)]

    names = sandbox.share(world.region, streams, reads=True)
    sandbox.close()
    assert names or title == "Cluster"  # the smallest one has no nodes
    assert all(place.holds(name) for name in names)
