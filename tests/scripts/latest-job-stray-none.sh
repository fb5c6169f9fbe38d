# With --max-items, text output ends in a line that says None.
aws sagemaker list-training-jobs --max-items 1 --query 'TrainingJobSummaries[].TrainingJobName' --output text
