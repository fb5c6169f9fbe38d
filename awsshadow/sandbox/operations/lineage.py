"""Lineage: associations between artifacts, actions, contexts and trial components; trials."""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Record

GROUP = "sagemaker-default-lineage-group"
_KINDS = ("Action", "Artifact", "Context", "TrialComponent")
#: Member that tells what kind of action, artifact, context it is.
_TYPE = {"Action": "ActionType", "Artifact": "ArtifactType", "Context": "ContextType"}


def add(request: Request) -> View:
    """Answer ``AddAssociation``."""
    source, destination = (_entity(request, request.params[m]) for m in ("SourceArn", "DestinationArn"))
    row = (request.resources.scope, source.arn, destination.arn, request.params.get("AssociationType"), request.now)
    request.resources.connection.execute("INSERT OR REPLACE INTO association VALUES (?, ?, ?, ?, ?)", row)
    return request.params


def delete(request: Request) -> View:
    """Answer ``DeleteAssociation``."""
    row = (request.resources.scope, request.params["SourceArn"], request.params["DestinationArn"])
    sql = "DELETE FROM association WHERE scope=? AND source=? AND destination=?"
    if request.resources.connection.execute(sql, row).rowcount == 0:
        raise Refusal(NOT_FOUND, f"Association from {row[1]} to {row[2]} does not exist.")
    return request.params


def _entity(request: Request, arn: str) -> Record:
    record = request.resources.by_arn(arn)
    if record is None:
        raise Refusal(NOT_FOUND, f"Entity {arn} does not exist.")
    return record


