# model registry approval: a version goes from staging to production, each with a profile of its own
set -euo pipefail

STAGING="--profile staging --region eu-west-1"
PROD="--profile prod --region eu-central-1"
bucket=promotions-$(aws sts get-caller-identity --profile staging --query Account --output text)
cd "$(mktemp -d)"

aws s3 mb s3://$bucket $STAGING > /dev/null
echo weights > model.tar.gz
aws s3 cp model.tar.gz s3://$bucket/churn/7/model.tar.gz $STAGING --quiet
for place in "$STAGING" "$PROD"; do
    aws sagemaker create-model-package-group --model-package-group-name churn $place > /dev/null
done
spec() {
    echo "{\"Containers\":[{\"Image\":\"123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:7\",\"ModelDataUrl\":\"$1\"}],\"SupportedContentTypes\":[\"text/csv\"],\"SupportedResponseMIMETypes\":[\"text/csv\"]}"
}
from=$(aws sagemaker create-model-package --model-package-group-name churn --model-approval-status Approved \
    --inference-specification "$(spec s3://$bucket/churn/7/model.tar.gz)" $STAGING --query ModelPackageArn --output text)

promote() {
    local data
    data=$(aws sagemaker describe-model-package --model-package-name "$1" $STAGING \
        --query 'InferenceSpecification.Containers[0].ModelDataUrl' --output text)
    aws s3 cp "$data" "s3://$bucket/prod/churn/7/model.tar.gz" $STAGING --quiet
    aws sagemaker create-model-package --model-package-group-name churn --model-approval-status PendingManualApproval \
        --inference-specification "$(spec "s3://$bucket/prod/churn/7/model.tar.gz")" \
        --customer-metadata-properties "source=$1" $PROD --query ModelPackageArn --output text
}
to=$(promote "$from")

[[ $from == arn:aws:sagemaker:eu-west-1:* && $to == arn:aws:sagemaker:eu-central-1:* ]]
source=$(aws sagemaker describe-model-package --model-package-name "$to" $PROD --query CustomerMetadataProperties.source --output text)
[[ $source == "$from" ]]
[[ $(aws s3 cp s3://$bucket/prod/churn/7/model.tar.gz - $STAGING) == weights ]]
