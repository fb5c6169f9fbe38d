# notebook lifecycle: created, stopped, resized, started and deleted, each time with a waiter
set -euo pipefail

NB=dev-notebook
ROLE_ARN=$(aws iam create-role --role-name notebooks --assume-role-policy-document '{"Version": "2012-10-17"}' \
    --query Role.Arn --output text)

aws sagemaker create-notebook-instance --notebook-instance-name $NB --instance-type ml.t3.medium \
    --role-arn "$ROLE_ARN" --volume-size-in-gb 20 --tags Key=owner,Value=me
aws sagemaker wait notebook-instance-in-service --notebook-instance-name $NB

aws sagemaker stop-notebook-instance --notebook-instance-name $NB
aws sagemaker wait notebook-instance-stopped --notebook-instance-name $NB
aws sagemaker update-notebook-instance --notebook-instance-name $NB --instance-type ml.m5.xlarge
aws sagemaker wait notebook-instance-stopped --notebook-instance-name $NB
aws sagemaker start-notebook-instance --notebook-instance-name $NB
aws sagemaker wait notebook-instance-in-service --notebook-instance-name $NB

facts=$(aws sagemaker describe-notebook-instance --notebook-instance-name $NB \
    --query '[InstanceType, VolumeSizeInGB, DirectInternetAccess]' --output text)
echo "$facts"
[ "$facts" = "$(printf 'ml.m5.xlarge\t20\tEnabled')" ]

aws sagemaker stop-notebook-instance --notebook-instance-name $NB
aws sagemaker wait notebook-instance-stopped --notebook-instance-name $NB
aws sagemaker delete-notebook-instance --notebook-instance-name $NB
aws sagemaker wait notebook-instance-deleted --notebook-instance-name $NB
! aws sagemaker describe-notebook-instance --notebook-instance-name $NB 2> /dev/null
