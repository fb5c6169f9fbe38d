# endpoint deployed and rolled back: an asynchronous endpoint with notifications, and requests that lie in S3
set -euo pipefail
cd "$(mktemp -d)"

BUCKET=async-inference-demo
aws s3api create-bucket --bucket $BUCKET > /dev/null
aws s3api put-bucket-encryption --bucket $BUCKET --server-side-encryption-configuration \
    '{"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}'
OK_TOPIC=$(aws sns create-topic --name async-ok --query TopicArn --output text)
ERROR_TOPIC=$(aws sns create-topic --name async-error --query TopicArn --output text)

aws sagemaker create-model --model-name translate --execution-role-arn arn:aws:iam::123456789012:role/translate \
    --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/translate:3 > /dev/null
aws sagemaker create-endpoint-config --endpoint-config-name translate-async --cli-input-json "$(cat <<JSON
{
  "EndpointConfigName": "translate-async",
  "ProductionVariants": [
    {"VariantName": "v", "ModelName": "translate", "InstanceType": "ml.g4dn.xlarge", "InitialInstanceCount": 1}
  ],
  "AsyncInferenceConfig": {
    "OutputConfig": {
      "S3OutputPath": "s3://$BUCKET/out/",
      "NotificationConfig": {"SuccessTopic": "$OK_TOPIC", "ErrorTopic": "$ERROR_TOPIC"}
    },
    "ClientConfig": {"MaxConcurrentInvocationsPerInstance": 4}
  }
}
JSON
)" > /dev/null
aws sagemaker create-endpoint --endpoint-name translate --endpoint-config-name translate-async > /dev/null
aws sagemaker wait endpoint-in-service --endpoint-name translate

for n in 1 2 3; do
    echo "{\"text\": \"sentence $n\"}" | aws s3 cp - s3://$BUCKET/in/$n.json
    aws sagemaker-runtime invoke-endpoint-async --endpoint-name translate \
        --input-location s3://$BUCKET/in/$n.json --query OutputLocation --output text
done > outputs.txt

topic=$(aws sagemaker describe-endpoint --endpoint-name translate --output text \
    --query AsyncInferenceConfig.OutputConfig.NotificationConfig.ErrorTopic)
[[ $topic == "$ERROR_TOPIC" ]]
[[ $(sort -u outputs.txt | grep -c "^s3://$BUCKET/out/") == 3 ]]
