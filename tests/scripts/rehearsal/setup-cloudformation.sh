# account set-up: a stack with role, bucket and model is deployed, its outputs are used, and it is deleted
set -euo pipefail

cat > template.yaml <<'EOF'
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String}
Resources:
  Artifacts:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub "ml-${Stage}-artifacts"}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "ml-${Stage}"
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: sagemaker.amazonaws.com}, Action: "sts:AssumeRole"}]
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ModelName: !Sub "${Stage}-model"
      ExecutionRoleArn: !GetAtt Role.Arn
      PrimaryContainer: {Image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/m:1}
Outputs:
  RoleArn: {Value: !GetAtt Role.Arn}
  Bucket: {Value: !Ref Artifacts}
EOF
aws cloudformation deploy --stack-name ml-dev --template-file template.yaml \
    --parameter-overrides Stage=dev --capabilities CAPABILITY_NAMED_IAM --tags team=ml
eval "$(aws cloudformation describe-stacks --stack-name ml-dev --output text \
    --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' | awk '{print $1 "=" $2}')"

aws s3 cp template.yaml "s3://$Bucket/templates/template.yaml" --quiet
[[ $(aws sagemaker describe-model --model-name dev-model --query ExecutionRoleArn --output text) == "$RoleArn" ]]
aws s3 rm "s3://$Bucket" --recursive --quiet
aws cloudformation delete-stack --stack-name ml-dev
aws cloudformation wait stack-delete-complete --stack-name ml-dev
! aws sagemaker describe-model --model-name dev-model 2> /dev/null
