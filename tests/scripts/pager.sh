# No pager in a script, whatever AWS_PAGER says.
AWS_PAGER='sed s/^/paged:/' aws sagemaker list-models --query 'Models[0].ModelName'
AWS_PAGER=less aws sagemaker list-models --query 'Models[0].ModelName' --no-cli-pager
