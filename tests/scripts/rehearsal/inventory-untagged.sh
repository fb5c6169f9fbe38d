# inventory over regions: what lacks the tag that the finance team asks for
set -euo pipefail
TAG=cost-center

make_model() { aws sagemaker create-model --model-name "$1" --execution-role-arn arn:aws:iam::123456789012:role/m --primary-container Image=i "${@:2}" > /dev/null; }
make_model paid --tags Key=$TAG,Value=4711
make_model unpaid
AWS_REGION=eu-central-1 make_model far-away --tags Key=other,Value=x

untagged() {
    local region=$1
    aws --region "$region" sagemaker list-models --output json | jq -r '.Models[].ModelArn' | while read -r arn; do
        aws --region "$region" sagemaker list-tags --resource-arn "$arn" |
            jq -r --arg arn "$arn" --arg tag $TAG 'select([.Tags[].Key] | index($tag) | not) | $arn'
    done
}
for region in us-east-1 eu-central-1; do untagged $region; done | sort > report
cat report
diff report - <<'EOF'
arn:aws:sagemaker:eu-central-1:123456789012:model/far-away
arn:aws:sagemaker:us-east-1:123456789012:model/unpaid
EOF
