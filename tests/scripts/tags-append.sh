# Tags in shorthand, keys as words.
arn=arn:aws:sagemaker:us-east-1:123456789012:endpoint/churn
aws sagemaker add-tags --resource-arn $arn --tags Key=a,Value=1 Key=b,Value= 'Key=c d,Value=x=y' >/dev/null
aws sagemaker delete-tags --resource-arn $arn --tag-keys a "c d"
aws sagemaker list-tags --resource-arn $arn --query 'Tags[].[Key,Value]' --output text
