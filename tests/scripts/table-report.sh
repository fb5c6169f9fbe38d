# A table for a person, cut by sed.
aws sagemaker list-endpoints --output table --query 'Endpoints[].{Name:EndpointName,Status:EndpointStatus}'
aws sagemaker list-endpoints --output table | sed -n '2p'
