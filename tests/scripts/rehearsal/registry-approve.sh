# model registry approval: the newest pending version is approved and deployed
set -euo pipefail

GROUP=credit-risk
ROLE=arn:aws:iam::123456789012:role/registry
aws sagemaker create-model-package-group --model-package-group-name $GROUP > /dev/null
for v in 1 2 3; do
    aws sagemaker create-model-package --model-package-group-name $GROUP \
        --model-approval-status PendingManualApproval \
        --inference-specification "{
            \"Containers\": [{\"Image\": \"123456789012.dkr.ecr.us-east-1.amazonaws.com/risk:$v\",
                              \"ModelDataUrl\": \"s3://risk-models/$v/model.tar.gz\"}],
            \"SupportedContentTypes\": [\"text/csv\"], \"SupportedResponseMIMETypes\": [\"text/csv\"]}" > /dev/null
done

latest=$(aws sagemaker list-model-packages \
    --model-package-group-name $GROUP \
    --model-approval-status PendingManualApproval \
    --sort-by CreationTime --sort-order Descending --max-items 1 \
    --query 'ModelPackageSummaryList[0].ModelPackageArn' --output text | head -1)
echo "approving $latest"
aws sagemaker update-model-package --model-package-arn "$latest" \
    --model-approval-status Approved --approval-description "approved by ${USER:-ci}" > /dev/null

aws sagemaker create-model --model-name $GROUP-v3 --execution-role-arn $ROLE \
    --containers ModelPackageName="$latest" > /dev/null
aws sagemaker create-endpoint-config --endpoint-config-name $GROUP-v3 --production-variants \
    VariantName=one,ModelName=$GROUP-v3,InstanceType=ml.m5.large,InitialInstanceCount=1 > /dev/null
aws sagemaker create-endpoint --endpoint-name $GROUP --endpoint-config-name $GROUP-v3 > /dev/null
aws sagemaker wait endpoint-in-service --endpoint-name $GROUP

[[ ${latest##*/} == 3 ]]
approved=$(aws sagemaker list-model-packages --model-package-group-name $GROUP --model-approval-status Approved \
    --query 'length(ModelPackageSummaryList)')
[[ $approved == 1 ]]
