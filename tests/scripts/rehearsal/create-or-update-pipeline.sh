# create or update: a pipeline is created, and updated when the service says that it exists
set -uo pipefail

PIPELINE=nightly-training
ROLE=arn:aws:iam::$(aws sts get-caller-identity --query Account --output text):role/Pipelines

definition() {
    cat <<JSON
{
  "Version": "2020-12-01",
  "Metadata": {},
  "Parameters": [{"Name": "Days", "Type": "Integer", "DefaultValue": $1}],
  "Steps": [{"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "nothing to do"}}]
}
JSON
}

upsert() {
    local output
    if output=$(aws sagemaker create-pipeline --pipeline-name $PIPELINE --role-arn "$ROLE" \
        --pipeline-definition "$(definition "$1")" --client-request-token "$(printf %032d "$1")" 2>&1); then
        echo created
    elif grep -qE 'ValidationException.*(already exists|must be unique)' <<< "$output"; then
        aws sagemaker update-pipeline --pipeline-name $PIPELINE --role-arn "$ROLE" \
            --pipeline-definition "$(definition "$1")" > /dev/null && echo updated
    else
        echo "$output" >&2
        return 1
    fi
}

[[ $(upsert 1) == created ]] || exit 1
[[ $(upsert 7) == updated ]] || exit 2
aws sagemaker describe-pipeline --pipeline-name $PIPELINE --query PipelineDefinition --output text |
    python3 -c 'import json, sys; assert json.load(sys.stdin)["Parameters"][0]["DefaultValue"] == 7'
