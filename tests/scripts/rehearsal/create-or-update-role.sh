# create or update: the execution role and its policies, whether or not they are there
set -euo pipefail

ROLE_NAME=SageMakerTrainingRole

if ! aws iam get-role --role-name "$ROLE_NAME" >/dev/null 2>&1; then
  cat > trust.json <<'EOF'
{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Service": "sagemaker.amazonaws.com"},
    "Action": "sts:AssumeRole"
  }]
}
EOF
  aws iam create-role --role-name "$ROLE_NAME" --assume-role-policy-document file://trust.json >/dev/null
fi

for policy in AmazonSageMakerFullAccess AmazonS3ReadOnlyAccess; do
  aws iam attach-role-policy --role-name "$ROLE_NAME" --policy-arn "arn:aws:iam::aws:policy/$policy"
done
aws iam put-role-policy --role-name "$ROLE_NAME" --policy-name read-models --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::models/*"}]
}'

ROLE_ARN=$(aws iam get-role --role-name "$ROLE_NAME" --query 'Role.Arn' --output text)
aws sagemaker create-model --model-name demo --execution-role-arn "$ROLE_ARN" \
  --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/demo:1

used=$(aws sagemaker describe-model --model-name demo --query ExecutionRoleArn --output text)
attached=$(aws iam list-attached-role-policies --role-name "$ROLE_NAME" --query 'length(AttachedPolicies)')
[[ "$used" == "$ROLE_ARN" && "$attached" -eq 2 ]]
