#!/usr/bin/env bash
# A shadow test from beginning to end: an endpoint serves one model while a second one gets a copy
# of half its requests; then the second model is promoted and everything is taken down again.
#
#   awsshadow sandbox run -- bash examples/shadow-test.sh
#
# Nothing in here knows of the sandbox. AWS=aws runs the same lines with the AWS CLI, and outside of
# the sandbox they would be a real test, with real instances, a real role and real images.
set -euo pipefail

AWS=${AWS:-awsshadow}
ACCOUNT=${ACCOUNT:-123456789012}
ROLE=${ROLE:-arn:aws:iam::$ACCOUNT:role/ShadowTests}
IMAGE=${IMAGE:-$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/churn}
POLL=${POLL:-1}

endpoint=churn
experiment=churn-v1-against-v2

step() { printf '\n== %s\n' "$*"; }

# There is no waiter for inference experiments, so look until the status is the one wanted.
until_experiment_is() {
    local status
    for _ in $(seq 1 900); do
        status=$($AWS sagemaker describe-inference-experiment --name "$experiment" --query Status --output text)
        echo "$experiment: $status"
        case $status in
            "$1") return ;;
            Completed | Cancelled) break ;;
        esac
        sleep "$POLL"
    done
    echo "$experiment did not become $1" >&2
    return 1
}

step 'Two models'
for version in v1 v2; do
    $AWS sagemaker create-model \
        --model-name "churn-$version" \
        --execution-role-arn "$ROLE" \
        --primary-container Image="$IMAGE:$version",ModelDataUrl="s3://churn-models/$version/model.tar.gz" \
        --tags Key=team,Value=retention Key=version,Value="$version" \
        --query ModelArn --output text
done

step 'An endpoint that serves the first'
$AWS sagemaker create-endpoint-config \
    --endpoint-config-name "$endpoint-v1" \
    --production-variants VariantName=v1,ModelName=churn-v1,InstanceType=ml.m5.xlarge,InitialInstanceCount=1 \
    --query EndpointConfigArn --output text
$AWS sagemaker create-endpoint \
    --endpoint-name "$endpoint" \
    --endpoint-config-name "$endpoint-v1" \
    --query EndpointArn --output text
$AWS sagemaker wait endpoint-in-service --endpoint-name "$endpoint"
$AWS sagemaker describe-endpoint --endpoint-name "$endpoint" --query '[EndpointName, EndpointStatus]' --output text

step 'A shadow test: half of the requests go to the second model, too'
$AWS sagemaker create-inference-experiment \
    --name "$experiment" \
    --type ShadowMode \
    --description 'Is version 2 as fast as version 1?' \
    --role-arn "$ROLE" \
    --endpoint-name "$endpoint" \
    --model-variants '[
        {
            "ModelName": "churn-v1",
            "VariantName": "v1",
            "InfrastructureConfig": {
                "InfrastructureType": "RealTimeInference",
                "RealTimeInferenceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1}
            }
        },
        {
            "ModelName": "churn-v2",
            "VariantName": "v2",
            "InfrastructureConfig": {
                "InfrastructureType": "RealTimeInference",
                "RealTimeInferenceConfig": {"InstanceType": "ml.c5.xlarge", "InstanceCount": 1}
            }
        }
    ]' \
    --data-storage-config 'Destination=s3://churn-captured/,ContentType={CsvContentTypes=[text/csv],JsonContentTypes=[application/json]}' \
    --shadow-mode-config 'SourceModelVariantName=v1,ShadowModelVariants=[{ShadowModelVariantName=v2,SamplingPercentage=50}]' \
    --tags Key=team,Value=retention
until_experiment_is Running
$AWS sagemaker describe-inference-experiment --name "$experiment" \
    --query '{Name: Name, Status: Status, Endpoint: EndpointMetadata.EndpointStatus, Variants: ModelVariants[].{Name: VariantName, Status: Status}, Shadow: ShadowModeConfig}'

step 'Version 2 did well: promote it, remove version 1'
$AWS sagemaker stop-inference-experiment \
    --name "$experiment" \
    --model-variant-actions v1=Remove,v2=Promote \
    --desired-state Completed \
    --reason 'Version 2 answers faster' \
    --query InferenceExperimentArn --output text
until_experiment_is Completed
$AWS sagemaker wait endpoint-in-service --endpoint-name "$endpoint"
$AWS sagemaker describe-endpoint --endpoint-name "$endpoint" \
    --query 'ProductionVariants[].[VariantName, CurrentInstanceCount]' --output text

step 'Take everything down'
$AWS sagemaker delete-inference-experiment --name "$experiment" --query InferenceExperimentArn --output text
$AWS sagemaker delete-endpoint --endpoint-name "$endpoint"
$AWS sagemaker wait endpoint-deleted --endpoint-name "$endpoint"
$AWS sagemaker delete-endpoint-config --endpoint-config-name "$endpoint-v1"
for version in v1 v2; do
    $AWS sagemaker delete-model --model-name "churn-$version"
done

step 'Done'
# The first command of README.md installs into .venv, and leaves the PATH of your shell as it is.
activate=
if [ -x .venv/bin/awsshadow ] && [ "$(command -v awsshadow)" = "$PWD/.venv/bin/awsshadow" ]; then
    activate='    . .venv/bin/activate                       # puts awsshadow on the PATH of your shell'$'\n'
fi
cat <<END
What to type next, in a sandbox that stays:

${activate}    export AWSSHADOW_SANDBOX=\$PWD/sandbox
    awsshadow sagemaker list-models
    awsshadow sagemaker create-model help
    awsshadow sandbox ls
    awsshadow doctor                           # what it sees, and what is missing
END
