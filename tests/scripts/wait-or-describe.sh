# Wait for the endpoint; when that fails, say why.
aws sagemaker wait endpoint-in-service --endpoint-name churn ||
  aws sagemaker describe-endpoint --endpoint-name churn --query FailureReason --output text
echo "code $?"
