# Delete every model whose name begins so.
aws sagemaker list-models --name-contains old- --query 'Models[].ModelName' --output text |
  tr '\t' '\n' |
  xargs -n1 aws sagemaker delete-model --model-name
