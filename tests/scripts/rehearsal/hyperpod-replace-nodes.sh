# HyperPod cluster: nodes that fail a check are replaced
set -euo pipefail

CLUSTER=train-cluster
ROLE=arn:aws:iam::123456789012:role/HyperPod
aws sagemaker create-cluster --cluster-name $CLUSTER --node-recovery None --instance-groups "[{
    \"InstanceGroupName\": \"gpu\", \"InstanceType\": \"ml.p4d.24xlarge\", \"InstanceCount\": 3, \"ExecutionRole\": \"$ROLE\",
    \"LifeCycleConfig\": {\"SourceS3Uri\": \"s3://sagemaker-lifecycle/base\", \"OnCreate\": \"on_create.sh\"}}]" > /dev/null

nodes() { aws sagemaker list-cluster-nodes --cluster-name $CLUSTER --query 'ClusterNodeSummaries[].InstanceId' --output text | tr '\t' '\n' | sort; }

wait_for_cluster() {
    for _ in $(seq 60); do
        s=$(aws sagemaker describe-cluster --cluster-name $CLUSTER --query ClusterStatus --output text)
        [ "$s" = InService ] && return 0
        sleep 60
    done
    echo "cluster is $s" >&2
    return 1
}

wait_for_cluster
nodes > before
bad=$(head -1 before)
ip=$(aws sagemaker describe-cluster-node --cluster-name $CLUSTER --node-id "$bad" --query NodeDetails.PrivatePrimaryIp --output text)
echo "replacing $bad ($ip)"
failed=$(aws sagemaker batch-replace-cluster-nodes --cluster-name $CLUSTER --node-ids "$bad" --query 'length(Failed || `[]`)')
test "$failed" = 0
wait_for_cluster

nodes > after
test "$(wc -l < after)" -eq 3
! grep -qx "$bad" after
