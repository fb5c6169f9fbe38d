# account set-up: role, bucket and default region, as the first page of a workshop has it
set -e
export AWS_DEFAULT_REGION=eu-west-1
ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
REGION=$(aws configure get region || echo $AWS_DEFAULT_REGION)
BUCKET="sagemaker-${AWS_DEFAULT_REGION}-${ACCOUNT_ID}"

if ! aws s3api head-bucket --bucket "$BUCKET" 2>/dev/null; then
  aws s3 mb "s3://$BUCKET" --region "$AWS_DEFAULT_REGION"
fi
aws s3api put-public-access-block --bucket "$BUCKET" --public-access-block-configuration \
  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
aws iam create-role --role-name AmazonSageMaker-ExecutionRole --path /service-role/ --assume-role-policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]}' >/dev/null
aws iam attach-role-policy --role-name AmazonSageMaker-ExecutionRole --policy-arn arn:aws:iam::aws:policy/AmazonSageMakerFullAccess
ROLE=$(aws iam get-role --role-name AmazonSageMaker-ExecutionRole --query Role.Arn --output text)
echo "$ACCOUNT_ID $REGION $BUCKET $ROLE"

aws sagemaker create-model --model-name workshop --execution-role-arn "$ROLE" --primary-container Image=i \
  --query ModelArn --output text | grep -q ":sagemaker:eu-west-1:"
location=$(aws s3api get-bucket-location --bucket "$BUCKET" --query LocationConstraint --output text)
[ "$ROLE" = "arn:aws:iam::$ACCOUNT_ID:role/service-role/AmazonSageMaker-ExecutionRole" ] && [ "$location" = eu-west-1 ]
