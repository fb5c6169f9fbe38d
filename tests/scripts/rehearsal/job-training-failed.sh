# jobs polled: a training job fails, which the script tells by its exit status and reason
set -euo pipefail

run_training() {
    local job=$1
    aws sagemaker create-training-job --training-job-name "$job" --role-arn arn:aws:iam::123456789012:role/t \
        --algorithm-specification TrainingImage=123456789012.dkr.ecr.us-east-1.amazonaws.com/t:1,TrainingInputMode=File \
        --output-data-config S3OutputPath=s3://out/ --stopping-condition MaxRuntimeInSeconds=60 \
        --resource-config InstanceType=ml.m5.large,InstanceCount=1,VolumeSizeInGB=1 > /dev/null
    if aws sagemaker wait training-job-completed-or-stopped --training-job-name "$job"; then
        return 0
    fi
    aws sagemaker describe-training-job --training-job-name "$job" --query FailureReason --output text >&2
    return 1
}

run_training good
awsshadow sandbox fail 'bad-*' --reason 'AlgorithmError: CUDA out of memory'
if run_training bad-1 2> reason; then
    exit 1
fi
grep -q 'CUDA out of memory' reason

failed=$(aws sagemaker list-training-jobs --status-equals Failed --query 'TrainingJobSummaries[].TrainingJobName' --output text)
done_=$(aws sagemaker list-training-jobs --status-equals Completed --query 'TrainingJobSummaries[].TrainingJobName' --output text)
[ "$failed/$done_" = bad-1/good ]
