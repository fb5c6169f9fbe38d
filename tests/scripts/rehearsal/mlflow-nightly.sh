# MLflow servers: all that are up are stopped, with what they would have cost as a table
set -euo pipefail

for n in one two three; do
    aws sagemaker create-mlflow-tracking-server --tracking-server-name "$n" --artifact-store-uri s3://mlflow/$n \
        --role-arn arn:aws:iam::123456789012:role/mlflow > /dev/null
done
aws sagemaker stop-mlflow-tracking-server --tracking-server-name two > /dev/null

up=$(aws sagemaker list-mlflow-tracking-servers \
    --query 'TrackingServerSummaries[?IsActive==`Active`].TrackingServerName' --output text)
for name in $up; do
    aws sagemaker stop-mlflow-tracking-server --tracking-server-name "$name" > /dev/null
done
aws sagemaker list-mlflow-tracking-servers --query 'TrackingServerSummaries[].{Name: TrackingServerName, Status: TrackingServerStatus}' --output table
[[ $(wc -w <<< "$up") -eq 2 ]]
stopped=$(aws sagemaker list-mlflow-tracking-servers --tracking-server-status Stopped --query 'length(TrackingServerSummaries)')
[[ $stopped == 3 ]]
