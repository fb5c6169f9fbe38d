# MLflow servers: a tracking server is created, stopped over night, started and deleted
# sandbox: --clock step
set -euo pipefail

NAME=experiments
BUCKET=mlflow-$(aws sts get-caller-identity --query Account --output text)
aws s3api head-bucket --bucket "$BUCKET" 2> /dev/null || aws s3api create-bucket --bucket "$BUCKET" > /dev/null

status() { aws sagemaker describe-mlflow-tracking-server --tracking-server-name $NAME --query TrackingServerStatus --output text; }
wait_for() {
    local s
    for _ in $(seq 80); do
        s=$(status)
        echo "$(date +%T) $s"
        [[ $s == "$1" ]] && return
        [[ $s != *Failed ]] || return 1
        sleep 30
    done
    return 1
}

aws sagemaker create-mlflow-tracking-server --tracking-server-name $NAME --artifact-store-uri "s3://$BUCKET/artifacts" \
    --tracking-server-size Small --mlflow-version 2.16.2 --role-arn arn:aws:iam::123456789012:role/mlflow \
    --automatic-model-registration --weekly-maintenance-window-start Tue:03:30
wait_for Created
aws sagemaker create-presigned-mlflow-tracking-server-url --tracking-server-name $NAME --query AuthorizedUrl --output text | grep -q ^http

aws sagemaker stop-mlflow-tracking-server --tracking-server-name $NAME
wait_for Stopped
aws sagemaker start-mlflow-tracking-server --tracking-server-name $NAME
wait_for Started
aws sagemaker update-mlflow-tracking-server --tracking-server-name $NAME --tracking-server-size Medium
wait_for Updated

facts=$(aws sagemaker describe-mlflow-tracking-server --tracking-server-name $NAME --output text \
    --query '[TrackingServerSize, MlflowVersion, WeeklyMaintenanceWindowStart, starts_with(TrackingServerUrl, `https://`)]')
[[ $facts == $'Medium\t2.16.2\tTue:03:30\tTrue' ]]
aws sagemaker delete-mlflow-tracking-server --tracking-server-name $NAME
until ! status > /dev/null 2>&1; do sleep 30; done
