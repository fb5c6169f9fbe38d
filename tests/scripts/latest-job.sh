# The newest job's name, the way people ask for it.
name=$(aws sagemaker list-training-jobs --sort-by CreationTime --sort-order Descending --max-results 1 \
  --query 'TrainingJobSummaries[0].TrainingJobName' --output text)
echo "[$name]"
name=$(aws sagemaker list-training-jobs --sort-by CreationTime --sort-order Descending --max-items 1 \
  --query 'TrainingJobSummaries[0].TrainingJobName' --output text | head -1)
echo "[$name]"
