# Studio domain clean-up: users are on-boarded from a file, one leaves again
set -euo pipefail

cat > users.csv <<EOF
name,team,instance
ines,forecasting,ml.t3.medium
omar,forecasting,ml.m5.large
lena,vision,ml.g4dn.xlarge
EOF

cfn() {
    aws cloudformation deploy --stack-name studio-network --template-file network.yaml --no-fail-on-empty-changeset > /dev/null
}
cat > network.yaml <<'EOF'
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.20.0.0/16}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24}
Outputs:
  VpcId: {Value: !Ref Vpc}
  SubnetId: {Value: !Ref Subnet}
EOF
cfn
output() { aws cloudformation describe-stacks --stack-name studio-network --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"; }

domain_arn=$(aws sagemaker create-domain --domain-name ml-platform --auth-mode IAM --vpc-id "$(output VpcId)" \
    --subnet-ids "$(output SubnetId)" --app-network-access-type VpcOnly \
    --default-user-settings ExecutionRole=arn:aws:iam::123456789012:role/Studio --query DomainArn --output text)
domain=$(basename "$domain_arn")

tail -n +2 users.csv | while IFS=, read -r name team instance; do
    aws sagemaker create-user-profile --domain-id "$domain" --user-profile-name "$name" \
        --tags "Key=team,Value=$team" \
        --user-settings "{\"JupyterLabAppSettings\": {\"DefaultResourceSpec\": {\"InstanceType\": \"$instance\"}}}" > /dev/null
done
aws sagemaker create-presigned-domain-url --domain-id "$domain" --user-profile-name ines \
    --query AuthorizedUrl --output text | grep -q '^https*://'

aws sagemaker delete-user-profile --domain-id "$domain" --user-profile-name omar
left=$(aws sagemaker list-user-profiles --domain-id-equals "$domain" --sort-by CreationTime --sort-order Ascending \
    --query 'UserProfiles[].UserProfileName' --output text | xargs)
instance=$(aws sagemaker describe-user-profile --domain-id "$domain" --user-profile-name lena --output text \
    --query UserSettings.JupyterLabAppSettings.DefaultResourceSpec.InstanceType)
[[ $left == 'ines lena' && $instance == ml.g4dn.xlarge ]]
