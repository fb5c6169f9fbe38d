"""Lineage and search over what exists."""

from typing import Any

import pytest


@pytest.fixture
def graph(world: Any) -> Any:
    """data -> train -> model -> context, and their ARNs."""

    def source(uri: Any) -> Any:
        return {"SourceUri": uri}

    arns = {
        "data": world.ok("CreateArtifact", ArtifactName="data", ArtifactType="DataSet", Source=source("s3://b/data"))[
            "ArtifactArn"
        ],
        "train": world.ok("CreateAction", ActionName="train", ActionType="Training", Source=source("job"))["ActionArn"],
        "model": world.ok("CreateArtifact", ArtifactName="model", ArtifactType="Model", Source=source("s3://b/model"))[
            "ArtifactArn"
        ],
        "use": world.ok("CreateContext", ContextName="use", ContextType="Endpoint", Source=source("endpoint"))[
            "ContextArn"
        ],
    }
    for a, b, kind in (
        ("data", "train", "ContributedTo"),
        ("train", "model", "Produced"),
        ("model", "use", "AssociatedWith"),
    ):
        world.ok("AddAssociation", SourceArn=arns[a], DestinationArn=arns[b], AssociationType=kind)
    return arns


def test_walks(world: Any, graph: Any) -> None:
    names = {arn: name for name, arn in graph.items()}

    def reach(**params: Any) -> Any:
        shown = world.ok("QueryLineage", **params)
        return {names[v["Arn"]] for v in shown["Vertices"]}

    assert reach(StartArns=[graph["data"]], Direction="Descendants") == {"train", "model", "use"}
    assert reach(StartArns=[graph["data"]], Direction="Descendants", MaxDepth=1) == {"train"}
    assert reach(StartArns=[graph["model"]], Direction="Ascendants") == {"train", "data"}
    assert reach(StartArns=[graph["model"]]) == {"data", "train", "use"}
    assert reach(StartArns=[graph["data"]], Filters={"LineageTypes": ["Artifact"]}) == {"model"}
    assert reach(StartArns=[graph["data"]], Filters={"Types": ["Endpoint"]}) == {"use"}
    edges = world.ok("QueryLineage", StartArns=[graph["data"]])["Edges"]
    assert {e["AssociationType"] for e in edges} == {"ContributedTo", "Produced", "AssociatedWith"}
    assert "Edges" not in world.ok("QueryLineage", StartArns=[graph["data"]], IncludeEdges=False)
    assert world.refused("QueryLineage", StartArns=[graph["data"] + "0"])[0] == "ResourceNotFound"


def test_associations(world: Any, graph: Any) -> None:
    shown = world.ok("ListAssociations", SourceArn=graph["data"])["AssociationSummaries"]
    assert [(a["SourceName"], a["SourceType"], a["DestinationName"], a["DestinationType"]) for a in shown] == [
        ("data", "DataSet", "train", "Training")
    ]
    assert len(world.ok("ListAssociations", SourceType="Model")["AssociationSummaries"]) == 1
    world.ok("DeleteAssociation", SourceArn=graph["data"], DestinationArn=graph["train"])
    again = world.refused("DeleteAssociation", SourceArn=graph["data"], DestinationArn=graph["train"])
    assert again[0] == "ResourceNotFound"
    world.ok("DeleteArtifact", Source={"SourceUri": "s3://b/model"})
    assert world.ok("ListAssociations")["AssociationSummaries"] == []


def test_entities_by_source_and_their_properties(world: Any, graph: Any) -> None:
    found = world.ok("ListArtifacts", SourceUri="s3://b/data")["ArtifactSummaries"]
    assert [a["ArtifactArn"] for a in found] == [graph["data"]]
    world.ok("UpdateArtifact", ArtifactArn=graph["data"], Properties={"a": "1", "b": "2"})
    world.ok("UpdateArtifact", ArtifactArn=graph["data"], PropertiesToRemove=["a"])
    assert world.ok("DescribeArtifact", ArtifactArn=graph["data"])["Properties"] == {"b": "2"}
    world.ok("UpdateAction", ActionName="train", Status="Completed")
    assert world.ok("DescribeAction", ActionName="train")["Status"] == "Completed"


def test_trials_and_their_components(world: Any) -> None:
    world.ok("CreateExperiment", ExperimentName="x")
    world.ok("CreateTrial", TrialName="t", ExperimentName="x")
    world.ok("CreateTrialComponent", TrialComponentName="c")
    world.ok("CreateTrialComponent", TrialComponentName="alone")
    world.ok("AssociateTrialComponent", TrialName="t", TrialComponentName="c")
    for by in ({"TrialName": "t"}, {"ExperimentName": "x"}):
        found = world.ok("ListTrialComponents", **by)["TrialComponentSummaries"]
        assert [c["TrialComponentName"] for c in found] == ["c"]
    assert len(world.ok("ListTrialComponents")["TrialComponentSummaries"]) == 2
    assert [t["TrialName"] for t in world.ok("ListTrials", TrialComponentName="c")["TrialSummaries"]] == ["t"]
    assert [t["TrialName"] for t in world.ok("ListTrials", ExperimentName="x")["TrialSummaries"]] == ["t"]
    world.ok("DisassociateTrialComponent", TrialName="t", TrialComponentName="c")
    assert world.ok("ListTrials", TrialComponentName="c")["TrialSummaries"] == []
    assert world.refused("CreateTrial", TrialName="u", ExperimentName="none")[0] == "ResourceNotFound"


