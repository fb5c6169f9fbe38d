# Text output of nothing is the word None.
arn=$(aws sagemaker list-models --query 'Models[?ModelName==`wanted`].ModelArn | [0]' --output text)
if [ "$arn" = None ]; then
  arn=$(aws sagemaker create-model --model-name wanted --execution-role-arn arn:aws:iam::123456789012:role/r --query ModelArn --output text)
fi
echo "$arn"
