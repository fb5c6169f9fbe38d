"""Lineage: associations between artifacts, actions, contexts and trial components; trials."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import MADE, answer, meets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.listing import Filters
    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Association

GROUP = "sagemaker-default-lineage-group"
_KINDS = ("Action", "Artifact", "Context", "TrialComponent")
_ENDS = ("SourceArn", "DestinationArn", "SourceType", "DestinationType")
#: The filters of QueryLineage about single members of a vertex.
_VERTEX: Filters = {
    **MADE,
    "ModifiedAfter": (">=", "LastModifiedTime"),
    "ModifiedBefore": ("<=", "LastModifiedTime"),
    "LineageTypes": ("in", "LineageType"),
    "Types": ("in", "Type"),
}
#: Member that tells what kind of action, artifact, context it is.
_TYPE = {"Action": "ActionType", "Artifact": "ArtifactType", "Context": "ContextType"}


def add(request: Request) -> View:
    """Answer ``AddAssociation``."""
    source, destination = (_entity(request, request.params[m]) for m in ("SourceArn", "DestinationArn"))
    request.resources.associate(source.arn or "", destination.arn or "", request.params.get("AssociationType"))
    return dict(request.params)


def delete(request: Request) -> View:
    """Answer ``DeleteAssociation``."""
    source, destination = request.params["SourceArn"], request.params["DestinationArn"]
    if not request.resources.dissociate(source, destination):
        raise Refusal(NOT_FOUND, f"Association from {source} to {destination} does not exist.")
    return dict(request.params)


def _entity(request: Request, arn: str) -> Record:
    record = request.resources.by_arn(arn)
    if record is None:
        raise Refusal(NOT_FOUND, f"Entity {arn} does not exist.")
    return record


def _edge(edge: Association) -> View:
    return {
        "SourceArn": edge["source"],
        "DestinationArn": edge["destination"],
        "AssociationType": edge["kind"],
        "CreationTime": edge["created"],
    }


def list_associations(request: Request) -> View:
    """Answer ``ListAssociations``."""
    shown = [_edge(edge) for edge in request.resources.associations()]
    for edge in shown:
        for end in ("Source", "Destination"):
            record = request.resources.by_arn(edge[f"{end}Arn"])
            edge[f"{end}Name"] = record.name if record else None
            edge[f"{end}Type"] = _kind(record) if record else None
    filters = {**MADE, **{member: ("=", member) for member in (*_ENDS, "AssociationType")}}
    sort = {member: member for member in (*_ENDS, "CreationTime")}
    return answer(request, "AssociationSummaries", shown, filters=filters, sort=sort)


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
    level = list(seen) or [r.arn for kind in _KINDS for r in request.resources.find(kind) if r.arn]
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
    records = [r for arn in seen if arn not in start and (r := request.resources.by_arn(arn))]
    shown = answer(request, "Vertices", [_vertex(r) for r in records if _wanted(r, params.get("Filters", {}))])
    if params.get("IncludeEdges", True):
        shown["Edges"] = list(walked.values())
    return shown


def _around(request: Request, arn: str, direction: str) -> list[dict[str, Any]]:
    edges: list[Association] = []
    if direction in {"Both", "Descendants"}:
        edges += request.resources.associations(source=arn)
    if direction in {"Both", "Ascendants"}:
        edges += request.resources.associations(destination=arn)
    return [_edge(edge) for edge in edges]


def _vertex(record: Record) -> View:
    return {"Arn": record.arn, "Type": _kind(record), "LineageType": record.family}


def _wanted(record: Record, filters: dict[str, Any]) -> bool:
    properties = record.doc.get("Properties", {})
    known = {**_vertex(record), "CreationTime": record.created, "LastModifiedTime": record.modified}
    return meets(known, filters, _VERTEX) and all(
        properties.get(name) == value for name, value in filters.get("Properties", {}).items()
    )


def delete_artifact(request: Request) -> View:
    """An artifact is named by its ARN or by its source."""
    family = families.family("Artifact")
    if request.params.get("ArtifactArn"):
        return lifecycle.remove(request, family, request.named("Artifact", "ArtifactArn"))
    uri = (request.params.get("Source") or {}).get("SourceUri")
    if uri is None:
        raise invalid("Either ArtifactArn or Source must be given.")
    for record in request.resources.where_member("Artifact", "Source.SourceUri", uri):
        return lifecycle.remove(request, family, record)
    raise request.no_such(family, uri)


def associate(request: Request) -> View:
    """Answer ``AssociateTrialComponent``."""
    component, trial = _pair(request)
    request.resources.associate(component, trial, "AssociatedWith")
    return {"TrialComponentArn": component, "TrialArn": trial}


def disassociate(request: Request) -> View:
    """Answer ``DisassociateTrialComponent``."""
    component, trial = _pair(request)
    request.resources.dissociate(component, trial)
    return {"TrialComponentArn": component, "TrialArn": trial}


def _pair(request: Request) -> tuple[str, str]:
    """The ARNs of the trial component and the trial that a request names."""
    trial = request.named("Trial", "TrialName").arn or ""  # which is missed first, as in the tests of getmoto/moto
    return request.named("TrialComponent", "TrialComponentName").arn or "", trial


def list_trials(request: Request) -> View:
    """Answer ``ListTrials``."""
    family = families.family("Trial")
    if not request.params.get("TrialComponentName"):
        return lifecycle.list_page(request, family)
    component = request.named("TrialComponent", "TrialComponentName")
    return lifecycle.list_page(request, family, ("arn", "destination of", component.arn))


def list_components(request: Request) -> View:
    """Answer ``ListTrialComponents``."""
    family = families.family("TrialComponent")
    if request.params.get("TrialName"):
        trial = request.named("Trial", "TrialName")
        return lifecycle.list_page(request, family, ("arn", "source of", trial.arn))
    if request.params.get("ExperimentName"):
        experiment = request.named("Experiment", "ExperimentName")
        trials = request.resources.where_member("Trial", "ExperimentName", experiment.name)
        return lifecycle.list_page(request, family, ("arn", "source of", [trial.arn for trial in trials]))
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
