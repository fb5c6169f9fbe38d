# create or update: one script for the first release and for each later one
set -euo pipefail

ENDPOINT_NAME="${1:-forecast}"

upsert_endpoint() {
    local config=$1
    if aws sagemaker describe-endpoint --endpoint-name "$ENDPOINT_NAME" &> /dev/null; then
        echo "Updating $ENDPOINT_NAME"
        aws sagemaker update-endpoint --endpoint-name "$ENDPOINT_NAME" --endpoint-config-name "$config"
    else
        echo "Creating $ENDPOINT_NAME"
        aws sagemaker create-endpoint --endpoint-name "$ENDPOINT_NAME" --endpoint-config-name "$config"
    fi
    aws sagemaker wait endpoint-in-service --endpoint-name "$ENDPOINT_NAME"
}

for build in 101 102; do
    aws sagemaker create-model --model-name "forecast-$build" \
        --execution-role-arn arn:aws:iam::123456789012:role/Forecast \
        --containers Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/forecast:$build,Environment={BUILD=$build}
    aws sagemaker create-endpoint-config --endpoint-config-name "forecast-$build" \
        --production-variants "[{\"VariantName\":\"AllTraffic\",\"ModelName\":\"forecast-$build\",\"InitialInstanceCount\":1,\"InstanceType\":\"ml.t2.medium\"}]" \
        --tags Key=build,Value=$build
    upsert_endpoint "forecast-$build"
done | tee steps.log

grep -c Creating steps.log | grep -qx 1
grep -c Updating steps.log | grep -qx 1
arn=$(aws sagemaker describe-endpoint --endpoint-name "$ENDPOINT_NAME" --query EndpointArn --output text)
[ "${arn##*/}" = "$ENDPOINT_NAME" ]
[ "$(aws sagemaker describe-endpoint --endpoint-name "$ENDPOINT_NAME" --query EndpointConfigName --output text)" = forecast-102 ]
