# A loop of one's own around a throttled call.
export AWS_MAX_ATTEMPTS=1
for attempt in 1 2 3 4; do
  aws sagemaker describe-model --model-name m --query ModelName --output text && break
  echo "attempt $attempt: $?"
done
