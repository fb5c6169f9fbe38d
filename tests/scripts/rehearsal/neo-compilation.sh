# Neo compilation: one model for several targets, artifacts are collected
set -euo pipefail

BUCKET=neo-models
aws s3 mb s3://$BUCKET
tar -czf resnet.tar.gz -T /dev/null
aws s3 cp resnet.tar.gz s3://$BUCKET/resnet.tar.gz

for target in ml_c5 jetson_nano rasp3b; do
    aws sagemaker create-compilation-job --compilation-job-name "resnet-${target//_/-}" \
        --role-arn arn:aws:iam::123456789012:role/neo \
        --input-config "S3Uri=s3://$BUCKET/resnet.tar.gz,Framework=PYTORCH,FrameworkVersion=1.8,DataInputConfig=\"{\\\"input0\\\":[1,3,224,224]}\"" \
        --output-config "S3OutputLocation=s3://$BUCKET/compiled/$target,TargetDevice=$target" \
        --stopping-condition MaxRuntimeInSeconds=900
done

for job in $(aws sagemaker list-compilation-jobs --name-contains resnet --query 'CompilationJobSummaries[].CompilationJobName' --output text); do
    until [[ $(aws sagemaker describe-compilation-job --compilation-job-name "$job" --query CompilationJobStatus --output text) == COMPLETED ]]; do
        sleep 30
    done
    aws sagemaker describe-compilation-job --compilation-job-name "$job" --query ModelArtifacts.S3ModelArtifacts --output text
done | sort > artifacts
cat artifacts
[[ $(grep -c "^s3://$BUCKET/compiled/[a-z0-9_]*/.*\.tar\.gz$" artifacts) == 3 ]]
! grep -q '[^:]//' artifacts
