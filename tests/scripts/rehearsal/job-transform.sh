# jobs polled: one batch transform for each folder of a bucket, all waited for at the end
set -euo pipefail

B=scoring-data
aws s3 mb s3://$B --quiet 2> /dev/null || aws s3 mb s3://$B
for day in 2026-05-01 2026-05-02 2026-05-03; do
    echo 1,2,3 | aws s3 cp - s3://$B/in/$day/part-0.csv
done
aws sagemaker create-model --model-name scorer --execution-role-arn arn:aws:iam::123456789012:role/s \
    --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/scorer:1 > /dev/null

jobs=()
for prefix in $(aws s3 ls s3://$B/in/ | awk '$1 == "PRE" {print $2}'); do
    day=${prefix%/}
    aws sagemaker create-transform-job --transform-job-name "score-$day" --model-name scorer \
        --transform-input "DataSource={S3DataSource={S3DataType=S3Prefix,S3Uri=s3://$B/in/$day/}},ContentType=text/csv,SplitType=Line" \
        --transform-output "S3OutputPath=s3://$B/out/$day,AssembleWith=Line" \
        --transform-resources InstanceType=ml.m5.large,InstanceCount=1 > /dev/null
    jobs+=("score-$day")
done

for job in "${jobs[@]}"; do
    aws sagemaker wait transform-job-completed-or-stopped --transform-job-name "$job"
    aws sagemaker describe-transform-job --transform-job-name "$job" --output text \
        --query '[TransformJobName, TransformJobStatus, TransformOutput.S3OutputPath]'
done | tee report
[[ ${#jobs[@]} -eq 3 && $(grep -c "Completed	s3://$B/out/" report) -eq 3 ]]
