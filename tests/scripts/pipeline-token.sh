# A token of one's own makes a start repeatable; without one a new one is made.
token=$(printf '%032d' 7)
aws sagemaker start-pipeline-execution --pipeline-name p --client-request-token "$token" \
  --pipeline-parameters Name=InputData,Value=s3://bucket/in Name=Threshold,Value=0.5 --query PipelineExecutionArn --output text
aws sagemaker start-pipeline-execution --pipeline-name p --output text
