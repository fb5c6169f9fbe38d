# feature groups: features are added to a group, described and found by search
# sandbox: --clock step
set -euo pipefail

aws sagemaker create-feature-group --feature-group-name orders --record-identifier-feature-name id \
    --event-time-feature-name t --online-store-config EnableOnlineStore=true \
    --feature-definitions FeatureName=id,FeatureType=String FeatureName=t,FeatureType=Fractional \
    --role-arn arn:aws:iam::123456789012:role/fs > /dev/null

ready() {
    local query=$1 want=$2 got
    for _ in {1..20}; do
        got=$(aws sagemaker describe-feature-group --feature-group-name orders --query "$query" --output text)
        [[ $got == "$want" ]] && return
        sleep 3
    done
    echo "$query is $got" >&2
    return 1
}
ready FeatureGroupStatus Created

for f in amount:Fractional items:Integral; do
    aws sagemaker update-feature-group --feature-group-name orders \
        --feature-additions "FeatureName=${f%:*},FeatureType=${f#*:}" > /dev/null
    ready LastUpdateStatus.Status Successful
done
aws sagemaker update-feature-metadata --feature-group-name orders --feature-name amount \
    --description 'in euro, with tax' --parameter-additions Key=unit,Value=EUR

names=$(aws sagemaker describe-feature-group --feature-group-name orders --query 'FeatureDefinitions[].FeatureName' --output text)
unit=$(aws sagemaker describe-feature-metadata --feature-group-name orders --feature-name amount --query 'Parameters[0].Value' --output text)
found=$(aws sagemaker search --resource FeatureMetadata --search-expression \
    'Filters=[{Name=Description,Operator=Contains,Value=tax}]' --query 'Results[0].FeatureMetadata.FeatureName' --output text)
[[ $names == $'id\tt\tamount\titems' && $unit == EUR && $found == amount ]]