@pytest.fixture
def searched(world: Any) -> Any:
    metrics = ("0.5", "0.9", "0.7")
    for i, accuracy in enumerate(metrics):
        job = world.create_input("TrainingJob", world.minimal)
        job.update(TrainingJobName=f"job-{i}", HyperParameters={"accuracy": accuracy, "kind": "a.b"})
        job["Tags"] = [{"Key": "team", "Value": f"t{i % 2}"}]
        job["InputDataConfig"] = [
            {
                "ChannelName": name,
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{name}/{i}"}},
            }
            for name in ("train", "test")
        ]
        world.ok("CreateTrainingJob", **job)
    return world


def filters(*rules: Any) -> Any:
    return {"Filters": [dict(zip(("Name", "Operator", "Value"), rule, strict=False)) for rule in rules]}


FOUND = [
    ({}, "012"),
    (filters(("TrainingJobName", "Equals", "job-1")), "1"),
    (filters(("TrainingJobName", "Contains", "job")), "012"),
    (filters(("TrainingJobName", "NotEquals", "job-1")), "02"),
    (filters(("TrainingJobName", "In", "job-0, job-2")), "02"),
    (filters(("HyperParameters.accuracy", "GreaterThan", "0.6")), "12"),
    (filters(("Tags.team", "Equals", "t0")), "02"),
    (filters(("Tags.nobody", "NotExists")), "012"),
    (filters(("FailureReason", "Exists")), ""),
    (filters(("TrainingJobStatus", "Equals", "Completed"), ("Tags.team", "Equals", "t1")), "1"),
    (
        {**filters(("TrainingJobName", "Equals", "job-1"), ("TrainingJobName", "Equals", "job-2")), "Operator": "Or"},
        "12",
    ),
    (filters(("CreationTime", "LessThan", "2020-01-01T00:00:00Z")), ""),
    (filters(("CreationTime", "GreaterThanOrEqualTo", "2020-01-01T00:00:00Z")), "012"),
    (filters(("EnableManagedSpotTraining", "Equals", "true")), ""),
    ({"SubExpressions": [filters(("Tags.team", "Equals", "t0")), filters(("TrainingJobName", "Contains", "2"))]}, "2"),
    (
        {
            "NestedFilters": [
                {
                    "NestedPropertyName": "InputDataConfig",
                    "Filters": [
                        {"Name": "InputDataConfig.ChannelName", "Operator": "Equals", "Value": "train"},
                        {
                            "Name": "InputDataConfig.DataSource.S3DataSource.S3Uri",
                            "Operator": "Contains",
                            "Value": "train/1",
                        },
                    ],
                }
            ]
        },
        "1",
    ),
]


@pytest.mark.parametrize(("expression", "found"), FOUND)
def test_search(searched: Any, judge: Any, expression: Any, found: Any) -> None:
    shown = searched.ok(
        "Search", Resource="TrainingJob", SearchExpression=expression, SortBy="TrainingJobName", SortOrder="Ascending"
    )
    assert judge.answer("Search", shown) == []
    assert "".join(r["TrainingJob"]["TrainingJobName"][-1] for r in shown["Results"]) == found
    assert shown["TotalHits"]["Value"] == len(found)


def test_search_pages(searched: Any) -> None:
    seen, token = [], None
    for _ in range(3):
        more: dict[str, Any] = {"NextToken": token} if token else {}
        page = searched.ok("Search", Resource="TrainingJob", MaxResults=1, **more)
        seen += [r["TrainingJob"]["TrainingJobName"] for r in page["Results"]]
        token = page.get("NextToken")
    assert token is None
    assert sorted(seen) == ["job-0", "job-1", "job-2"]


def test_every_resource_type_can_be_searched(world: Any, judge: Any, model: Any) -> None:
    for title in (
        "Model",
        "Pipeline",
        "FeatureGroup",
        "Endpoint",
        "ModelPackage",
        "Project",
        "HubContent",
        "ModelCard",
    ):
        world.make(title)
    for resource in model["shapes"]["ResourceType"]["enum"]:
        shown = world.ok("Search", Resource=resource)
        assert judge.answer("Search", shown) == []


def test_suggestions_are_names_of_properties(searched: Any) -> None:
    query = {"PropertyNameQuery": {"PropertyNameHint": "trainingjobn"}}
    shown = searched.ok("GetSearchSuggestions", Resource="TrainingJob", SuggestionQuery=query)
    assert shown == {"PropertyNameSuggestions": [{"PropertyName": "TrainingJobName"}]}
