# monitoring schedules: a definition that is missing is made on the way
set -uo pipefail

schedule() {
    aws sagemaker create-monitoring-schedule --monitoring-schedule-name bias --monitoring-schedule-config \
        'ScheduleConfig={ScheduleExpression="cron(0 12 ? * * *)"},MonitoringJobDefinitionName=bias,MonitoringType=ModelBias' 2>&1
}

answer=$(schedule) && { echo 'a schedule without its definition was taken' >&2; exit 1; }
echo "$answer" | grep -q bias || exit 1

aws sagemaker create-model-bias-job-definition --job-definition-name bias \
    --model-bias-app-specification ImageUri=306415355426.dkr.ecr.us-east-1.amazonaws.com/clarify,ConfigUri=s3://clarify/analysis.json \
    --model-bias-job-input '{"EndpointInput": {"EndpointName": "live", "LocalPath": "/opt/ml/processing/in"},
                             "GroundTruthS3Input": {"S3Uri": "s3://clarify/truth"}}' \
    --model-bias-job-output-config 'MonitoringOutputs=[{S3Output={S3Uri=s3://clarify/out,LocalPath=/opt/ml/processing/out}}]' \
    --job-resources 'ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=20}' \
    --role-arn arn:aws:iam::123456789012:role/clarify > /dev/null || exit 1
schedule > /dev/null || exit 1

name=$(aws sagemaker list-monitoring-schedules --monitoring-type-equals ModelBias \
    --query 'MonitoringScheduleSummaries[0].MonitoringJobDefinitionName' --output text)
[[ $name == bias ]]
