# inventory over regions: more models than a page holds, counted in four ways
set -euo pipefail

for i in $(seq -w 1 23); do
    aws sagemaker create-model --model-name "m-$i" --execution-role-arn arn:aws:iam::123456789012:role/m --primary-container Image=i > /dev/null
done

all=$(aws sagemaker list-models --query 'length(Models)')
small=$(aws sagemaker list-models --page-size 4 --query 'Models[].ModelName' --output text | tr '\t' '\n' | grep -c .)
some=$(aws sagemaker list-models --max-items 7 --query 'length(Models)' --output json | head -1)
walked=0 token=
while
    page=$(aws sagemaker list-models --max-items 9 ${token:+--starting-token "$token"})
    walked=$((walked + $(jq '.Models | length' <<< "$page")))
    token=$(jq -r '.NextToken // empty' <<< "$page")
    [[ -n $token ]]
do :; done

echo "$all $small $some $walked"
[[ "$all $small $some $walked" == '23 23 7 23' ]]
newest=$(aws sagemaker list-models --sort-by CreationTime --sort-order Descending --max-results 1 --no-paginate --query 'Models[0].ModelName' --output text)
[[ $newest == m-23 ]]
