# Create the endpoint unless it is there, else update it.
name=churn
deploy() {
  if aws sagemaker describe-endpoint --endpoint-name "$name" >/dev/null 2>&1; then
    aws sagemaker update-endpoint --endpoint-name "$name" --endpoint-config-name "$1" --query EndpointArn --output text
  else
    aws sagemaker create-endpoint --endpoint-name "$name" --endpoint-config-name "$1" --query EndpointArn --output text
  fi
}
deploy churn-v1
deploy churn-v2
