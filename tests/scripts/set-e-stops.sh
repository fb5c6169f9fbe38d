# With set -e the first failure ends the script; the trap sees its code.
set -euo pipefail
trap 'echo "stopped with $?"' EXIT
aws sagemaker delete-endpoint --endpoint-name churn
aws sagemaker delete-endpoint-config --endpoint-config-name churn
aws sagemaker delete-model --model-name churn
