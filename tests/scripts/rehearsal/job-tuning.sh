# jobs polled: a tuning job's best training job becomes a model
set -euo pipefail

HPO=hpo-depth
cat > tuning.yaml <<'EOF'
HyperParameterTuningJobName: hpo-depth
HyperParameterTuningJobConfig:
  Strategy: Bayesian
  HyperParameterTuningJobObjective: {Type: Maximize, MetricName: "validation:auc"}
  ResourceLimits: {MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2}
  ParameterRanges:
    IntegerParameterRanges:
      - {Name: max_depth, MinValue: "2", MaxValue: "9"}
TrainingJobDefinition:
  StaticHyperParameters: {num_round: "20"}
  AlgorithmSpecification:
    TrainingImage: 683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1
    TrainingInputMode: File
  RoleArn: arn:aws:iam::123456789012:role/hpo
  InputDataConfig:
    - ChannelName: train
      DataSource: {S3DataSource: {S3DataType: S3Prefix, S3Uri: "s3://hpo-data/train"}}
  OutputDataConfig: {S3OutputPath: "s3://hpo-data/out"}
  ResourceConfig: {InstanceType: ml.m5.large, InstanceCount: 1, VolumeSizeInGB: 5}
  StoppingCondition: {MaxRuntimeInSeconds: 600}
EOF
aws sagemaker create-hyper-parameter-tuning-job --cli-input-yaml file://tuning.yaml --no-cli-pager

describe() { aws sagemaker describe-hyper-parameter-tuning-job --hyper-parameter-tuning-job-name $HPO --query "$1" --output text; }
while [[ $(describe HyperParameterTuningJobStatus) == InProgress ]]; do
    describe 'TrainingJobStatusCounters.[Completed, InProgress]'
    sleep 60
done

best=$(describe BestTrainingJob.TrainingJobName)
depth=$(describe BestTrainingJob.TunedHyperParameters.max_depth)
echo "best: $best with a depth of $depth"
jobs=$(aws sagemaker list-training-jobs-for-hyper-parameter-tuning-job --hyper-parameter-tuning-job-name $HPO \
    --sort-by FinalObjectiveMetricValue --sort-order Descending --query 'TrainingJobSummaries[].TrainingJobName' --output text)
[[ $(wc -w <<< "$jobs") -eq 4 && ${jobs%%$'\t'*} == "$best" && $depth -ge 2 && $depth -le 9 ]]
data=$(aws sagemaker describe-training-job --training-job-name "$best" --query ModelArtifacts.S3ModelArtifacts --output text)
aws sagemaker create-model --model-name best --execution-role-arn arn:aws:iam::123456789012:role/hpo \
    --primary-container "Image=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1,ModelDataUrl=$data"
