# create or update: model package groups and tags from a list, run twice without a difference
set -euo pipefail

groups=(churn fraud uplift)

apply() {
    for group in "${groups[@]}"; do
        arn=$(aws sagemaker describe-model-package-group --model-package-group-name "$group" \
            --query ModelPackageGroupArn --output text 2> /dev/null || true)
        if [[ -z $arn ]]; then
            arn=$(aws sagemaker create-model-package-group --model-package-group-name "$group" \
                --model-package-group-description "Models of $group" --query ModelPackageGroupArn --output text)
            echo "created $group"
        fi
        aws sagemaker add-tags --resource-arn "$arn" --tags Key=team,Value=data Key=model,Value="$group" > /dev/null
    done
}

first=$(apply | wc -l)
second=$(apply | wc -l)
[[ $first -eq 3 && $second -eq 0 ]]

names=$(aws sagemaker list-model-package-groups --sort-by Name --sort-order Ascending \
    --query 'ModelPackageGroupSummaryList[].ModelPackageGroupName' --output text)
[[ $names == "$(printf 'churn\tfraud\tuplift')" ]]
for group in "${groups[@]}"; do
    arn=arn:aws:sagemaker:us-east-1:123456789012:model-package-group/$group
    [[ $(aws sagemaker list-tags --resource-arn "$arn" --query 'length(Tags)') == 2 ]]
done
