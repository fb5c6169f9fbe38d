# HyperPod cluster: lifecycle scripts go to S3, the cluster is created from a document and watched
# sandbox: --clock step
set -euo pipefail

CLUSTER_NAME=${CLUSTER_NAME:-ml-cluster}
AWS_ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
BUCKET=sagemaker-hyperpod-$AWS_ACCOUNT
ROLE=arn:aws:iam::$AWS_ACCOUNT:role/HyperPod

mkdir -p LifecycleScripts/base-config
echo '#!/bin/bash' > LifecycleScripts/base-config/on_create.sh
cat > LifecycleScripts/base-config/provisioning_parameters.json <<EOF
{"version": "1.0.0", "workload_manager": "slurm", "controller_group": "controller",
 "worker_groups": [{"instance_group_name": "workers", "partition_name": "dev"}]}
EOF
aws s3 mb "s3://$BUCKET"
aws s3 sync LifecycleScripts "s3://$BUCKET/LifecycleScripts" --no-progress
aws s3 ls --recursive "s3://$BUCKET/" > listing
grep -q on_create.sh listing

group() {
    cat <<EOF
{"InstanceGroupName": "$1", "InstanceType": "$2", "InstanceCount": $3, "ExecutionRole": "$ROLE", "ThreadsPerCore": 1,
 "LifeCycleConfig": {"SourceS3Uri": "s3://$BUCKET/LifecycleScripts/base-config", "OnCreate": "on_create.sh"}}
EOF
}
cat > cluster-config.json <<EOF
{
  "ClusterName": "$CLUSTER_NAME",
  "InstanceGroups": [$(group controller ml.m5.xlarge 1), $(group workers ml.g5.8xlarge 2)]
}
EOF
aws sagemaker create-cluster --cli-input-json file://cluster-config.json

while true; do
    status=$(aws sagemaker describe-cluster --cluster-name "$CLUSTER_NAME" --query ClusterStatus --output text)
    echo "$CLUSTER_NAME: $status"
    case $status in
        InService) break ;;
        Failed | RollingBack) exit 1 ;;
    esac
    sleep 30
done

aws sagemaker list-cluster-nodes --cluster-name "$CLUSTER_NAME" --output table
workers=$(aws sagemaker list-cluster-nodes --cluster-name "$CLUSTER_NAME" --instance-group-name-contains workers \
    --query 'length(ClusterNodeSummaries)')
[[ $workers -eq 2 ]]
