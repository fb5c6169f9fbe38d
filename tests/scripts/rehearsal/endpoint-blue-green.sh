# endpoint deployed and rolled back: a blue/green update whose alarm keeps it from going through
set -euo pipefail

NAME=fraud-scoring
ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
REGION=$(aws configure get region)
BUCKET=sagemaker-$REGION-$ACCOUNT_ID
ROLE_ARN=arn:aws:iam::$ACCOUNT_ID:role/service-role/FraudScoring
IMAGE=$ACCOUNT_ID.dkr.ecr.$REGION.amazonaws.com/fraud

deploy_config() {
    local version=$1
    aws sagemaker create-model \
        --model-name "$NAME-$version" \
        --execution-role-arn "$ROLE_ARN" \
        --primary-container "Image=$IMAGE:$version,ModelDataUrl=s3://$BUCKET/fraud/$version/model.tar.gz" > /dev/null
    aws sagemaker create-endpoint-config \
        --endpoint-config-name "$NAME-$version" \
        --production-variants "[{\"VariantName\": \"AllTraffic\", \"ModelName\": \"$NAME-$version\",
            \"InstanceType\": \"ml.c5.xlarge\", \"InitialInstanceCount\": 2}]" > /dev/null
}

deploy_config v10
aws sagemaker create-endpoint --endpoint-name $NAME --endpoint-config-name $NAME-v10 > /dev/null
aws sagemaker wait endpoint-in-service --endpoint-name $NAME

# From here on updates of this endpoint fail, as a model that breaks under load would make them.
cat > faults.json <<JSON
{"fail": [{"on": "update", "family": "Endpoint", "name": "$NAME", "times": 1, "reason": "Alarm fraud-5xx went off."}]}
JSON
awsshadow sandbox faults set faults.json

deploy_config v11
cat > deployment.json <<'JSON'
{
  "BlueGreenUpdatePolicy": {
    "TrafficRoutingConfiguration": {
      "Type": "CANARY",
      "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
      "WaitIntervalInSeconds": 300
    },
    "TerminationWaitInSeconds": 60
  },
  "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "fraud-5xx"}]}
}
JSON
aws sagemaker update-endpoint --endpoint-name $NAME --endpoint-config-name $NAME-v11 \
    --deployment-config file://deployment.json > /dev/null
aws sagemaker wait endpoint-in-service --endpoint-name $NAME

read -r status config <<< "$(aws sagemaker describe-endpoint --endpoint-name $NAME \
    --query '[EndpointStatus, EndpointConfigName]' --output text)"
echo "$NAME is $status on $config"
[[ $status == InService && $config == "$NAME-v10" ]]
aws sagemaker describe-endpoint --endpoint-name $NAME --query FailureReason --output text | grep -q 'fraud-5xx'
