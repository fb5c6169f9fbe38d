# Compare dates as text.
aws sagemaker list-models --query 'Models[?CreationTime<`2023-11-15`].ModelName' --output text
aws sagemaker list-models --creation-time-before 2023-11-15T00:00:00Z --query 'Models[].CreationTime' --output text
