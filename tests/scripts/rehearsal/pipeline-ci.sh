# pipeline started by CI and watched: the definition comes from S3, steps are printed as they change
# sandbox: --clock step
set -euo pipefail

PIPELINE_NAME=abalone-$(echo "${GITHUB_REF_NAME:-feature/x1}" | tr / -)
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
BUCKET=ml-pipelines-$ACCOUNT
ROLE=arn:aws:iam::$ACCOUNT:role/SageMakerPipelines

cat > pipeline.json <<JSON
{
  "Version": "2020-12-01",
  "Parameters": [
    {"Name": "InstanceType", "Type": "String", "DefaultValue": "ml.m5.large"},
    {"Name": "Rounds", "Type": "Integer", "DefaultValue": 50}
  ],
  "Steps": [
    {
      "Name": "Prepare", "Type": "Processing",
      "Arguments": {
        "ProcessingResources": {"ClusterConfig": {"InstanceType": {"Get": "Parameters.InstanceType"}, "InstanceCount": 1, "VolumeSizeInGB": 30}},
        "AppSpecification": {"ImageUri": "$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/prepare:1"},
        "RoleArn": "$ROLE",
        "ProcessingOutputConfig": {"Outputs": [{"OutputName": "train", "S3Output":
            {"S3Uri": "s3://$BUCKET/train", "LocalPath": "/opt/ml/processing/train", "S3UploadMode": "EndOfJob"}}]}
      }
    },
    {
      "Name": "Train", "Type": "Training",
      "Arguments": {
        "AlgorithmSpecification": {"TrainingImage": "$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/train:1", "TrainingInputMode": "File"},
        "RoleArn": "$ROLE",
        "OutputDataConfig": {"S3OutputPath": "s3://$BUCKET/models"},
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
        "ResourceConfig": {"InstanceType": {"Get": "Parameters.InstanceType"}, "InstanceCount": 1, "VolumeSizeInGB": 30},
        "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix",
            "S3Uri": {"Get": "Steps.Prepare.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}}}}]
      }
    }
  ]
}
JSON
aws s3 mb "s3://$BUCKET" > /dev/null
aws s3 cp pipeline.json "s3://$BUCKET/definitions/$PIPELINE_NAME.json" > /dev/null
aws sagemaker create-pipeline --pipeline-name "$PIPELINE_NAME" --role-arn "$ROLE" --client-request-token "$(uuidgen 2> /dev/null || cat /proc/sys/kernel/random/uuid)" \
    --pipeline-definition-s3-location "Bucket=$BUCKET,ObjectKey=definitions/$PIPELINE_NAME.json" > /dev/null

EXECUTION=$(aws sagemaker start-pipeline-execution --pipeline-name "$PIPELINE_NAME" \
    --pipeline-execution-display-name "run-${GITHUB_RUN_ID:-1}" \
    --pipeline-parameters Name=InstanceType,Value=ml.m5.xlarge --query PipelineExecutionArn --output text)
echo "started $EXECUTION"

seen=
for _ in $(seq 1 60); do
    state=$(aws sagemaker describe-pipeline-execution --pipeline-execution-arn "$EXECUTION" \
        --query PipelineExecutionStatus --output text)
    steps=$(aws sagemaker list-pipeline-execution-steps --pipeline-execution-arn "$EXECUTION" \
        --query 'PipelineExecutionSteps[].join(`=`, [StepName, StepStatus])' --output text)
    [[ $steps == "$seen" ]] || echo "$state: $steps"
    seen=$steps
    [[ $state == Executing ]] || break
    sleep 30
done
[[ $state == Succeeded ]]

job=$(aws sagemaker list-pipeline-execution-steps --pipeline-execution-arn "$EXECUTION" --output text \
    --query "PipelineExecutionSteps[?StepName=='Train'].Metadata.TrainingJob.Arn | [0]")
aws sagemaker describe-training-job --training-job-name "${job##*/}" --output text \
    --query '[ResourceConfig.InstanceType, InputDataConfig[0].DataSource.S3DataSource.S3Uri]' |
    grep -qx "ml.m5.xlarge	s3://$BUCKET/train"
