# jobs polled: a training job is started from a skeleton, watched, and its artifact becomes a model
# sandbox: --clock step
set -euo pipefail

JOB=xgboost-$(date +%s)
ACCOUNT=$(aws sts get-caller-identity --output text --query Account)
BUCKET=train-$ACCOUNT
aws s3 mb s3://$BUCKET > /dev/null
seq 100 | awk '{print $1 "," $1 * 2}' > train.csv
aws s3 cp train.csv s3://$BUCKET/data/train.csv > /dev/null

aws sagemaker create-training-job --generate-cli-skeleton > skeleton.json
jq --arg job "$JOB" --arg bucket "$BUCKET" --arg role "arn:aws:iam::$ACCOUNT:role/Train" '
    {TrainingJobName: $job, RoleArn: $role,
     HyperParameters: {max_depth: "5", num_round: "50"},
     AlgorithmSpecification: {TrainingInputMode: "File",
        TrainingImage: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"},
     InputDataConfig: [.InputDataConfig[0] | {ChannelName: "train", ContentType: "text/csv",
        DataSource: {S3DataSource: {S3DataType: "S3Prefix", S3Uri: "s3://\($bucket)/data/"}}}],
     OutputDataConfig: {S3OutputPath: "s3://\($bucket)/output"},
     ResourceConfig: {InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 10},
     StoppingCondition: {MaxRuntimeInSeconds: 3600}}' skeleton.json > job.json
aws sagemaker create-training-job --cli-input-json file://job.json

secondary=
while :; do
    read -r status now < <(aws sagemaker describe-training-job --training-job-name "$JOB" \
        --query '[TrainingJobStatus, SecondaryStatus]' --output text)
    [[ $now == "$secondary" ]] || echo "$(date +%T) $status/$now"
    secondary=$now
    [[ $status == InProgress ]] || break
    sleep 30
done
[[ $status == Completed ]]

read -r artifact seconds < <(aws sagemaker describe-training-job --training-job-name "$JOB" \
    --query '[ModelArtifacts.S3ModelArtifacts, BillableTimeInSeconds]' --output text)
[[ $artifact == "s3://$BUCKET/output/$JOB/output/model.tar.gz" && $seconds -ge 0 ]]
aws sagemaker create-model --model-name "$JOB" --execution-role-arn "arn:aws:iam::$ACCOUNT:role/Train" \
    --primary-container "Image=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1,ModelDataUrl=$artifact" > /dev/null
aws logs filter-log-events --log-group-name /aws/sagemaker/TrainingJobs --log-stream-name-prefix "$JOB" \
    --query 'events[].message' --output text | grep -q .
