# monitoring schedules: a data quality schedule for an endpoint is made, paused and deleted
set -euo pipefail

EP=monitored
ROLE=arn:aws:iam::123456789012:role/monitor
aws sagemaker create-model --model-name $EP --execution-role-arn $ROLE --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/m:1
aws sagemaker create-endpoint-config --endpoint-config-name $EP \
    --production-variants VariantName=v,ModelName=$EP,InstanceType=ml.m5.large,InitialInstanceCount=1 \
    --data-capture-config '{"EnableCapture": true, "InitialSamplingPercentage": 100, "DestinationS3Uri": "s3://capture/",
                            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}]}'
aws sagemaker create-endpoint --endpoint-name $EP --endpoint-config-name $EP
aws sagemaker wait endpoint-in-service --endpoint-name $EP

aws sagemaker create-data-quality-job-definition --job-definition-name drift --cli-input-json "{
  \"JobDefinitionName\": \"drift\",
  \"DataQualityAppSpecification\": {\"ImageUri\": \"156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer\"},
  \"DataQualityJobInput\": {\"EndpointInput\": {\"EndpointName\": \"$EP\", \"LocalPath\": \"/opt/ml/processing/input\"}},
  \"DataQualityJobOutputConfig\": {\"MonitoringOutputs\": [{\"S3Output\": {\"S3Uri\": \"s3://reports/\", \"LocalPath\": \"/opt/ml/processing/output\"}}]},
  \"JobResources\": {\"ClusterConfig\": {\"InstanceCount\": 1, \"InstanceType\": \"ml.m5.xlarge\", \"VolumeSizeInGB\": 20}},
  \"RoleArn\": \"$ROLE\"
}"
aws sagemaker create-monitoring-schedule --monitoring-schedule-name hourly --monitoring-schedule-config \
    'ScheduleConfig={ScheduleExpression="cron(0 * ? * * *)"},MonitoringJobDefinitionName=drift,MonitoringType=DataQuality'

state() { aws sagemaker describe-monitoring-schedule --monitoring-schedule-name hourly --query MonitoringScheduleStatus --output text; }
[ "$(state)" = Scheduled ]
aws sagemaker stop-monitoring-schedule --monitoring-schedule-name hourly
[ "$(state)" = Stopped ]
aws sagemaker start-monitoring-schedule --monitoring-schedule-name hourly
[ "$(state)" = Scheduled ]
[ "$(aws sagemaker list-monitoring-executions --monitoring-schedule-name hourly --query 'length(MonitoringExecutionSummaries)')" = 0 ]

aws sagemaker delete-monitoring-schedule --monitoring-schedule-name hourly
aws sagemaker delete-data-quality-job-definition --job-definition-name drift
! aws sagemaker describe-monitoring-schedule --monitoring-schedule-name hourly 2> /dev/null
