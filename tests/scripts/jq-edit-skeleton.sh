# A skeleton, filled in by jq and sent back.
aws sagemaker create-model --generate-cli-skeleton |
  jq '{ModelName: "m", ExecutionRoleArn: "arn:aws:iam::123456789012:role/r", PrimaryContainer: (.PrimaryContainer | {Image: "image:1", Mode: .Mode})}' >model.json
aws sagemaker create-model --cli-input-json file://model.json --query ModelArn --output text
