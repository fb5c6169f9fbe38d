# A profile by variable and by option.
AWS_PROFILE=dev aws sagemaker list-models --output text --query 'Models[].ModelName'
env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_DEFAULT_REGION \
  aws --profile prod sagemaker list-models
aws sagemaker list-models --profile nobody
echo "code $?"
