# endpoint deployed and rolled back: the creation fails, so everything that was made for it goes again
set -uo pipefail

STACK=vision-$$
created=()

cleanup() {
    for ((i = ${#created[@]} - 1; i >= 0; i--)); do
        echo "- ${created[i]}"
        aws sagemaker ${created[i]}
    done
}

aws sagemaker create-model --model-name $STACK --execution-role-arn arn:aws:iam::123456789012:role/vision \
    --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/vision:latest > /dev/null &&
    created+=("delete-model --model-name $STACK")
aws sagemaker create-endpoint-config --endpoint-config-name $STACK --production-variants \
    VariantName=gpu,ModelName=$STACK,InstanceType=ml.g5.2xlarge,InitialInstanceCount=1 > /dev/null &&
    created+=("delete-endpoint-config --endpoint-config-name $STACK")

# There are no GPUs to be had today.
awsshadow sandbox fail $STACK --family Endpoint --reason 'Unable to provision requested ML compute capacity.'
aws sagemaker create-endpoint --endpoint-name $STACK --endpoint-config-name $STACK > /dev/null &&
    created+=("delete-endpoint --endpoint-name $STACK")

if ! aws sagemaker wait endpoint-in-service --endpoint-name $STACK 2> /dev/null; then
    reason=$(aws sagemaker describe-endpoint --endpoint-name $STACK --query FailureReason --output text)
    echo "failed: $reason" >&2
    cleanup
fi

[[ $reason == *capacity* ]] || exit 1
left=$(aws sagemaker list-endpoints --query 'length(Endpoints)')+$(aws sagemaker list-endpoint-configs \
    --query 'length(EndpointConfigs)')+$(aws sagemaker list-models --query 'length(Models)')
[[ $left == 0+0+0 ]]
