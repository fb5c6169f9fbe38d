# model registry approval: a version is registered with its card and metrics, and found again by search
set -euo pipefail

BUCKET=model-governance
aws s3 mb s3://$BUCKET
printf '{"regression_metrics": {"mse": {"value": 4.9}}}' > evaluation.json
aws s3 cp evaluation.json s3://$BUCKET/evaluation/7/evaluation.json

aws sagemaker create-model-package-group --model-package-group-name abalone --tags Key=project,Value=abalone
ARN=$(aws sagemaker create-model-package --model-package-group-name abalone --query ModelPackageArn --output text \
    --model-approval-status PendingManualApproval \
    --model-metrics "ModelQuality={Statistics={ContentType=application/json,S3Uri=s3://$BUCKET/evaluation/7/evaluation.json}}" \
    --inference-specification "Containers=[{Image=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1,ModelDataUrl=s3://$BUCKET/7/model.tar.gz}],SupportedContentTypes=[text/csv],SupportedResponseMIMETypes=[text/csv]")
aws sagemaker create-model-card --model-card-name abalone --model-card-status Draft --content '{"model_overview": {"model_name": "abalone"}}'
EXPORT=$(aws sagemaker create-model-card-export-job --model-card-name abalone --model-card-export-job-name first \
    --output-config S3OutputPath=s3://$BUCKET/cards --query ModelCardExportJobArn --output text)

metrics=$(aws sagemaker describe-model-package --model-package-name "$ARN" --query ModelMetrics.ModelQuality.Statistics.S3Uri --output text)
aws s3 cp "$metrics" - | grep -q '"mse"'
artifact=$(aws sagemaker describe-model-card-export-job --model-card-export-job-arn "$EXPORT" \
    --query ExportArtifacts.S3ExportArtifacts --output text)
aws s3 cp "$artifact" card.pdf
head -c 4 card.pdf | grep -q PDF

found=$(aws sagemaker search --resource ModelPackage --search-expression '{
    "Filters": [{"Name": "ModelPackageGroupName", "Operator": "Equals", "Value": "abalone"},
                {"Name": "ModelApprovalStatus", "Operator": "Equals", "Value": "PendingManualApproval"}]}' \
    --query 'Results[].ModelPackage.ModelPackageArn' --output text)
[[ $found == "$ARN" ]]
