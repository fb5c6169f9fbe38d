# jobs polled: the log of a training job is followed by `logs tail`
# needs: AWS CLI 2
set -euo pipefail
export AWS_PAGER=""

aws sagemaker create-training-job --training-job-name tailed --role-arn arn:aws:iam::123456789012:role/t \
    --algorithm-specification TrainingImage=123456789012.dkr.ecr.us-east-1.amazonaws.com/t:1,TrainingInputMode=File \
    --output-data-config S3OutputPath=s3://out/ --stopping-condition MaxRuntimeInSeconds=60 \
    --resource-config InstanceType=ml.m5.large,InstanceCount=1,VolumeSizeInGB=1 > /dev/null
awsshadow sandbox log put /aws/sagemaker/TrainingJobs tailed/algo-1-1234567890 'epoch 1 loss 0.5' 'epoch 2 loss 0.25'

aws logs tail /aws/sagemaker/TrainingJobs --log-stream-name-prefix tailed --since 1h --format short > log.txt
cat log.txt
grep -q 'epoch 2 loss 0.25' log.txt
