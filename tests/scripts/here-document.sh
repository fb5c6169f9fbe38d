# A whole job as a here-document with variables in it.
job=train-$((40 + 2))
role=arn:aws:iam::123456789012:role/train
aws sagemaker create-training-job --output text --cli-input-json "$(cat <<JSON
{
  "TrainingJobName": "$job",
  "RoleArn": "$role",
  "AlgorithmSpecification": {"TrainingImage": "image:1", "TrainingInputMode": "File"},
  "HyperParameters": {"epochs": "10", "note": "it's \"quoted\""},
  "OutputDataConfig": {"S3OutputPath": "s3://bucket/out"},
  "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
  "StoppingCondition": {"MaxRuntimeInSeconds": 3600}
}
JSON
)"
