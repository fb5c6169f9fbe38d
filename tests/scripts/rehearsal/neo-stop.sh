# Neo compilation: a job that takes too long is stopped, its artifact is not waited for
# sandbox: --clock frozen
set -euo pipefail

job=slow-$RANDOM
trap 'aws sagemaker delete-compilation-job --compilation-job-name $job' EXIT
aws sagemaker create-compilation-job --compilation-job-name $job --role-arn arn:aws:iam::123456789012:role/neo \
    --input-config 'S3Uri=s3://neo/m.tar.gz,Framework=ONNX,DataInputConfig="{\"x\":[1,8]}"' \
    --output-config S3OutputLocation=s3://neo/out,TargetDevice=ml_inf1 --stopping-condition MaxRuntimeInSeconds=900

status() { aws sagemaker describe-compilation-job --compilation-job-name $job --query CompilationJobStatus --output text; }
deadline=5
while [[ $(status) == STARTING || $(status) == INPROGRESS ]]; do
    if ((deadline-- == 0)); then
        echo 'stopping' >&2
        aws sagemaker stop-compilation-job --compilation-job-name $job
        awsshadow sandbox clock advance 10m
    fi
    sleep 60
done
[[ $(status) == STOPPED ]]
