# account set-up: the same lines with a profile as an option, as a variable and assumed
set -euo pipefail

arn() { aws sts get-caller-identity --query Arn --output text "$@"; }

plain=$(arn)
[[ $(arn --profile dev) == "$plain" ]]
[[ $(AWS_PROFILE=analytics arn) == "$plain" ]]
region=$(aws configure get region --profile dev)
[[ -n $region ]]

aws sagemaker create-experiment --profile dev --experiment-name shared > /dev/null
AWS_PROFILE=analytics aws sagemaker describe-experiment --experiment-name shared > /dev/null

read -r key secret token < <(aws sts assume-role --role-arn arn:aws:iam::999999999999:role/CrossAccount \
    --role-session-name nightly --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
assumed=$(AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token arn)
echo "$assumed"
[[ $assumed == arn:aws:sts::*:assumed-role/CrossAccount/nightly ]]
