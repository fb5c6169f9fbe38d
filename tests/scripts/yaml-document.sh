# A document in YAML with comments.
cat >project.yaml <<'YAML'
# the tags of the team
ResourceArn: arn:aws:sagemaker:us-east-1:123456789012:model/m
Tags:
  - Key: team
    Value: forecasting
  - {Key: cost-centre, Value: "0042"}
YAML
aws sagemaker add-tags --cli-input-yaml file://project.yaml --output yaml
