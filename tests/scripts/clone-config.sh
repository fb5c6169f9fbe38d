# Describe, rename, create again.
aws sagemaker describe-endpoint-config --endpoint-config-name blue \
  --query '{EndpointConfigName: `green`, ProductionVariants: ProductionVariants}' >green.json
aws sagemaker create-endpoint-config --cli-input-json file://green.json --output text
