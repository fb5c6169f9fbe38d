"""HyperPod clusters and their nodes."""

from typing import Any

import pytest

from awsshadow.sandbox import service

GROUP = {
    "InstanceGroupName": "workers",
    "InstanceCount": 3,
    "InstanceType": "ml.p4d.24xlarge",
    "ExecutionRole": "arn:aws:iam::123456789012:role/sandbox-role",
    "LifeCycleConfig": {"SourceS3Uri": "s3://bucket/key", "OnCreate": "run.sh"},
}
C = {"ClusterName": "c"}


@pytest.fixture
def cluster(world: Any) -> Any:
    world.ok("CreateCluster", **C, InstanceGroups=[GROUP])
    return world


def nodes(world: Any) -> Any:
    return world.ok("ListClusterNodes", **C, SortOrder="Ascending")["ClusterNodeSummaries"]


def counts(world: Any) -> Any:
    return {g["InstanceGroupName"]: g["CurrentCount"] for g in world.ok("DescribeCluster", **C)["InstanceGroups"]}


def test_groups_have_their_nodes(cluster: Any) -> None:
    shown = cluster.ok("DescribeCluster", **C)
    assert shown["ClusterStatus"] == "InService"
    assert counts(cluster) == {"workers": 3}
    assert {n["InstanceStatus"]["Status"] for n in nodes(cluster)} == {"Running"}
    one = nodes(cluster)[0]
    by_id = cluster.ok("DescribeClusterNode", **C, NodeId=one["InstanceId"])
    by_logical = cluster.ok("DescribeClusterNode", **C, NodeLogicalId=one["NodeLogicalId"])
    assert by_id == by_logical
    assert by_id["NodeDetails"]["LifeCycleConfig"] == GROUP["LifeCycleConfig"]
    assert cluster.refused("DescribeClusterNode", **C, NodeId="i-00000000")[0] == "ResourceNotFound"
    arn = shown["ClusterArn"]
    assert cluster.ok("ListClusterNodes", ClusterName=arn)["ClusterNodeSummaries"]


def test_updates_scale(cluster: Any) -> None:
    before = {n["InstanceId"] for n in nodes(cluster)}
    cluster.ok("UpdateCluster", **C, InstanceGroups=[{**GROUP, "InstanceCount": 1}])
    after = {n["InstanceId"] for n in nodes(cluster)}
    assert len(after) == 1
    assert after < before
    other = {**GROUP, "InstanceGroupName": "more", "InstanceCount": 2}
    cluster.ok("UpdateCluster", **C, InstanceGroups=[other])
    assert counts(cluster) == {"workers": 1, "more": 2}
    cluster.ok("UpdateCluster", **C, InstanceGroupsToDelete=["workers"])
    assert counts(cluster) == {"more": 2}
    assert {n["InstanceGroupName"] for n in nodes(cluster)} == {"more"}


def test_updates_of_groups_keep_what_they_leave_out(cluster: Any) -> None:
    before = cluster.ok("DescribeCluster", **C)["InstanceGroups"][0]
    fewer = {m: GROUP[m] for m in ("InstanceGroupName", "ExecutionRole")}
    cluster.ok("UpdateCluster", **C, InstanceGroups=[{**fewer, "InstanceCount": 1}])
    after = cluster.ok("DescribeCluster", **C)["InstanceGroups"][0]
    assert after == {**before, "CurrentCount": 1, "TargetCount": 1}
    machines = {"InstanceRequirements": {"InstanceTypes": ["ml.g5.xlarge"]}}
    cluster.ok("UpdateCluster", **C, InstanceGroups=[{**fewer, "InstanceCount": 1, **machines}])
    after = cluster.ok("DescribeCluster", **C)["InstanceGroups"][0]
    assert "InstanceType" not in after
    assert after["LifeCycleConfig"] == GROUP["LifeCycleConfig"]


def test_an_update_that_fails_leaves_the_nodes(cluster: Any) -> None:
    before = nodes(cluster)
    folder = cluster.sandbox._folder
    kept = service.show_faults(folder)
    rule = {"family": "Cluster", "name": "c", "on": "update", "times": 1}
    service.set_faults(folder, {"fail": [rule]})
    try:
        cluster.ok("UpdateCluster", **C, InstanceGroups=[{**GROUP, "InstanceCount": 1}])
    finally:
        service.set_faults(folder, kept)
    assert nodes(cluster) == before
    shown = cluster.ok("DescribeCluster", **C)
    assert shown["ClusterStatus"] == "InService"
    assert shown["FailureMessage"]


def test_nodes_are_listed_as_documented(cluster: Any) -> None:
    plain = cluster.ok("ListClusterNodes", **C)["ClusterNodeSummaries"]
    assert plain == nodes(cluster)
    assert plain[::-1] == cluster.ok("ListClusterNodes", **C, SortOrder="Descending")["ClusterNodeSummaries"]


def test_nodes_come_and_go(cluster: Any) -> None:
    add = [
        {"InstanceGroupName": "workers", "IncrementTargetCountBy": 2},
        {"InstanceGroupName": "no", "IncrementTargetCountBy": 1},
    ]
    shown = cluster.ok("BatchAddClusterNodes", **C, NodesToAdd=add)
    assert len(shown["Successful"]) == 2
    assert [f["ErrorCode"] for f in shown["Failed"]] == ["InstanceGroupNotFound"]
    assert counts(cluster) == {"workers": 5}
    first, second = nodes(cluster)[:2]
    given = {"NodeIds": [first["InstanceId"], "i-00000000"], "NodeLogicalIds": [second["NodeLogicalId"]]}
    shown = cluster.ok("BatchDeleteClusterNodes", **C, **given)
    assert shown["Successful"] == [first["InstanceId"]]
    assert shown["SuccessfulNodeLogicalIds"] == [second["NodeLogicalId"]]
    assert [f["Code"] for f in shown["Failed"]] == ["NodeIdNotFound"]
    assert counts(cluster) == {"workers": 3}
    operations = cluster.ok("ListClusterOperations", **C)["ClusterOperationSummaries"]
    assert {o["Type"] for o in operations} == {"Scaling"}
    assert (
        len(cluster.ok("ListClusterOperations", **C, Type="DeepHealthCheck").get("ClusterOperationSummaries", [])) == 0
    )


