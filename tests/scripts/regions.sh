# Every region in turn.
for region in us-east-1 eu-west-1 ap-northeast-1; do
  printf '%s\t' "$region"
  aws sagemaker list-models --region "$region" --query 'length(Models)' --output text
done
