# account set-up: a key encrypts the output of jobs, a network isolates them
set -euo pipefail

KEY=$(aws kms create-key --description 'training output' --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/training --target-key-id "$KEY"
VPC=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id "$VPC" --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name training --description training --vpc-id "$VPC" --query GroupId --output text)

aws sagemaker create-training-job --training-job-name isolated --role-arn arn:aws:iam::123456789012:role/t \
    --algorithm-specification TrainingImage=i,TrainingInputMode=File \
    --output-data-config S3OutputPath=s3://out/,KmsKeyId="$KEY" \
    --resource-config InstanceType=ml.m5.large,InstanceCount=2,VolumeSizeInGB=5,VolumeKmsKeyId="$KEY" \
    --vpc-config Subnets="$SUBNET",SecurityGroupIds="$SG" --enable-network-isolation \
    --enable-inter-container-traffic-encryption --stopping-condition MaxRuntimeInSeconds=60

set -- $(aws sagemaker describe-training-job --training-job-name isolated --output text --query \
    '[OutputDataConfig.KmsKeyId, VpcConfig.Subnets[0], VpcConfig.SecurityGroupIds[0], EnableNetworkIsolation]')
[[ $1 == "$KEY" && $2 == "$SUBNET" && $3 == "$SG" && $4 == True ]]
alias=$(aws kms list-aliases --key-id "$KEY" --query 'Aliases[0].AliasName' --output text)
[[ $alias == alias/training ]]