def test_a_replaced_node_is_another_instance_in_the_same_place(cluster: Any) -> None:
    one = nodes(cluster)[0]
    cluster.ok("BatchRebootClusterNodes", **C, NodeIds=[one["InstanceId"]])
    cluster.ok("BatchReplaceClusterNodes", **C, NodeIds=[one["InstanceId"]])
    assert one["InstanceId"] not in {n["InstanceId"] for n in nodes(cluster)}
    assert one["NodeLogicalId"] in {n["NodeLogicalId"] for n in nodes(cluster)}
    assert len(nodes(cluster)) == 3


def test_volumes(cluster: Any) -> None:
    arn = cluster.ok("DescribeCluster", **C)["ClusterArn"]
    given = {"ClusterArn": arn, "NodeId": nodes(cluster)[0]["InstanceId"], "VolumeId": "vol-1234567890abcdef0"}
    assert cluster.ok("AttachClusterNodeVolume", **given)["Status"] == "attached"
    assert cluster.ok("DetachClusterNodeVolume", **given)["Status"] == "detached"
    assert cluster.refused("DetachClusterNodeVolume", **given)[0] == "ResourceNotFound"


def test_events_and_the_end(cluster: Any) -> None:
    events = cluster.ok("ListClusterEvents", **C)["Events"]
    shown = cluster.ok("DescribeClusterEvent", **C, EventId=events[0]["EventId"])
    assert shown["EventDetails"]["Description"] == "Cluster creation was requested."
    assert cluster.ok("ListClusterEvents", **C, ResourceType="Instance")["Events"] == []
    cluster.ok("DeleteCluster", **C)
    assert cluster.refused("ListClusterNodes", **C)[0] == "ResourceNotFound"
    cluster.ok("CreateCluster", **C, InstanceGroups=[GROUP])
    assert len(nodes(cluster)) == 3


def test_extensions(cluster: Any) -> None:
    arn = cluster.ok("DescribeCluster", **C)["ClusterArn"]
    made = cluster.ok("CreateClusterExtension", ClusterArn=arn, ExtensionName="eks-x")["ExtensionArn"]
    shown = cluster.ok("DescribeClusterExtension", ClusterArn=arn, ExtensionArn=made)["ExtensionDetails"]
    assert (shown["ExtensionName"], shown["Status"]) == ("eks-x", "Active")
    assert cluster.refused("CreateClusterExtension", ClusterArn=arn, ExtensionName="eks-x")[0] == "ResourceInUse"


@pytest.mark.model(since="1.44.8")
def test_nodes_move_to_another_group(cluster: Any) -> None:
    arn = cluster.ok("DescribeCluster", **C)["ClusterArn"]
    spare = {**GROUP, "InstanceGroupName": "spare", "InstanceCount": 1}
    other = cluster.ok("CreateCluster", ClusterName="d", InstanceGroups=[spare])["ClusterArn"]
    groups = {"SourceInstanceGroupName": "workers", "TargetInstanceGroupName": "spare"}
    ends = {"SourceClusterArn": arn, "TargetClusterArn": other, **groups}
    first, second, _ = nodes(cluster)
    moved = cluster.ok("MoveClusterNodes", **ends, NodeIds=[first["InstanceId"], "i-00000000"])
    assert moved["Successful"] == [first["InstanceId"]]
    assert [(f["NodeId"], f["Code"]) for f in moved["Failed"]] == [("i-00000000", "NodeIdNotFound")]
    assert counts(cluster) == {"workers": 2}
    there = cluster.ok("DescribeClusterNode", ClusterName="d", NodeId=first["InstanceId"])["NodeDetails"]
    assert (there["NodeLogicalId"], there["InstanceGroupName"]) == (first["NodeLogicalId"], "spare")
    assert there["InstanceStatus"]["Status"] == "Running"
    cluster.refused("DescribeClusterNode", **C, NodeId=first["InstanceId"])
    by_logical = cluster.ok("MoveClusterNodes", **ends, NodeLogicalIds=[second["NodeLogicalId"]])
    assert by_logical["SuccessfulNodeLogicalIds"] == [second["NodeLogicalId"]]
    assert len(cluster.ok("MoveClusterNodes", **ends, InstanceCount=1)["Successful"]) == 1
    assert counts(cluster) == {"workers": 0}
    assert cluster.refused("MoveClusterNodes", **ends, InstanceCount=1)[0] == "ValidationException"
    assert cluster.refused("MoveClusterNodes", **ends)[0] == "ValidationException"
    lost = {**ends, "TargetInstanceGroupName": "none"}
    assert cluster.refused("MoveClusterNodes", **lost, InstanceCount=1)[0] == "ResourceNotFound"
    back = {"SourceClusterArn": other, "TargetClusterArn": arn, "SourceInstanceGroupName": "spare"}
    cluster.ok("MoveClusterNodes", **back, TargetInstanceGroupName="workers", InstanceCount=4)
    assert counts(cluster) == {"workers": 4}
