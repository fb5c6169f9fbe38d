# Stop whatever runs.
for job in $(aws sagemaker list-training-jobs --status-equals InProgress --query 'TrainingJobSummaries[*].TrainingJobName' --output text); do
  echo "stopping $job"
  aws sagemaker stop-training-job --training-job-name "$job" || echo "could not stop $job"
done
