# feature groups: those with a prefix are deleted, over as many pages as there are
set -eu

i=1
while [ $i -le 12 ]; do
    aws sagemaker create-feature-group --feature-group-name "tmp-$i" --record-identifier-feature-name k \
        --event-time-feature-name t --online-store-config EnableOnlineStore=true --output text \
        --feature-definitions FeatureName=k,FeatureType=Integral FeatureName=t,FeatureType=Fractional > /dev/null
    i=$((i + 1))
done
aws sagemaker create-feature-group --feature-group-name keep --record-identifier-feature-name k \
    --event-time-feature-name t --online-store-config EnableOnlineStore=true \
    --feature-definitions FeatureName=k,FeatureType=Integral FeatureName=t,FeatureType=Fractional > /dev/null

token=
while :; do
    page=$(aws sagemaker list-feature-groups --name-contains tmp- --max-results 5 --no-paginate \
        ${token:+--next-token "$token"} --query '[NextToken, FeatureGroupSummaries[].FeatureGroupName]' --output text)
    token=$(echo "$page" | head -1)
    echo "$page" | tail -n +2 | tr '\t' '\n'
    [ "$token" != None ] || break
done > names
[ "$(wc -l < names)" -eq 12 ]
xargs -n 1 aws sagemaker delete-feature-group --feature-group-name < names

[ "$(aws sagemaker list-feature-groups --query 'FeatureGroupSummaries[].FeatureGroupName' --output text)" = keep ]
