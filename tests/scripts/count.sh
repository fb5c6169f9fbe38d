# How many, in one number.
running=$(aws sagemaker list-training-jobs --status-equals InProgress --query 'length(TrainingJobSummaries)')
if [ "$running" -gt 2 ]; then echo "busy: $running"; fi
aws sagemaker list-training-jobs --query 'TrainingJobSummaries | length(@)' --output text
