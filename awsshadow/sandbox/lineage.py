"""Lineage: associations between artifacts, actions, contexts and trial components; trials."""

# ruff: noqa: S608 - SQL is put together from names of this package; values are always bound
from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import NOT_FOUND, Refusal, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record

GROUP = "sagemaker-default-lineage-group"
_KINDS = ("Action", "Artifact", "Context", "TrialComponent")
#: Member that tells what kind of action, artifact, context it is.
_TYPE = {"Action": "ActionType", "Artifact": "ArtifactType", "Context": "ContextType"}


def add(call: Call) -> View:
    """Answer ``AddAssociation``."""
    source, destination = (_entity(call, call.params[m]) for m in ("SourceArn", "DestinationArn"))
    row = (call.resources.scope, source.arn, destination.arn, call.params.get("AssociationType"), call.now)
    call.resources.connection.execute("INSERT OR REPLACE INTO association VALUES (?, ?, ?, ?, ?)", row)
    return call.params


def delete(call: Call) -> View:
    """Answer ``DeleteAssociation``."""
    row = (call.resources.scope, call.params["SourceArn"], call.params["DestinationArn"])
    sql = "DELETE FROM association WHERE scope=? AND source=? AND destination=?"
    if call.resources.connection.execute(sql, row).rowcount == 0:
        raise Refusal(NOT_FOUND, f"Association from {row[1]} to {row[2]} does not exist.")
    return call.params


def _entity(call: Call, arn: str) -> Record:
    record = call.resources.by_arn(arn)
    if record is None:
        raise Refusal(NOT_FOUND, f"Entity {arn} does not exist.")
    return record


