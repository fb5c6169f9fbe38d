# account set-up: a rule starts a pipeline each night, and a function says how it went
set -euo pipefail

mkdir fn && cat > fn/app.py <<'PY'
def handler(event, context):
    return event["detail"]["currentPipelineExecutionStatus"]
PY
(cd fn && python3 -m zipfile -c ../fn.zip app.py)
role=$(aws iam create-role --role-name nightly --assume-role-policy-document '{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "events.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}' \
    --query Role.Arn --output text)
fn=$(aws lambda create-function --function-name pipeline-report --runtime python3.12 --handler app.handler --role "$role" \
    --zip-file fileb://fn.zip --query FunctionArn --output text)
pipeline=$(aws sagemaker create-pipeline --pipeline-name nightly --role-arn "$role" --query PipelineArn --output text \
    --pipeline-definition '{"Version": "2020-12-01", "Steps": []}' --client-request-token nightly-nightly-nightly-nightly-0001)

aws events put-rule --name start-nightly --schedule-expression 'cron(0 2 * * ? *)' > /dev/null
aws events put-targets --rule start-nightly --targets "Id=1,Arn=$pipeline,RoleArn=$role" > /dev/null
aws events put-rule --name nightly-ended --event-pattern '{"source": ["aws.sagemaker"], "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"]}' > /dev/null
aws events put-targets --rule nightly-ended --targets "Id=1,Arn=$fn" > /dev/null

[[ $(aws events list-targets-by-rule --rule start-nightly --query 'Targets[0].Arn' --output text) == "$pipeline" ]]
aws sagemaker describe-pipeline --pipeline-name "${pipeline##*/}" --query PipelineStatus --output text | grep -qx Active
