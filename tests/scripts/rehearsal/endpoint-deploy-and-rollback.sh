# endpoint deployed and rolled back: the previous configuration is kept in SSM and put back when the smoke test fails
set -euo pipefail

ENDPOINT=${ENDPOINT:-churn-prod}
PARAM=/ml/$ENDPOINT/current-config
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
ROLE=arn:aws:iam::$ACCOUNT:role/SageMakerExecution

log() { echo "[$(date +%H:%M:%S)] $*"; }

release() {
    local tag=$1
    aws sagemaker create-model --model-name "churn-$tag" --execution-role-arn "$ROLE" \
        --primary-container Image="$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/churn:$tag" > /dev/null
    aws sagemaker create-endpoint-config --endpoint-config-name "churn-$tag" \
        --production-variants VariantName=main,ModelName="churn-$tag",InstanceType=ml.m5.large,InitialInstanceCount=1 \
        > /dev/null
}

switch_to() {
    if aws sagemaker describe-endpoint --endpoint-name "$ENDPOINT" > /dev/null 2>&1; then
        aws sagemaker update-endpoint --endpoint-name "$ENDPOINT" --endpoint-config-name "$1" > /dev/null
    else
        aws sagemaker create-endpoint --endpoint-name "$ENDPOINT" --endpoint-config-name "$1" > /dev/null
    fi
    aws sagemaker wait endpoint-in-service --endpoint-name "$ENDPOINT"
}

smoke_test() {
    printf '1,0,3' > request.csv
    aws sagemaker-runtime invoke-endpoint --endpoint-name "$ENDPOINT" --content-type text/csv \
        --body fileb://request.csv answer.txt > /dev/null
    grep -q "$1" answer.txt
}

release v1
switch_to churn-v1
aws ssm put-parameter --name "$PARAM" --type String --value churn-v1 --overwrite > /dev/null
smoke_test 1,0,3

release v2
switch_to churn-v2
if smoke_test 'a score that never comes'; then
    aws ssm put-parameter --name "$PARAM" --type String --value churn-v2 --overwrite > /dev/null
else
    previous=$(aws ssm get-parameter --name "$PARAM" --query Parameter.Value --output text)
    log "smoke test failed, back to $previous"
    switch_to "$previous"
fi

current=$(aws sagemaker describe-endpoint --endpoint-name "$ENDPOINT" --query EndpointConfigName --output text)
log "$ENDPOINT serves $current"
[[ $current == churn-v1 ]]
