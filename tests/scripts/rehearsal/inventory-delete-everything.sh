# inventory over regions: a test account is emptied, one kind after the other, in the order of their dependences
set -euo pipefail

for region in us-east-1 ca-central-1; do
    aws configure set region $region --profile test 2> /dev/null || true
    r="--region $region"
    aws sagemaker create-model $r --model-name a --execution-role-arn arn:aws:iam::123456789012:role/m --primary-container Image=i > /dev/null
    aws sagemaker create-endpoint-config $r --endpoint-config-name a --production-variants VariantName=v,ModelName=a,InstanceType=ml.m5.large,InitialInstanceCount=1 > /dev/null
    aws sagemaker create-endpoint $r --endpoint-name a --endpoint-config-name a > /dev/null
    aws sagemaker create-experiment $r --experiment-name x > /dev/null
    aws sagemaker create-trial $r --experiment-name x --trial-name x-1 > /dev/null
done

purge() {
    local noun=$1 key=$2 member=$3 plural=$4
    aws sagemaker "list-$plural" --region "$region" --query "$key[].[$member]" --output text |
        while read -r name; do
            echo "$region: $noun $name"
            aws sagemaker "delete-$noun" --region "$region" "--$noun-name" "$name" > /dev/null
        done
}
for region in us-east-1 ca-central-1; do
    purge endpoint Endpoints EndpointName endpoints
    purge endpoint-config EndpointConfigs EndpointConfigName endpoint-configs
    purge model Models ModelName models
    purge trial TrialSummaries TrialName trials
    purge experiment ExperimentSummaries ExperimentName experiments
done | tee purged

[[ $(wc -l < purged) -eq 10 ]]
[[ -z $(aws sagemaker list-experiments --query 'ExperimentSummaries[].ExperimentName' --output text) ]]
