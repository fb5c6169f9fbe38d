# pipeline started by CI and watched: parameters come from SSM, a secret from Secrets Manager, the result goes back
set -euo pipefail
shopt -s inherit_errexit

export AWS_PROFILE=ci
PREFIX=/ml/train
aws ssm put-parameter --name $PREFIX/instance --type String --value ml.c5.2xlarge > /dev/null
aws ssm put-parameter --name $PREFIX/epochs --type String --value 12 > /dev/null
aws secretsmanager create-secret --name ml/token --secret-string '{"token": "t0p"}' > /dev/null

parameters=()
while read -r name value; do
    parameters+=("Name=${name##*/},Value=$value")
done < <(aws ssm get-parameters-by-path --path $PREFIX --query 'Parameters[].[Name,Value]' --output text)
token=$(aws secretsmanager get-secret-value --secret-id ml/token --query SecretString --output text | sed -E 's/.*: "(.*)".*/\1/')
[[ $token == t0p && ${#parameters[@]} -eq 2 ]]

aws sagemaker create-pipeline --pipeline-name from-ssm --role-arn arn:aws:iam::123456789012:role/ci-pipelines \
    --client-request-token ci-ci-ci-ci-ci-ci-ci-ci-ci-ci-ci-ci \
    --pipeline-definition '{"Version": "2020-12-01", "Parameters": [{"Name": "instance", "Type": "String"}, {"Name": "epochs", "Type": "Integer"}], "Steps": []}' > /dev/null
arn=$(aws sagemaker start-pipeline-execution --pipeline-name from-ssm --pipeline-parameters "${parameters[@]}" \
    --query PipelineExecutionArn --output text)
aws ssm put-parameter --name /ml/last-run --type String --value "$arn" --overwrite > /dev/null

aws sagemaker list-pipeline-parameters-for-execution --output text --query 'PipelineParameters[].[Name,Value]' \
    --pipeline-execution-arn "$(aws ssm get-parameter --name /ml/last-run --query Parameter.Value --output text)" |
    sort | diff - <(printf 'epochs\t12\ninstance\tml.c5.2xlarge\n')
