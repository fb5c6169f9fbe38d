# MLflow servers: the role, its policy and the server in one go, undone when a later step fails
set -euo pipefail

undo=()
roll_back() {
    local code=$?
    if ((code != 0)); then
        for ((i = ${#undo[@]} - 1; i >= 0; i--)); do eval "${undo[i]}"; done
    fi
    return $code
}

provision() (
    trap roll_back EXIT
    aws iam create-role --role-name mlflow --assume-role-policy-document '{"Version": "2012-10-17", "Statement": []}' > /dev/null
    undo+=('aws iam delete-role --role-name mlflow')
    policy=$(aws iam create-policy --policy-name mlflow-s3 --query Policy.Arn --output text --policy-document \
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}')
    undo+=("aws iam delete-policy --policy-arn $policy")
    aws iam attach-role-policy --role-name mlflow --policy-arn "$policy"
    undo+=("aws iam detach-role-policy --role-name mlflow --policy-arn $policy")
    aws sagemaker create-mlflow-tracking-server --tracking-server-name "$1" --artifact-store-uri s3://mlflow/x \
        --role-arn "$(aws iam get-role --role-name mlflow --query Role.Arn --output text)" > /dev/null
)

if provision 'not_a_valid_name_'; then exit 1; fi
if aws iam get-role --role-name mlflow > /dev/null 2>&1; then exit 2; fi
provision team-server
[[ $(aws iam list-attached-role-policies --role-name mlflow --query 'AttachedPolicies[0].PolicyName' --output text) == mlflow-s3 ]]
[[ $(aws sagemaker list-mlflow-tracking-servers --query 'TrackingServerSummaries[].TrackingServerName' --output text) == team-server ]]
