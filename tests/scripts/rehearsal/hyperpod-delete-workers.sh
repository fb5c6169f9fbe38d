# HyperPod cluster: nodes are taken out, the software is updated, then the cluster goes
# sandbox: --clock step
set -euo pipefail

c=ephemeral
aws sagemaker create-cluster --cluster-name $c --instance-groups 'InstanceGroupName=w,InstanceType=ml.m5.large,InstanceCount=3,ExecutionRole=arn:aws:iam::123456789012:role/hp,LifeCycleConfig={SourceS3Uri=s3://sagemaker-x/y,OnCreate=on_create.sh}' > /dev/null

in_state() {
    local want=$1 seen
    for try in {1..40}; do
        seen=$(aws sagemaker describe-cluster --cluster-name $c --query ClusterStatus --output text 2> /dev/null || echo gone)
        echo "$try $seen"
        [[ $seen == "$want" ]] && return 0
        sleep 1
    done
    return 1
}

in_state InService
id=$(aws sagemaker list-cluster-nodes --cluster-name $c --sort-by CREATION_TIME --query 'ClusterNodeSummaries[0].InstanceId' --output text)
aws sagemaker batch-delete-cluster-nodes --cluster-name $c --node-ids "$id" --query Successful --output text | grep -qx "$id"
in_state InService
aws sagemaker update-cluster-software --cluster-name $c > /dev/null
in_state InService
[[ $(aws sagemaker list-cluster-nodes --cluster-name $c --query 'length(ClusterNodeSummaries)') == 2 ]]
aws sagemaker delete-cluster --cluster-name $c
in_state gone
