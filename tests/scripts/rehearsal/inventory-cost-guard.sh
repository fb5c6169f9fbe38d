# inventory over regions: dear instances in service raise an alarm by mail
set -euo pipefail

TOPIC=$(aws sns create-topic --name gpu-guard --query TopicArn --output text)
for region in us-east-1 us-west-2; do
    export AWS_REGION=$region
    aws sagemaker create-model --model-name big --execution-role-arn arn:aws:iam::123456789012:role/m --primary-container Image=i > /dev/null
    for type in ml.m5.large ml.p4d.24xlarge; do
        aws sagemaker create-endpoint-config --endpoint-config-name "c-${type//./-}" \
            --production-variants "VariantName=v,ModelName=big,InstanceType=$type,InitialInstanceCount=1" > /dev/null
        aws sagemaker create-endpoint --endpoint-name "e-${type//./-}" --endpoint-config-name "c-${type//./-}" > /dev/null
    done
done
unset AWS_REGION

dear=()
for region in us-east-1 us-west-2 sa-east-1; do
    for endpoint in $(aws sagemaker list-endpoints --region $region --status-equals InService --query 'Endpoints[].EndpointName' --output text); do
        config=$(aws sagemaker describe-endpoint --region $region --endpoint-name "$endpoint" --query EndpointConfigName --output text)
        types=$(aws sagemaker describe-endpoint-config --region $region --endpoint-config-name "$config" --query 'ProductionVariants[].InstanceType' --output text)
        [[ $types != *ml.p* && $types != *ml.g* ]] || dear+=("$region/$endpoint ($types)")
    done
done
printf '%s\n' "${dear[@]}"
aws sns publish --topic-arn "$TOPIC" --subject 'GPU endpoints' --message "$(printf '%s\n' "${dear[@]}")" > /dev/null
[[ ${#dear[@]} -eq 2 && ${dear[0]} == us-east-1/e-ml-p4d-24xlarge* ]]
