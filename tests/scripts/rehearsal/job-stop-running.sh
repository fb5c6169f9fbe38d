# jobs polled: whatever has been running for too long is stopped
# sandbox: --clock frozen
set -euo pipefail

limit=60
for kind in processing training; do
    for n in 1 2; do
        case $kind in
            training)
                aws sagemaker create-training-job --training-job-name "t-$n" --role-arn arn:aws:iam::123456789012:role/x \
                    --algorithm-specification TrainingImage=i,TrainingInputMode=File --output-data-config S3OutputPath=s3://out/ \
                    --resource-config InstanceType=ml.m5.large,InstanceCount=1,VolumeSizeInGB=1 \
                    --stopping-condition MaxRuntimeInSeconds=86400 > /dev/null ;;
            processing)
                aws sagemaker create-processing-job --processing-job-name "p-$n" --role-arn arn:aws:iam::123456789012:role/x \
                    --app-specification ImageUri=i \
                    --processing-resources 'ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=1}' > /dev/null ;;
        esac
    done
done

stop_old() {
    local list=$1 key=$2 member=$3 stop=$4 option=$5
    aws sagemaker "$list" --status-equals InProgress --query "${key}[].[$member,CreationTime]" --output text |
        while read -r name created; do
            age=$(($(awsshadow sandbox clock show | tail -1 | sed 's/.* //' | xargs date +%s -d) - $(date +%s -d "$created")))
            if ((age >= limit)); then
                echo "stopping $name after ${age}s"
                aws sagemaker "$stop" "$option" "$name"
            fi
        done
}
awsshadow sandbox clock advance 100s
aws sagemaker create-training-job --training-job-name young --role-arn arn:aws:iam::123456789012:role/x \
    --algorithm-specification TrainingImage=i,TrainingInputMode=File --output-data-config S3OutputPath=s3://out/ \
    --resource-config InstanceType=ml.m5.large,InstanceCount=1,VolumeSizeInGB=1 \
    --stopping-condition MaxRuntimeInSeconds=86400 > /dev/null
stop_old list-training-jobs TrainingJobSummaries TrainingJobName stop-training-job --training-job-name
stop_old list-processing-jobs ProcessingJobSummaries ProcessingJobName stop-processing-job --processing-job-name
awsshadow sandbox clock advance 1h

for n in 1 2; do
    [[ $(aws sagemaker describe-training-job --training-job-name t-$n --query TrainingJobStatus --output text) == Stopped ]]
    [[ $(aws sagemaker describe-processing-job --processing-job-name p-$n --query ProcessingJobStatus --output text) == Stopped ]]
done
[[ $(aws sagemaker describe-training-job --training-job-name young --query TrainingJobStatus --output text) == Completed ]]
