# pipeline started by CI and watched: a new commit stops the runs of older ones
# sandbox: --clock frozen
set -euo pipefail

P=train-on-commit
aws sagemaker create-pipeline --pipeline-name $P --role-arn arn:aws:iam::123456789012:role/p \
    --client-request-token "$(printf %036d 1)" --pipeline-definition '{
        "Version": "2020-12-01",
        "Steps": [{"Name": "T", "Type": "Training", "Arguments": {
            "AlgorithmSpecification": {"TrainingImage": "123456789012.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
            "RoleArn": "arn:aws:iam::123456789012:role/p",
            "OutputDataConfig": {"S3OutputPath": "s3://train-out/"},
            "StoppingCondition": {"MaxRuntimeInSeconds": 600},
            "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 5}}}]}' > /dev/null

start() {
    aws sagemaker start-pipeline-execution --pipeline-name $P --pipeline-execution-description "commit $1" \
        --query PipelineExecutionArn --output text
}
start aaaaaaa > /dev/null
start bbbbbbb > /dev/null
awsshadow sandbox clock advance 10s

for arn in $(aws sagemaker list-pipeline-executions --pipeline-name $P \
    --query "PipelineExecutionSummaries[?PipelineExecutionStatus=='Executing'].PipelineExecutionArn" --output text); do
    aws sagemaker stop-pipeline-execution --pipeline-execution-arn "$arn" --client-request-token "$(printf 'stop-%s-%020d' "${arn##*/}" 0)" > /dev/null
done
newest=$(start ccccccc)
awsshadow sandbox clock advance 1d

aws sagemaker list-pipeline-executions --pipeline-name $P --query 'PipelineExecutionSummaries[].PipelineExecutionStatus' \
    --output text | tr '\t' '\n' | sort | uniq -c | tee counts
grep -q '2 Stopped' counts
[[ $(aws sagemaker describe-pipeline-execution --pipeline-execution-arn "$newest" --query PipelineExecutionStatus --output text) == Succeeded ]]
