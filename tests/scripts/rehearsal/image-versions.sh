# image versions: a custom image gets two versions with aliases, the older one is deleted
set -euo pipefail

REPO=studio-images
ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
REGISTRY=$ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com
aws ecr describe-repositories --repository-names $REPO > /dev/null 2>&1 ||
    aws ecr create-repository --repository-name $REPO --image-scanning-configuration scanOnPush=true > /dev/null
aws ecr get-login-password --region us-east-1 > password
test -s password

aws sagemaker create-image --image-name r-kernel --role-arn "arn:aws:iam::$ACCOUNT_ID:role/images" --display-name 'R 4.3'
aws sagemaker wait image-created --image-name r-kernel
for n in 1 2; do
    aws sagemaker create-image-version --image-name r-kernel --base-image "$REGISTRY/$REPO:r-$n" --aliases "r$n" latest-$n
    aws sagemaker wait image-version-created --image-name r-kernel
done

aws sagemaker delete-image-version --image-name r-kernel --version-number 1
while aws sagemaker describe-image-version --image-name r-kernel --version-number 1 > /dev/null 2>&1; do sleep 5; done

versions=$(aws sagemaker list-image-versions --image-name r-kernel --query 'ImageVersions[].Version' --output text)
by_alias=$(aws sagemaker describe-image-version --image-name r-kernel --alias r2 --query Version --output text)
[[ $versions == 2 && $by_alias == 2 ]]
