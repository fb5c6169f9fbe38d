# model registry approval: versions that nobody approved are rejected and deleted after a while
set -eo pipefail

group="pricing"
aws sagemaker create-model-package-group --model-package-group-name "$group" >/dev/null
register() {
  aws sagemaker create-model-package --model-package-group-name "$group" --model-approval-status "$1" \
    --inference-specification 'Containers=[{Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/pricing:1}],SupportedContentTypes=[text/csv],SupportedResponseMIMETypes=[text/csv]' \
    --output text >/dev/null
}
awsshadow sandbox clock set frozen
register Approved
register PendingManualApproval
register PendingManualApproval
awsshadow sandbox clock advance 60d
register PendingManualApproval

now=$(awsshadow sandbox clock show | grep -oE '[0-9]{4}-[0-9]{2}-[0-9]{2}' | head -1)
cutoff=$(date -u -d "$now - 30 days" +%Y-%m-%dT%H:%M:%SZ)
aws sagemaker list-model-packages --model-package-group-name "$group" \
    --model-approval-status PendingManualApproval --creation-time-before "$cutoff" \
    --query 'ModelPackageSummaryList[].[ModelPackageArn]' --output text > stale.txt
while IFS= read -r arn; do
  aws sagemaker update-model-package --model-package-arn "$arn" --model-approval-status Rejected >/dev/null
  aws sagemaker delete-model-package --model-package-name "$arn"
done < stale.txt
awsshadow sandbox clock advance 10m

test "$(wc -l < stale.txt)" -eq 2
aws sagemaker list-model-packages --model-package-group-name "$group" --sort-by CreationTime --sort-order Ascending \
  --query 'ModelPackageSummaryList[].[ModelPackageVersion,ModelApprovalStatus]' --output text > left.txt
printf '1\tApproved\n4\tPendingManualApproval\n' | diff left.txt -
