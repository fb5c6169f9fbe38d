# Arguments gathered in an array.
args=(--training-job-name "my job" --role-arn "arn:aws:iam::123456789012:role/r")
args+=(--output-data-config S3OutputPath=s3://bucket/out)
args+=(--resource-config InstanceType=ml.m5.large,InstanceCount=1,VolumeSizeInGB=5)
args+=(--stopping-condition MaxRuntimeInSeconds=60)
args+=(--no-enable-managed-spot-training --enable-network-isolation)
aws sagemaker create-training-job "${args[@]}" --output off
echo "code $?"
