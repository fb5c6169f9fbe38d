# Text comes page by page: one line a page.
aws sagemaker list-models --query 'Models[].ModelName' --output text | xargs -n1 echo model:
aws sagemaker list-models --query 'Models[].ModelName' --output text | wc -l | tr -d ' '
