# monitoring schedules: an endpoint is only deleted after its schedules
# sandbox: --clock step
set -euo pipefail

wait_until() {
    local want=$1 i; shift
    for ((i = 0; i < 25; i++)); do
        [[ $("$@" --output text 2>&1) =~ $want ]] && return 0
        sleep 10
    done
    return 1
}

aws sagemaker create-model --model-name m --execution-role-arn arn:aws:iam::123456789012:role/r --primary-container Image=i > /dev/null
aws sagemaker create-endpoint-config --endpoint-config-name m --production-variants VariantName=v,ModelName=m,InstanceType=ml.m5.large,InitialInstanceCount=1 > /dev/null
aws sagemaker create-endpoint --endpoint-name m --endpoint-config-name m > /dev/null
wait_until InService aws sagemaker describe-endpoint --endpoint-name m --query EndpointStatus
for s in daily weekly; do
    aws sagemaker create-monitoring-schedule --monitoring-schedule-name m-$s --monitoring-schedule-config "{
        \"ScheduleConfig\": {\"ScheduleExpression\": \"cron(0 0 ? * * *)\"},
        \"MonitoringJobDefinition\": {
            \"MonitoringInputs\": [{\"EndpointInput\": {\"EndpointName\": \"m\", \"LocalPath\": \"/opt/ml/processing/input\"}}],
            \"MonitoringOutputConfig\": {\"MonitoringOutputs\": [{\"S3Output\": {\"S3Uri\": \"s3://reports/$s\", \"LocalPath\": \"/opt/ml/processing/output\"}}]},
            \"MonitoringResources\": {\"ClusterConfig\": {\"InstanceCount\": 1, \"InstanceType\": \"ml.m5.large\", \"VolumeSizeInGB\": 20}},
            \"MonitoringAppSpecification\": {\"ImageUri\": \"156813124566.dkr.ecr.us-east-1.amazonaws.com/monitor\"},
            \"RoleArn\": \"arn:aws:iam::123456789012:role/r\"}}" > /dev/null
    wait_until Scheduled aws sagemaker describe-monitoring-schedule --monitoring-schedule-name m-$s --query MonitoringScheduleStatus
done

schedules=$(aws sagemaker list-monitoring-schedules --endpoint-name m --query 'MonitoringScheduleSummaries[].MonitoringScheduleName' --output text)
[[ $(wc -w <<< "$schedules") -eq 2 ]]
for s in $schedules; do
    aws sagemaker delete-monitoring-schedule --monitoring-schedule-name "$s"
    wait_until 'ResourceNotFound' aws sagemaker describe-monitoring-schedule --monitoring-schedule-name "$s"
done
aws sagemaker delete-endpoint --endpoint-name m
wait_until 'Could not find' aws sagemaker describe-endpoint --endpoint-name m
