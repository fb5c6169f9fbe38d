# notebook lifecycle: notebooks whose tag says that their time is over are stopped and deleted
set -euo pipefail

make() {
    aws sagemaker create-notebook-instance --notebook-instance-name "$1" --instance-type ml.t2.medium \
        --role-arn arn:aws:iam::123456789012:role/nb --tags "Key=expires,Value=$2" > /dev/null
}
make old-one 2020-01-31
make old-two 2021-06-30
make fresh 2999-12-31
today=$(date -u +%F)

mapfile -t arns < <(aws sagemaker list-notebook-instances --query 'NotebookInstances[].NotebookInstanceArn' --output text | tr '\t' '\n')
for arn in "${arns[@]}"; do
    expires=$(aws sagemaker list-tags --resource-arn "$arn" --query "Tags[?Key=='expires'].Value | [0]" --output text)
    [[ $expires < $today ]] || continue
    name=${arn##*/}
    echo "deleting $name, which expired on $expires"
    aws sagemaker stop-notebook-instance --notebook-instance-name "$name"
    aws sagemaker wait notebook-instance-stopped --notebook-instance-name "$name"
    aws sagemaker delete-notebook-instance --notebook-instance-name "$name"
done

left=$(aws sagemaker list-notebook-instances --query 'NotebookInstances[].NotebookInstanceName' --output text)
[[ $left == fresh ]]