def _edges(request: Request, where: str = "1", values: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    sql = (
        f"SELECT source, destination, kind, created FROM association WHERE scope=? AND {where} ORDER BY created, rowid"
    )
    names = ("SourceArn", "DestinationArn", "AssociationType", "CreationTime")
    rows = request.resources.connection.execute(sql, (request.resources.scope, *values))
    return [dict(zip(names, row, strict=True)) for row in rows]


def list_associations(request: Request) -> View:
    """Answer ``ListAssociations``."""
    params = request.params
    found = []
    for edge in _edges(request):
        for end in ("Source", "Destination"):
            record = request.resources.by_arn(edge[f"{end}Arn"])
            edge[f"{end}Name"] = record.name if record else None
            edge[f"{end}Type"] = _kind(record) if record else None
        wanted = ("SourceArn", "DestinationArn", "SourceType", "DestinationType", "AssociationType")
        within = params.get("CreatedAfter", 0) <= edge["CreationTime"] <= params.get("CreatedBefore", float("inf"))
        if within and all(params.get(m) in {None, edge[m]} for m in wanted):
            found.append(edge)
    order = params.get("SortBy", "CreationTime")
    found.sort(key=lambda edge: edge[order] or "", reverse=not params.get("SortOrder", "").startswith("A"))
    return answer(request, "AssociationSummaries", found)


def _kind(record: Record) -> str:
    return str(record.doc.get(_TYPE.get(record.family, ""), record.family))


def query(request: Request) -> View:
    """Walk the edges from the start, level by level, as far as asked."""
    params = request.params
    direction = params.get("Direction", "Both")
    seen = dict.fromkeys(params.get("StartArns", ()), 0)
    for arn in seen:
        _entity(request, arn)
    walked: dict[tuple[str, str], dict[str, Any]] = {}
    level = list(seen) or [r.arn for kind in _KINDS for r in request.resources.select("family=?", (kind,)) if r.arn]
    for depth in range(1, params.get("MaxDepth", 10) + 1):
        reached = []
        for arn in level:
            for edge in _around(request, arn, direction):
                walked[edge["SourceArn"], edge["DestinationArn"]] = edge
                other = edge["SourceArn"] if edge["DestinationArn"] == arn else edge["DestinationArn"]
                if other not in seen:
                    seen[other] = depth
                    reached.append(other)
        level = reached
    start = params.get("StartArns", ())
    records = [r for arn in seen if arn not in start and (r := request.resources.by_arn(arn)) and _wanted(r, params)]
    vertices = [{"Arn": r.arn, "Type": _kind(r), "LineageType": r.family} for r in records]
    shown = answer(request, "Vertices", vertices)
    if params.get("IncludeEdges", True):
        shown["Edges"] = list(walked.values())
    return shown


def _around(request: Request, arn: str, direction: str) -> list[dict[str, Any]]:
    edges = []
    if direction in {"Both", "Descendants"}:
        edges += _edges(request, "source=?", (arn,))
    if direction in {"Both", "Ascendants"}:
        edges += _edges(request, "destination=?", (arn,))
    return edges


def _wanted(record: Record, params: dict[str, Any]) -> bool:
    filters = params.get("Filters", {})
    properties = record.doc.get("Properties", {})
    return (
        record.family in filters.get("LineageTypes", [record.family])
        and _kind(record) in filters.get("Types", [_kind(record)])
        and filters.get("CreatedAfter", 0) <= record.created <= filters.get("CreatedBefore", float("inf"))
        and filters.get("ModifiedAfter", 0) <= record.modified <= filters.get("ModifiedBefore", float("inf"))
        and all(properties.get(k) == v for k, v in filters.get("Properties", {}).items())
    )


def delete_artifact(request: Request) -> View:
    """An artifact is named by its ARN or by its source."""
    family = lifecycle.family_of("Artifact")
    if request.params.get("ArtifactArn"):
        return lifecycle.remove(request, family, request.named("Artifact", "ArtifactArn"))
    uri = (request.params.get("Source") or {}).get("SourceUri")
    if uri is None:
        raise invalid("Either ArtifactArn or Source must be given.")
    where = "family=? AND json_extract(doc, '$.Source.SourceUri')=?"
    record = next(request.resources.select(where, ("Artifact", uri)), None)
    if record is None:
        raise request.no_such(family, uri)
    return lifecycle.remove(request, family, record)


def associate(request: Request) -> View:
    """Answer ``AssociateTrialComponent``."""
    component, trial = _pair(request)
    row = (request.resources.scope, component.arn, trial.arn, "AssociatedWith", request.now)
    request.resources.connection.execute("INSERT OR REPLACE INTO association VALUES (?, ?, ?, ?, ?)", row)
    return {"TrialComponentArn": component.arn, "TrialArn": trial.arn}


def disassociate(request: Request) -> View:
    """Answer ``DisassociateTrialComponent``."""
    component, trial = _pair(request)
    row = (request.resources.scope, component.arn, trial.arn)
    request.resources.connection.execute("DELETE FROM association WHERE scope=? AND source=? AND destination=?", row)
    return {"TrialComponentArn": component.arn, "TrialArn": trial.arn}


def _pair(request: Request) -> tuple[Record, Record]:
    return request.named("TrialComponent", "TrialComponentName"), request.named("Trial", "TrialName")


_LINKED = "arn IN (SELECT {} FROM association WHERE {}=?)"
_IN_EXPERIMENT = (
    "arn IN (SELECT source FROM association JOIN resource AS trial ON trial.arn=destination "
    "WHERE trial.family='Trial' AND json_extract(trial.doc, '$.ExperimentName')=?)"
)


def list_trials(request: Request) -> View:
    """Answer ``ListTrials``."""
    family = lifecycle.family_of("Trial")
    if not request.params.get("TrialComponentName"):
        return lifecycle.list_page(request, family)
    component = request.named("TrialComponent", "TrialComponentName")
    return lifecycle.list_page(request, family, _LINKED.format("destination", "source"), (component.arn,))


def list_components(request: Request) -> View:
    """Answer ``ListTrialComponents``."""
    family = lifecycle.family_of("TrialComponent")
    if request.params.get("TrialName"):
        trial = request.named("Trial", "TrialName")
        return lifecycle.list_page(request, family, _LINKED.format("source", "destination"), (trial.arn,))
    if request.params.get("ExperimentName"):
        experiment = request.named("Experiment", "ExperimentName")
        return lifecycle.list_page(request, family, _IN_EXPERIMENT, (experiment.name,))
    return lifecycle.list_page(request, family)


def _group(request: Request) -> View:
    return {
        "LineageGroupName": GROUP,
        "LineageGroupArn": request.arn("lineage-group", GROUP),
        "DisplayName": GROUP,
        "CreationTime": 0,
        "LastModifiedTime": 0,
    }


def describe_group(request: Request) -> View:
    """Every account has one lineage group, and this sandbox no other."""
    if request.params["LineageGroupName"] != GROUP:
        raise Refusal(NOT_FOUND, f"LineageGroup {request.params['LineageGroupName']} does not exist.")
    return _group(request)


def list_groups(request: Request) -> View:
    """Answer ``ListLineageGroups``."""
    return answer(request, "LineageGroupSummaries", [_group(request)])


def group_policy(request: Request) -> View:
    """Answer ``GetLineageGroupPolicy``."""
    describe_group(request)
    raise Refusal(NOT_FOUND, f"LineageGroup {GROUP} has no resource policy.")


OPERATIONS = {
    "AddAssociation": add,
    "DeleteAssociation": delete,
    "ListAssociations": list_associations,
    "QueryLineage": query,
    "DeleteArtifact": delete_artifact,
    "AssociateTrialComponent": associate,
    "DisassociateTrialComponent": disassociate,
    "ListTrials": list_trials,
    "ListTrialComponents": list_components,
    "DescribeLineageGroup": describe_group,
    "ListLineageGroups": list_groups,
    "GetLineageGroupPolicy": group_policy,
}
