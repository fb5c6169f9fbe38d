"""The nodes of clusters: made and ended with their groups, added, replaced, restarted, with volumes."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine.listing import MADE, answer
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.plans import Step

NODE, OPERATION = "ClusterNode", "ClusterOperation"
GROUPS = ("InstanceGroups", "RestrictedInstanceGroups")


def cluster_of(request: Request) -> Record:
    """The cluster that the request names, by name or ARN."""
    return request.named("Cluster", "ClusterName" if "ClusterName" in request.params else "ClusterArn")


def scale(request: Request, cluster: Record) -> None:
    """Make and end nodes until every group has as many as it wants."""
    groups = {g["InstanceGroupName"]: g for member in GROUPS for g in cluster.doc.get(member, ())}
    nodes: dict[str, list[Record]] = {name: [] for name in groups}
    for node in request.resources.find(NODE, parent=cluster.name):
        if node.doc["InstanceGroupName"] in groups:
            nodes[node.doc["InstanceGroupName"]].append(node)
        else:
            request.resources.remove(node)
    for name, group in groups.items():
        for node in nodes[name][group["TargetCount"] :]:
            request.resources.remove(node)
        for _ in range(group["TargetCount"] - len(nodes[name])):
            _add_node(request, cluster, group)


def _add_node(request: Request, cluster: Record, group: dict[str, Any]) -> Record:
    instance, logical = random_text("i-@17"), random_text("node-@12")
    kept = ("InstanceGroupName", "InstanceType", "LifeCycleConfig", "ThreadsPerCore", "InstanceStorageConfigs")
    doc = {member: group[member] for member in kept if member in group}
    doc.setdefault("InstanceType", _first_type(group))
    doc.update(InstanceId=instance, NodeLogicalId=logical, LaunchTime=request.now, Volumes={})
    plan: list[Step] = [{"after": 60, "status": "Running"}]
    key = f"{cluster.name}/{instance}"
    record = Record(NODE, key, doc, now=request.now, name=instance, parent=cluster.name, status="Pending", plan=plan)
    request.resources.insert(record)
    return record


def _first_type(group: dict[str, Any]) -> str:
    types = group.get("InstanceRequirements", {}).get("InstanceTypes") or ["ml.t3.medium"]
    return str(types[0])


def _node(request: Request, cluster: Record, name: str | None) -> Record:
    """A node by instance id or logical id."""
    node = _find(request, cluster, name or "")
    if node is None:
        raise Refusal(NOT_FOUND, f"Cluster {cluster.arn} has no node {name}.")
    return node


def _find(request: Request, cluster: Record, name: str) -> Record | None:
    found = request.resources.get(NODE, f"{cluster.name}/{name}")
    same = request.resources.find(NODE, ("$.NodeLogicalId", "=", name), parent=cluster.name) if found is None else []
    return next(iter(same), found)


def _shown(node: Record) -> dict[str, Any]:
    return {**node.doc, "InstanceStatus": {"Status": node.status}, "_region": node.scope.rpartition("/")[2]}


def describe_node(request: Request) -> View:
    """Answer ``DescribeClusterNode``."""
    node = _node(request, cluster_of(request), request.params.get("NodeId") or request.params.get("NodeLogicalId"))
    shown = {"NodeDetails": _shown(node)}
    advance_shown(request, node)
    return shown


def list_nodes(request: Request) -> View:
    """Answer ``ListClusterNodes``."""
    nodes = request.resources.find(NODE, parent=cluster_of(request).name)
    shown = [{**_shown(node), "CreationTime": node.created} for node in nodes]
    filters = {**MADE, "InstanceGroupNameContains": ("contains", "InstanceGroupName")}
    return answer(request, "ClusterNodeSummaries", shown, filters=filters, sort={"NAME": "InstanceGroupName"})


def add_nodes(request: Request) -> View:
    """Answer ``BatchAddClusterNodes``."""
    cluster = cluster_of(request)
    groups = {g["InstanceGroupName"]: g for g in cluster.doc.get("InstanceGroups", ())}
    good, bad = [], []
    for wanted in request.params["NodesToAdd"]:
        name, count = wanted["InstanceGroupName"], wanted["IncrementTargetCountBy"]
        if name not in groups:
            text = f"Cluster {cluster.arn} has no instance group {name}."
            bad.append(
                {"InstanceGroupName": name, "ErrorCode": "InstanceGroupNotFound", "FailedCount": count, "Message": text}
            )
            continue
        for _ in range(count):
            node = _add_node(request, cluster, groups[name])
            good.append({**node.doc, "Status": "Pending"})
        _recount(groups[name], count)
    request.resources.save(cluster)
    record_operation(request, cluster)
    return {"Successful": good, "Failed": bad}


def _recount(group: dict[str, Any], change: int) -> None:
    for member in ("CurrentCount", "TargetCount", "InstanceCount"):
        group[member] = max(0, group[member] + change)


def delete_nodes(request: Request) -> View:
    """Answer ``BatchDeleteClusterNodes``."""
    cluster = cluster_of(request)
    groups = {g["InstanceGroupName"]: g for member in GROUPS for g in cluster.doc.get(member, ())}

    def end(node: Record) -> None:
        _recount(groups[node.doc["InstanceGroupName"]], -1)
        request.resources.remove(node)

    outcome = _each(request, cluster, end, {"Code": "NodeIdNotFound"})
    request.resources.save(cluster)
    record_operation(request, cluster)
    return outcome


def reboot_nodes(request: Request) -> View:
    """Answer ``BatchRebootClusterNodes``."""

    def reboot(node: Record) -> None:
        node.become("Pending", [{"after": 60, "status": "Running"}], request.now)
        request.resources.save(node)

    return _each(request, cluster_of(request), reboot, {"ErrorCode": "InstanceIdNotFound"})


def replace_nodes(request: Request) -> View:
    """The node keeps its logical id and gets another instance."""
    cluster = cluster_of(request)

    def replace(node: Record) -> None:
        request.resources.remove(node)
        fresh = _add_node(request, cluster, node.doc)
        fresh.doc["NodeLogicalId"] = node.doc["NodeLogicalId"]
        request.resources.save(fresh)

    return _each(request, cluster, replace, {"ErrorCode": "InstanceIdNotFound"})


def move_nodes(request: Request) -> View:
    """Answer ``MoveClusterNodes``: the nodes keep who they are, and join the target group as it is configured."""
    params = request.params
    if sum(member in params for member in ("NodeIds", "NodeLogicalIds", "InstanceCount")) != 1:
        raise invalid("Specify exactly one of NodeIds, NodeLogicalIds and InstanceCount.")
    source = request.named("Cluster", "SourceClusterArn")
    target = source
    if params["TargetClusterArn"] != params["SourceClusterArn"]:
        target = request.named("Cluster", "TargetClusterArn")
    for cluster in (source, target):
        if cluster.status != "InService":
            raise invalid(f"Cluster {cluster.arn} must be InService, its status is {cluster.status}.")
    left, joined = _group(source, params["SourceInstanceGroupName"]), _group(target, params["TargetInstanceGroupName"])
    if left is joined:
        raise invalid("The source and the target must be different instance groups.")
    sought = request
    if "InstanceCount" in params:
        here = request.resources.find(NODE, ("$.InstanceGroupName", "=", left["InstanceGroupName"]), parent=source.name)
        if len(here) < params["InstanceCount"]:
            raise invalid(f"The instance group {left['InstanceGroupName']} has only {len(here)} nodes.")
        sought = request.with_params(NodeIds=[node.name for node in here[: params["InstanceCount"]]])

    def is_here(node: Record) -> bool:
        return bool(node.doc["InstanceGroupName"] == left["InstanceGroupName"])

    def move(node: Record) -> None:
        request.resources.remove(node)
        request.resources.insert(_moved(request, node, target, joined))
        _recount(left, -1)
        _recount(joined, 1)

    outcome = _each(sought, source, move, {"Code": "NodeIdNotFound"}, is_here)
    for cluster in [source] if target is source else [source, target]:
        request.resources.save(cluster)
        record_operation(request, cluster)
    return outcome


def _group(cluster: Record, name: str) -> dict[str, Any]:
    """The instance group of that name. Raises Refusal."""
    groups = (group for member in GROUPS for group in cluster.doc.get(member, ()))
    found: dict[str, Any] | None = next((group for group in groups if group["InstanceGroupName"] == name), None)
    if found is None:
        raise Refusal(NOT_FOUND, f"Cluster {cluster.arn} has no instance group {name}.")
    return found


def _moved(request: Request, node: Record, cluster: Record, group: dict[str, Any]) -> Record:
    """A node as it joins another group: its volumes are replaced, its ids and its type stay."""
    doc: dict[str, Any] = {**node.doc, "InstanceGroupName": group["InstanceGroupName"], "Volumes": {}}
    if "LifeCycleConfig" in group:
        doc["LifeCycleConfig"] = group["LifeCycleConfig"]
    plan: list[Step] = [{"after": 60, "status": "AttachInProgress"}, {"after": 60, "status": "Running"}]
    key, parent, status = f"{cluster.name}/{node.name}", cluster.name, "DetachInProgress"
    return Record(NODE, key, doc, now=request.now, name=node.name, parent=parent, status=status, plan=plan)


def _each(
    request: Request,
    cluster: Record,
    act: Callable[[Record], None],
    error: dict[str, str],
    fits: Callable[[Record], bool] | None = None,
) -> View:
    """Act on every node named that ``fits``; what was found and what was not."""
    outcome: View = {}
    for member, good, bad, name in (
        ("NodeIds", "Successful", "Failed", "NodeId"),
        ("NodeLogicalIds", "SuccessfulNodeLogicalIds", "FailedNodeLogicalIds", "NodeLogicalId"),
    ):
        for given in request.params.get(member, ()):
            node = _find(request, cluster, given)
            if node is None or (fits and not fits(node)):
                failed = {name: given, "Message": f"Cluster {cluster.arn} has no node {given}.", **error}
                outcome.setdefault(bad, []).append(failed)
            else:
                act(node)
                outcome.setdefault(good, []).append(given)
    return outcome


def attach_volume(request: Request) -> View:
    """Answer ``AttachClusterNodeVolume``."""
    cluster = cluster_of(request)
    node = _node(request, cluster, request.params["NodeId"])
    volume = {"AttachTime": request.now, "DeviceName": f"/dev/sd{chr(ord('f') + len(node.doc['Volumes']) % 10)}"}
    node.doc["Volumes"][request.params["VolumeId"]] = volume
    request.resources.save(node)
    return {**request.params, **volume, "ClusterArn": cluster.arn, "Status": "attached"}


def detach_volume(request: Request) -> View:
    """Answer ``DetachClusterNodeVolume``."""
    cluster = cluster_of(request)
    node = _node(request, cluster, request.params["NodeId"])
    volume = node.doc["Volumes"].pop(request.params["VolumeId"], None)
    if volume is None:
        raise Refusal(NOT_FOUND, f"Volume {request.params['VolumeId']} is not attached to node {node.name}.")
    request.resources.save(node)
    return {**request.params, **volume, "ClusterArn": cluster.arn, "Status": "detached"}


def attach_interface(request: Request) -> View:
    """Answer ``AttachClusterNodeNetworkInterface``."""
    cluster = cluster_of(request)
    _node(request, cluster, request.params["NodeId"])
    return {**request.params, "ClusterArn": cluster.arn, "AttachmentId": random_text("eni-attach-@17")}


def record_operation(request: Request, cluster: Record, kind: str = "Scaling") -> None:
    """Note that something is being done to a cluster; it is done after a minute."""
    name = random_text("%")
    doc = {"OperationId": name, "ClusterArn": cluster.arn, "Type": kind, "CreationTime": request.now}
    plan: list[Step] = [{"after": 60, "status": "Done"}]
    key, status = f"{cluster.name}/{name}", "InProgress"
    record = Record(OPERATION, key, doc, now=request.now, name=name, parent=cluster.name, status=status, plan=plan)
    request.resources.insert(record)
