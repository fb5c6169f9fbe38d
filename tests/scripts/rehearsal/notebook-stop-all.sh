# notebook lifecycle: every notebook that is in service is stopped in the evening
# sandbox: --clock step
set -e

for i in 1 2 3; do
  aws sagemaker create-notebook-instance --notebook-instance-name "nb-$i" --instance-type ml.t3.medium \
    --role-arn arn:aws:iam::123456789012:role/nb --query NotebookInstanceArn --output text
  while [ "$(aws sagemaker describe-notebook-instance --notebook-instance-name "nb-$i" \
      --query NotebookInstanceStatus --output text)" != "InService" ]; do
    sleep 10
  done
done
aws sagemaker stop-notebook-instance --notebook-instance-name nb-2

for nb in $(aws sagemaker list-notebook-instances --status-equals InService \
    --query "NotebookInstances[].NotebookInstanceName" --output text); do
  echo "Stopping $nb"
  aws sagemaker stop-notebook-instance --notebook-instance-name "$nb"
done

i=1
while [ $i -le 3 ]; do
  status=$(aws sagemaker describe-notebook-instance --notebook-instance-name "nb-$i" --query NotebookInstanceStatus --output text)
  case $status in
    Stopped) i=$((i + 1)) ;;
    Stopping) sleep 10 ;;
    *) echo "nb-$i is $status" >&2; exit 1 ;;
  esac
done

stopped=$(aws sagemaker list-notebook-instances --status-equals Stopped --query 'length(NotebookInstances)')
[ "$stopped" -eq 3 ]
