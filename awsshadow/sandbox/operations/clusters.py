"""HyperPod clusters: instance groups, extensions, events and operations; their nodes are in ``cluster_nodes``."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import BY_AGE, MADE, answer
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.operations.cluster_nodes import (
    GROUPS,
    NODE,
    OPERATION,
    cluster_of,
    record_operation,
    scale,
)
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View

EVENT = "ClusterEvent"


def create(request: Request) -> View:
    """Answer ``CreateCluster``."""
    family = families.family("Cluster")
    record = lifecycle.make(request, family, _with_counts(request.params))
    scale(request, record)
    _event(request, record, "Cluster creation was requested.")
    return lifecycle.view(request, family, record)


def update(request: Request) -> View:
    """Answer ``UpdateCluster``."""
    family = families.family("Cluster")
    before = lifecycle.locate(request, family)
    params = _with_counts(request.params)
    gone = set(params.pop("InstanceGroupsToDelete", ()))
    for member in GROUPS:
        if member in params or gone:
            wanted = {g["InstanceGroupName"]: g for g in before.doc.get(member, ())}
            for group in params.get(member, ()):
                name = group["InstanceGroupName"]
                wanted[name] = _changed(wanted.get(name, {}), group)
            params[member] = [g for name, g in wanted.items() if name not in gone]
    record = lifecycle.change(request, family, params)
    scale(request, record)
    _event(request, record, "Cluster update was requested.")
    return lifecycle.view(request, family, record)


def _changed(group: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """A group as an update leaves it: what is not given stays, but for one of two ways to say which machines."""
    ways = {"InstanceType": "InstanceRequirements", "InstanceRequirements": "InstanceType"}
    other = {ways[member] for member in ways if member in given}
    kept = {member: value for member, value in group.items() if member not in other}
    return {**kept, **{member: value for member, value in given.items() if value is not None}}


def _with_counts(params: Mapping[str, Any]) -> dict[str, Any]:
    """Groups as a description shows them: what is wanted of them is also what there is."""
    groups = {member: [_group(group) for group in params[member]] for member in GROUPS if member in params}
    return {**params, **groups}


def _group(wanted: dict[str, Any]) -> dict[str, Any]:
    count = wanted["InstanceCount"]
    counts = {"CurrentCount": count, "TargetCount": count, "Status": "InService"}
    return {**wanted, **counts, "MinCount": wanted.get("MinInstanceCount")}


def delete(request: Request) -> View:
    """Answer ``DeleteCluster``."""
    family = families.family("Cluster")
    record = lifecycle.locate(request, family)
    shown = lifecycle.remove(request, family, record)
    for kind in (NODE, EVENT, OPERATION):
        for child in request.resources.find(kind, parent=record.name):
            request.resources.remove(child)
    return shown


def update_software(request: Request) -> View:
    """Answer ``UpdateClusterSoftware``."""
    cluster = cluster_of(request)
    for node in request.resources.find(NODE, parent=cluster.name):
        node.doc["LastSoftwareUpdateTime"] = request.now
        node.become("SystemUpdating", [{"after": 600, "status": "Running"}], request.now)
        request.resources.save(node)
    _event(request, cluster, "A software update was requested.")
    return {"ClusterArn": cluster.arn}


def health_check(request: Request) -> View:
    """Answer ``StartClusterHealthCheck``."""
    cluster = cluster_of(request)
    record_operation(request, cluster, "DeepHealthCheck")
    return {"ClusterArn": cluster.arn}


def _event(request: Request, cluster: Record, text: str) -> None:
    name = random_text("%")
    doc = {
        "EventId": name,
        "ClusterArn": cluster.arn,
        "ClusterName": cluster.name,
        "ResourceType": "Cluster",
        "EventTime": request.now,
        "Description": text,
    }
    key = f"{cluster.name}/{name}"
    request.resources.insert(Record(EVENT, key, doc, now=request.now, name=name, parent=cluster.name))


def list_events(request: Request) -> View:
    """Answer ``ListClusterEvents``."""
    cluster, params = cluster_of(request), request.params
    # The sandbox has events of clusters only: one that asks for groups, nodes or operations finds none.
    narrowed = any(m in params for m in ("InstanceGroupName", "NodeId", "OperationId"))
    other = params.get("ResourceType", "Cluster") != "Cluster"
    events = [] if narrowed or other else request.resources.find(EVENT, parent=cluster.name)
    filters = {"EventTimeAfter": (">=", "EventTime"), "EventTimeBefore": ("<=", "EventTime")}
    return answer(request, "Events", [event.doc for event in events], filters=filters, sort=BY_AGE)


def describe_event(request: Request) -> View:
    """Answer ``DescribeClusterEvent``."""
    return {"EventDetails": _child(request, EVENT, request.params["EventId"]).doc}


def list_operations(request: Request) -> View:
    """Answer ``ListClusterOperations``."""
    records = request.resources.find(OPERATION, parent=cluster_of(request).name)
    shown = [{**record.doc, "Status": record.status} for record in records]
    filters = {**MADE, "Status": ("=", "Status"), "Type": ("=", "Type")}
    return answer(request, "ClusterOperationSummaries", shown, filters=filters, sort=BY_AGE)


def describe_operation(request: Request) -> View:
    """Answer ``DescribeClusterOperation``."""
    record = _child(request, OPERATION, request.params["OperationId"])
    shown = {**record.doc, "Status": record.status}
    advance_shown(request, record)
    return shown


def _child(request: Request, kind: str, name: str) -> Record:
    cluster = cluster_of(request)
    record = request.resources.get(kind, f"{cluster.name}/{name}")
    if record is None:
        raise Refusal(NOT_FOUND, f"Cluster {cluster.arn} has no {kind} {name}.")
    return record


def create_extension(request: Request) -> View:
    """Answer ``CreateClusterExtension``."""
    cluster = cluster_of(request)
    family = families.family("ClusterExtension")
    params = {"ExtensionVersion": "1.0.0", **request.params, "ClusterId": cluster.doc["ClusterId"]}
    for other in request.resources.find(family.store, parent=cluster.arn or "", name=params["ExtensionName"]):
        raise Refusal("ResourceInUse", f"ClusterExtension {other.arn} already exists.")
    return lifecycle.view(request, family, lifecycle.make(request, family, params))
