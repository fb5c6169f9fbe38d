# head closes the pipe early; the pipeline must not complain.
set -o pipefail
name=ModelName
many=$(printf "$name,%.0s" $(seq 100))$name
aws sagemaker list-models --query "Models[].[$many]" --output json | head -3
echo "codes ${PIPESTATUS[*]}"
