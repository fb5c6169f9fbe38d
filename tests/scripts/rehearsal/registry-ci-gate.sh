# model registry approval: CI asks for a version and ends with the answer
set -uo pipefail

usage() { echo "usage: $0 GROUP VERSION approve|reject" >&2; exit 64; }

decide() {
    [[ $# -eq 3 ]] || usage
    local group=$1 version=$2 status
    case $3 in
        approve) status=Approved ;;
        reject) status=Rejected ;;
        *) usage ;;
    esac
    local arn
    arn=$(aws sagemaker list-model-packages --model-package-group-name "$group" \
        --query "ModelPackageSummaryList[?ModelPackageVersion==\`$version\`].ModelPackageArn" --output text) || return 3
    [[ -n $arn && $arn != None ]] || { echo "$group has no version $version" >&2; return 4; }
    aws sagemaker update-model-package --model-package-arn "$arn" --model-approval-status $status > /dev/null
}

aws sagemaker create-model-package-group --model-package-group-name ranking > /dev/null || exit 1
for _ in 1 2; do
    aws sagemaker create-model-package --model-package-group-name ranking --model-approval-status PendingManualApproval \
        --inference-specification 'Containers=[{Image=i}],SupportedContentTypes=[a/b],SupportedResponseMIMETypes=[a/b]' \
        > /dev/null || exit 1
done

decide ranking 1 reject || exit 10
decide ranking 2 approve || exit 11
(decide ranking 2 perhaps) 2> /dev/null
[[ $? -eq 64 ]] || exit 12
decide ranking 9 approve 2> /dev/null
[[ $? -eq 4 ]] || exit 13
decide unknown-group 1 approve 2> message
[[ $? -eq 3 ]] && grep -q unknown-group message || exit 14
states=$(aws sagemaker list-model-packages --model-package-group-name ranking --sort-by CreationTime \
    --sort-order Ascending --query 'ModelPackageSummaryList[].ModelApprovalStatus' --output text)
[[ $states == $'Rejected\tApproved' ]]
