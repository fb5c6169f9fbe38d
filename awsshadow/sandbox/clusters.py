"""HyperPod clusters: instance groups, extensions, events and operations; the nodes are in ``nodes``."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.call import random_text
from awsshadow.sandbox.nodes import GROUPS, NODE, OPERATION, cluster_of, page, record_operation, scale, within
from awsshadow.sandbox.plan import advance_shown
from awsshadow.sandbox.refusal import NOT_FOUND, Refusal
from awsshadow.sandbox.resources import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View

EVENT = "ClusterEvent"


def create(call: Call) -> View:
    """Answer ``CreateCluster``."""
    family = engine.family_of("Cluster")
    record = engine.make(call, family, _with_counts(call.params))
    scale(call, record)
    _event(call, record, "Cluster creation was requested.")
    return engine.view(call, family, record)


def update(call: Call) -> View:
    """Answer ``UpdateCluster``."""
    family = engine.family_of("Cluster")
    before = engine.locate(call, family)
    params = _with_counts(call.params)
    gone = set(params.pop("InstanceGroupsToDelete", ()))
    for member in GROUPS:
        if member in params or gone:
            wanted = {g["InstanceGroupName"]: g for g in [*before.doc.get(member, ()), *params.get(member, ())]}
            params[member] = [g for name, g in wanted.items() if name not in gone]
    record = engine.change(call, family, params)
    scale(call, record)
    _event(call, record, "Cluster update was requested.")
    return engine.view(call, family, record)


def _with_counts(params: dict[str, Any]) -> dict[str, Any]:
    """Groups as a description shows them: what is wanted of them is also what there is."""
    params = dict(params)
    for member in GROUPS:
        if member in params:
            params[member] = [_group(g) for g in params[member]]
    return params


def _group(wanted: dict[str, Any]) -> dict[str, Any]:
    count = wanted["InstanceCount"]
    counts = {"CurrentCount": count, "TargetCount": count, "Status": "InService"}
    return {**wanted, **counts, "MinCount": wanted.get("MinInstanceCount")}


def delete(call: Call) -> View:
    """Answer ``DeleteCluster``."""
    family = engine.family_of("Cluster")
    record = engine.locate(call, family)
    shown = engine.remove(call, family, record)
    for kind in (NODE, EVENT, OPERATION):
        for child in call.resources.children(kind, record.name):
            call.resources.remove(child)
    return shown


def update_software(call: Call) -> View:
    """Answer ``UpdateClusterSoftware``."""
    cluster = cluster_of(call)
    for node in call.resources.children(NODE, cluster.name):
        node.doc["LastSoftwareUpdateTime"] = call.now
        node.become("SystemUpdating", [{"after": 600, "status": "Running"}], call.now)
        call.resources.save(node)
    _event(call, cluster, "A software update was requested.")
    return {"ClusterArn": cluster.arn}


def health_check(call: Call) -> View:
    """Answer ``StartClusterHealthCheck``."""
    cluster = cluster_of(call)
    record_operation(call, cluster, "DeepHealthCheck")
    return {"ClusterArn": cluster.arn}


def _event(call: Call, cluster: Record, text: str) -> None:
    name = random_text("%")
    doc = {
        "EventId": name,
        "ClusterArn": cluster.arn,
        "ClusterName": cluster.name,
        "ResourceType": "Cluster",
        "EventTime": call.now,
        "Description": text,
    }
    call.resources.insert(Record(EVENT, f"{cluster.name}/{name}", name, None, doc, now=call.now, parent=cluster.name))


def list_events(call: Call) -> View:
    """Answer ``ListClusterEvents``."""
    cluster, params = cluster_of(call), call.params
    low, high = params.get("EventTimeAfter", 0), params.get("EventTimeBefore", float("inf"))
    # The sandbox has events of clusters only: one that asks for groups, nodes or operations finds none.
    narrowed = any(m in params for m in ("InstanceGroupName", "NodeId", "OperationId"))
    other = params.get("ResourceType", "Cluster") != "Cluster"
    rows: Iterable[Record] = () if narrowed or other else call.resources.children(EVENT, cluster.name)
    return page(call, "Events", [r.doc for r in rows if low <= r.created <= high])


def describe_event(call: Call) -> View:
    """Answer ``DescribeClusterEvent``."""
    return {"EventDetails": _child(call, EVENT, call.params["EventId"]).doc}


def list_operations(call: Call) -> View:
    """Answer ``ListClusterOperations``."""
    params = call.params
    rows = [r for r in call.resources.children(OPERATION, cluster_of(call).name) if within(call, r)]
    rows = [
        r
        for r in rows
        if r.status == params.get("Status", r.status) and r.doc["Type"] == params.get("Type", r.doc["Type"])
    ]
    return page(call, "ClusterOperationSummaries", [{**r.doc, "Status": r.status} for r in rows])


def describe_operation(call: Call) -> View:
    """Answer ``DescribeClusterOperation``."""
    record = _child(call, OPERATION, call.params["OperationId"])
    shown = {**record.doc, "Status": record.status}
    advance_shown(call.resources, record)
    return shown


def _child(call: Call, kind: str, name: str) -> Record:
    cluster = cluster_of(call)
    record = call.resources.get(kind, f"{cluster.name}/{name}")
    if record is None:
        raise Refusal(NOT_FOUND, f"Cluster {cluster.arn} has no {kind} {name}.")
    return record


def create_extension(call: Call) -> View:
    """Answer ``CreateClusterExtension``."""
    cluster = cluster_of(call)
    family = engine.family_of("ClusterExtension")
    where = "family=? AND parent=? AND name=?"
    params = {"ExtensionVersion": "1.0.0", **call.params, "ClusterId": cluster.doc["ClusterId"]}
    for other in call.resources.select(where, (family.store, cluster.arn, params["ExtensionName"])):
        raise Refusal("ResourceInUse", f"ClusterExtension {other.arn} already exists.")
    return engine.view(call, family, engine.make(call, family, params))


OPERATIONS = {
    "CreateCluster": create,
    "UpdateCluster": update,
    "DeleteCluster": delete,
    "UpdateClusterSoftware": update_software,
    "StartClusterHealthCheck": health_check,
    "ListClusterEvents": list_events,
    "DescribeClusterEvent": describe_event,
    "ListClusterOperations": list_operations,
    "DescribeClusterOperation": describe_operation,
    "CreateClusterExtension": create_extension,
}
