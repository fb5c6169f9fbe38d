# Studio domain clean-up: private spaces with their apps, in every region that has a domain
set -euo pipefail

for region in us-east-1 eu-west-1; do
    d=$(aws sagemaker create-domain --region $region --domain-name team --auth-mode IAM --vpc-id vpc-0a1b2c3d \
        --subnet-ids subnet-0a1b2c3d --default-user-settings ExecutionRole=arn:aws:iam::123456789012:role/Studio \
        --query "DomainArn" --output text | cut -d/ -f2)
    aws sagemaker create-user-profile --region $region --domain-id "$d" --user-profile-name dev --output text
    aws sagemaker create-space --region $region --domain-id "$d" --space-name scratch \
        --ownership-settings OwnerUserProfileName=dev --space-sharing-settings SharingType=Private \
        --space-settings 'AppType=JupyterLab,SpaceStorageSettings={EbsStorageSettings={EbsVolumeSizeInGb=20}}' --output text
    aws sagemaker create-app --region $region --domain-id "$d" --space-name scratch --app-type JupyterLab \
        --app-name default --resource-spec InstanceType=ml.t3.medium --output text
done

delete_spaces() {
    local region=$1 domain=$2
    export AWS_REGION=$region
    for space in $(aws sagemaker list-spaces --domain-id-equals "$domain" --query 'Spaces[*].SpaceName' --output text); do
        aws sagemaker list-apps --domain-id-equals "$domain" --space-name-equals "$space" \
            --query 'Apps[?Status==`InService`].[AppType,AppName]' --output text |
            while read -r type app; do
                aws sagemaker delete-app --domain-id "$domain" --space-name "$space" --app-type "$type" --app-name "$app"
            done
        aws sagemaker delete-space --domain-id "$domain" --space-name "$space"
    done
    unset AWS_REGION
}

count=0
for region in us-east-1 us-west-2 eu-west-1; do
    for domain in $(aws sagemaker list-domains --region $region --query 'Domains[].DomainId' --output text); do
        delete_spaces $region "$domain"
        count=$((count + 1))
    done
done
test $count -eq 2
for region in us-east-1 eu-west-1; do
    test "$(aws sagemaker list-spaces --region $region --query 'length(Spaces)')" = 0
done
