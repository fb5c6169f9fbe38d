# Studio domain clean-up: apps that nobody has used are stopped, those on a list are kept
set -euo pipefail
command -v jq > /dev/null || { echo 'jq is needed' >&2; exit 2; }

DOMAIN_ID=$(aws sagemaker create-domain --domain-name lab --auth-mode IAM --vpc-id vpc-1234567890abcdef0 \
    --subnet-ids subnet-1234567890abcdef0 \
    --default-user-settings '{"ExecutionRole": "arn:aws:iam::123456789012:role/Studio"}' |
    jq -r '.DomainArn | split("/")[1]')
for u in alice bob carol; do
    aws sagemaker create-user-profile --domain-id "$DOMAIN_ID" --user-profile-name "$u" > /dev/null
    aws sagemaker create-app --domain-id "$DOMAIN_ID" --user-profile-name "$u" --app-type KernelGateway \
        --app-name "instance-$u" --resource-spec InstanceType=ml.t3.medium > /dev/null
done

KEEP='["bob"]'
aws sagemaker list-apps --domain-id-equals "$DOMAIN_ID" |
    jq -r --argjson keep "$KEEP" '.Apps[]
        | select(.AppType == "KernelGateway" and .Status == "InService")
        | select(.UserProfileName as $u | $keep | index($u) | not)
        | [.UserProfileName, .AppName] | @tsv' |
    while IFS=$'\t' read -r user app; do
        echo "Deleting app $app of $user"
        aws sagemaker delete-app --domain-id "$DOMAIN_ID" --user-profile-name "$user" \
            --app-type KernelGateway --app-name "$app"
    done

running=$(aws sagemaker list-apps --domain-id-equals "$DOMAIN_ID" |
    jq -r '[.Apps[] | select(.Status == "InService") | .UserProfileName] | join(",")')
test "$running" = bob
