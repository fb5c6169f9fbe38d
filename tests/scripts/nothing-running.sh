# The same loop when there is nothing to stop.
for job in $(aws sagemaker list-training-jobs --status-equals InProgress --query 'TrainingJobSummaries[*].TrainingJobName' --output text); do
  aws sagemaker stop-training-job --training-job-name "$job"
done
echo done
