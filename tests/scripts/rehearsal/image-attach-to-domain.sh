# image versions: an image's newest version is attached to a domain by an app configuration
set -euo pipefail

IMAGE_NAME=torch-nightly
ROLE=arn:aws:iam::123456789012:role/images
domain_id=$(aws sagemaker create-domain --domain-name d --auth-mode SSO --vpc-id vpc-11223344 --subnet-ids subnet-11223344 \
    --default-user-settings ExecutionRole=$ROLE --query DomainId --output text)

aws sagemaker create-image --image-name $IMAGE_NAME --role-arn $ROLE > /dev/null
aws sagemaker create-image-version --image-name $IMAGE_NAME \
    --base-image 123456789012.dkr.ecr.us-east-1.amazonaws.com/torch:nightly > /dev/null
cat > app-image-config.json <<EOF
{
    "AppImageConfigName": "$IMAGE_NAME-config",
    "KernelGatewayImageConfig": {
        "KernelSpecs": [{"Name": "python3", "DisplayName": "Torch"}],
        "FileSystemConfig": {"MountPath": "/root", "DefaultUid": 0, "DefaultGid": 0}
    }
}
EOF
aws sagemaker create-app-image-config --cli-input-json file://app-image-config.json > /dev/null

status=$(aws sagemaker describe-image-version --image-name $IMAGE_NAME --query ImageVersionStatus --output text)
if [[ $status != CREATED ]]; then
    aws sagemaker describe-image-version --image-name $IMAGE_NAME --query FailureReason
    exit 1
fi
aws sagemaker update-domain --domain-id "$domain_id" --default-user-settings "{\"KernelGatewayAppSettings\": {
    \"CustomImages\": [{\"ImageName\": \"$IMAGE_NAME\", \"AppImageConfigName\": \"$IMAGE_NAME-config\"}]}}" > /dev/null

settings=$(aws sagemaker describe-domain --domain-id "$domain_id" --output text --query \
    'DefaultUserSettings.[ExecutionRole, KernelGatewayAppSettings.CustomImages[0].ImageName]')
[[ $settings == "$(printf '%s\t%s' $ROLE $IMAGE_NAME)" ]]
