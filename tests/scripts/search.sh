# Search with an expression in JSON, answered in text.
aws sagemaker search --resource TrainingJob --output text \
  --search-expression '{"Filters":[{"Name":"TrainingJobStatus","Operator":"Equals","Value":"Completed"}]}' \
  --query 'Results[].TrainingJob.[TrainingJobName,FinalMetricDataList[0].Value]'
