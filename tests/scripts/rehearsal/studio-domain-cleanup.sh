# Studio domain clean-up: apps, spaces and profiles go before the domain does
# sandbox: --clock step
set -euo pipefail

ROLE=arn:aws:iam::123456789012:role/Studio
vpc=$(aws ec2 describe-vpcs --filters Name=isDefault,Values=true --query 'Vpcs[0].VpcId' --output text)
subnets=$(aws ec2 describe-subnets --filters "Name=vpc-id,Values=$vpc" --query 'Subnets[].SubnetId' --output text)
domain=$(aws sagemaker create-domain --domain-name research --auth-mode IAM --vpc-id "$vpc" --subnet-ids $subnets \
    --default-user-settings ExecutionRole=$ROLE --query DomainArn --output text)
domain=${domain##*/}

poll() {
    for _ in {1..30}; do
        [[ $(aws sagemaker "$@" --query Status --output text) == InService ]] && return
        sleep 10
    done
    return 1
}

poll describe-domain --domain-id "$domain"
for user in ada grace; do
    aws sagemaker create-user-profile --domain-id "$domain" --user-profile-name $user > /dev/null
    poll describe-user-profile --domain-id "$domain" --user-profile-name $user
    aws sagemaker create-app --domain-id "$domain" --user-profile-name $user \
        --app-type JupyterServer --app-name default > /dev/null
    poll describe-app --domain-id "$domain" --user-profile-name $user --app-type JupyterServer --app-name default
done

if aws sagemaker delete-domain --domain-id "$domain" 2> refusal; then
    echo 'a domain with profiles was deleted' >&2
    exit 1
fi

# ---- the clean-up
aws sagemaker list-apps --domain-id-equals "$domain" \
    --query 'Apps[?Status!=`Deleted`].[UserProfileName,AppType,AppName]' --output text |
    while read -r user type name; do
        echo "app $user/$type/$name"
        aws sagemaker delete-app --domain-id "$domain" --user-profile-name "$user" --app-type "$type" --app-name "$name"
        while [[ $(aws sagemaker describe-app --domain-id "$domain" --user-profile-name "$user" \
            --app-type "$type" --app-name "$name" --query Status --output text) != Deleted ]]; do
            sleep 5
        done
    done
for user in $(aws sagemaker list-user-profiles --domain-id-equals "$domain" \
    --query 'UserProfiles[].UserProfileName' --output text); do
    aws sagemaker delete-user-profile --domain-id "$domain" --user-profile-name "$user"
    until ! aws sagemaker describe-user-profile --domain-id "$domain" --user-profile-name "$user" > /dev/null 2>&1; do
        sleep 5
    done
done
aws sagemaker delete-domain --domain-id "$domain" --retention-policy HomeEfsFileSystem=Delete
while aws sagemaker describe-domain --domain-id "$domain" > /dev/null 2>&1; do sleep 5; done

[[ $(aws sagemaker list-domains --query 'length(Domains)') == 0 ]]