def _edges(call: Call, where: str = "1", values: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    sql = (
        f"SELECT source, destination, kind, created FROM association WHERE scope=? AND {where} ORDER BY created, rowid"
    )
    names = ("SourceArn", "DestinationArn", "AssociationType", "CreationTime")
    rows = call.resources.connection.execute(sql, (call.resources.scope, *values))
    return [dict(zip(names, row, strict=True)) for row in rows]


def list_associations(call: Call) -> View:
    """Answer ``ListAssociations``."""
    params = call.params
    found = []
    for edge in _edges(call):
        for end in ("Source", "Destination"):
            record = call.resources.by_arn(edge[f"{end}Arn"])
            edge[f"{end}Name"] = record.name if record else None
            edge[f"{end}Type"] = _kind(record) if record else None
        wanted = ("SourceArn", "DestinationArn", "SourceType", "DestinationType", "AssociationType")
        within = params.get("CreatedAfter", 0) <= edge["CreationTime"] <= params.get("CreatedBefore", float("inf"))
        if within and all(params.get(m) in {None, edge[m]} for m in wanted):
            found.append(edge)
    order = params.get("SortBy", "CreationTime")
    found.sort(key=lambda edge: edge[order] or "", reverse=not params.get("SortOrder", "").startswith("A"))
    return answer(call, "AssociationSummaries", found)


def _kind(record: Record) -> str:
    return str(record.doc.get(_TYPE.get(record.family, ""), record.family))


def query(call: Call) -> View:
    """Walk the edges from the start, level by level, as far as asked."""
    params = call.params
    direction = params.get("Direction", "Both")
    seen = dict.fromkeys(params.get("StartArns", ()), 0)
    for arn in seen:
        _entity(call, arn)
    walked: dict[tuple[str, str], dict[str, Any]] = {}
    level = list(seen) or [r.arn for kind in _KINDS for r in call.resources.select("family=?", (kind,)) if r.arn]
    for depth in range(1, params.get("MaxDepth", 10) + 1):
        reached = []
        for arn in level:
            for edge in _around(call, arn, direction):
                walked[edge["SourceArn"], edge["DestinationArn"]] = edge
                other = edge["SourceArn"] if edge["DestinationArn"] == arn else edge["DestinationArn"]
                if other not in seen:
                    seen[other] = depth
                    reached.append(other)
        level = reached
    start = params.get("StartArns", ())
    records = [r for arn in seen if arn not in start and (r := call.resources.by_arn(arn)) and _wanted(r, params)]
    vertices = [{"Arn": r.arn, "Type": _kind(r), "LineageType": r.family} for r in records]
    shown = answer(call, "Vertices", vertices)
    if params.get("IncludeEdges", True):
        shown["Edges"] = list(walked.values())
    return shown


def _around(call: Call, arn: str, direction: str) -> list[dict[str, Any]]:
    edges = []
    if direction in {"Both", "Descendants"}:
        edges += _edges(call, "source=?", (arn,))
    if direction in {"Both", "Ascendants"}:
        edges += _edges(call, "destination=?", (arn,))
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


def delete_artifact(call: Call) -> View:
    """An artifact is named by its ARN or by its source."""
    family = engine.family_of("Artifact")
    if call.params.get("ArtifactArn"):
        return engine.remove(call, family, call.named("Artifact", "ArtifactArn"))
    uri = (call.params.get("Source") or {}).get("SourceUri")
    if uri is None:
        raise invalid("Either ArtifactArn or Source must be given.")
    where = "family=? AND json_extract(doc, '$.Source.SourceUri')=?"
    record = next(call.resources.select(where, ("Artifact", uri)), None)
    if record is None:
        raise call.no_such(family, uri)
    return engine.remove(call, family, record)


def associate(call: Call) -> View:
    """Answer ``AssociateTrialComponent``."""
    component, trial = _pair(call)
    row = (call.resources.scope, component.arn, trial.arn, "AssociatedWith", call.now)
    call.resources.connection.execute("INSERT OR REPLACE INTO association VALUES (?, ?, ?, ?, ?)", row)
    return {"TrialComponentArn": component.arn, "TrialArn": trial.arn}


def disassociate(call: Call) -> View:
    """Answer ``DisassociateTrialComponent``."""
    component, trial = _pair(call)
    row = (call.resources.scope, component.arn, trial.arn)
    call.resources.connection.execute("DELETE FROM association WHERE scope=? AND source=? AND destination=?", row)
    return {"TrialComponentArn": component.arn, "TrialArn": trial.arn}


def _pair(call: Call) -> tuple[Record, Record]:
    return call.named("TrialComponent", "TrialComponentName"), call.named("Trial", "TrialName")


_LINKED = "arn IN (SELECT {} FROM association WHERE {}=?)"
_IN_EXPERIMENT = (
    "arn IN (SELECT source FROM association JOIN resource AS trial ON trial.arn=destination "
    "WHERE trial.family='Trial' AND json_extract(trial.doc, '$.ExperimentName')=?)"
)


def list_trials(call: Call) -> View:
    """Answer ``ListTrials``."""
    family = engine.family_of("Trial")
    if not call.params.get("TrialComponentName"):
        return engine.list_page(call, family)
    component = call.named("TrialComponent", "TrialComponentName")
    return engine.list_page(call, family, _LINKED.format("destination", "source"), (component.arn,))


def list_components(call: Call) -> View:
    """Answer ``ListTrialComponents``."""
    family = engine.family_of("TrialComponent")
    if call.params.get("TrialName"):
        trial = call.named("Trial", "TrialName")
        return engine.list_page(call, family, _LINKED.format("source", "destination"), (trial.arn,))
    if call.params.get("ExperimentName"):
        experiment = call.named("Experiment", "ExperimentName")
        return engine.list_page(call, family, _IN_EXPERIMENT, (experiment.name,))
    return engine.list_page(call, family)


def _group(call: Call) -> View:
    return {
        "LineageGroupName": GROUP,
        "LineageGroupArn": call.arn("lineage-group", GROUP),
        "DisplayName": GROUP,
        "CreationTime": 0,
        "LastModifiedTime": 0,
    }


def describe_group(call: Call) -> View:
    """Every account has one lineage group, and this sandbox no other."""
    if call.params["LineageGroupName"] != GROUP:
        raise Refusal(NOT_FOUND, f"LineageGroup {call.params['LineageGroupName']} does not exist.")
    return _group(call)


def list_groups(call: Call) -> View:
    """Answer ``ListLineageGroups``."""
    return answer(call, "LineageGroupSummaries", [_group(call)])


def group_policy(call: Call) -> View:
    """Answer ``GetLineageGroupPolicy``."""
    describe_group(call)
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
