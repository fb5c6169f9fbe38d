# pipeline started by CI and watched: a callback step waits in a queue until a token comes back
# needs: AWS CLI 2
set -euo pipefail

queue=$(aws sqs create-queue --queue-name approvals --query QueueUrl --output text)
cat > d.json <<JSON
{"Version": "2020-12-01", "Steps": [{"Name": "Approve", "Type": "Callback", "SqsQueueUrl": "$queue",
  "Arguments": {"who": "release manager"}, "OutputParameters": [{"OutputName": "decision", "OutputType": "String"}]}]}
JSON
aws sagemaker create-pipeline --pipeline-name release --role-arn arn:aws:iam::123456789012:role/p \
    --client-request-token release-release-release-release-1 --pipeline-definition file://d.json > /dev/null
exec_arn=$(aws sagemaker start-pipeline-execution --pipeline-name release --query PipelineExecutionArn --output text)

step() {
    aws sagemaker list-pipeline-execution-steps --pipeline-execution-arn "$exec_arn" \
        --query "PipelineExecutionSteps[0].$1" --output text
}
[[ $(step StepStatus) == Executing ]]
token=$(step Metadata.Callback.CallbackToken)
aws sqs send-message --queue-url "$queue" --message-body "{\"token\": \"$token\"}" > /dev/null

# somebody else reads the queue and says yes
got=$(aws sqs receive-message --queue-url "$queue" --query 'Messages[0].Body' --output text | sed 's/.*"token": "\([^"]*\)".*/\1/')
aws sagemaker send-pipeline-execution-step-success --callback-token "$got" \
    --output-parameters Name=decision,Value=yes > /dev/null

[[ $(step StepStatus) == Succeeded && $(step Metadata.Callback.OutputParameters[0].Value) == yes ]]
[[ $(aws sagemaker describe-pipeline-execution --pipeline-execution-arn "$exec_arn" --query PipelineExecutionStatus --output text) == Succeeded ]]
