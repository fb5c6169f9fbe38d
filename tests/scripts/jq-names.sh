# jq picks what is in service.
aws sagemaker list-endpoints | jq -r '.Endpoints[] | select(.EndpointStatus == "InService") | "\(.EndpointName) \(.CreationTime[:10])"'
