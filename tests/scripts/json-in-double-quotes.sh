# JSON in double quotes, so that the shell fills in variables.
team="data science"
aws sagemaker add-tags --resource-arn "arn:aws:sagemaker:us-east-1:123456789012:model/m" \
  --tags "[{\"Key\":\"team\",\"Value\":\"$team\"},{\"Key\":\"path\",\"Value\":\"a\\\\b\"}]" --query 'Tags[0].Value'
