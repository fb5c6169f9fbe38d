# pipeline started by CI and watched: it fails, and the log of the failed step ends up in the build's output
set -euo pipefail

PIPELINE=weekly
ROLE=arn:aws:iam::123456789012:role/pipelines
python3 - > definition.json <<'PY'
import json
job = {
    "ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.t3.medium", "InstanceCount": 1, "VolumeSizeInGB": 10}},
    "AppSpecification": {"ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/check:3"},
    "RoleArn": "arn:aws:iam::123456789012:role/pipelines",
}
steps = [{"Name": "Check", "Type": "Processing", "Arguments": job},
         {"Name": "Complain", "Type": "Fail", "DependsOn": ["Check"], "Arguments": {"ErrorMessage": "too few rows"}}]
print(json.dumps({"Version": "2020-12-01", "Steps": steps}))
PY
aws sagemaker create-pipeline --pipeline-name $PIPELINE --role-arn $ROLE --pipeline-definition file://definition.json \
    --client-request-token weekly-weekly-weekly-weekly-weekly > /dev/null
run=$(aws sagemaker start-pipeline-execution --pipeline-name $PIPELINE --query PipelineExecutionArn --output text)

until status=$(aws sagemaker describe-pipeline-execution --pipeline-execution-arn "$run" --query PipelineExecutionStatus \
    --output text); [[ $status =~ ^(Succeeded|Failed|Stopped)$ ]]; do
    sleep 20
done
echo "$PIPELINE: $status"

report=$(aws sagemaker list-pipeline-execution-steps --pipeline-execution-arn "$run" --sort-order Ascending)
echo "$report" | jq -r '.PipelineExecutionSteps[] | "\(.StepName)\t\(.StepStatus)\t\(.FailureReason // "")"'
[[ $status == Failed ]]
echo "$report" | jq -e '.PipelineExecutionSteps[] | select(.StepStatus == "Failed") | .FailureReason | contains("too few rows")' > /dev/null

arn=$(echo "$report" | jq -r '.PipelineExecutionSteps[] | select(.StepName == "Check") | .Metadata.ProcessingJob.Arn')
job=$(aws sagemaker describe-processing-job --processing-job-name "${arn##*/}" --query ProcessingJobName --output text)
stream=$(aws logs describe-log-streams --log-group-name /aws/sagemaker/ProcessingJobs --log-stream-name-prefix "$job" \
    --query 'logStreams[0].logStreamName' --output text)
aws logs get-log-events --log-group-name /aws/sagemaker/ProcessingJobs --log-stream-name "$stream" \
    --query 'events[].message' --output text | grep -q .
