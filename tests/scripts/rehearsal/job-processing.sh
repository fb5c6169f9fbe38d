# jobs polled: a processing job with its code in S3 and a time limit of the script's own
# sandbox: --clock step
set -euo pipefail
BUCKET=processing-code
JOB=clean-$(date +%Y-%m-%d-%H-%M-%S)
TIMEOUT=900

aws s3 mb "s3://$BUCKET"
cat > preprocess.py <<'PY'
import pandas as pd
print(pd.__version__)
PY
aws s3 cp preprocess.py "s3://$BUCKET/$JOB/input/code/preprocess.py"
aws sagemaker create-processing-job --processing-job-name "$JOB" \
    --role-arn arn:aws:iam::123456789012:role/Processing \
    --app-specification "ImageUri=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1,ContainerEntrypoint=python3,/opt/ml/processing/input/code/preprocess.py" \
    --processing-resources 'ClusterConfig={InstanceCount=1,InstanceType=ml.m5.xlarge,VolumeSizeInGB=30}' \
    --processing-inputs "[{\"InputName\": \"code\", \"S3Input\": {\"S3Uri\": \"s3://$BUCKET/$JOB/input/code/\",
        \"LocalPath\": \"/opt/ml/processing/input/code\", \"S3DataType\": \"S3Prefix\", \"S3InputMode\": \"File\"}}]" \
    --processing-output-config "Outputs=[{OutputName=clean,S3Output={S3Uri=s3://$BUCKET/$JOB/clean,LocalPath=/opt/ml/processing/clean,S3UploadMode=EndOfJob}}]" \
    --environment STAGE=test,LOG_LEVEL=debug

waited=0
status=InProgress
while [ "$status" = InProgress ] && [ $waited -lt $TIMEOUT ]; do
    sleep 15
    waited=$((waited + 15))
    status=$(aws sagemaker describe-processing-job --processing-job-name "$JOB" --query ProcessingJobStatus --output text)
    printf '%4ds %s\n' $waited "$status"
done
[ "$status" = Completed ]
started=$(aws sagemaker describe-processing-job --processing-job-name "$JOB" --query 'ProcessingEndTime && ProcessingStartTime' --output text)
[ "$started" != None ]
[ "$(aws sagemaker describe-processing-job --processing-job-name "$JOB" --query Environment.STAGE --output text)" = test ]
