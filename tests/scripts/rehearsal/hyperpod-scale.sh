# HyperPod cluster: an instance group is grown and shrunk again from its description
set -euo pipefail

cluster=gpu-pool
aws sagemaker create-cluster --cluster-name $cluster --instance-groups '[
    {"InstanceGroupName": "head", "InstanceType": "ml.c5.xlarge", "InstanceCount": 1,
     "ExecutionRole": "arn:aws:iam::123456789012:role/hp",
     "LifeCycleConfig": {"SourceS3Uri": "s3://sagemaker-hp/", "OnCreate": "start.sh"}},
    {"InstanceGroupName": "compute", "InstanceType": "ml.g5.xlarge", "InstanceCount": 2,
     "ExecutionRole": "arn:aws:iam::123456789012:role/hp",
     "LifeCycleConfig": {"SourceS3Uri": "s3://sagemaker-hp/", "OnCreate": "start.sh"}}]'

scale() {
    aws sagemaker describe-cluster --cluster-name $cluster |
        jq --arg group "$1" --argjson count "$2" '{ClusterName, InstanceGroups: [.InstanceGroups[]
            | {InstanceGroupName, InstanceType, ExecutionRole, LifeCycleConfig,
               InstanceCount: (if .InstanceGroupName == $group then $count else .TargetCount end)}]}' > update.json
    aws sagemaker update-cluster --cli-input-json file://update.json > /dev/null
    until [[ $(aws sagemaker describe-cluster --cluster-name $cluster --query ClusterStatus --output text) == InService ]]; do
        sleep 30
    done
}
size() { aws sagemaker list-cluster-nodes --cluster-name $cluster --query 'length(ClusterNodeSummaries)'; }

scale compute 5
[[ $(size) == 6 ]]
scale compute 1
[[ $(size) == 2 ]]
current=$(aws sagemaker describe-cluster --cluster-name $cluster \
    --query "InstanceGroups[?InstanceGroupName=='compute'].CurrentCount | [0]" --output text)
[[ $current == 1 ]]
